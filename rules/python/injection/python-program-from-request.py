import asyncio
import os
import shlex
import subprocess

from flask import request

TOOLS = {"list": "ls"}


@app.route("/tool")
def tool():
    name = request.args["name"]
    # ruleid: python-program-from-request
    subprocess.run([name, "-l"])
    # ruleid: python-program-from-request
    subprocess.check_output(shlex.split(f"convert {name}"))
    # ruleid: python-program-from-request
    os.execvp(name, [name])
    # ruleid: python-program-from-request
    os.spawnl(os.P_WAIT, name, name)
    # ruleid: python-program-from-request
    subprocess.Popen(request.json["command"])
    # ok: python-program-from-request
    subprocess.run(["convert", "--", name])
    command = ["convert", name]
    # ok: python-program-from-request
    subprocess.run(command)
    # ok: python-program-from-request
    subprocess.run([TOOLS[name], "-l"])
    # ok: python-program-from-request
    os.execvp("convert", ["convert", name])
    if name not in TOOLS:
        abort(404)
    # ok: python-program-from-request
    subprocess.run([name])


def every_form(request):
    # ruleid: python-program-from-request
    subprocess.run(request.GET["q"].split())
    # ruleid: python-program-from-request
    asyncio.create_subprocess_exec(request.GET["q"])
    # ruleid: python-program-from-request
    asyncio.subprocess.create_subprocess_exec(request.GET["q"])


def in_a_list(request):
    # ok: python-program-from-request
    subprocess.run(["ls", request.GET["q"]])


def with_this_python(request):
    # ok: python-program-from-request
    subprocess.run([sys.executable, request.GET["q"]])
