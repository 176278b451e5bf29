import os
from os import access


def read(path):
    if os.access(path, os.R_OK):
        # ruleid: python-access-then-open
        return open(path).read()


def write(path, text):
    if access(path, os.W_OK):
        # ruleid: python-access-then-open
        with open(path, "w") as stream:
            stream.write(text)


def checked(path):
    if not os.access(path, os.R_OK):
        return None
    # ruleid: python-access-then-open
    return open(path).read()


def fine(path, other):
    if os.access(path, os.X_OK):
        # ok: python-access-then-open
        return open(other).read()
    try:
        # ok: python-access-then-open
        return open(path).read()
    except PermissionError:
        return None


def exists(path):
    if os.path.exists(path):
        # ok: python-access-then-open
        return open(path).read()
    # ok: python-access-then-open
    return open("/etc/app.conf").read()
