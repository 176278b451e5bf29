"""Which of its two parsers semgrep reads a text with."""

from __future__ import annotations

import pytest
import tree_sitter
import tree_sitter_python

from secloop.engine.native.dialect import is_modern, modern_places

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))


@pytest.mark.parametrize(
    ("text", "modern"),
    [
        ("x = 1\n", False),
        ("match x:\n    case 1: pass\n", True),
        ("match = 1\nmatch(x)\n", False),
        ("type X = int\n", True),
        ("type(x).y = z\n", False),
        ("def f[T](a: T): pass\n", True),
        ("x: List[int] = []\n", False),
        ("a @= b\n", True),
        ("a @ b\n", False),
        ("with (a, b): c\n", False),
        ("with (a, b) as c: d\n", True),
        ("with (a as b, c as d): e\n", False),
        ("with x, (a, b) as c: d\n", False),
        ("lambda *, a: b\n", True),
        ("lambda a, /: b\n", False),
        ("f'{x:>10.2f}'\n", False),
        ("f'{x:%Y-%m-%d %H:%M}'\n", False),
        ("f'{x:>{w}.{p}}'\n", False),
        ("f'{x!r:}'\n", False),
        ("f'{x:}'\n", True),
        ("f'{x:#x}'\n", True),
        ("f'{x:*^10}'\n", True),
        ("f'{x:>>5}'\n", True),
        ("f'{x:is}'\n", True),
        ("f'{x:{y!r}}'\n", True),
        ("f'{x, *y}'\n", True),
        ("f'\\N{EM DASH}'\n", True),
        ("'\\N{EM DASH}'\n", False),
        ("x[a := 1]\n", True),
        ("(a := 1)\n", False),
        ("for x in *a, b: pass\n", True),
        ("x: T = 1, 2\n", True),
        ("def f(*a: *T): pass\n", True),
    ],
)
def test_what_the_first_parser_refuses(text: str, modern: bool) -> None:
    source = text.encode("utf-8")
    tree = _PARSER.parse(source)
    assert not tree.root_node.has_error
    assert is_modern(tree, source) is modern


def test_a_part_is_asked_alone() -> None:
    source = b"def f(): pass\ndef g(): x @= 1\n"
    first, second = _PARSER.parse(source).root_node.children
    assert [bool(modern_places(one, source)) for one in (first, second)] == [False, True]
