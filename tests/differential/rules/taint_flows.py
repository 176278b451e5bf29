import flask
from flask import request


def direct():
    # ruleid: taint-flow
    run_shell(read_request())
    # ok: taint-flow
    run_shell("a")
    # ok: taint-flow
    run_shell(read)


def assignments(flag):
    a = read_request()
    b = a
    c: str = b
    # ruleid: taint-flow
    run_shell(c)
    a = "clean"
    # ok: taint-flow
    run_shell(a)
    # ruleid: taint-flow
    run_shell(b)
    b += "x"
    # ruleid: taint-flow
    run_shell(b)
    d = e = b
    # ruleid: taint-flow
    run_shell(e)
    # ruleid: taint-flow
    run_shell(d)
    d, e = "a", b
    # ruleid: taint-flow
    run_shell(e)
    # ruleid: taint-flow
    run_shell(d)
    f, *g = b
    # ruleid: taint-flow
    run_shell(f)
    # ok: taint-flow
    run_shell(g)
    if (h := b) and flag:
        # ruleid: taint-flow
        run_shell(h)


def expressions():
    a = read_request()
    # ruleid: taint-flow
    run_shell("x" + a)
    # ruleid: taint-flow
    run_shell("x %s" % a)
    # ruleid: taint-flow
    run_shell("x {}".format(a))
    # ruleid: taint-flow
    run_shell(f"x {a!r}")
    # ruleid: taint-flow
    run_shell(a[0])
    # ruleid: taint-flow
    run_shell(a.b.c)
    # ok: taint-flow
    run_shell(a[1:])
    # ruleid: taint-flow
    run_shell([1, a])
    # ruleid: taint-flow
    run_shell((a, 1))
    # ruleid: taint-flow
    run_shell({"k": a})
    # ruleid: taint-flow
    run_shell({a})
    # ruleid: taint-flow
    run_shell(a if b else c)
    # ruleid: taint-flow
    run_shell(a or "x")
    # ruleid: taint-flow
    run_shell(a == 1)
    # ruleid: taint-flow
    run_shell(not a)
    # ruleid: taint-flow
    run_shell(len(a))
    # ruleid: taint-flow
    run_shell(a.strip())
    # ruleid: taint-flow
    run_shell(strip(text=a))
    # ruleid: taint-flow
    run_shell(*a)
    # ruleid: taint-flow
    run_shell(**a)
    # ok: taint-flow
    run_shell(lambda: a)
    # ruleid: taint-flow
    run_shell([x for x in a])
    # ok: taint-flow
    run_shell([f(x) for x in y if a])
    # ruleid: taint-flow
    run_shell(", ".join(x + "b" for x in a))
    # ok: taint-flow
    run_shell({k: v for k, v in a.items()})
    # ok: taint-flow
    run_shell(other(b)[c])


def branches(flag):
    if flag:
        a = read_request()
    else:
        a = "clean"
    # ruleid: taint-flow
    run_shell(a)
    if flag:
        b = read_request()
    else:
        b = "x"
        # ok: taint-flow
        run_shell(b)
    b = "y"
    # ok: taint-flow
    run_shell(b)
    if flag:
        return
    elif a:
        # ruleid: taint-flow
        run_shell(a)


def loops(items):
    a = ""
    for item in items:
        # ruleid: taint-flow
        run_shell(a)
        a = read_request()
    for x in read_request():
        # ruleid: taint-flow
        run_shell(x)
    for k, v in enumerate(read_request()):
        # ruleid: taint-flow
        run_shell(v)
    while items:
        # ruleid: taint-flow
        run_shell(x)
        x = "clean"
        break
    else:
        # ruleid: taint-flow
        run_shell(x)


def handlers():
    a = "x"
    try:
        a = read_request()
        step(a)
    except ValueError as error:
        # ruleid: taint-flow
        run_shell(a)
        # ok: taint-flow
        run_shell(error)
    finally:
        # ruleid: taint-flow
        run_shell(a)
    with read_request() as b:
        # ruleid: taint-flow
        run_shell(b)
    match read_request():
        case {"x": y}:
            # ok: taint-flow
            run_shell(y)


def containers():
    a = read_request()
    d = {}
    d["k"] = a
    # ruleid: taint-flow
    run_shell(d["k"])
    # ruleid: taint-flow
    run_shell(d)
    # ruleid: taint-flow
    run_shell(d["other"])
    # ruleid: taint-flow
    run_shell(d[key])
    o.attr = a
    # ruleid: taint-flow
    run_shell(o.attr)
    # ok: taint-flow
    run_shell(o.other)
    # ruleid: taint-flow
    run_shell(o)
    o.attr = "clean"
    # ok: taint-flow
    run_shell(o.attr)
    l = [1, a]
    # ruleid: taint-flow
    run_shell(l[0])
    l.append(a)
    m = []
    m.append(a)
    # ok: taint-flow
    run_shell(m)
    e, g = (a, "x")
    # ruleid: taint-flow
    run_shell(g)


