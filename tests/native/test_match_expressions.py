"""What expressions match, as semgrep-core 1.182 does."""

from __future__ import annotations

import pytest
from matches import bound, found


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("f(...)", ["f(1, 2)", "f()", "f(a, k=3)", "f(k=3, j=4)", "f(*a, **k)"]),
        ("f($X)", []),
        ("f($X, ...)", ["f(1, 2)", "f(a, k=3)", "f(*a, **k)"]),
        ("f(..., 2)", ["f(1, 2)"]),
        ("f(k=3)", []),
        ("f(k=3, ...)", ["f(a, k=3)", "f(k=3, j=4)"]),
        ("f(j=4, k=3)", ["f(k=3, j=4)"]),
        ("f(..., j=4, ...)", ["f(k=3, j=4)"]),
        ("f(..., $K=4)", ["f(k=3, j=4)"]),
        ("f(*$X, ...)", ["f(*a, **k)"]),
        ("f(..., **$X)", ["f(*a, **k)"]),
    ],
)
def test_arguments(pattern: str, expected: list[str]) -> None:
    assert found(pattern, "f(1, 2)\nf()\nf(a, k=3)\nf(k=3, j=4)\nf(*a, **k)\n") == expected


def test_a_keyword_argument_is_no_expression() -> None:
    assert found("f(..., $X, ...)", "f(k=1)\n") == []
    assert found("$X", "f(k=1)\n") == ["f", "f(k=1)", "1"]


def test_rest_of_the_arguments_in_all_ways() -> None:
    assert bound("f($...X, $...Y)", "f(1, 2)\n", "$...X") == ["", "1", "1, 2"]
    assert bound("f(1, $...X)", "f(1)\nf(1, 2, k=3)\n", "$...X") == ["", "2, k=3"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a. ... .d", ["a.b.c.d", "a.b().c(1).d"]),
        ("a. ... .c", ["a.b.c", "a.b().c"]),
        ("a. ... .c(...)", ["a.b().c(1)"]),
        ("... .c", ["a.b.c", "a.b().c", "a[1].c"]),
        ("a.b. ... .d", ["a.b.c.d"]),
    ],
)
def test_chains(pattern: str, expected: list[str]) -> None:
    assert sorted(found(pattern, "a.b.c.d\na.b().c(1).d\na[1].c\n")) == sorted(expected)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[...]", ["[1, 2]", "[]", "[x for x in y]"]),
        ("[1, ...]", ["[1, 2]"]),
        ("[2, 1]", []),
        ("{2, 1}", ["{1, 2}"]),
        ("{3: 4, 1: 2}", ["{1: 2, 3: 4}"]),
        ("{3: 4}", []),
        ("{3: 4, ...}", ["{1: 2, 3: 4}"]),
        ("{...}", ["{1, 2}", "{1: 2, 3: 4}", "{**a, 1: 2}", "{}", "{x: 1 for x in y}"]),
        ("[$...X]", []),
    ],
)
def test_collections(pattern: str, expected: list[str]) -> None:
    code = "[1, 2]\n[]\n[x for x in y]\n{1, 2}\n{1: 2, 3: 4}\n{**a, 1: 2}\n{}\n{x: 1 for x in y}\n"
    assert sorted(found(pattern, code)) == sorted(expected)


def test_associative_operators_match_in_any_grouping() -> None:
    assert found("a and b and c", "a and (b and c)\n(a and b) and c\n") == [
        "a and (b and c)",
        "(a and b) and c",
    ]
    assert found("a and b", "a and b and c\n") == []
    assert found("a and ... and c", "a and b and c\n") == ["a and b and c"]
    assert bound("$X and c", "a and b and c\n") == ["a and b"]
    assert found("a + b + c", "a + (b + c)\n") == []


def test_bitwise_operators_match_some_operands_in_any_order() -> None:
    assert found("c | a", "a | b | c\n") == ["a | b | c"]
    assert bound("a | $X", "a | b | c\n") == ["b", "b", "c", "b | c"]


def test_an_ellipsis_as_the_last_operand_takes_all_that_follows() -> None:
    assert found("a + ...", "a + b + c\n") == ["a + b", "a + b + c"]
    assert found("a - ...", "a - b - c\n") == ["a - b", "a - b - c"]
    assert found("... + a", "a + b\n") == []


