# ruleid: list-any
ALLOWED_HOSTS = []
# ruleid: list-any
# ruleid: list-contains
# ruleid: list-any
# ruleid: list-contains
ALLOWED_HOSTS = ["*"]
# ok: list-any
ALLOWED_HOSTS = ("*",)
# ok: list-any
ALLOWED_HOSTS = hosts
# ruleid: list-contains
origins(["a", '*', "b"])
# ok: list-contains
origins(["a", "b*"])
# ok: list-contains
origins(("*", "b"))

# ruleid: list-exact
run(["sh", "-c", command])
# ok: list-exact
run(["sh", "-c", command, other])
# ok: list-exact
run(["sh", command])
# ruleid: list-first
run(["bash"])
# ruleid: list-first
run(["bash", "-c"])
# ok: list-first
run(["sh", "bash"])
# ruleid: list-first-and-last
exec_all([a, b])
# ruleid: list-first-and-last
exec_all([a, b, c, d])
# ok: list-first-and-last
exec_all([a])

# ruleid: tuple-any
HOSTS = ()
# ruleid: tuple-any
HOSTS = (1, 2)
# ruleid: tuple-any
HOSTS = 1, 2
# ruleid: tuple-any
HOSTS = [1]
# ruleid: tuple-pair
send(("password", "a"))
# ruleid: tuple-pair
send([("password", value), ("b", 1)])
# ok: tuple-pair
send("password", value)

# ruleid: dict-any
headers({})
# ruleid: dict-any
headers({"a": 1, **b})
# ok: dict-any
headers(dict())
# ruleid: dict-entry
decode(t, options={"verify_signature": False})
# ruleid: dict-entry
decode(t, options={"a": 1, "verify_signature": False, "b": 2})
# ok: dict-entry
decode(t, options={"verify_signature": True})
# ruleid: dict-key-metavariable
handlers = {"a": f, "b": eval}
# ok: dict-key-metavariable
handlers = {eval: "b"}
# ruleid: dict-exact
options({"a": 1})
# ok: dict-exact
options({"a": 1, "b": 2})
# ruleid: dict-two-entries
jwt_options({"b": 1, "a": 2})
# ruleid: dict-two-entries
jwt_options({"a": 2, "b": 1})
# ruleid: set-contains
names = {"a", "b"}
# ok: set-contains
names = {"b", "c"}
# ruleid: dict-call
config = dict(user="a", password="b")
# ok: dict-call
config = dict(password=read())

# ruleid: list-comprehension
copied = [a for a in items]
# ok: list-comprehension
copied = [a.b for a in items]
# ruleid: list-comprehension-condition
copied = [a for a in items if a]
# ok: list-comprehension-condition
copied = [a for a in items if a if b]
# ruleid: list-comprehension-call
results = [eval(a) for a in items]
# ok: list-comprehension-call
results = [exec(a) for a in items]
# ruleid: dict-comprehension
# ruleid: set-comprehension
copied = {k: v for k, v in d.items()}
# ok: dict-comprehension
copied = {v: k for k, v in d.items()}
# ruleid: set-comprehension
copied = {a for a in items}
# ok: set-comprehension
copied = {a.b for a in items}
# ruleid: generator-deep
list(input() for _ in range(3))
# ok: generator-deep
# ruleid: list-comprehension
list(a for a in items)

# ruleid: subscript-assignment
session["user"] = name
# ok: subscript-assignment
session["user"] += name
# ok: subscript-assignment
session["name"] = name
# ruleid: subscript-nested
DATABASES["default"]["PASSWORD"] = "a"
# ok: subscript-nested
DATABASES["default"]["USER"] = "a"
# ruleid: dict-nested
DATABASES = {"default": {"USER": "a", "PASSWORD": "b"}, "other": {}}
# ok: dict-nested
DATABASES = {"default": {"USER": "a"}, "other": {"PASSWORD": "b"}}
# ruleid: tuple-any
HOSTS = hosts
# ok: dict-two-entries
jwt_options({"a": 2})
# ok: tuple-any
HOSTS += (1,)
