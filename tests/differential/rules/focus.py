import os

# ruleid: focus-argument
os.system(command)
os.system(
    # ruleid: focus-argument
    "a" + b
)
# ok: focus-argument
os.system("a", 1)

requests.get(
    url,
    # ruleid: focus-keyword-value
    verify=False,
)
# ok: focus-keyword-value
requests.get(url, verify=True)


@decorated
# ruleid: focus-function-name
def evaluates(code):
    print(code)
    eval(code)


# ok: focus-function-name
def prints(code):
    print(code)


# ruleid: focus-parameter
def collects(a, into=[]):
    pass


def collects_typed(
    a,
    # ruleid: focus-parameter
    into: list = [],
):
    pass


# ok: focus-parameter
def collects_none(into=None):
    pass


# ruleid: focus-two
copy(a, b)
copy(
    # ruleid: focus-two
    a,
    # ruleid: focus-two
    b.c,
)
# ok: focus-two
copy(a)


def reads():
    # ruleid: focus-several-occurrences
    code = input()
    print(code)
    # ok: focus-several-occurrences
    exec(code)


connect(
    # ruleid: focus-in-string
    "http://a"
)
# ok: focus-in-string
connect("https://a")


@app.route(
    # ruleid: focus-decorator-argument
    "/a",
    methods=["GET"],
)
def view():
    pass


# ok: focus-decorator-argument
@app.get("/a")
def other_view():
    pass


call_all(
    a,
    # ruleid: focus-ellipsis-metavariable
    b,
    c,
)
# ok: focus-ellipsis-metavariable
call_all(a)


class Login(Form):
    x = 1
    # ruleid: focus-class-body-statement
    fields = "__all__"


class Other(Base):
    # ok: focus-class-body-statement
    fields = "__all__"


# ruleid: focus-attribute
a.b.unsafe_run(1)
# ok: focus-attribute
a.b.run(unsafe_run)


def show(self, request, name):
    # ruleid: focus-in-inside
    run(request.body)
    # ruleid: focus-in-inside
    run(name.body)
    # ok: focus-in-inside
    run(other.body)