def test_equality_is_symmetric_only_if_the_options_say_so() -> None:
    assert found("b == a", "a == b\n") == []
    assert found("b == a", "a == b\n", symmetric_eq=True) == ["a == b"]
    assert found("b != a", "a != b\n", commutative_compop=True) == ["a != b"]


def test_deep_expressions() -> None:
    code = "z(bar(1))\n[e for c in bar(2)]\nlambda: bar(3)\nx = q if bar(4) else 1\n"
    assert bound("z(<... bar($X) ...>)", code) == ["1"]
    assert bound("$Y = <... bar($X) ...>", code) == ["4"]
    assert bound("<... $X ...>", "a.b\n") == ["a", "a.b", "a"]
    assert found("g(<... a ...>)", "g([a])\n", go_deeper_expr=False) == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ('f("a")', ['f("a")', "f('a')", 'f(b"a")', 'f(u"a")', 'f(f"a")', "f(z)"]),
        ('f("ab")', ['f("a" "b")', 'f("a" + "b")']),
        (
            'f("...")',
            [
                'f("a")',
                "f('a')",
                'f(b"a")',
                'f(u"a")',
                'f(f"a")',
                "f(z)",
                'f("a" "b")',
                'f("a" + "b")',
                'f(r"a\\n")',
            ],
        ),
        ('f(u"a")', ['f(u"a")']),
        ('f(f"...")', ['f(f"a")', 'f(f"a{x}b")', 'f(f"{x!r}")']),
        ('f(f"...{$X}...")', ['f(f"a{x}b")']),
        ('f(f"a{...}b")', ['f(f"a{x}b")']),
        ('f("=~/^B$/i")', []),
        ('f("=~/B/i")', ['f("a" "b")', 'f("a" + "b")']),
        ('f("a\\\\n")', ['f(r"a\\n")']),
    ],
)
def test_strings(pattern: str, expected: list[str]) -> None:
    code = """\
        z = "a"
        f("a")
        f('a')
        f(b"a")
        f(u"a")
        f(f"a")
        f(z)
        f("a" "b")
        f("a" + "b")
        f(r"a\\n")
        f(f"a{x}b")
        f(f"{x!r}")
        """
    assert found(pattern, code) == expected


def test_the_text_of_a_string() -> None:
    assert bound('f("$X")', 'f(\'a\')\nf(u"b")\nf("""c""")\nf((\'d\'))\n') == ["a", "b", "c", "d"]
    assert bound('f("$X")', 'f("a\\n")\n') == ['"a\\n"'], "an escape changed the text"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("f(16)", ["f(0x10)", "f(16)", "f(n)"]),
        ("f(1e1)", ["f(10.0)"]),
        ("f(-1)", ["f(-1)", "f(m)"]),
        ("f(-$X)", ["f(0x10)", "f(16)", "f(-1)"]),
        ("f(3)", ["f(1 + 2)"]),
    ],
)
def test_numbers(pattern: str, expected: list[str]) -> None:
    assert (
        found(pattern, "n = 16\nm = -1\nf(0x10)\nf(16)\nf(10.0)\nf(-1)\nf(1 + 2)\nf(n)\nf(m)\n") == expected
    )


def test_what_a_tuple_assigns_to_a_tuple_is_assigned_one_by_one_too() -> None:
    assert bound("$X = $Y", "a, b = 1, 2\n") == ["a, b", "a", "b"]
    assert bound("$X, $Y = 1", "a = b = 1\n") == ["a"]
    assert found("a = ...", "a: int = 1\na += 1\n") == ["a: int = 1"]
    assert found("$X: $T", "a: int\nb: int = 1\n") == ["a: int"]


def test_a_decorator_is_an_expression() -> None:
    assert found("$X(...)", "@a\n@b(1)\n@c.d\ndef f(): pass\n") == ["a", "b(1)", "c.d"]
    assert found("b(1)", "@b(1)\nclass C: pass\n") == ["b(1)"]


def test_comprehensions() -> None:
    assert bound("[$X for $X in $Y]", "[a for a in b]\n[a.c for a in b]\n") == ["a"]
    assert bound("{$X for $X in $Y}", "{k: v for k, v in d}\n") == ["k: v"]


def test_typed_metavariables() -> None:
    code = "def g(a: Foo, b: int = 1):\n    f(a)\n    f(b)\n    f(2)\n    f(c)\n"
    assert bound("f($X: Foo)", code) == ["a"]
    assert bound("f($X: int)", code) == ["b", "2"]
