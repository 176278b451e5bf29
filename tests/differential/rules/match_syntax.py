import os

import flask
from flask import request

# ruleid: match-string
eval("1")
# ok: match-string
evaluate("1")


def reads(p):
    # ruleid: match-all
    open(p)
    # ruleid: match-string
    return eval(p)


# ok: match-all
open(p)

# ruleid: match-any
pickle.loads(a)
# ruleid: match-any
marshal.loads(a)
# ok: match-any
json.loads(a)

# ruleid: match-not
yaml.load(a)
# ok: match-not
yaml.load(a, Loader=SafeLoader)

# ruleid: match-not-inside
send(a)
if allowed:
    # ok: match-not-inside
    send(a)

# ruleid: match-regex
x = "xoxb-abc"
# ok: match-regex
x = "xoxc-abc"

# ruleid: match-where-regex
app_secret = "a"
# ok: match-where-regex
app_secret_name = "a"

# ruleid: match-where-comparison
sleep(11)
# ok: match-where-comparison
sleep(10)

# ruleid: match-where-pattern
log(user.token)
# ok: match-where-pattern
log(user.name)

# ruleid: match-where-any
hash_of(md5(a))
# ok: match-where-any
hash_of(sha256(a))

run(
    # ruleid: match-where-focus
    command,
    1,
)
# ok: match-where-focus
run()

# ruleid: match-nested
first(a)
# ok: match-nested
first("a")
# ruleid: match-nested
third(second(a))
# ok: match-nested
second(a)

# ruleid: match-where-two
db.connect("10.0.0.1")
# ok: match-where-two
db.connect("127.0.0.1")
# ok: match-where-two
cache.connect("10.0.0.1")


def dumps(a: bytes, b: str):
    # ruleid: match-where-type
    dump(a)
    # ok: match-where-type
    dump(b)


# ruleid: match-where-analyzer
secret("q8Zx7LmN2vRt5Yw9KpJh3GfD")
# ok: match-where-analyzer
secret("hellohellohello")

# ruleid: match-not-regex
visit("http://a")
# ok: match-not-regex
visit("https://a")


def handler():
    name = request.args
    # ruleid: match-taint
    os.system("ls " + name)
    # ruleid: match-taint
    os.system(flask.request.body)
    # ok: match-taint
    os.system("ls")
    text = read_user()
    # ruleid: match-taint-with-sanitizer
    write_html(text)
    # ok: match-taint-with-sanitizer
    write_html(escape(text))
