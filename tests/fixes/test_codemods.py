"""Each codemod on a table of code before and after; ``§`` marks what the finding spans."""

from __future__ import annotations

import ast
import textwrap

import pytest
from fix_samples import rewritten

CHANGES: dict[str, list[tuple[str, str]]] = {
    "yaml-safe-load": [
        ("import yaml\nx = §yaml.load(f)§\n", "import yaml\nx = yaml.safe_load(f)\n"),
        (
            "import yaml as y\n§y.load(f, Loader=y.UnsafeLoader)§\n",
            "import yaml as y\ny.safe_load(f)\n",
        ),
        (
            "import yaml\n§yaml.load(Loader=yaml.Loader, stream=f)§\n",
            "import yaml\nyaml.safe_load(stream=f)\n",
        ),
        ("from yaml import load\n§load(f)§\n", "from yaml import safe_load\nsafe_load(f)\n"),
        (
            "from yaml import load, Loader\n§load(f, Loader)§\nload(g)\n",
            "from yaml import load, safe_load\nsafe_load(f)\nload(g)\n",
        ),
        (
            "from yaml import dump, load as read\n§read(f)§\n",
            "from yaml import dump, safe_load\nsafe_load(f)\n",
        ),
        (
            "import yaml\nyaml.load_all(§f§, yaml.FullLoader)\n",
            "import yaml\nyaml.safe_load_all(f)\n",
        ),
        (
            "import yaml\n§yaml.load(f, Loader=yaml.CLoader)§\n",
            "import yaml\nyaml.load(f, Loader=yaml.CSafeLoader)\n",
        ),
        (
            """
            import yaml
            §yaml.load(
                f,  # the file
                Loader=yaml.Loader,  # fast enough
            )§
            """,
            """
            import yaml
            yaml.safe_load(
                f,  # the file
            )
            """,
        ),
    ],
    "subprocess-shell-false": [
        (
            "import subprocess\n§subprocess.run('ls -l \"a b\"', shell=True, check=True)§\n",
            'import subprocess\nsubprocess.run(["ls", "-l", "a b"], check=True)\n',
        ),
        (
            "from subprocess import check_output as out\n§out(shell=True, args='ls')§\n",
            'from subprocess import check_output as out\nout(args=["ls"])\n',
        ),
        (
            "import subprocess\n§subprocess.Popen(['ls', d], shell=True)§\n",
            "import subprocess\nsubprocess.Popen(['ls', d])\n",
        ),
    ],
    "os-system-to-subprocess": [
        (
            'import os\n\n§os.system("ls -l")§\n',
            'import subprocess\n\nsubprocess.run(["ls", "-l"], check=True)\n',
        ),
        (
            'import os\nimport sys\n\nif §os.system("ls")§ != 0:\n    sys.exit(os.getpid())\n',
            'import os\nimport subprocess\nimport sys\n\nif subprocess.call(["ls"]) != 0:\n'
            "    sys.exit(os.getpid())\n",
        ),
        (
            'from os import system, path\nimport subprocess as sp\n§system("ls")§\n',
            'from os import path\nimport subprocess as sp\nsp.run(["ls"], check=True)\n',
        ),
    ],
    "tempfile-mktemp": [
        (
            "import tempfile\np = §tempfile.mktemp('.txt', dir=d)§\n",
            "import tempfile\np = tempfile.NamedTemporaryFile(suffix='.txt', dir=d, delete=False).name\n",
        ),
        (
            "import tempfile\nwith open(§tempfile.mktemp()§, 'w', encoding='utf-8') as f:\n    pass\n",
            "import tempfile\n"
            "with tempfile.NamedTemporaryFile(mode='w', encoding='utf-8', delete=False) as f:\n    pass\n",
        ),
        (
            "import os\nfrom tempfile import mktemp\nos.mkdir(§mktemp()§)\n",
            "from tempfile import mkdtemp\nmkdtemp()\n",
        ),
    ],
    "hashlib-sha256": [
        ("import hashlib\n§hashlib.md5(x)§.hexdigest()\n", "import hashlib\nhashlib.sha256(x).hexdigest()\n"),
        ("from hashlib import sha1\n§sha1(x)§\n", "from hashlib import sha256\nsha256(x)\n"),
        (
            "def f(x):\n    from hashlib import sha1\n    return §sha1(x)§\n",
            "def f(x):\n    from hashlib import sha256\n    return sha256(x)\n",
        ),
        (
            "from hashlib import md5, sha512\n§md5(x)§\n",
            "from hashlib import sha256, sha512\nsha256(x)\n",
        ),
        ("import hashlib as h\n§h.new('MD5', x)§\n", 'import hashlib as h\nh.new("sha256", x)\n'),
        (
            "import hashlib\n§hashlib.md5(x, usedforsecurity=False)§\n",
            "import hashlib\nhashlib.sha256(x)\n",
        ),
    ],
    "hashlib-not-for-security": [
        ("import hashlib\n§hashlib.md5()§\n", "import hashlib\nhashlib.md5(usedforsecurity=False)\n"),
        (
            "import hashlib\n§hashlib.new('md5', x)§\n",
            "import hashlib\nhashlib.new('md5', x, usedforsecurity=False)\n",
        ),
    ],
    "random-to-secrets": [
        (
            "import random\ntoken = §random.choice(letters)§\n",
            "import secrets\ntoken = secrets.choice(letters)\n",
        ),
        ("import random\nx = §random.randint(1, 6)§\n", "import secrets\nx = secrets.randbelow(6) + 1\n"),
        (
            "import random\nx = 2 * §random.randint(1, n)§\n",
            "import secrets\nx = 2 * (secrets.randbelow(n) + 1)\n",
        ),
        ("import random\nx = §random.randint(0, n)§\n", "import secrets\nx = secrets.randbelow(n + 1)\n"),
        (
            "import random\nx = §random.randint(a, b)§\n",
            "import secrets\nx = secrets.randbelow(b - a + 1) + a\n",
        ),
        ("import random\nx = §random.randrange(10)§\n", "import secrets\nx = secrets.randbelow(10)\n"),
        (
            "import random\nx = §random.randrange(5, 10)§\n",
            "import secrets\nx = secrets.randbelow(5) + 5\n",
        ),
        (
            "import random\nx = §random.choices(a, k=8)§\ny = random.random()\n",
            "import random\nimport secrets\n"
            "x = secrets.SystemRandom().choices(a, k=8)\ny = random.random()\n",
        ),
        (
            "from random import choice\nimport secrets as s\nx = [§choice(a)§ for _ in b]\n",
            "import secrets as s\nx = [s.choice(a) for _ in b]\n",
        ),
        ("import random\nx = §random.getrandbits(k=9)§\n", "import secrets\nx = secrets.randbits(9)\n"),
    ],
    "defusedxml": [
        (
            "import xml.etree.ElementTree as ET\n§ET.parse(f)§\n",
            "import defusedxml.ElementTree as ET\nET.parse(f)\n",
        ),
        (
            "from xml.dom import minidom\n§minidom.parseString(s)§\n",
            "from defusedxml import minidom\nminidom.parseString(s)\n",
        ),
        (
            "from xml.etree import cElementTree\n§cElementTree.fromstring(s)§\n",
            "from defusedxml import ElementTree as cElementTree\ncElementTree.fromstring(s)\n",
        ),
        (
            "from xml.sax import parseString\n§parseString(s, h)§\n",
            "from defusedxml.sax import parseString\nparseString(s, h)\n",
        ),
        (
            "import os\nimport xml.etree.ElementTree as ET\n\nroot = ET.Element('a')\n§ET.fromstring(s)§\n",
            "import os\nimport xml.etree.ElementTree as ET\n\nimport defusedxml.ElementTree\n\n"
            "root = ET.Element('a')\ndefusedxml.ElementTree.fromstring(s)\n",
        ),
        (
            "import xml.dom.minidom\n§xml.dom.minidom.parse(f)§\n",
            "import defusedxml.minidom\ndefusedxml.minidom.parse(f)\n",
        ),
        (
            "§import xml.sax as sax§\nsax.parse(f, h)\n",
            "import defusedxml.sax as sax\nsax.parse(f, h)\n",
        ),
    ],
    "tls-verify": [
        ("§requests.get(u, verify=False, timeout=5)§\n", "requests.get(u, timeout=5)\n"),
        ("httpx.Client(§verify=False§)\n", "httpx.Client()\n"),
        ("import ssl\n§P(u, cert_reqs=ssl.CERT_NONE)§\n", "import ssl\nP(u)\n"),
        ("§f(\n    u,\n    ssl=False,\n)§\n", "f(\n    u,\n)\n"),
    ],
    "ssl-verify-mode": [
        ("§c.check_hostname = False§\n", "c.check_hostname = True\n"),
        ("import ssl\n§c.verify_mode = ssl.CERT_NONE§\n", "import ssl\nc.verify_mode = ssl.CERT_REQUIRED\n"),
        (
            "from ssl import CERT_NONE\n§c.verify_mode = CERT_NONE§\n",
            "from ssl import CERT_REQUIRED\nc.verify_mode = CERT_REQUIRED\n",
        ),
    ],
    "request-timeout": [
        ("import requests\n§requests.get(u)§\n", "import requests\nrequests.get(u, timeout=10)\n"),
        (
            "import requests\n§requests.get(u, timeout=None)§\n",
            "import requests\nrequests.get(u, timeout=10)\n",
        ),
        (
            "from requests import post\n§post(u, json=d,)§\n",
            "from requests import post\npost(u, json=d, timeout=10,)\n",
        ),
        (
            "§s.get(\n    u,\n    # why\n    headers=h,  # these\n)§\n",
            "s.get(\n    u,\n    # why\n    headers=h,\n    timeout=10,  # these\n)\n",
        ),
    ],
    "ssl-default-context": [
        (
            "import ssl\nc = §ssl._create_unverified_context()§\n",
            "import ssl\nc = ssl.create_default_context()\n",
        ),
        (
            "import ssl\nssl._create_default_https_context = §ssl._create_unverified_context§\n",
            "import ssl\nssl._create_default_https_context = ssl.create_default_context\n",
        ),
        (
            "from ssl import _create_unverified_context as make\n"
            "make(P, cafile=f, cert_reqs=N)\nc = §make§(P, cafile=f)\n",
            "from ssl import _create_unverified_context as make, create_default_context\n"
            "make(P, cafile=f, cert_reqs=N)\nc = create_default_context(cafile=f)\n",
        ),
    ],
    "ssl-protocol": [
        (
            "import ssl\nc = ssl.SSLContext(§ssl.PROTOCOL_TLSv1§)\n",
            "import ssl\nc = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n",
        ),
        (
            "import ssl\n§ssl.SSLContext()§.wrap_socket(s, server_side=True)\n",
            "import ssl\nssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).wrap_socket(s, server_side=True)\n",
        ),
    ],
    "flask-debug-off": [
        ("§app.run(host=h, debug=True)§\n", "app.run(host=h)\n"),
        ("app.run(§debug=True§)\n", "app.run()\n"),
        ("§app.debug = True§\n", "app.debug = False\n"),
        ("§app.config['DEBUG'] = True§\n", "app.config['DEBUG'] = False\n"),
    ],
    "jinja2-autoescape": [
        ("import jinja2\n§jinja2.Environment()§\n", "import jinja2\njinja2.Environment(autoescape=True)\n"),
        (
            "from jinja2 import Environment as E\n§E(loader=l, autoescape=False)§\n",
            "from jinja2 import Environment as E\nE(loader=l, autoescape=True)\n",
        ),
    ],
    "jinja2-select-autoescape": [
        (
            "from jinja2 import Environment, Template\n§Environment(loader=l)§\n",
            "from jinja2 import Environment, Template, select_autoescape\n"
            "Environment(loader=l, autoescape=select_autoescape())\n",
        ),
        (
            "import jinja2 as j\n§j.Environment(autoescape=False, loader=l)§\n",
            "import jinja2 as j\nj.Environment(autoescape=j.select_autoescape(), loader=l)\n",
        ),
        ("import jinja2\n§jinja2.Template(t)§\n", "import jinja2\njinja2.Template(t, autoescape=True)\n"),
    ],
    "cookie-flags": [
        ("§r.set_cookie('a', v)§\n", "r.set_cookie('a', v, secure=True, httponly=True, samesite=\"Lax\")\n"),
        (
            "§r.set_cookie('a', v, httponly=False, samesite='Strict', secure=S)§\n",
            "r.set_cookie('a', v, httponly=True, samesite='Strict', secure=S)\n",
        ),
    ],
    "hmac-compare-digest": [
        (
            '"""Doc."""\n\nfrom __future__ import annotations\n\nif §a == b§:\n    pass\n',
            '"""Doc."""\n\nfrom __future__ import annotations\n\nimport hmac\n\n'
            "if hmac.compare_digest(a, b):\n    pass\n",
        ),
        (
            "import hmac\nx = f and §(a) != b§\n",
            "import hmac\nx = f and not hmac.compare_digest((a), b)\n",
        ),
        (
            "from hmac import compare_digest\nx = [§a != b§]\n",
            "from hmac import compare_digest\nx = [not compare_digest(a, b)]\n",
        ),
        (
            "import hmac as h\ndef f(hmac):\n    return not §h.new(k).digest() == b§\n",
            "import hmac as h\ndef f(hmac):\n    return not h.compare_digest(h.new(k).digest(), b)\n",
        ),
        (
            "import hmac\nx = §a == r.headers.get('S')§\ny = b.get(\n  1,\n) == c\n",
            "import hmac\nx = hmac.compare_digest(a, r.headers.get('S', \"\"))\ny = b.get(\n  1,\n) == c\n",
        ),
    ],
    "assert-to-raise": [
        (
            "def f():\n    §assert user.is_admin, 'no'§  # why\n",
            "def f():\n    if not user.is_admin:\n        raise AssertionError('no')  # why\n",
        ),
        ("§assert not x§\n", "if x:\n    raise AssertionError\n"),
        ("§assert a and b§\n", "if not (a and b):\n    raise AssertionError\n"),
        ("§assert a in b§\n", "if a not in b:\n    raise AssertionError\n"),
    ],
    "sql-parameters": [
        (
            "import sqlite3\n§c.execute(f\"select * from t where a = '{a}' and b > {b.c}\")§\n",
            'import sqlite3\nc.execute("select * from t where a = ? and b > ?", (a, b.c))\n',
        ),
        (
            "import psycopg2\n§c.execute('delete from t where a = %s' % a)§\n",
            'import psycopg2\nc.execute("delete from t where a = %s", (a,))\n',
        ),
        (
            "import pymysql\n§c.execute('insert into t (x, y) values ({}, {})'.format(x, y + 1))§\n",
            'import pymysql\nc.execute("insert into t (x, y) values (%s, %s)", (x, y + 1))\n',
        ),
        (
            "import sqlite3\n§c.execute('select a from t where n = \\'' + name + \"'\")§\n",
            'import sqlite3\nc.execute("select a from t where n = ?", (name,))\n',
        ),
    ],
    "paramiko-reject-policy": [
        (
            "import paramiko\n§c.set_missing_host_key_policy(paramiko.AutoAddPolicy())§\n",
            "import paramiko\nc.set_missing_host_key_policy(paramiko.RejectPolicy())\n",
        ),
        (
            "from paramiko import AutoAddPolicy, SSHClient\nc.set_missing_host_key_policy(§AutoAddPolicy§)\n",
            "from paramiko import RejectPolicy, SSHClient\nc.set_missing_host_key_policy(RejectPolicy)\n",
        ),
    ],
    "chmod-owner-only": [
        ("import os\n§os.chmod(p, 0o777)§\n", "import os\nos.chmod(p, 0o700)\n"),
        ("import os\n§os.chmod(mode=0o666, path=p)§\n", "import os\nos.chmod(mode=0o600, path=p)\n"),
        ("§p.chmod(0o644)§\n", "p.chmod(0o600)\n"),
    ],
    "bind-localhost": [
        ("s.bind((§'0.0.0.0'§, 80))\n", "s.bind(('127.0.0.1', 80))\n"),
        ('§app.run(host="::")§\n', 'app.run(host="::1")\n'),
    ],
    "tarfile-filter": [
        ("§t.extractall()§\n", 't.extractall(filter="data")\n'),
        ("§t.extractall(p, members=m)§\n", 't.extractall(p, members=m, filter="data")\n'),
        ("§t.extract(m, filter='fully_trusted')§\n", 't.extract(m, filter="data")\n'),
    ],
    "torch-weights-only": [
        ("import torch\n§torch.load(p)§\n", "import torch\ntorch.load(p, weights_only=True)\n"),
        (
            "from torch import load\n§load(p, weights_only=False, map_location=d)§\n",
            "from torch import load\nload(p, weights_only=True, map_location=d)\n",
        ),
    ],
    "numpy-no-pickle": [
        ("import numpy as np\n§np.load(p, allow_pickle=True)§\n", "import numpy as np\nnp.load(p)\n"),
        ("import numpy as np\n§np.load(p, None, True)§\n", "import numpy as np\nnp.load(p, None, False)\n"),
    ],
    "lxml-parser": [
        (
            "from lxml import etree\n§etree.XMLParser(resolve_entities=True)§\n",
            "from lxml import etree\netree.XMLParser(resolve_entities=False, no_network=True)\n",
        ),
        (
            "import lxml.etree as e\n§e.XMLParser(load_dtd=True, no_network=False)§\n",
            "import lxml.etree as e\ne.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)\n",
        ),
    ],
    "literal-eval": [
        ("x = §eval(s)§\n", "import ast\n\nx = ast.literal_eval(s)\n"),
    ],
}

