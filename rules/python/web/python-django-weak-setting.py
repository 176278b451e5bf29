# ruleid: python-django-weak-setting
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# ruleid: python-django-weak-setting
PASSWORD_HASHERS = ("django.contrib.auth.hashers.UnsaltedSHA1PasswordHasher", OLD)
# ruleid: python-django-weak-setting
SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"

# ok: python-django-weak-setting
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# ok: python-django-weak-setting
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.MD5PasswordHasher",
]
# ok: python-django-weak-setting
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
# ok: python-django-weak-setting
HASHERS = ["app.hashers.MD5PasswordHasher"]
