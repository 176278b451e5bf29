from django.shortcuts import render
from django.utils.safestring import mark_safe
from starlette.responses import HTMLResponse
from aiohttp import web
import json

from django.http import HttpResponse
from flask import jsonify, make_response, render_template, request, send_from_directory
from markupsafe import Markup, escape


@app.route("/hello/<name>")
def hello(name):
    # ruleid: python-xss
    return f"<h1>Hello {name}</h1>"


@app.route("/search")
def search():
    query = request.args.get("q", "")
    # ruleid: python-xss
    response = make_response("<p>Nothing found for " + query + "</p>")
    # ruleid: python-xss
    title = Markup("<b>%s</b>" % query)
    # ok: python-xss
    safe = Markup("<b>%s</b>") % query
    # ok: python-xss
    page = make_response("<p>" + escape(query) + "</p>")
    if query == "json":
        # ok: python-xss
        return jsonify(query=query)
    if query == "template":
        # ok: python-xss
        return render_template("page.html", query=query)
    # ok: python-xss
    return f"<h1>Hello {escape(query)}</h1>"


@app.route("/count/<int:number>")
def count(number: int):
    # ok: python-xss
    return "<h1>{}</h1>".format(number)


def view(request):
    # ruleid: python-xss
    return HttpResponse("<p>%s</p>" % request.GET["q"])


def api(request):
    # ok: python-xss
    return HttpResponse(json.dumps({"q": request.GET["q"]}), content_type="application/json")


@app.route("/list")
def listed():
    html = "<ul>"
    for tag in request.args.getlist("tag"):
        html += "<li>" + tag + "</li>"
    # ruleid: python-xss
    return html


async def page(request):
    # ruleid: python-xss
    return web.Response(text="<p>" + request.query["q"] + "</p>", content_type="text/html")


@app.route("/plain")
def plain():
    name = request.args["name"]
    # ok: python-xss
    return name.upper()


@app.route("/template")
def template():
    html = render_template("page.html", name=request.args["name"])
    # ok: python-xss
    return html


def starlette_page(request):
    # ruleid: python-xss
    return HTMLResponse(content=f"<h1>{request.query_params['name']}</h1>")


@app.get("/greet")
def greet():
    name = request.args.get("name", "World")
    # ruleid: python-xss
    return f"Hello {name}"


@app.post("/echo")
def echo():
    if request.form["kind"] == "raw":
        # ruleid: python-xss
        return request.form["text"]
    # ok: python-xss
    return {"text": request.form["text"]}


def rendered(request):
    page = loader.get_template("page.html")
    # ok: python-xss
    return HttpResponse(page.render({"q": request.GET["q"]}, request))


def bare(request):
    name = request.GET.get("name")
    # ruleid: python-xss
    return HttpResponse(name)


class Page(tornado.web.RequestHandler):
    def get(self):
        # ruleid: python-xss
        self.write("<h1>" + self.get_argument("name") + "</h1>")
        # ok: python-xss
        self.write({"name": self.get_argument("name")})
        # ok: python-xss
        self.write("<h1>" + tornado.escape.xhtml_escape(self.get_argument("name")) + "</h1>")


def with_markup(request):
    # ruleid: python-xss
    return render(request, "page.html", {"text": mark_safe("<b>" + request.GET["text"] + "</b>")})


def written(request):
    response = HttpResponse()
    # ruleid: python-xss
    response.write("<b>%s</b>" % request.GET["text"])
    # ok: python-xss
    comment = Markup(request.POST["comment"]).unescape()
    return response


class Files(tornado.web.RequestHandler):
    def get(self, path):
        name = self.get_argument("name")
        # ruleid: python-xss
        self.write(name)
        with open(os.path.join(ROOT, path)) as file:
            # ok: python-xss
            self.write(file.read())

    def post(self):
        text = "<p>%s</p>" % self.get_body_argument("text")
        # ruleid: python-xss
        self.finish(text)