REFUSALS: dict[str, list[str]] = {
    "yaml-safe-load": [
        "import yaml\n§yaml.load(f, Loader=Mine)§\n",
        "import yaml\n§yaml.load(*a)§\n",
        "import yaml\ndef f(yaml):\n    §yaml.load(f)§\n",
        "import json as yaml\n§yaml.load(f)§\n",
        "import yaml\n§yaml.dump(f)§\n",
        "from yaml import load\nyaml = safe_load = 1\n§load(f)§\n",
        "import yaml\n§g(yaml.load(a), yaml.load(b))§\n",
    ],
    "subprocess-shell-false": [
        "import subprocess\n§subprocess.run(cmd, shell=True)§\n",
        "import subprocess\n§subprocess.run('ls | wc', shell=True)§\n",
        "import subprocess\n§subprocess.run('cd x', shell=True)§\n",
        "import subprocess\n§subprocess.run('A=1 ls', shell=True)§\n",
        "import subprocess\n§subprocess.run('ls \"x', shell=True)§\n",
        "import subprocess\n§subprocess.run('ls')§\n",
        "import subprocess\n§subprocess.run('ls', **kw)§\n",
    ],
    "os-system-to-subprocess": [
        "import os\nx = §os.system('ls')§\n",
        "import os\n§os.system(cmd)§\n",
        "import os\nsubprocess = None\n§os.system('ls')§\n",
    ],
    "tempfile-mktemp": [
        "import os, tempfile\np = §tempfile.mktemp()§\nos.mkfifo(p)\n",
        "import tempfile\nopen(§tempfile.mktemp()§)\n",
    ],
    "hashlib-sha256": ["import hashlib\n§hashlib.sha256(x)§\n", "import hashlib\n§hashlib.new(name)§\n"],
    "random-to-secrets": [
        "import random\nx = §random.randrange(0, 10, 2)§\n",
        "import random\nx = §random.randint(f(), 9)§\n",
        "import random\ndef f(secrets):\n    return §random.choice(secrets)§\n",
        "import random\nx = §random.seed(1)§\n",
    ],
    "defusedxml": ["import xml.etree.ElementTree as ET\n§ET.Element('a')§\n"],
    "tls-verify": ["§requests.get(u, verify=True)§\n", "§f(g(verify=False), h(verify=False))§\n"],
    "request-timeout": ["import requests\n§requests.get(u, **kw)§\n", "§s.get(u, timeout=3)§\n"],
    "ssl-default-context": ["import ssl\n§ssl._create_unverified_context(certfile=f)§\n"],
    "ssl-protocol": [
        "import ssl\nssl.wrap_socket(s, ssl_version=§ssl.PROTOCOL_SSLv3§)\n",
        "import ssl\nnames[§ssl.PROTOCOL_SSLv3§] = 'old'\n",
        "import ssl\nif v == §ssl.PROTOCOL_SSLv3§:\n    pass\n",
    ],
    "jinja2-autoescape": ["import jinja2\n§jinja2.Environment(autoescape=f)§\n"],
    "cookie-flags": ["§r.set_cookie('a', secure=True, httponly=True, samesite='Lax')§\n"],
    "hmac-compare-digest": ["x = §a < b§\n", "hmac = 1\nx = §a == b§\n", "x = f\"{§a == b['k']§}\"\n"],
    "assert-to-raise": ["if x: §assert y§\n", "§assert y§; z = 1\n"],
    "sql-parameters": [
        "§c.execute(f'select {x}')§\n",
        "import sqlite3\n§c.execute(f'select * from {t}')§\n",
        "import sqlite3\n§c.execute(f'select a from t order by {o}')§\n",
        "import sqlite3\n§c.execute(f\"select a from t where n like '%{o}%'\")§\n",
        "import sqlite3\n§c.execute(f'insert into t ({c}) values (1)')§\n",
        "import sqlite3, psycopg2\n§c.execute(f'select a from t where a = {x}')§\n",
        "import sqlite3\n§c.execute('select a from t where a = %s' % x, y)§\n",
        "import sqlite3\n§c.execute('select a from t where a = %(a)s' % x)§\n",
    ],
    "chmod-owner-only": ["import os\n§os.chmod(p, mode)§\n", "import os\n§os.chmod(p, 0o600)§\n"],
    "tarfile-filter": ["§t.extractall(filter='data')§\n"],
    "numpy-no-pickle": ["import numpy as np\n§np.load(p)§\n"],
    "literal-eval": [
        "§eval(s, {})§\n",
        "def eval(x): ...\n§eval(s)§\n",
    ],
}


@pytest.mark.parametrize(
    ("codemod", "before", "after"), [(name, *case) for name, cases in CHANGES.items() for case in cases]
)
def test_changes(codemod: str, before: str, after: str) -> None:
    expected = textwrap.dedent(after).lstrip("\n")
    assert rewritten(codemod, before) == expected
    ast.parse(expected)


@pytest.mark.parametrize(
    ("codemod", "before"), [(name, case) for name, cases in REFUSALS.items() for case in cases]
)
def test_refuses(codemod: str, before: str) -> None:
    assert rewritten(codemod, before).startswith("refused: ")
