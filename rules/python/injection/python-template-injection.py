import jinja2
from django.template import Template as DjangoTemplate
from flask import render_template, render_template_string, request
from jinja2 import Environment


@app.route("/hello/<name>")
def hello(name):
    # ruleid: python-template-injection
    return render_template_string("<p>Hello " + name + "</p>")


@app.route("/page")
def page():
    body = request.args["body"]
    # ruleid: python-template-injection
    first = jinja2.Template("<p>{}</p>".format(body)).render()
    environment = Environment(autoescape=True)
    # ruleid: python-template-injection
    second = environment.from_string(body)
    # ok: python-template-injection
    third = render_template_string("<p>{{ body }}</p>", body=body)
    # ok: python-template-injection
    fourth = render_template("page.html", body=body)
    # ok: python-template-injection
    fifth = jinja2.Template("<p>{{ body }}</p>").render(body=body)
    # ok: python-template-injection
    sixth = address.from_string(body)
    return first


def view(request):
    # ruleid: python-template-injection
    template = DjangoTemplate(request.POST["template"])
    # ok: python-template-injection
    return get_template("page.html").render({"x": request.POST["x"]})


def every_form(request):
    # ruleid: python-template-injection
    flask.render_template_string(source=request.GET["q"])
    # ruleid: python-template-injection
    flask.stream_template_string(request.GET["q"])
    # ruleid: python-template-injection
    jinja2.Environment().from_string(request.GET["q"])
    # ruleid: python-template-injection
    mako.template.Template(request.GET["q"])
    # ruleid: python-template-injection
    mako.template.Template(text=request.GET["q"])
    # ruleid: python-template-injection
    jinja2.Template(source=request.GET["q"])
    # ruleid: python-template-injection
    quart.render_template_string(request.GET["q"])
    # ruleid: python-template-injection
    bottle.template(request.GET["q"])
    # ruleid: python-template-injection
    bottle.SimpleTemplate(request.GET["q"])
    # ruleid: python-template-injection
    chameleon.PageTemplate(request.GET["q"])
    # ruleid: python-template-injection
    django.template.Engine().from_string(request.GET["q"])
    # ruleid: python-template-injection
    django.template.base.Template(request.GET["q"])
    # ruleid: python-template-injection
    genshi.template.MarkupTemplate(request.GET["q"])
    # ruleid: python-template-injection
    tornado.template.Template(request.GET["q"])


from jinja2.sandbox import ImmutableSandboxedEnvironment


def sandboxed(request):
    env = ImmutableSandboxedEnvironment()
    # ok: python-template-injection
    return env.from_string(request.GET["template"]).render()
