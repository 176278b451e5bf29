import os

# ruleid: deep-in-condition
if user.is_superuser:
    pass
# ruleid: deep-in-condition
if a and (not user.is_superuser or b):
    pass
# ruleid: deep-in-condition
if check(lambda u: u.is_superuser, [1]):
    pass
# ok: deep-in-condition
if user.is_staff:
    print(user.is_superuser)

# ruleid: deep-in-argument
os.system(input())
# ruleid: deep-in-argument
os.system("rm " + input("name").strip())
# ruleid: deep-in-argument
os.system(f"rm {input()}")
# ok: deep-in-argument
os.system("rm", input())


def view(request):
    if request:
        # ruleid: deep-in-return
        return request.args
    if request.x:
        # ruleid: deep-in-return
        return render("a", data=dict(request.args, b=1))
    # ok: deep-in-return
    return request.form


# ruleid: deep-in-assignment
# ruleid: subscript-string
secret = os.environ["A"]
# ruleid: deep-in-assignment
secret = decode(os.environ[name].strip() + "a")
# ok: deep-in-assignment
secret = os.environ.get("A")

# ruleid: deep-with-metavariable
check(user.password == value)
# ruleid: deep-with-metavariable
check(hash(self.user.password) == value)
# ok: deep-with-metavariable
check(value == user.password)

# ruleid: deep-string
execute("a" + b)
# ruleid: deep-string
execute(make(b, "a"))
# ok: deep-string
execute(b + c)

# ruleid: deep-nested
send(wrap(encode(hex(secret))))
# ok: deep-nested
send(wrap(encode(public)))

# ruleid: deep-with-body
while not queue.empty():
    step()
    sleep(1)
# ok: deep-with-body
while not queue.empty():
    step()


def clients(given: HTTPClient, other: FTPClient, untyped):
    # ruleid: typed-by-construction
    send(given, 1)
    # ok: typed-by-construction
    send(other)
    # ok: typed-by-construction
    send(untyped)
    made = HTTPClient()
    # ok: typed-by-construction
    send(made)
    # ok: typed-by-construction
    send(HTTPClient())


def formats(text: str, number: int, other, default: str = "a"):
    # ruleid: typed-parameter
    show(text)
    # ruleid: typed-parameter
    show(number, "a")
    # ruleid: typed-parameter
    show(default)
    # ok: typed-parameter
    show(number)
    # ok: typed-parameter
    show(other)
    # ok: typed-parameter
    show(text + "a")
    # ruleid: typed-argument
    store(number)
    # ruleid: typed-argument
    store(1)
    # ok: typed-argument
    store(text)
    local: int = other
    # ruleid: typed-argument
    store(local)
    counted = 2
    # ruleid: typed-argument
    store(counted)
    # ok: typed-argument
    store(number + 1)


import django.http
from django.http import HttpRequest


def requests(a: HttpRequest, b: django.http.HttpRequest, c: Request):
    # ruleid: typed-dotted
    handle(a)
    # ruleid: typed-dotted
    handle(b)
    # ok: typed-dotted
    handle(c)


# ruleid: chain-ellipsis
db.session.connection().execute("a")
# ruleid: chain-ellipsis
db.execute("a")
# ok: chain-ellipsis
# ruleid: deep-string
execute("a")
# ruleid: chain-ellipsis
db.execute("a").fetch()(1).executes()

# ruleid: chain-ellipsis-between-calls
session.query(User).filter(a == b).order_by(c).all()
# ruleid: chain-ellipsis-between-calls
session.query(User).all()
# ok: chain-ellipsis-between-calls
session.query(User).filter(a).first()
# ok: chain-ellipsis-between-calls
session.filter(a).all()

# ruleid: chain-exact
a.b.c(1)
# ok: chain-exact
x.a.b.c(1)
# ok: chain-exact
a.b.c(1, 2)

# ok: chain-partial
User.objects.filter(a=1).first()
# ruleid: chain-partial
objects.filter(a=1).first()
# ok: chain-partial
objects.filter(a=1).order_by("b").first()

# ruleid: chain-with-filter
Model.objects.all().delete()
# ruleid: chain-with-filter
Model.objects.delete()
# ok: chain-with-filter
Model.objects.all().filter(a=1).delete()

# ruleid: operator-equal-metavariable
# ruleid: operator-symmetric-eq
ok = role == "admin"
# ok: operator-equal-metavariable
# ruleid: operator-symmetric-eq
ok = "admin" == role
# ok: operator-equal-metavariable
ok = role != "admin"

# ruleid: operator-not-equal-metavariable
ok = role != None
# ok: operator-not-equal-metavariable
# ruleid: operator-is-not
ok = role is not None
# ruleid: operator-is-not
ok = role is not None
# ok: operator-is-not
ok = not role is None

# ruleid: operator-in
ok = role in ["a", "b"]
# ok: operator-in
ok = role in ("a", "b")
# ok: operator-in
ok = role not in ["a"]

# ruleid: operator-and-grouping
ok = a and b and c
# ruleid: operator-and-grouping
ok = a and (b and c)
# ok: operator-and-grouping
ok = a and b
# ok: operator-and-grouping
ok = a and b or c

# ruleid: operator-or-with-true
if debug or True:
    pass
# ok: operator-or-with-true
if True or debug:
    pass

# ruleid: operator-commutes
ok = admin and x
# ruleid: operator-commutes
ok = x and admin
# ok: operator-commutes
ok = admin or x

# ruleid: operator-symmetric-eq
ok = role == 1
# ruleid: operator-symmetric-eq
ok = 1 == role
# ok: operator-symmetric-eq
ok = 1 != role

# ruleid: operator-add-ellipsis
sql = "SELECT" + name
# ruleid: operator-add-ellipsis
sql = "SELECT" + name + other
# ok: operator-add-ellipsis
sql = name + "SELECT"

# ruleid: operator-bitwise-or
os.open(p, os.O_CREAT | os.O_RDWR | os.O_EXCL)
# ruleid: operator-bitwise-or
os.open(p, os.O_RDWR | os.O_CREAT | os.O_EXCL)
# ok: operator-bitwise-or
os.open(p, os.O_CREAT | os.O_RDWR)

# ruleid: operator-not
if not user.verified:
    pass
# ok: operator-not
if user.verified:
    pass

# ruleid: operator-unary-minus
randint(-x, 1)
# ok: operator-unary-minus
randint(x, 1)

# ruleid: operator-comparison-chain
ok = 0 < x < 10
# ok: operator-comparison-chain
ok = 0 < x and x < 10

# ruleid: conditional-expression
value = a if b else None
# ok: conditional-expression
value = a if b else c

# ruleid: subscript-any
request.headers["A"]
# ruleid: subscript-any
request.headers[name].strip()
# ok: subscript-any
request.headers.get("A")

# ruleid: subscript-string
os.environ["A"]
# ok: subscript-string
os.environ[name]

# ruleid: subscript-slice
head = text[:10]
# ok: subscript-slice
tail = text[10:]
# ok: subscript-slice
middle = text[1:10]

# ruleid: parenthesized
total = (a + b) * c
# ok: parenthesized
total = a + b * c

# ruleid: named-expression
if name := input():
    pass
# ruleid: named-expression
while (name := input()) != "":
    pass
# ok: named-expression
if name := read():
    pass

# ruleid: spread-in-list
command = [*base, "a"]
# ok: spread-in-list
command = ["a", *base]
