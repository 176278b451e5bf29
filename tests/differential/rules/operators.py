import hashlib
import json
import os
import socket
import subprocess

import yaml

# ruleid: and-of-two-patterns
# ruleid: not-closed-after
# ruleid: not-inside-with
a = open(p, "w")
# ok: and-of-two-patterns
# ruleid: not-closed-after
# ruleid: not-inside-with
b = open(p)
# ok: and-of-two-patterns
c = write(p, "w")

# ruleid: and-not
yaml.load(data)
# ruleid: and-not
yaml.load(data, Loader=Loader)
# ok: and-not
yaml.load(data, Loader=SafeLoader)
# ok: and-not
yaml.load(data, Loader=yaml.SafeLoader)

# ruleid: and-not-either
hashlib.new("md5", data)
# ok: and-not-either
hashlib.new("sha256")
# ok: and-not-either
hashlib.new("sha512", data)

# ruleid: and-not-with-metavariable
copy(a, b)
# ok: and-not-with-metavariable
copy(a.b, a.b)

# ruleid: either-of-patterns
os.popen("a")
# ruleid: either-of-patterns
commands.getoutput("a")
# ok: either-of-patterns
os.system("a")


def either(code):
    # ruleid: either-with-different-metavariables
    exec(code)
    # ruleid: either-with-different-metavariables
    runpy.run_path(code)


# ok: either-with-different-metavariables
exec(code)

if debug:
    # ruleid: either-nested
    bind(("0.0.0.0", 80))
# ok: either-nested
bind(("0.0.0.0", 80))
# ruleid: either-nested
bind_all(80)


class View1(View):
    def __eq__(self, other):
        if other:
            # ruleid: inside-function
            return True
        # ruleid: inside-function
        return lambda: 1

    def get(self, request):
        # ok: inside-function
        # ruleid: inside-two
        return render(request)

    def post(self, request):
        # ok: inside-two
        return render(request)


class Other:
    def get(self, request):
        # ok: inside-two
        return render(request)


# ruleid: inside-call
HttpResponse("a" + request.body)
# ruleid: inside-call
HttpResponse(make(request.GET["a"]))
# ok: inside-call
JsonResponse(request.body)


def sockets():
    s = socket.socket()
    # ruleid: inside-sequence
    s.send(1)
    # ok: inside-sequence
    t.send(1)
    if s:
        # ruleid: inside-sequence
        s.send(2)


def sockets2():
    # ok: inside-sequence
    s.send(3)


# ruleid: inside-either
# ruleid: not-inside-function
print("a", password)
# ruleid: inside-either
logging.info("a %s", password)
# ok: inside-either
check(password)

# ruleid: not-inside-function
print(1)


def main():
    # ok: not-inside-function
    print(2)

    def inner():
        # ok: not-inside-function
        print(3)


def other():
    # ruleid: not-inside-function
    print(4)


# ruleid: not-inside-with
# ruleid: not-closed-after
f = open("a")
# ok: not-inside-with
with open("a") as g:
    # ok: not-inside-with
    # ruleid: not-closed-after
    h = open("b")
# ok: not-inside-with
with open("a"):
    pass


def commands_checked(given):
    # ruleid: not-inside-sequence-checked-before
    subprocess.check_output(given)
    command = shlex.split(given)
    # ok: not-inside-sequence-checked-before
    subprocess.check_output(command)


try:
    # ok: not-inside-try
    json.loads(a)
except ValueError:
    pass
try:
    # ok: not-inside-try
    json.loads(a)
except ValueError as error:
    # ok: not-inside-try
    json.loads(b)
# ruleid: not-inside-try
json.loads(a)


def closed(name):
    # ok: not-closed-after
    # ruleid: not-inside-with
    f = open(name)
    f.read()
    f.close()


def not_closed(name):
    # ruleid: not-closed-after
    # ruleid: not-inside-with
    f = open(name)
    f.read()


def maybe_closed(name):
    # ok: not-closed-after
    # ruleid: not-inside-with
    f = open(name)
    if name:
        f.close()


import requests

# ruleid: not-with-different-range
r = requests.get(url, timeout=1)
# ruleid: not-with-different-range
requests.get(url)

# ruleid: patterns-in-patterns
r.redirect(url)
# ok: patterns-in-patterns
r.redirect("/")
if is_safe(url):
    # ok: patterns-in-patterns
    r.redirect(url)
    # ruleid: patterns-in-patterns
    r.redirect(other)


def unsafe_query():
    # ruleid: inside-formula
    cursor.execute(q)


def safe_query():
    # ok: inside-formula
    cursor.execute(q)


def first():
    # ok: not-inside-formula
    return cursor.fetchall()


def second():
    # ok: not-inside-formula
    return cursor.fetchall()


def third():
    # ruleid: not-inside-formula
    return cursor.fetchall()


for x in y:
    # ruleid: only-inside
    z = x
    # ok: only-inside
    # ruleid: not-inside-function
    print(z)


def handler(req, other):
    # ruleid: conflict-of-metavariables
    req.POST["a"]
    # ok: conflict-of-metavariables
    other.POST["a"]


# ruleid: negative-first
tag("a")
# ok: negative-first
tag("b", 1)
# ok: not-with-different-range
requests.post(url)
