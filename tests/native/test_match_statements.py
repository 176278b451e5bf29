"""What statements and sequences of them match, as semgrep-core 1.182 does."""

from __future__ import annotations

import pytest
from matches import bound, found, lines

BRANCHES = """\
    foo()
    bar(1)
    if x:
        bar(2)
        for y in z:
            bar(3)
    while bar(4):
        pass
    t = bar(5)
    def g():
        return bar(6)
    foo()
    """


def test_a_sequence_ends_with_each_statement_it_can() -> None:
    assert lines("foo()\n...\nbar($X)", BRANCHES) == [(1, 2), (1, 6), (1, 9), (1, 11)]
    assert bound("foo()\n...\nbar($X)", BRANCHES) == ["1", "2", "3", "5", "6"]
    assert lines("foo()\nbar($X)", BRANCHES) == [(1, 2)]
    assert lines("foo()\n...", BRANCHES) == [
        (1, 1),
        (1, 2),
        (1, 6),
        (1, 8),
        (1, 9),
        (1, 11),
        (1, 12),
        (12, 12),
    ]


def test_a_sequence_begins_in_every_list_of_statements() -> None:
    assert lines("...\nbar(3)", BRANCHES) == [(1, 6), (2, 6), (3, 6), (4, 6), (5, 6), (6, 6)]
    assert lines("foo()\n...\nbar($X)", BRANCHES, go_deeper_stmt=False) == [(1, 2), (1, 9)]


def test_what_stands_before_the_first_ellipsis_is_not_looked_into() -> None:
    code = "if w:\n    b()\ne()\nwhile w:\n    b()\n"
    assert lines("if $X: ...\n...\nb()", code) == [(1, 5)]
    assert lines("...\n$S\nb()", code)[0] == (1, 2)


@pytest.mark.parametrize(
    "code",
    [
        "x = bar()",
        "return bar()",
        "x: int = bar()",
        "f(k=bar())",
        "x = [bar()]",
        "await bar()",
        "x = not bar()",
        "x += bar()",
    ],
)
def test_an_expression_statement_matches_in_what_is_always_evaluated(code: str) -> None:
    assert found("foo()\nbar()", f"foo()\n{code}\n") == [f"foo()\n{code}"]
    assert found("foo()\nbar()", f"foo()\n{code}\n", implicit_deep_exprstmt=False) == (
        [f"foo()\n{code}"] if code in ("return bar()", "x: int = bar()") else []
    )


@pytest.mark.parametrize(
    "code",
    [
        "x = a if bar() else b",
        "x = [bar() for a in b]",
        "x = a[bar()]",
        "bar().x = 1",
        "raise bar()",
        "x = lambda: bar()",
    ],
)
def test_but_not_in_the_rest(code: str) -> None:
    assert found("foo()\nbar()", f"foo()\n{code}\n") == []


def test_rest_of_the_statements() -> None:
    code = "a()\nb()\nc()\nb()\nc()\n"
    assert bound("a()\n$...S", code, "$...S") == ["b()\nc()\nb()\nc()"]
    assert bound("a()\n$...S\nc()", code, "$...S") == ["b()", "b()\nc()\nb()"]


def test_bodies_match_whole_unless_something_in_them_stands_for_any_number() -> None:
    code = "def f():\n    a()\n    b()\n"
    assert found("def $F(): a()", code) == []
    assert found("def $F():\n  a()\n  b()", code) != []
    assert found("def $F():\n  ...\n  a()", code) != []
    assert bound("def $F(): $S", code, "$S") == ["a()\n    b()"]


def test_what_a_pattern_leaves_out_may_be_there() -> None:
    code = "if a:\n    x()\nelif b:\n    y()\nelse:\n    z()\n"
    assert lines("if a: ...", code) == [(1, 6)]
    assert lines("if $X: ...", code) == [(1, 6), (3, 6)]
    assert lines("if a: ...\nelif b: ...", code) == [(1, 6)]
    assert lines("if a: ...\nelse: ...", "if a: x()\n") == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("try: ...\nexcept $E: ...", [(1, 3), (1, 3)]),
        ("try: ...\nexcept F: ...", [(1, 3)]),
        ("try: ...\nexcept G: ...", []),
        ("try: ...\nexcept ...: ...", [(1, 3), (4, 5)]),
        ("try: ...\nexcept $E as $X: ...", [(4, 5)]),
        ("try: ...\nfinally: ...", [(6, 7)]),
    ],
)
def test_try(pattern: str, expected: list[tuple[int, int]]) -> None:
    code = "try: a()\nexcept E: b()\nexcept F: c()\ntry: a()\nexcept E as e: b()\ntry: a()\nfinally: b()\n"
    assert lines(pattern, code) == list(dict.fromkeys(expected))


def test_loops() -> None:
    code = "for i, j in a:\n    x()\nelse:\n    y()\nwhile b: x()\n"
    assert bound("for $X in a: ...", code) == ["i, j"]
    assert lines("for $I, $J in $A: ...", code) == [(1, 2)]
    assert lines("for ... in a:\n  ...\nelse:\n  ...", code) == [(1, 4)]
    assert lines("while $X: ...", code) == [(5, 5)]


