import operator

from flask import request

ACTIONS = {"start": start}


@app.route("/do/<action>")
def do(action):
    # ruleid: python-reflection-from-request
    getattr(service, action)()
    # ruleid: python-reflection-from-request
    setattr(service, request.form["field"], request.form["value"])
    # ruleid: python-reflection-from-request
    globals()[request.args["function"]]()
    # ruleid: python-reflection-from-request
    operator.methodcaller(request.args["method"])(service)
    # ok: python-reflection-from-request
    ACTIONS[action](service)
    # ok: python-reflection-from-request
    getattr(service, "start")()
    # ok: python-reflection-from-request
    getattr(service, "action_" + action)()
    # ok: python-reflection-from-request
    setattr(service, "name", request.form["name"])
    if action in ALLOWED:
        # ok: python-reflection-from-request
        getattr(service, action)()


def every_form(request):
    # ruleid: python-reflection-from-request
    delattr(object, request.GET["q"])
    # ruleid: python-reflection-from-request
    locals()[request.GET["q"]]
    # ruleid: python-reflection-from-request
    vars()[request.GET["q"]]
    # ruleid: python-reflection-from-request
    globals().get(request.GET["q"])
    # ruleid: python-reflection-from-request
    locals().get(request.GET["q"])
    # ruleid: python-reflection-from-request
    operator.attrgetter(request.GET["q"])
    # ruleid: python-reflection-from-request
    pydoc.locate(request.GET["q"])
    # ruleid: python-reflection-from-request
    django.utils.module_loading.import_string(request.GET["q"])
    # ruleid: python-reflection-from-request
    werkzeug.utils.import_string(request.GET["q"])
    # ruleid: python-reflection-from-request
    pkgutil.resolve_name(request.GET["q"])


def with_a_start(self, request):
    # ok: python-reflection-from-request
    return getattr(self, f"do_{request.GET['q']}")
