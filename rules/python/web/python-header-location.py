from aiohttp import web
from flask import Flask, make_response, request, url_for

app = Flask(__name__)


@app.route("/out")
def out():
    response = make_response("", 302)
    # ruleid: python-header-location
    response.headers["Location"] = request.args["to"]
    target = request.form.get("next", "/")
    # ruleid: python-header-location
    response.location = target
    return response


async def found(request):
    # ruleid: python-header-location
    raise web.HTTPFound(location=request.query["u"])


@app.route("/in")
def quiet():
    response = make_response("", 302)
    # ok: python-header-location
    response.headers["Location"] = url_for("index", page=request.args["page"])
    target = request.args["to"]
    if target not in PAGES:
        target = "/"
    # ok: python-header-location
    response.headers["Location"] = target
    # ok: python-header-location
    response.headers["Location"] = "/home"
    # ok: python-header-location
    response.headers["X-Page"] = request.args["page"]
    return response


class Moved(RequestHandler):
    def get(self):
        # ok: python-header-location
        self.redirect("/new?" + self.request.query)
        # ruleid: python-header-location
        self.redirect(self.get_argument("next"))


def every_form(request):
    # ruleid: python-header-location
    flask.Response(headers={"Location": request.GET["q"]})
    # ruleid: python-header-location
    starlette.responses.Response(headers={"Location": request.GET["q"]})


def own(request, response, query):
    # ok: python-header-location
    response.headers["Location"] = flask.url_for(request.GET["q"])
    # ok: python-header-location
    response.headers["Location"] = django.urls.reverse(request.GET["q"])
    # ok: python-header-location
    response.headers["Location"] = request.url_for(request.GET["q"])
    # ok: python-header-location
    response.headers["Location"] = request.route_url(request.GET["q"])
    # ok: python-header-location
    response.headers["Location"] = "?q=" + urllib.parse.quote(request.GET["q"])
    # ok: python-header-location
    response.headers["Location"] = "?" + request.GET.urlencode()
