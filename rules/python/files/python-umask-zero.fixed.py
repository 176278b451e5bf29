import os
import os as system
from os import umask


def daemonize():
    # ruleid: python-umask-zero
    os.umask(0o077)
    # ruleid: python-umask-zero
    umask(0o077)
    # ruleid: python-umask-zero
    system.umask(0o077)
    # ok: python-umask-zero
    os.umask(0o077)
    # ok: python-umask-zero
    os.umask(0o022)
    # ok: python-umask-zero
    os.umask(mask)


def current():
    # ok: python-umask-zero
    old = os.umask(0)
    os.umask(old)
    return old
