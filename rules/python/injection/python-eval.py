import ast
import builtins


def read(text, row, code):
    # ruleid: python-eval
    a = eval(text)
    # ruleid: python-eval
    b = eval(row["options"], {}, {})
    # ruleid: python-eval
    c = builtins.eval(row.formula)
    # ok: python-eval
    built = eval("f(" + text + ")")
    compiled = compile(text, "<rule>", "eval")
    # ok: python-eval
    j = eval(compiled)
    # ruleid: python-eval
    k = eval(code, {})
    # ok: python-eval
    d = eval("1 + 1")
    # ok: python-eval
    e = ast.literal_eval(text)
    # ok: python-eval
    f = model.eval(text)
    # ok: python-eval
    g = eval(compiled_expression, {"row": row})
    # ok: python-eval
    i = eval(row._code, {"row": row})
    # ok: python-eval
    h = eval(compile(tree, "<rule>", "eval"), {})
    expression = "1 + 2"
    # ok: python-eval
    return eval(expression)
