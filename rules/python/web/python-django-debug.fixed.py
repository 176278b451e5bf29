import os

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
# ruleid: python-django-debug
DEBUG = False
# ok: python-django-debug
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
# ok: python-django-debug
DEBUG = False
# ok: python-django-debug
TEMPLATE_DEBUG = True
if os.environ.get("LOCAL"):
    # ok: python-django-debug
    DEBUG = True
# ruleid: python-django-debug
DEBUG: bool = False
# ruleid: python-django-debug
DEBUG = False  # for now
INSTALLED_APPS = ["shop"]
