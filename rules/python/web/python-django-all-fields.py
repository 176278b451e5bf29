from django import forms
from django.forms import ModelForm
from rest_framework import serializers


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        # ruleid: python-django-all-fields
        fields = "__all__"


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        # ruleid: python-django-all-fields
        fields = "__all__"


class Other(ModelForm):
    class Meta:
        model = User
        # ruleid: python-django-all-fields
        exclude = []


class Named(ModelForm):
    class Meta:
        model = User
        # ok: python-django-all-fields
        fields = ["name", "email"]


class Excluded(ModelForm):
    class Meta:
        model = User
        # ok: python-django-all-fields
        exclude = ["is_staff"]


class Filter(FilterSet):
    class Meta:
        # ok: python-django-all-fields
        fields = "__all__"


# ok: python-django-all-fields
fields = "__all__"


class EmptyTuple(forms.ModelForm):
    class Meta:
        model = User
        # ruleid: python-django-all-fields
        exclude = ()
