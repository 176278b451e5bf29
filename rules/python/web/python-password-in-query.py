from flask import request


@app.route("/login")
def login():
    # ruleid: python-password-in-query
    password = request.args["password"]
    # ruleid: python-password-in-query
    secret = request.args.get("client_secret", "")
    # ok: python-password-in-query
    password = request.form["password"]
    # ok: python-password-in-query
    name = request.args["name"]
    # ok: python-password-in-query
    request.headers["password"]


def view(request):
    # ruleid: python-password-in-query
    password = request.GET.get("password")
    # ok: python-password-in-query
    password = request.POST.get("password")


def every_form(request):
    # ruleid: python-password-in-query
    request.GET["password"]
    # ruleid: python-password-in-query
    self.request.GET.get("password")
    # ruleid: python-password-in-query
    request.query_params["password"]
    # ruleid: python-password-in-query
    request.query_params.get("password")
    # ruleid: python-password-in-query
    self.get_query_argument("password")
    # ruleid: python-password-in-query
    request.query["password"]
    # ruleid: python-password-in-query
    bottle.request.query.get("password")
