import tornado.web
from django.http import HttpResponse
from flask import make_response, request
from urllib.parse import quote, quote_plus, urlencode


def page():
    response = make_response("")
    # ruleid: python-header-from-request
    response.headers["X-Name"] = request.args["name"]
    # ruleid: python-header-from-request
    response.headers.add("X-Kind", request.cookies.get("kind"))
    # ok: python-header-from-request
    response.headers["X-Name"] = quote(request.args["name"])
    # ok: python-header-from-request
    response.headers["X-Name"] = quote_plus(request.args["name"])
    # ok: python-header-from-request
    response.headers["X-Query"] = urlencode({"q": request.args["name"]})
    # ok: python-header-from-request
    response.headers["X-Name"] = request.args["name"].replace("\r", "").replace("\n", "")
    # ok: python-header-from-request
    response.headers["X-Name"] = request.args["name"].splitlines()[0]
    # ok: python-header-from-request
    response.headers["X-Size"] = int(request.args["size"])
    # ok: python-header-from-request
    response.headers["X-Frame-Options"] = "DENY"
    return response


def view(request):
    response = HttpResponse()
    # ruleid: python-header-from-request
    response["Content-Disposition"] = f"attachment; filename={request.GET['file']}"
    # ruleid: python-header-from-request
    response.setdefault("X-Name", request.GET["name"])
    context = {}
    # ok: python-header-from-request
    context["name"] = request.GET["name"]
    return response


class Page(tornado.web.RequestHandler):
    def get(self):
        # ruleid: python-header-from-request
        self.set_header("X-Name", self.get_argument("name"))
        # ruleid: python-header-from-request
        self.add_header("X-Name", self.get_argument("name"))


def on_get(request, response):
    # ruleid: python-header-from-request
    response.headers.append("X-Name", request.query_params["name"])
    # ruleid: python-header-from-request
    response.set_header("X-Name", request.query_params["name"])
    # ruleid: python-header-from-request
    response.add_header("X-Name", request.query_params["name"])


def forwarded(request, url):
    # ok: python-header-from-request
    request.headers["X-Name"] = request.args["name"]
    # ok: python-header-from-request
    response.headers["Last-Modified"] = request.headers["If-Modified-Since"]


def cleaned(request, response):
    # ok: python-header-from-request
    response.headers["X-Name"] = request.args["name"].replace("\r\n", " ")
