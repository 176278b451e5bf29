# ruleid: python-django-transport-setting
SECURE_SSL_REDIRECT = False
# ruleid: python-django-transport-setting
SECURE_HSTS_SECONDS = 0
# ruleid: python-django-transport-setting
SECURE_CONTENT_TYPE_NOSNIFF = False


class Production:
    # ruleid: python-django-transport-setting
    SECURE_SSL_REDIRECT = False


# ok: python-django-transport-setting
SECURE_SSL_REDIRECT = True
# ok: python-django-transport-setting
SECURE_HSTS_SECONDS = 31536000
# ok: python-django-transport-setting
SECURE_SSL_REDIRECT = not DEBUG
# ok: python-django-transport-setting
X_FRAME_OPTIONS = "DENY"


def every_form(request):
    # ruleid: python-django-transport-setting
    SECURE_HSTS_INCLUDE_SUBDOMAINS = False
    # ruleid: python-django-transport-setting
    X_FRAME_OPTIONS = "ALLOWALL"
