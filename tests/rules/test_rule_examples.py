"""Examples out of a rule's tests: the code of a kind, with what it is inside of, and nothing of the other kind."""

from __future__ import annotations

import textwrap

from secloop.rules.examples import examples
from secloop.syntax.document import Document


def shown(path: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = examples([Document(path, textwrap.dedent(text))], "r")
    return found.vulnerable, found.safe


def test_a_function_is_shown_with_the_statements_of_one_kind() -> None:
    assert shown(
        "a.py",
        """\
        import os

        @route("/")
        def view(
            request,
        ):
            name = request.name
            # ruleid: r
            os.system(
                "ls " + name
            )
            # ok: r
            os.system("ls")
        """,
    ) == (
        (
            '@route("/")\ndef view(\n    request,\n):\n    name = request.name\n    os.system(\n        "ls " + name\n    )',
        ),
        ('@route("/")\ndef view(\n    request,\n):\n    name = request.name\n    os.system("ls")',),
    )


def test_brackets_are_closed() -> None:
    text = 'f(() => {\n  // ruleid: r\n  eval(a);\n  // ok: r\n  eval("1");\n});\n'
    assert shown("a.js", text) == (("f(() => {\n  eval(a);\n});",), ('f(() => {\n  eval("1");\n});',))


def test_what_stands_alone_is_an_example_each_and_three_are_enough() -> None:
    text = "".join(f"# ruleid: r\neval({name})\n" for name in "abcd")
    assert shown("a.py", text) == (("eval(a)", "eval(b)", "eval(c)"), ())


def test_a_statement_with_what_goes_on() -> None:
    text = "def f():\n    # ruleid: r\n    try:\n        g()\n    except E:\n        pass\n    # ok: r\n    h()\n"
    assert shown("a.py", text) == (
        ("def f():\n    try:\n        g()\n    except E:\n        pass",),
        ("def f():\n    h()",),
    )


def test_other_rules_and_lines_that_are_known_to_be_wrong_are_left_out() -> None:
    text = "# ruleid: other\neval(a)\n# todoruleid: r\neval(b)\n# ok: my.r\neval(c)\n"
    assert shown("a.py", text) == ((), ("eval(c)",))
