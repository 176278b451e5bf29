import os

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
# ruleid: python-django-debug
DEBUG = True
ALLOWED_HOSTS = ["shop.example.org"]
