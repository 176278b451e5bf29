import shlex
import subprocess
import subprocess as sp
from subprocess import Popen

name = read_name()

# ruleid: python-subprocess-shell-true
subprocess.run(f"tar xf {name}", shell=True)
# ruleid: python-subprocess-shell-true
sp.check_output("ls %s" % name, shell=True)
# ruleid: python-subprocess-shell-true
Popen("ls " + name, stdout=sp.PIPE, shell=True)
# ruleid: python-subprocess-shell-true
subprocess.call(shell=True, args=f"rm {name}")


def build(target):
    command = "make {}".format(target)
    # ruleid: python-subprocess-shell-true
    subprocess.check_call(command, shell=True)


# ok: python-subprocess-shell-true
subprocess.run(["tar", "xf", name])
# ok: python-subprocess-shell-true
subprocess.run("make all", shell=True)
# ok: python-subprocess-shell-true
subprocess.run(f"tar xf {name}", shell=False)
# ok: python-subprocess-shell-true
subprocess.run("tar xf " + shlex.quote(name), shell=True)
# ok: python-subprocess-shell-true
subprocess.run(f"tar xf {shlex.quote(name)}", shell=True)
# ok: python-subprocess-shell-true
subprocess.run(shlex.join(["tar", "xf", name]), shell=True)
# ok: python-subprocess-shell-true
other.run(f"tar xf {name}", shell=True)


def by_number(number: int, text):
    # ok: python-subprocess-shell-true
    subprocess.run(f"kill {number}", shell=True)
    pid = int(text)
    # ok: python-subprocess-shell-true
    subprocess.run("kill {}".format(pid), shell=True)
    # ruleid: python-subprocess-shell-true
    subprocess.run(f"kill {number} {text}", shell=True)


def more_forms(options):
    # ruleid: python-subprocess-shell-true
    subprocess.run(" ".join(["ls", options]), shell=True)
    # ruleid: python-subprocess-shell-true
    subprocess.call("ls {}".format(options), shell=True)
    # ruleid: python-subprocess-shell-true
    subprocess.check_call(options + " -l", shell=True)
    # ruleid: python-subprocess-shell-true
    subprocess.Popen(args=f"ls {options}", shell=True)


def named(name):
    first = f"ls {name}"
    # ruleid: python-subprocess-shell-true
    subprocess.run(first, shell=True)
    second = "ls %s" % name
    # ruleid: python-subprocess-shell-true
    subprocess.run(second, shell=True)
    third = "ls " + name
    # ruleid: python-subprocess-shell-true
    subprocess.run(third, shell=True)


def every_part_quoted(parts):
    # ok: python-subprocess-shell-true
    subprocess.run(" ".join(shlex.quote(part) for part in parts), shell=True)
    # ok: python-subprocess-shell-true
    subprocess.run(" ".join(map(shlex.quote, parts)), shell=True)
    # ruleid: python-subprocess-shell-true
    subprocess.run(" ".join(part.strip() for part in parts), shell=True)
