import string

from flask import request


@app.route("/greet")
def greet():
    greeting = request.args["greeting"]
    # ruleid: python-format-string-injection
    text = greeting.format(user=user)
    # ruleid: python-format-string-injection
    text = ("<p>" + greeting + "</p>").format(user)
    # ruleid: python-format-string-injection
    text = greeting.format_map(vars(user))
    # ruleid: python-format-string-injection
    text = string.Formatter().format(greeting, user=user)
    # ok: python-format-string-injection
    text = "Hello {}".format(greeting)
    # ok: python-format-string-injection
    text = "Hello {name}".format(name=request.args["name"])
    # ok: python-format-string-injection
    text = string.Template(greeting).safe_substitute(name=user.name)
    # ok: python-format-string-injection
    text = GREETINGS[greeting].format(user=user)


def more_forms(request):
    # ruleid: python-format-string-injection
    request.GET["q"].format(**values)
    # ruleid: python-format-string-injection
    string.Formatter().vformat(request.GET["q"], (), values)


def by_a_format(request, value):
    # ruleid: python-format-string-injection
    return format(value, request.GET["q"])