class Holder:
    def store(self):
        self.value = read_request()
        # ruleid: taint-flow
        run_shell(self.value)
        # ok: taint-flow
        run_shell(self.other)

    def use(self):
        # ok: taint-flow
        run_shell(self.value)


def nested():
    a = read_request()

    def inner():
        # ok: taint-flow
        run_shell(a)

    # ruleid: taint-flow
    f = lambda x: run_shell(a)
    inner()


def late():
    # ok: taint-flow
    run_shell(late_value)
    late_value = read_request()
    del late_value
    # ruleid: taint-flow
    run_shell(late_value)


TOP = read_request()
# ruleid: taint-flow
run_shell(TOP)


def uses_global():
    # ruleid: taint-flow
    run_shell(TOP)


class Body:
    x = read_request()
    # ruleid: taint-flow
    run_shell(x)


def view():
    # ruleid: taint-flow-argument
    open_file(request.args["a"])
    # ruleid: taint-flow-argument
    open_file(flask.request.form.get("a"), "w")
    # ok: taint-flow-argument
    open_file("a", request.args)
    name = request.args.get("name")
    # ok: taint-flow-argument
    open_file(
        # ruleid: taint-flow-argument
        "a" + name,
    )


@route("/a")
def parameter(self, code):
    # ruleid: taint-parameter-source
    eval(code)
    # ok: taint-parameter-source
    eval(other)


@app.get("/a")
def focused(code, limit: int = 1):
    # ruleid: taint-parameter-focus
    exec(code)
    # ruleid: taint-parameter-focus
    exec("a" + str(limit))
    # ok: taint-parameter-focus
    exec(other)


def returns():
    a = secret_value()
    if a:
        # ruleid: taint-return-sink
        return a
    # ruleid: taint-return-sink
    return secret_value() + "a"


def returns_other():
    # ok: taint-return-sink
    return "a"


def handler(event, context):
    # ruleid: taint-subscript-source
    query("select " + event["name"])
    # ok: taint-subscript-source
    query(event)
    # ok: taint-subscript-source
    query(event[name])
    key = event["a"]["b"]
    # ruleid: taint-subscript-source
    query(key)


def formats(user_name):
    # ruleid: taint-string-format-sink
    cursor.execute("select " + user_name)
    # ruleid: taint-string-format-sink
    cursor.execute("select %s" % user_name)
    # ok: taint-string-format-sink
    cursor.execute(f"select {user_name}")
    # ruleid: taint-string-format-sink
    cursor.execute("select {}".format(user_name), [])
    # ok: taint-string-format-sink
    cursor.execute("select %s", [user_name])
    sql = "select " + user_name
    # ok: taint-string-format-sink
    cursor.execute(sql)


def headers(response):
    # ruleid: taint-attribute-assignment-sink
    response.location = fetch_header("a")
    # ok: taint-attribute-assignment-sink
    response.location = "a"
    # ok: taint-attribute-assignment-sink
    other.location = fetch_header("a")


def several_ways(mail):
    whole = mail
    other = mail
    part = [mail]
    part_too = [mail]
    # ruleid: taint-of-several-ways
    deliver(make(whole, other))
    # ruleid: taint-of-several-ways
    deliver(make(part, other))
    # ruleid: taint-of-several-ways
    deliver(make(part, part_too))
    # ruleid: taint-of-several-ways
    deliver(part + part_too)
    # ruleid: taint-of-several-ways
    deliver(part or part_too)
    # ruleid: taint-of-several-ways
    deliver({part, part_too})
    # ruleid: taint-of-several-ways
    deliver({"y": whole, "x": other})
    # ruleid: taint-of-several-ways
    deliver({unknown(): whole, 1: other, "x": 1})
    # ruleid: taint-of-several-ways
    deliver({1: whole, "x": other})
    letter = unknown()
    letter.sheet = whole
    letter.cover = mail
    # ruleid: taint-of-several-ways
    deliver(letter)
    # ok: taint-of-several-ways
    deliver(unknown)


def several_labels():
    text = letter()
    other = text
    other = copy(other)
    parcel = sealed(other)
    # ruleid: taint-of-several-labels
    post(parcel)
    # ruleid: taint-of-several-labels
    post(text, parcel)
    ticket = stamp()
    box = packed(parcel, ticket)
    # ruleid: taint-of-several-labels
    post(box, ticket)
    # ruleid: taint-of-several-labels
    post(ticket, box, text)
    # ok: taint-of-several-labels
    post(ticket, text)


def in_brackets(part):
    if part == 1:
        # ok: taint-in-brackets
        return (  # a comment
            part + 1 - (2 if raw else 3)
        )
    if part == 2:
        # ruleid: taint-in-brackets
        return (
            # a comment (
            part + (fetched(part))  # another one )
        )
    if part == 3:
        # ruleid: taint-in-brackets
        return make(fetched(part) - (2 if raw else "a"))
    # a name in brackets is found where it is
    return (  # a comment
        # ruleid: taint-in-brackets
        raw  # another one
    )
