import json

from django.contrib.auth.models import User

FIELDS = {"name": "username", "mail": "email"}


def search(request):
    field = request.GET["field"]
    value = request.GET["value"]
    # ruleid: python-django-lookup-from-request
    User.objects.filter(**{field: value})
    # ruleid: python-django-lookup-from-request
    User.objects.exclude(**{f"{field}__icontains": value})
    # ruleid: python-django-lookup-from-request
    User.objects.filter(**request.GET.dict())
    # ruleid: python-django-lookup-from-request
    User.objects.get(**json.loads(request.body))
    asked = request.GET.dict()
    # ruleid: python-django-lookup-from-request
    User.objects.filter(**asked)
    sent = json.loads(request.body)
    # ruleid: python-django-lookup-from-request
    User.objects.filter(**sent)
    by_name = {f"{field}__startswith": value}
    # ruleid: python-django-lookup-from-request
    User.objects.filter(**by_name)


def search_fixed(request):
    value = request.GET["value"]
    # ok: python-django-lookup-from-request
    User.objects.filter(**{"username": value})
    # ok: python-django-lookup-from-request
    User.objects.filter(username=value)
    field = FIELDS.get(request.GET["field"])
    # ok: python-django-lookup-from-request
    User.objects.filter(**{field: value})
    wanted = request.GET.get("field")
    if wanted not in FIELDS:
        return None
    # ok: python-django-lookup-from-request
    return User.objects.filter(**{wanted: value})
