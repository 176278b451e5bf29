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