def test_with() -> None:
    code = "with a() as b, c: x()\n"
    assert found("with a() as $X: ...", code) == ["a() as b, c: x()"]
    assert found("with a() as $X, c: ...", code) == ["a() as b, c: x()"]
    assert found("with c: ...", code) == ["c: x()"]
    assert found("with a(): ...", code) == []


def test_simple_statements() -> None:
    code = "raise E(1) from x\nassert a, b\ndel a, b\nglobal g, h\nreturn\nreturn 1\nlambda: 2\n"
    assert bound("raise $X", code) == ["E(1)"]
    assert bound("assert $X, ...", code) == ["a"]
    assert bound("del $X, $Y", code) == ["a"]
    assert found("del ...", code) == []
    assert bound("global $X", code) == ["g", "h"]
    assert bound("return $X", code) == ["1", "2"]
    assert found("return ...", code) == ["return", "return 1", "2"]
    assert found("return", code) == ["return"]


def test_lambdas_return_what_semgrep_sees_returned() -> None:
    code = "f(lambda: a)\nf(lambda: b if c else d)\nf(lambda: {e for e in g})\nf(lambda: [e for e in h])\n"
    assert bound("return $X", code) == ["a", "[e for e in h]"]
    assert bound("return $X", "@a(lambda: b)\ndef f(c=lambda: d): return 1\n") == ["1"]
    assert bound("a()\n...\nreturn $X", f"a()\nif b: pass\n{code}") == ["a", "[e for e in h]"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("import a", ["import a", "import a.b", "import a.b as x", "from a import b, c", "from a import *"]),
        ("import a.b", ["import a.b", "import a.b as x", "from a import b, c"]),
        ("import a.b as $X", ["import a.b as x"]),
        ("from a import b", ["import a.b", "import a.b as x", "from a import b, c"]),
        ("from a import c", ["from a import b, c"]),
        ("from a import *", ["from a import *"]),
        ("import $X.c", ["from a import b, c"]),
        ("from a import b, c", ["from a import b, c"]),
    ],
)
def test_imports(pattern: str, expected: list[str]) -> None:
    code = "import a\nimport a.b\nimport a.b as x\nfrom a import b, c\nfrom a import *\nfrom .a import b\n"
    assert found(pattern, code) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a.b.c()", ["q.c()", "a.b.c()", "d()"]),
        ("b.c()", []),
        ("d()", ["d()"]),
        ("c()", []),
        ("$X.c()", ["q.c()", "a.b.c()", "d()"]),
    ],
)
def test_names_through_imports(pattern: str, expected: list[str]) -> None:
    assert found(pattern, "import a.b as q\nfrom a.b import c as d\nq.c()\na.b.c()\nd()\n") == expected


FUNCTIONS = """\
    @d
    @e.x(1)
    def f(a, b=1, *c, k: int = 2, **m): pass
    async def g(self) -> str: pass
    def h(*, k): pass
    """


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("def $F(...): ...", ["f", "g", "h"]),
        ("def $F(a, b, ...): ...", ["f"]),
        ("def $F(a, b): ...", []),
        ("def $F(..., k, ...): ...", ["f", "h"]),
        ("def $F(..., k=2, ...): ...", ["f"]),
        ("def $F(..., $K: int, ...): ...", ["f"]),
        ("def $F(..., **$K): ...", ["f"]),
        ("def $F($X, ...): ...", ["f", "g", "h"]),
        ("def $F(...) -> $T: ...", ["g"]),
        ("async def $F(...): ...", ["g"]),
        ("@d\ndef $F(...): ...", ["f"]),
        ("@e.x(...)\n@d\ndef $F(...): ...", ["f"]),
        ("@$D(1)\ndef $F(...): ...", ["f"]),
    ],
)
def test_functions(pattern: str, expected: list[str]) -> None:
    assert list(dict.fromkeys(bound(pattern, FUNCTIONS, "$F"))) == expected


def test_decorators_in_their_order_if_the_options_say_so() -> None:
    assert found("@d\n@e.x(...)\ndef $F(...): ...", FUNCTIONS, decorators_order_matters=True) != []
    assert found("@e.x(...)\ndef $F(...): ...", FUNCTIONS, decorators_order_matters=True) != []
    assert found("@e.x(...)\n@d\ndef $F(...): ...", FUNCTIONS, decorators_order_matters=True) == []


CLASSES = """\
    class A: pass
    class B(X, Y, m=M):
        x = 1
        y: int = 2
        def f(self): return 3
    """


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("class $C: ...", ["A", "B"]),
        ("class $C(X): ...", ["B"]),
        ("class $C(Y): ...", []),
        ("class $C(..., Y, ...): ...", ["B"]),
        ("class $C(X, Y, m=$M): ...", ["B"]),
        ("class $C:\n  def f(self): ...\n  x = 1", ["B"]),
        ("class $C:\n  y = 2", ["B"]),
        ("class $C:\n  $...S", []),
    ],
)
def test_classes(pattern: str, expected: list[str]) -> None:
    assert bound(pattern, CLASSES, "$C") == expected


def test_a_class_body_is_searched_from_its_first_statement_only() -> None:
    assert lines("$S\n...\ny = 2", CLASSES) == [(1, 5), (3, 4)]
    assert found("y = 2\n...", CLASSES) == []
