import hashlib
import os

# ruleid: regex-on-identifier
password = "a"
# ruleid: regex-on-identifier
Passwd = read()
# ok: regex-on-identifier
passwords = "a"
# ok: regex-on-identifier
self.password = "a"

# ruleid: regex-anchored-at-start-only
load(tmp_name)
# ok: regex-anchored-at-start-only
load(my_tmp)
# ok: regex-anchored-at-start-only
load("tmp")

# ruleid: regex-with-lookahead
getattr(request, "unsafe")
# ruleid: regex-with-lookahead
getattr(request, name)
# ok: regex-with-lookahead
getattr(request, "safe_a")

# ruleid: regex-on-string-with-quotes
chmod("/etc/passwd", 1)
# ok: regex-on-string-with-quotes
chmod("/tmp/etc/", 1)
# ok: regex-on-string-with-quotes
chmod(b"/etc/", 1)


def answers():
    if a:
        # ruleid: regex-on-call
        return jsonify(a)
    # ok: regex-on-call
    return [jsonify(a)]


URL = "http://a"
SECURE = "https://a"
# ruleid: regex-on-constant
fetch(URL)
# ruleid: regex-on-constant
fetch("see http://a")
# ok: regex-on-constant
fetch(SECURE)
# ok: regex-on-constant
fetch(http)

# ruleid: regex-two-conditions
db.execute("a", 1)
# ok: regex-two-conditions
db.query("a")
# ok: regex-two-conditions
self.db.execute("a")

# ruleid: regex-capture-groups
host("root:toor@example.com")
# ok: regex-capture-groups
host("example.com")

# ruleid: pattern-condition
log(user.password)
# ruleid: pattern-condition
log("a" + user.password)
# ok: pattern-condition
log(password)

# ruleid: pattern-condition-nested-deep
send(encode(a))
# ruleid: pattern-condition-nested-deep
send([encode(a), 1])
# ok: pattern-condition-nested-deep
send(encode(a, "safe"))
# ok: pattern-condition-nested-deep
send(decode(a))

# ruleid: pattern-condition-either
hash_of(hashlib.md5(a))
# ruleid: pattern-condition-either
hash_of(hashlib.sha1(a).hexdigest())
# ok: pattern-condition-either
hash_of(hashlib.sha256(a))

# ruleid: pattern-condition-negative
redirect(url)
# ok: pattern-condition-negative
redirect("/a")
# ok: pattern-condition-negative
redirect(url_for("a"))

# ruleid: pattern-condition-shares-metavariables
assign(a, wrap(a))
# ok: pattern-condition-shares-metavariables
assign(a, wrap(b))


# ruleid: pattern-condition-inside
def run(code):
    print(code)
    eval(code)


# ok: pattern-condition-inside
def do_not_run(code):
    print(code)


# ruleid: pattern-condition-regex
connect_to("postgres://root:toor@host/db")
# ok: pattern-condition-regex
connect_to("postgres://host/db")

# ruleid: comparison-number
rsa.generate(public_exponent=65537, key_size=1024)
# ok: comparison-number
rsa.generate(public_exponent=65537, key_size=4096)
# ok: comparison-number
rsa.generate(key_size=size)

SIZE = 512
# ruleid: comparison-number
rsa.generate(key_size=SIZE)

# ruleid: comparison-without-metavariable-key
timeout(61)
# ruleid: comparison-without-metavariable-key
timeout(0)
# ok: comparison-without-metavariable-key
timeout(60)
# ok: comparison-without-metavariable-key
timeout(None)

# ruleid: comparison-two-metavariables
between(2, 1)
# ok: comparison-two-metavariables
between(1, 2)
# ok: comparison-two-metavariables
between(a, b)

# ruleid: comparison-arithmetic
size(50)
# ok: comparison-arithmetic
size(49)

# ruleid: comparison-octal-base
os.chmod("a", 0o777)
# ruleid: comparison-octal-base
os.chmod("a", 2)
# ok: comparison-octal-base
os.chmod("a", 0o755)
# ok: comparison-octal-base
os.chmod("a", mode)

# ruleid: comparison-strip-and-base
mode("777")
# ok: comparison-strip-and-base
mode("7")

# ruleid: comparison-string
level("debug")
# ok: comparison-string
level("info")

# ruleid: comparison-match
bucket("public-data")
# ok: comparison-match
bucket("private-public-")

# ruleid: comparison-in-list
listen(23)
# ok: comparison-in-list
listen(80)

# ruleid: comparison-not
workers(1)
# ruleid: comparison-not
workers(9)
# ok: comparison-not
workers(4)

# ruleid: comparison-negative-and-float
ratio(-1)
# ruleid: comparison-negative-and-float
ratio(1.5)
# ok: comparison-negative-and-float
ratio(0.5)

# ruleid: analysis-entropy
api_key("q8Zx7LmN2vRt5Yw9KpJh3GfD")
# ok: analysis-entropy
api_key("passwordpassword")


def typed(a: str, b: int, c, d: float):
    # ruleid: type-condition
    convert(a)
    # ruleid: type-condition
    convert("a")
    # ok: type-condition
    convert(b)
    # ok: type-condition
    convert(c)
    # ruleid: type-condition-several
    serialize(b)
    # ruleid: type-condition-several
    serialize(d)
    # ruleid: type-condition-several
    serialize(1.5)
    # ok: type-condition-several
    serialize(a)


def combined(rate, price):
    # ok: pattern-not-in-metavariable
    # ruleid: regex-not-in-metavariable
    combine(rate * price)
    # ruleid: pattern-not-in-metavariable
    combine((rate) * price)
    # ruleid: pattern-not-in-metavariable
    combine((rate + 1) * price)
    combine(rate * (price))
    # ok: regex-not-in-metavariable
    # ruleid: pattern-not-in-metavariable
    combine((rate * price))
    # ok: type-of-choice
    # ruleid: regex-not-in-metavariable
    combine((rate))
    # ruleid: pattern-not-in-metavariable
    # ruleid: string-in-metavariable
    combine(("a") + rate)
    # ruleid: pattern-not-in-metavariable
    # ruleid: regex-not-in-metavariable
    # ruleid: string-in-metavariable
    combine("a" + rate)
    # ok: string-in-metavariable
    # ruleid: pattern-not-in-metavariable
    # ruleid: regex-not-in-metavariable
    combine(rate + "a")
    # ruleid: pattern-not-in-metavariable
    # ruleid: regex-not-in-metavariable
    # ruleid: type-of-choice
    combine(1 if rate else 2)
    # ruleid: pattern-not-in-metavariable
    # ruleid: regex-not-in-metavariable
    combine(1 if rate else "a")
    # ruleid: pattern-not-in-metavariable
    # ruleid: type-of-choice
    combine((1 if rate else 2) if price else 3)