def every_form(request):
    # ruleid: python-xss
    flask.Response(request.GET["q"])
    # ruleid: python-xss
    flask.Response(response=request.GET["q"])
    # ruleid: python-xss
    flask.Response(request.GET["q"], mimetype="text/html")
    # ruleid: python-xss
    django.http.HttpResponse(content=request.GET["q"])
    # ruleid: python-xss
    django.http.HttpResponse(request.GET["q"], content_type="text/html")
    # ruleid: python-xss
    django.http.HttpResponse(request.GET["q"], status=status)
    # ruleid: python-xss
    django.http.HttpResponseBadRequest(request.GET["q"])
    # ruleid: python-xss
    django.http.HttpResponseNotFound(request.GET["q"])
    # ruleid: python-xss
    django.http.HttpResponseForbidden(request.GET["q"])
    # ruleid: python-xss
    django.http.HttpResponseServerError(request.GET["q"])
    # ruleid: python-xss
    starlette.responses.HTMLResponse(request.GET["q"])
    # ruleid: python-xss
    fastapi.responses.HTMLResponse(request.GET["q"])
    # ruleid: python-xss
    fastapi.responses.HTMLResponse(content=request.GET["q"])
    # ruleid: python-xss
    pyramid.response.Response(request.GET["q"])
    # ruleid: python-xss
    pyramid.response.Response(body=request.GET["q"])
    # ruleid: python-xss
    sanic.response.html(request.GET["q"])
    # ruleid: python-xss
    flask.Markup(request.GET["q"])
    # ruleid: python-xss
    django.utils.safestring.SafeString(request.GET["q"])


def more_forms(request):
    # ruleid: python-xss
    aiohttp.web.Response(body=request.GET["q"], content_type="text/html")


class Chunks(tornado.web.RequestHandler):
    async def get(self, path):
        content = self.get_content(path)
        for chunk in content:
            # ok: python-xss
            self.write(chunk)


@app.get("/page")
def page_of_a_folder():
    # ok: python-xss
    response = make_response(send_from_directory(FOLDER, request.args["name"]))
    # ok: python-xss
    shown = make_response(templates.TemplateResponse("page.html", {"q": request.args["q"]}))
    return response


from html import escape as html_safe
from markupsafe import escape as markup_safe
from django.utils.html import escape as django_safe, format_html


def cleaned(request):
    # ok: python-xss
    HttpResponse("<b>" + html_safe(request.GET["q"]))
    # ok: python-xss
    HttpResponse("<b>" + markup_safe(request.GET["q"]))
    # ok: python-xss
    HttpResponse("<b>" + django_safe(request.GET["q"]))
    # ok: python-xss
    HttpResponse(format_html("<b>{}</b>", request.GET["q"]))
    # ok: python-xss
    HttpResponse(serializer_of(request.GET["q"]))
    # ok: python-xss
    HttpResponse((FOLDER / request.GET["q"]).read_text())


from flask import send_file


@app.route("/added")
def added():
    page = heading()
    page += "<p>" + request.args["q"]
    # ruleid: python-xss
    return page


@app.get("/html", response_class=HTMLResponse)
async def as_html(q: str):
    # ruleid: python-xss
    return q


