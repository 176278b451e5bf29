import hashlib
import os
import pickle
import subprocess
import tempfile

import requests
import yaml

# ruleid: call-any-arguments
os.system("ls")
# ruleid: call-any-arguments
os.system()
# ruleid: call-any-arguments
print(os.system(command, *rest))
# ok: call-any-arguments
os.systems("ls")
# ok: call-any-arguments
os.system

# ruleid: call-no-arguments
hashlib.md5()
# ok: call-no-arguments
hashlib.md5(data)
# ruleid: call-no-arguments
hashlib.md5().update(data)

# ruleid: call-first-argument
subprocess.call(["ls"], shell=True)
# ruleid: call-first-argument
subprocess.call(command)
# ok: call-first-argument
subprocess.call()
# ok: call-first-argument
subprocess.call(args=command)
# ruleid: call-first-argument
subprocess.call(*command)

# ruleid: call-last-argument
tempfile.mktemp("a", "b")
# ruleid: call-last-argument
tempfile.mktemp("a")
# ok: call-last-argument
tempfile.mktemp()
# ok: call-last-argument
tempfile.mktemp("a", dir="/tmp")

# ruleid: call-argument-anywhere
run("sudo")
# ruleid: call-argument-anywhere
run(1, "sudo", check=True)
# ruleid: call-argument-anywhere
run(1, 2, 'sudo')
# ok: call-argument-anywhere
run(["sudo"])
# ok: call-argument-anywhere
run(name="sudo")

# ruleid: call-keyword-anywhere
subprocess.Popen(c, shell=True)
# ruleid: call-keyword-anywhere
subprocess.Popen(c, shell=True, cwd="/")
# ruleid: call-keyword-anywhere
subprocess.Popen(shell=True)
# ruleid: call-keyword-anywhere
subprocess.Popen(c, -1, stdin=None, shell=True, **options)
# ok: call-keyword-anywhere
subprocess.Popen(c, shell=False)
# ok: call-keyword-anywhere
subprocess.Popen(c, True)

# ruleid: call-two-keywords-in-any-order
requests.get(url, verify=False, timeout=3)
# ruleid: call-two-keywords-in-any-order
requests.get(url, timeout=3, verify=False)
# ok: call-two-keywords-in-any-order
requests.get(url, timeout=3, verify=False, stream=True)
# ok: call-two-keywords-in-any-order
requests.get(url, verify=False)

# ruleid: call-keyword-with-rest
yaml.load(data, Loader=yaml.Loader)
# ruleid: call-keyword-with-rest
yaml.load(data, encoding="utf-8", Loader=yaml.Loader)
# ok: call-keyword-with-rest
yaml.load(data, yaml.Loader)

# ruleid: call-keyword-name-metavariable
connect(host, password="secret")
# ruleid: call-keyword-name-metavariable
connect(host, user="admin", token="secret", port=1)
# ok: call-keyword-name-metavariable
connect(host, "secret")

# ruleid: call-arguments-metavariable
execute()
# ruleid: call-arguments-metavariable
execute(query, [1, 2], commit=True)
# ok: call-arguments-metavariable
execute

# ruleid: call-arguments-metavariable-between
execute_many(1, 2)
# ruleid: call-arguments-metavariable-between
execute_many(1, 2, 3, 4)
# ok: call-arguments-metavariable-between
execute_many(1)

# ruleid: call-star-arguments
spawn(*args, **kwargs)
# ok: call-star-arguments
spawn(*args)
# ok: call-star-arguments
spawn(args, kwargs)

# ruleid: call-same-argument-twice
compare(a.b, 1, a.b)
# ruleid: call-same-argument-twice
compare(f(x), f(x))
# ok: call-same-argument-twice
compare(a, b)
# ok: call-same-argument-twice
compare(a, a, b)

# ruleid: call-without-keyword
requests.post(url, data=data)
# ok: call-without-keyword
requests.post(url, data=data, timeout=1)
# ok: call-without-keyword
requests.post(url, timeout=None)

# ruleid: call-function-metavariable
cursor.execute("DROP TABLE users")
# ruleid: call-function-metavariable
run_sql("DROP TABLE users", True)
# ruleid: call-function-metavariable
make()("DROP TABLE users")
# ok: call-function-metavariable
cursor.execute("DROP TABLE groups")

# ruleid: call-of-call
getattr(obj, name)(1)
# ok: call-of-call
getattr(obj, name)

# ruleid: call-exact-count
pickle.loads(a, b)
# ok: call-exact-count
pickle.loads(a)
# ok: call-exact-count
pickle.loads(a, b, c)
# ok: call-exact-count
pickle.loads(a, encoding=b)

# ruleid: call-nested-in-argument
eval(compile(source, "<string>", "eval"))
# ok: call-nested-in-argument
eval(compile)

# ruleid: call-positional-is-not-keyword
open_port(80)
# ok: call-positional-is-not-keyword
open_port(port=80)

# ruleid: call-generator-argument
any(x for x in items)
# ok: call-generator-argument
any(x.a for x in items)
# ruleid: call-generator-argument
any([x for x in items])
