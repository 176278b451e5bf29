import builtins


def call(name, text):
    # ruleid: python-eval-built
    a = eval("f(" + text + ")")
    # ruleid: python-eval-built
    b = eval(f"{name}(1)", {"f": f})
    # ruleid: python-eval-built
    c = builtins.eval("lambda x: %s" % text)
    # ok: python-eval-built
    d = eval("1" + "+ 1")
    # ok: python-eval-built
    e = FUNCTIONS[name](text)
    # ok: python-eval-built
    g = model.eval("f(" + text + ")")
    # ok: python-eval-built
    h = eval(text)


def every_form(request):
    # ruleid: python-eval-built
    eval("text".format())
