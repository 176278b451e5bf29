# ruleid: python-django-no-password-validators
AUTH_PASSWORD_VALIDATORS = []
# ruleid: python-django-no-password-validators
AUTH_PASSWORD_VALIDATORS = ()


class Development:
    # ruleid: python-django-no-password-validators
    AUTH_PASSWORD_VALIDATORS = []


# ok: python-django-no-password-validators
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]
# ok: python-django-no-password-validators
AUTH_PASSWORD_VALIDATORS = base.AUTH_PASSWORD_VALIDATORS
# ok: python-django-no-password-validators
AUTHENTICATION_BACKENDS = []
# ok: python-django-no-password-validators
VALIDATORS = []


def every_form(request):
    # ruleid: python-django-no-password-validators
    settings.AUTH_PASSWORD_VALIDATORS = []
    # ruleid: python-django-no-password-validators
    settings["AUTH_PASSWORD_VALIDATORS"] = []
