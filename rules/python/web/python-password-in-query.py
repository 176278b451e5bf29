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
