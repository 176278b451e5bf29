from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt, xframe_options_sameorigin
from django.views.decorators.clickjacking import xframe_options_exempt as exempt


# ruleid: python-django-frame-exempt
@xframe_options_exempt
def widget(request):
    return page()


# ruleid: python-django-frame-exempt
view = exempt(widget)


# ruleid: python-django-frame-exempt
@method_decorator(xframe_options_exempt, name="dispatch")
class Widget(View):
    pass


# ok: python-django-frame-exempt
@xframe_options_sameorigin
def own(request):
    return page()


# ok: python-django-frame-exempt
plain = page


# ok: python-django-frame-exempt
@login_required
def private(request):
    return page()


# ok: python-django-frame-exempt
other = sameorigin(widget)
