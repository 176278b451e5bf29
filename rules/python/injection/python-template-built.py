from flask import render_template_string
from jinja2 import Template


def page(name):
    # ruleid: python-template-built
    render_template_string("<b>%s</b>" % name)
    html = f"<h1>{name}</h1>"
    # ruleid: python-template-built
    render_template_string(html)
    # ruleid: python-template-built
    return Template("Dear " + name + ",").render()


def quiet(name, path):
    # ok: python-template-built
    render_template_string("<b>{{ name }}</b>", name=name)
    # ok: python-template-built
    Template(path.read_text()).render(name=name)
    # ok: python-template-built
    render_template_string("<b>" + "</b>")
    # ok: python-template-built
    string.Template(f"$x {name}")


def more_forms(request):
    # ruleid: python-template-built
    django.template.Template("<p>" + request)
    # ruleid: python-template-built
    mako.template.Template("<p>" + request)


def named(name):
    first = "<p>%s</p>" % name
    # ruleid: python-template-built
    jinja2.Template(first)
    second = "<p>{}</p>".format(name)
    # ruleid: python-template-built
    jinja2.Template(second)
    third = "<p>" + name + "</p>"
    # ruleid: python-template-built
    jinja2.Template(third)
