"""When two occurrences of a metavariable are equal, as for semgrep-core 1.182."""

from __future__ import annotations

import pytest
from matches import bound, find, found


@pytest.mark.parametrize(
    "code",
    [
        "f(b, b)",
        "f(a.b, a.b)",
        "f((b), b)",
        "f(0xff, 255)",
        "f(1e3, 1000.0)",
        "f('a', \"a\")",
        "f([b], [b,])",
        "f(g(k=1), g( k = 1 ))",
        "f(lambda: 1, lambda: 1)",
        'f(f"a{b}", f"a{b}")',
    ],
)
def test_equal_by_structure(code: str) -> None:
    assert found("f($X, $X)", code + "\n") == [code]


@pytest.mark.parametrize(
    "code",
    [
        "f(1, 1.0)",
        "f('b', b)",
        "f(g(a=1, b=2), g(b=2, a=1))",
        "f(lambda q: q, lambda q: q)",
        "f('a' 'b', 'ab')",
    ],
)
def test_not_equal(code: str) -> None:
    assert found("f($X, $X)", code + "\n") == []


def test_variables_of_equal_names_differ() -> None:
    code = """\
        def f(x):
            foo(x)
            def g(x):
                bar(x)
            bar(x)
        """
    assert bound("foo($X)\n...\nbar($X)", code) == ["x"]
    assert found("foo($X)\n...\nbar($X)", code) == ["foo(x)\n    def g(x):\n        bar(x)\n    bar(x)"]


def test_a_name_equals_the_literal_that_it_is_worth_but_not_another_name() -> None:
    code = "def f():\n    y = 5\n    z = 5\n    {}\n"
    for pair in ("g(y, 5)", "g(5, y)"):
        assert found("g($X, $X)", code.format(pair)) == [pair]
    for pair in ("g(y, z)", "g(h(y), h(5))"):
        assert found("g($X, $X)", code.format(pair)) == []


def test_an_imported_name_equals_what_it_is_short_for() -> None:
    code = "import os, sys as y\nfrom os import system as s\n{}\n"
    for pair in ("g(s, os.system)", "g(os.system, s)", "g(y, sys)"):
        assert found("g($X, $X)", code.format(pair)) == [pair]
    assert found("g($X, $X)", code.format("g(h(s), h(os.system))")) == []


def test_text_equals_a_name_that_stands_for_nothing() -> None:
    assert found('f($X, "$X")', 'f(b, "b")\n') == ['f(b, "b")']
    assert found('f($X, "$X")', 'def g(b):\n    f(b, "b")\n') == []
    assert found('f("$X", $Y.$X)', 'f("b", a.b)\n') == ['f("b", a.b)']
    assert found('f($X="$X")', 'f(k="k")\n') == []


def test_a_keyword_is_equal_to_a_variable_that_comes_before_it() -> None:
    code = "def f(a):\n    g(a, a=1)\n    g(k=1, b=a)\n    h(a=a)\n    h(c=c)\n"
    assert bound("g($X, $X=1)", code) == ["a"]
    assert bound("h($X=$X)", code) == ["c"]


def test_a_module_is_equal_to_what_names_it() -> None:
    code = "import a.b as c\nc.f()\nimport d.e\nd.e.f()\nfrom g import h\nh.f()\n"
    assert bound("import $X\n...\n$X.f()", code) == ["a.b", "d.e", "g import h"]
    assert found("import $X as $X", "import b as b\n") == []


@pytest.mark.parametrize(
    ("pattern", "code", "first"),
    [
        ("@$X\ndef $X(...): ...", "@d\ndef d(): pass\n", 7),
        ("x: $X = $X", "x: b = b\n", 7),
        ("def f(a: $X = $X): ...", "def f(a: b = b): pass\n", 13),
        ("with $X as $X: ...", "with b as b: pass\n", 10),
        ("raise $X from $X", "raise b from b\n", 13),
        ("$X if $X else $X", "b if b else b\n", 5),
    ],
)
def test_the_occurrence_that_is_shown(pattern: str, code: str, first: int) -> None:
    (match,) = find(pattern, code)
    span = match.env["$X"].span
    assert span is not None
    assert span[0] == first


def test_a_statement_is_no_expression() -> None:
    assert found("foo($X)\n$X", "foo(a)\na\n") == []
    assert found("foo($X)\nreturn $X", "foo(a)\nreturn a\n") == ["foo(a)\nreturn a"]


def test_a_target_equals_the_expression_that_is_written_like_it() -> None:
    code = "for a, b in c:\n    foo((a, b))\n"
    assert bound("for $X in c: foo($X)", code) == ["a, b"]


def test_parentheses_are_part_of_what_is_bound_except_around_a_name() -> None:
    assert bound("f($X)", "f((a))\nf((a.b))\n") == ["a", "(a.b)"]


def test_anonymous() -> None:
    assert found("f($_, $_)", "f(1, 2)\n") == ["f(1, 2)"]