class Plain(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_header("Content-Type", "text/html")
        # ruleid: python-xss
        self.wfile.write(self.path.encode())


def files(request):
    # ok: python-xss
    HttpResponse(open(request.GET["q"]).read())
    # ok: python-xss
    make_response(send_file(request.GET["q"]))


def linked(request):
    # ok: python-xss
    return HttpResponse("<a href='" + flask.url_for("page", name=request.GET["q"]) + "'>")


import cherrypy
from django.utils.html import format_html
from flask import Response


class Pages:
    @cherrypy.expose
    def greet(self, name="you"):
        # ruleid: python-xss
        return "<h1>Hello " + name + "</h1>"

    @cherrypy.expose
    def welcome(self, name="you"):
        # ok: python-xss
        return "<h1>Hello " + escape(name) + "</h1>"


@app.route("/missing")
def missing():
    name = request.args["name"]
    html = "<p>There is no " + name + "</p>"
    if name == "teapot":
        # ruleid: python-xss
        return html, 418, {"X-Tea": "green"}
    if name == "coffee":
        # ruleid: python-xss
        return make_response("<p>No " + name, 404)
    if name == "milk":
        # ruleid: python-xss
        return make_response(("<p>No " + name, 404))
    if name == "sugar":
        # ruleid: python-xss
        return Response("<p>No " + name, status=404)
    if name == "spoon":
        # ruleid: python-xss
        return Response("<p>No " + name, content_type="text/html")
    # ruleid: python-xss
    return html, 404


def formatted(request):
    # ruleid: python-xss
    bold = format_html("<b>" + request.GET["name"] + "</b>")
    # ok: python-xss
    return HttpResponse(format_html("<b>{}</b>", request.GET["name"]))


def cached(request):
    # ok: python-xss
    return HttpResponse(cache.get("page" + request.get_full_path()))


def parts(request):
    shown = [part.render_html(request, request.GET["q"]) for part in PARTS]
    # ok: python-xss
    return mark_safe("".join(shown))


def lambda_handler(event, context):
    name = event["queryStringParameters"]["name"]
    # ruleid: python-xss
    return {"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": "<p>%s</p>" % name}


def lambda_handler_that_escapes(event, context):
    name = html.escape(event["queryStringParameters"]["name"])
    # ok: python-xss
    return {"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": "<p>%s</p>" % name}


class Greeting:
    def on_get(self, req, resp):
        # ruleid: python-xss
        resp.text = "<p>" + req.get_param("name") + "</p>"
        # ok: python-xss
        resp.text = "<p>" + html.escape(req.get_param("name")) + "</p>"


def streamed(request):
    from django.http import StreamingHttpResponse

    # ruleid: python-xss
    return StreamingHttpResponse(["<p>", request.GET["name"], "</p>"])


async def of_other_frameworks(req):
    import azure.functions
    import quart
    import streamlit

    name = quart.request.args["name"]
    # ruleid: python-xss
    await quart.make_response("<p>" + name + "</p>")
    # ruleid: python-xss
    quart.Response("<p>" + name + "</p>")
    # ruleid: python-xss
    azure.functions.HttpResponse(f"<p>{name}</p>", mimetype="text/html")
    # ok: python-xss
    azure.functions.HttpResponse(name, mimetype="text/plain")
    # ruleid: python-xss
    streamlit.markdown("<p>" + name + "</p>", unsafe_allow_html=True)
    # ruleid: python-xss
    streamlit.write("<p>" + name + "</p>", unsafe_allow_html=True)
    # ok: python-xss
    streamlit.markdown("<p>" + name + "</p>")


class Farewell:
    def on_post(self, req, resp):
        # ruleid: python-xss
        resp.body = "<p>" + req.get_param("name") + "</p>"


@functions_framework.http
def of_a_function(request):
    name = request.args["name"]
    # ruleid: python-xss
    return f"<p>{name}</p>"


def with_a_type(name):
    text = flask.request.args["text"]
    # ok: python-xss
    response = flask.make_response(text)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    # ok: python-xss
    other = flask.make_response(text, 200)
    other.mimetype = "text/plain"
    # ruleid: python-xss
    page = flask.make_response(text)
    page.headers["Content-Type"] = "text/html"
    return response, other, page


def application(environ, start_response):
    user = urllib.parse.parse_qs(environ["QUERY_STRING"])["user"][0]
    start_response("200 OK", [("Content-Type", "text/html")])
    if user == "all":
        # ok: python-xss
        return [("<b>" + html.escape(user) + "</b>").encode()]
    # ruleid: python-xss
    return [("<b>" + user + "</b>").encode()]


@app.route("/filled")
def filled_in():
    template = string.Template("<p>$name</p>")
    # ruleid: python-xss
    return template.substitute(name=flask.request.args["name"])
