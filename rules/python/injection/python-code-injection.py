import runpy

import pandas
import ast
import json

import flask
from flask import request


@app.route("/calc", methods=["POST"])
def calc():
    expression = flask.request.form["expression"].strip()
    # ruleid: python-code-injection
    value = eval(expression, {"__builtins__": {}})
    # ruleid: python-code-injection
    exec("x = " + request.json["value"])
    # ruleid: python-code-injection
    exec(compile(request.data, "<request>", "exec"))
    # ok: python-code-injection
    value = ast.literal_eval(expression)
    # ok: python-code-injection
    value = json.loads(request.data)
    # ok: python-code-injection
    value = eval("1 + 1")
    return str(value)


def shell():
    line = input("> ")
    # ruleid: python-code-injection
    print(eval(line))
    # ok: python-code-injection
    print(eval(str(int(line))))


def model(request):
    # ok: python-code-injection
    request.model.eval(request.GET["x"])
    pattern = request.GET["x"]
    # ok: python-code-injection
    re.compile(pattern)


def load_module(request):
    # ruleid: python-code-injection
    return importlib.import_module(request.GET["module"])


@app.route("/more")
def more():
    # ruleid: python-code-injection
    pandas.eval(request.args["formula"])
    # ruleid: python-code-injection
    runpy.run_path(request.args["script"])
    # ok: python-code-injection
    pandas.eval("a + b")


def every_form(request):
    # ruleid: python-code-injection
    builtins.eval(request.GET["q"])
    # ruleid: python-code-injection
    __import__(request.GET["q"])
    # ruleid: python-code-injection
    builtins.exec(request.GET["q"])
    # ruleid: python-code-injection
    runpy.run_module(request.GET["q"])
    # ruleid: python-code-injection
    timeit.timeit(request.GET["q"])
    # ruleid: python-code-injection
    numexpr.evaluate(request.GET["q"])
    # ruleid: python-code-injection
    sympy.sympify(request.GET["q"])
    # ruleid: python-code-injection
    sympy.parsing.sympy_parser.parse_expr(request.GET["q"])
    # ruleid: python-code-injection
    code.InteractiveConsole().push(request.GET["q"])
    # ruleid: python-code-injection
    code.InteractiveInterpreter().runsource(request.GET["q"])
