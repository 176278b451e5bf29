import builtins
import code


def run(source, namespace=None):
    # ruleid: python-exec
    exec(source, namespace or {})


def plugin(path):
    with open(path) as file:
        # ruleid: python-exec
        exec(file.read())
    # ruleid: python-exec
    exec(compile(open(path).read(), path, "exec"), {})


def assign(name, value):
    # ruleid: python-exec
    exec(f"{name} = {value!r}")
    # ruleid: python-exec
    builtins.exec(value)
    # ruleid: python-exec
    code.InteractiveInterpreter().runsource(value)


def quiet(cursor, action):
    # ok: python-exec
    exec("import site")
    # ok: python-exec
    exec(compile("x = 1", "<string>", "exec"))
    constant = "y = 2"
    # ok: python-exec
    exec(constant)
    # ok: python-exec
    exec(TEMPLATE)
    # ok: python-exec
    cursor.exec(action)
    # ok: python-exec
    exec(open("pkg/_version.py").read())


def run_in(interpreter, text):
    # ruleid: python-exec
    interpreter.runcode(text)
