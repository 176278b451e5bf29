import os
import smtplib

import requests

# ruleid: python-password-default
SECRET_KEY = os.environ.get("SECRET_KEY", "fallback-9f3k2l1m")
# ruleid: python-password-default
PASSWORD = os.getenv("DB_PASSWORD", "Winter2031!")
# ruleid: python-password-default
API_KEY = os.environ.get("API_KEY") or "9a8b7c6d5e4f3a2b"


# ruleid: python-password-default
def connect(host, password="s3cretDefault"):
    return host, password


def use(server: smtplib.SMTP, password):
    # ruleid: python-password-default
    server.login("me@example.org", "m4ilP@ss")
    # ruleid: python-password-default
    requests.get("https://api.example.org", auth=("admin", "Adm1nPass!"), timeout=5)
    # ruleid: python-password-default
    return password == "Sup3rS3cret!"


# ok: python-password-default
TOKEN = os.environ.get("API_TOKEN", "")
# ok: python-password-default
KEY = os.environ.get("API_KEY", "changeme-123")
# ok: python-password-default
REGION = os.environ.get("AWS_REGION", "eu-west-1")


# ok: python-password-default
def open_store(path, password=""):
    return path, password


def quiet(server, password, settings):
    # ok: python-password-default
    server.login(settings.user, settings.password)
    # ok: python-password-default
    requests.get("https://api.example.org", auth=(settings.user, password), timeout=5)
    # ok: python-password-default
    return password == "" or settings.kind == "v1-token"


def more_forms(request):
    # ruleid: python-password-default
    config("DB_PASSWORD", default="hunter2!")
    # ruleid: python-password-default
    connection.login("user", password="hunter2!")
    # ruleid: python-password-default
    httpx.get(url, auth=("user", "hunter2!"))
    # ruleid: python-password-default
    os.environ.setdefault("DB_PASSWORD", "hunter2!")
    # ruleid: python-password-default
    os.getenv("DB_PASSWORD") or "hunter2!"
    # ruleid: python-password-default
    requests.auth.HTTPBasicAuth("user", "hunter2!")


# ruleid: python-password-default
def typed(user: str, password: str = "hunter2!"):
    return user, password
