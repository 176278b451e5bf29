import os
import shlex
import subprocess
import subprocess as sp
from subprocess import Popen, run

BUILD = load_settings()


def plain(cmd):
    # ruleid: python-subprocess-shell-variable
    return subprocess.call(cmd, shell=True)


class Runner:
    def go(self, script):
        # ruleid: python-subprocess-shell-variable
        with Popen(self.command, stdout=sp.PIPE, shell=True) as process:
            pass
        # ruleid: python-subprocess-shell-variable
        run(args=script, shell=True, check=True)
        # ruleid: python-subprocess-shell-variable
        sp.run(["bash", "-c", script], capture_output=True)
        # ruleid: python-subprocess-shell-variable
        os.execl("/bin/sh", "sh", "-c", script)
        # ruleid: python-subprocess-shell-variable
        sp.check_output(self.commands["build"], shell=True)


def by_flag(cmd):
    in_shell = True
    # ruleid: python-subprocess-shell-variable
    return sp.run(cmd, shell=in_shell)


def quiet(args, path, flag):
    constant = "ls | wc -l"
    # ok: python-subprocess-shell-variable
    subprocess.run(constant, shell=True)
    # ok: python-subprocess-shell-variable
    subprocess.run(args)
    # ok: python-subprocess-shell-variable
    subprocess.run(shlex.join(args), shell=True)
    quoted = f"wc -l {shlex.quote(path)} | sort"
    # ok: python-subprocess-shell-variable
    subprocess.run(quoted, shell=True)
    joined = " ".join(shlex.quote(arg) for arg in args)
    # ok: python-subprocess-shell-variable
    subprocess.run(joined, shell=True)
    # ok: python-subprocess-shell-variable
    subprocess.run(BUILD.COMMAND, shell=True)
    # ok: python-subprocess-shell-variable
    subprocess.run(["bash", "-c", "set -e; make"])
    for step in ["make", "make install"]:
        # ok: python-subprocess-shell-variable
        subprocess.run(step, shell=True)
    # ok: python-subprocess-shell-variable
    subprocess.run(args, shell=flag)


def by_shell(host):
    # ruleid: python-subprocess-shell-variable
    subprocess.Popen(["sh", "-c", "cat " + host])
    # ruleid: python-subprocess-shell-variable
    subprocess.Popen(args="cat %s" % host, shell=True)
    # ok: python-subprocess-shell-variable
    subprocess.Popen(["sh", "-c", "cat " + shlex.quote(host)])
