import ctypes
import os
import subprocess
import sys

# ruleid: python-untrusted-search-path
sys.path.insert(0, "/tmp/plugins")
# ruleid: python-untrusted-search-path
os.environ["PATH"] = ".:" + os.environ["PATH"]
# ruleid: python-untrusted-search-path
subprocess.run(["tool"], env={"PATH": "/tmp/bin:/usr/bin"})
# ruleid: python-untrusted-search-path
ctypes.CDLL("/tmp/library.so")
# ok: python-untrusted-search-path
sys.path.insert(0, "/opt/app/plugins")
# ok: python-untrusted-search-path
sys.path.insert(0, os.path.dirname(__file__))
# ok: python-untrusted-search-path
os.environ["PATH"] = "/usr/bin:/bin"
# ok: python-untrusted-search-path
ctypes.CDLL("libc.so.6")


def every_form(request):
    # ruleid: python-untrusted-search-path
    sys.path.append(".")
    # ruleid: python-untrusted-search-path
    os.putenv("variable", ".")
    # ruleid: python-untrusted-search-path
    ctypes.cdll.LoadLibrary(".")
