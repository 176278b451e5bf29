from flask import request, session
import flask


@app.route("/login", methods=["POST"])
def login():
    # ruleid: python-trust-boundary
    session["role"] = request.form["role"]
    name = request.form.get("name")
    # ruleid: python-trust-boundary
    flask.session["user"] = name
    # ruleid: python-trust-boundary
    session[request.args["key"]] = "1"
    # ok: python-trust-boundary
    session["user"] = User.query.filter_by(name=name).one().id
    # ok: python-trust-boundary
    session["language"] = request.form["language"]
    # ok: python-trust-boundary
    session["count"] = int(request.form["count"])
    # ok: python-trust-boundary
    session["role"] = "user"
    if name in KNOWN:
        # ok: python-trust-boundary
        session["user"] = name


def view(request):
    # ruleid: python-trust-boundary
    request.session["account"] = request.POST["account"]


def every_form(request):
    # ruleid: python-trust-boundary
    self.request.session[""] = request.GET["q"]
    # ruleid: python-trust-boundary
    bottle.request.session[""] = request.GET["q"]
    # ruleid: python-trust-boundary
    flask.session.setdefault("", request.GET["q"])
