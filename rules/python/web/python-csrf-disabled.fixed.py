from django.views.decorators.csrf import csrf_exempt, csrf_protect

# ruleid: python-csrf-disabled
app.config["WTF_CSRF_ENABLED"] = True
# ruleid: python-csrf-disabled
WTF_CSRF_CHECK_DEFAULT = True


# ruleid: python-csrf-disabled
@csrf_exempt
def transfer(request):
    # ok: python-csrf-disabled
    app.config["WTF_CSRF_ENABLED"] = True


# ok: python-csrf-disabled
@csrf_protect
def pay(request):
    # ok: python-csrf-disabled
    WTF_CSRF_TIME_LIMIT = False


# ruleid: python-csrf-disabled
view = csrf_exempt(View.as_view())
# ok: python-csrf-disabled
view = csrf_protect(View.as_view())


def every_form(request):
    # ruleid: python-csrf-disabled
    WTF_CSRF_ENABLED = True
    # ruleid: python-csrf-disabled
    app.config.update(WTF_CSRF_ENABLED=True)


# ruleid: python-csrf-disabled
@csrf.exempt
def notified():
    # ok: python-csrf-disabled
    return tax.exempt(order)


# ruleid: python-csrf-disabled
csrf_protect.exempt(api)


def more_switches(app):
    from django.utils.decorators import method_decorator
    from django.views.decorators.csrf import csrf_exempt, csrf_protect

    # ruleid: python-csrf-disabled
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True

    # ruleid: python-csrf-disabled
    @method_decorator(csrf_exempt, name="dispatch")
    class Hook:
        pass

    # ok: python-csrf-disabled
    @method_decorator(csrf_protect, name="dispatch")
    class Form:
        pass
