import os
import shlex
import subprocess
from os import popen, system

# ruleid: python-os-system
os.system("convert " + path)
# ruleid: python-os-system
system(f"convert {path}")
# ruleid: python-os-system
popen("convert %s" % path).read()
# ruleid: python-os-system
subprocess.getoutput("file {}".format(path))
# ruleid: python-os-system
os.system(" ".join(command))

# ok: python-os-system
os.system("clear")
# ok: python-os-system
os.system(COMMAND)
# ok: python-os-system
os.system("convert " + shlex.quote(path))
# ok: python-os-system
os.system(f"convert {shlex.quote(path)}")
# ok: python-os-system
subprocess.run(["convert", path], check=True)
# ok: python-os-system
platform.system("a" + path)


def by_number(number: int, text):
    # ok: python-os-system
    os.system(f"kill {number}")
    pid = int(text)
    # ok: python-os-system
    os.system("kill %d" % pid)
    # ruleid: python-os-system
    os.system(f"kill {number} {text}")


def every_form(part):
    # ruleid: python-os-system
    os.system("text".format())
    # ruleid: python-os-system
    os.system(part + "text")
    # ruleid: python-os-system
    subprocess.system(f"text {part}")
    # ruleid: python-os-system
    subprocess.system("text" % part)
    # ruleid: python-os-system
    subprocess.system("text" + part)
    # ruleid: python-os-system
    subprocess.system(part + "text")
    # ruleid: python-os-system
    subprocess.system(first + part)
    # ruleid: python-os-system
    subprocess.system(" ".join())
