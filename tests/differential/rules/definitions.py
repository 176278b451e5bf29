from dataclasses import dataclass

import flask
from django.forms import Form
from flask import Flask as App

app = App(__name__)


# ok: def-any-parameters
def nothing():
    pass


# ruleid: def-any-parameters
# ruleid: def-any-default
def everything(a, /, b, *c, d=1, **e):
    return a


class Model:
    # ok: def-any-parameters
    # ruleid: def-first-parameter
    def store(this, other):
        this.check()
        this.save()
        return 1

    # ok: def-first-parameter
    def skip(this, other):
        other.save()

    # ruleid: def-first-parameter
    def deep(this):
        if this:
            return this.save()

    # ruleid: def-named
    def __del__(self):
        self.close()


# ruleid: def-default-value
# ruleid: def-any-default
def collect(x, into=[], *, key=None):
    pass


# ok: def-default-value
# ruleid: def-any-default
def collect_safely(x, into=None):
    pass


# ruleid: def-default-value
# ruleid: def-any-default
def keyword_only(*, into=[]):
    pass


# ruleid: def-any-default
def with_default(x, limit=10):
    pass


# ruleid: def-any-default
def with_typed_default(x, limit: int = 10):
    pass


# ok: def-any-default
def without_default(x, limit):
    pass


# ruleid: def-typed-parameter
def typed(a, b: str, c: int):
    pass


# ok: def-typed-parameter
# ruleid: def-any-default
def typed_otherwise(a, b: bytes, c="str"):
    pass


# ruleid: def-typed-parameter
# ruleid: def-any-default
def typed_with_default(a, b: str = ""):
    pass


# ruleid: def-return-type
def view(request) -> HttpResponse:
    pass


# ok: def-return-type
def other_view(request):
    pass


# ruleid: def-star-parameters
def forward(*args, **kwargs):
    pass


# ok: def-star-parameters
def forward_some(a, *args, **kwargs):
    pass


# ruleid: def-parameters-metavariable
def validate():
    pass


# ruleid: def-parameters-metavariable
# ruleid: def-any-default
def validate(a, b=1, *c):
    pass


# ruleid: class-any
class Plain:
    pass


# ok: class-any
# ruleid: class-base
class Login(Form):
    pass


# ok: class-any
# ruleid: class-base
class Both(Form, Other):
    # ok: class-any
    class Meta:
        fields = "__all__"


# ruleid: class-some-base
class First(Mixin, Base):
    pass


# ruleid: class-some-base
class Last(Base, Other, Mixin):
    pass


# ok: class-some-base
class None_(Base):
    pass


# ruleid: class-attribute
class Open(View):
    queryset = None
    permission_classes = []

    def get(self):
        pass


# ruleid: class-attribute
class Closed(View):
    permission_classes = [IsAuthenticated]


# ok: class-attribute
class Computed(View):
    permission_classes = compute()


# ruleid: class-method-in-body
class Unhashable:
    x = 1

    def __eq__(self, other):
        return self.x == other.x


# ok: class-method-in-body
class Hashable:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


# ruleid: class-metaclass
class WithMeta(Base, metaclass=Meta):
    pass


# ok: class-metaclass
class WithoutMeta(Base, Meta):
    pass


# ruleid: decorator-route
# ruleid: decorator-missing
@app.route("/")
def index():
    pass


# ruleid: decorator-route
# ruleid: decorator-two
# ok: decorator-missing
# ruleid: decorator-any
# ruleid: decorator-route
# ruleid: decorator-two
@app.route("/")
@login_required
def private():
    pass


# ruleid: decorator-route
# ok: decorator-missing
# ruleid: decorator-any
# ruleid: decorator-two
@login_required
@app.route("/")
def private_other_order():
    pass


# ruleid: decorator-missing
# ruleid: decorator-any
# ruleid: decorator-route
@app.route("/")
@cached
def public():
    pass


# ok: decorator-route
@app.errorhandler(404)
def missing(error):
    pass


# ruleid: decorator-any
@cached
def plain():
    pass


# ruleid: decorator-any
@cached
@other.thing
def plain_twice():
    pass


# ok: decorator-any
def undecorated():
    pass


# ruleid: decorator-one-of-several
# ruleid: decorator-any
@cached
@csrf_exempt
@logged(1)
def hook(request):
    pass


# ruleid: decorator-one-of-several
# ruleid: decorator-any
@csrf_exempt()
def hook_call(request):
    pass


# ruleid: decorator-with-argument
# ruleid: decorator-missing
# ruleid: decorator-route
@app.route("/", methods=["GET", "POST"])
def form():
    pass


# ok: decorator-with-argument
# ruleid: decorator-missing
# ruleid: decorator-route
@app.route("/", methods=["GET"])
def page():
    pass


# ruleid: decorator-class
@dataclass(frozen=True)
class Point:
    x: int


# ruleid: decorator-class
@dataclass
class Point2:
    x: int


# ruleid: decorated-parameter
# ruleid: decorator-missing
# ruleid: decorator-route
@app.route("/<name>")
def show(name):
    text = open(name).read()
    return text


# ok: decorated-parameter
# ruleid: decorator-missing
# ruleid: decorator-route
@app.route("/<name>")
def show_safely(name):
    return open(safe(name)).read()


# ruleid: def-nested
def decorator(function):
    # ok: def-nested
    def wrapper(*args):
        return function(*args)

    wrapper.x = 1
    return wrapper


# ruleid: def-docstring
def documented():
    """What it does."""
    return 1


# ok: def-docstring
def commented():
    # What it does.
    return 1


# ruleid: def-async
async def fetch():
    pass


# ok: def-async
def not_async():
    pass


# ruleid: lambda-any
key = lambda x: x.name
# ok: lambda-any
key = lambda: 1
# ok: lambda-any
key = lambda x, y: 1
# ruleid: lambda-ellipsis
key = lambda: eval(code)
# ruleid: lambda-ellipsis
key = lambda x, *y: eval(x)
# ok: lambda-ellipsis
# ruleid: lambda-any
key = lambda x: exec(x)


class Leftovers(forms.Form):
    # ok: def-named
    def __delete__(self):
        pass

    # ok: def-parameters-metavariable
    def validates(self):
        pass

    # ok: decorator-one-of-several
    # ruleid: decorator-any
    @cached
    def a(self):
        pass

    # ok: decorator-two
    # ruleid: decorator-missing
    # ruleid: decorator-route
    @app.route("/")
    def b(self):
        pass


# ok: class-base
class Formal(BaseForm):
    pass


# ok: decorator-class
@attrs(frozen=True)
class Point3:
    x: int
