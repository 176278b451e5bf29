import subprocess
import subprocess as sp
import xml.etree.ElementTree
import xml.etree.ElementTree as ET
from subprocess import run
from subprocess import run as start
from xml.etree import ElementTree
from xml.etree.ElementTree import parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hashes import MD5
from django import forms
from django.forms import ModelForm as Base
from django.views.decorators.csrf import csrf_exempt
from requests import exceptions
from requests.exceptions import SSLError

# ruleid: import-resolved-call
subprocess.run("ls")
# ruleid: import-resolved-call
sp.run("ls")
# ruleid: import-resolved-call
run("ls")
# ruleid: import-resolved-call
start("ls")
# ok: import-resolved-call
subprocess.call("ls")
# ok: import-resolved-call
other.run("ls")


def shadowed(run, sp):
    # ok: import-resolved-call
    run("ls")
    # ok: import-resolved-call
    sp.run("ls")


def local_import():
    from subprocess import run as local

    # ruleid: import-resolved-call
    local("ls")


# ruleid: import-resolved-call
local("ls")

# ruleid: import-resolved-nested-module
xml.etree.ElementTree.parse(f)
# ruleid: import-resolved-nested-module
ET.parse(f)
# ruleid: import-resolved-nested-module
ElementTree.parse(f)
# ruleid: import-resolved-nested-module
parse(f)
# ok: import-resolved-nested-module
ET.fromstring(f)

# ruleid: import-resolved-class
hashes.MD5()
# ruleid: import-resolved-class
MD5()
# ok: import-resolved-class
hashes.SHA256()

# ruleid: import-statement
# ruleid: import-metavariable
# ruleid: import-statement
import telnetlib
# ruleid: import-statement
# ruleid: import-metavariable
# ruleid: import-statement
import telnetlib as t
# ruleid: import-metavariable
import os, ftplib
# ruleid: import-statement
from telnetlib import Telnet

# ruleid: import-from-statement
# ruleid: import-statement-submodule
from Crypto.Cipher import DES
# ruleid: import-from-statement
# ruleid: import-statement-submodule
from Crypto.Cipher import AES, ARC4 as rc4
# ok: import-from-statement
# ruleid: import-statement-submodule
from Crypto import Cipher

# ruleid: import-statement-submodule
import Crypto.Hash
# ruleid: import-statement-submodule
import Crypto

# ruleid: import-from-as
from pickle import loads as decode
# ok: import-from-as
from pickle import loads

# ruleid: import-all
from os import *
# ok: import-all
from os import path

import ssl
from ssl import PROTOCOL_SSLv3 as old

# ruleid: import-attribute-not-call
context.version = ssl.PROTOCOL_SSLv3
# ruleid: import-attribute-not-call
wrap(old)
# ok: import-attribute-not-call
wrap(ssl.PROTOCOL_TLS)

# ok: import-before-use
jsonify(1)
import flask

# ruleid: import-before-use
jsonify(2)

from paramiko import AutoAddPolicy, SSHClient


def connect():
    client = SSHClient()
    # ruleid: import-from-instance
    client.set_missing_host_key_policy(AutoAddPolicy)
    # ok: import-from-instance
    client.set_missing_host_key_policy(AutoAddPolicy())
    # ok: import-from-instance
    other.set_missing_host_key_policy(AutoAddPolicy)


# ruleid: import-decorator-resolved
@csrf_exempt
def hook(request):
    pass


# ok: import-decorator-resolved
@csrf_protect
def other_hook(request):
    pass


# ruleid: import-base-class-resolved
class A(forms.ModelForm):
    pass


# ruleid: import-base-class-resolved
class B(Base):
    pass


# ok: import-base-class-resolved
class C(forms.Form):
    pass


# ruleid: import-exception-resolved
try:
    step()
except exceptions.SSLError:
    pass
# ruleid: import-exception-resolved
try:
    step()
except SSLError:
    pass
# ok: import-exception-resolved
try:
    step()
except ssl.SSLError:
    pass

# ok: import-statement
import telnetlib3
# ok: import-statement-submodule
import Cryptodome
# ok: import-metavariable
import os
