import asyncio
import os
import shlex
import sys
import subprocess
from os import popen

import paramiko


def plain(cmd):
    # ruleid: python-os-system-variable
    os.system(cmd)
    # ruleid: python-os-system-variable
    return popen(cmd).read()


def built(path):
    command = f"du -sh {path}"
    # ruleid: python-os-system-variable
    os.system(command)
    # ruleid: python-os-system-variable
    return subprocess.getoutput(sys.argv[1])


async def later(cmd, path):
    # ruleid: python-os-system-variable
    await asyncio.create_subprocess_shell(cmd, stdout=asyncio.subprocess.PIPE)
    # ruleid: python-os-system-variable
    await asyncio.create_subprocess_shell(f"file {path}")
    # ok: python-os-system-variable
    await asyncio.create_subprocess_shell(f"file {shlex.quote(path)}")


def remote(client: paramiko.SSHClient, service):
    # ruleid: python-os-system-variable
    client.exec_command("systemctl restart " + service)
    # ok: python-os-system-variable
    client.exec_command("uptime")


def quiet(args, path):
    clear = "clear"
    # ok: python-os-system-variable
    os.system(clear)
    # ok: python-os-system-variable
    os.system("ls | wc -l")
    quoted = "wc -l " + shlex.quote(path)
    # ok: python-os-system-variable
    os.system(quoted)
    # ok: python-os-system-variable
    os.popen(shlex.join(args))
    # ok: python-os-system-variable
    database.system(path)


def every_form(part):
    # ruleid: python-os-system-variable
    subprocess.getstatusoutput(cmd)
    # ruleid: python-os-system-variable
    commands.getoutput(cmd)
    # ruleid: python-os-system-variable
    commands.getstatusoutput(cmd)
