"""Lowering: chunks with bases of their own, what survives damage, and how deep it goes."""

from __future__ import annotations

import pytest
import tree_sitter
import tree_sitter_python

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.lower import lower_chunk, lower_module
from secloop.engine.native.nodes import Node

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))


def _lowered(text: str) -> Node:
    source = text.encode("utf-8")
    return lower_module(_PARSER.parse(source), source)


def _texts(text: str, kind: str) -> list[str]:
    """The source of every node of a kind."""
    source = text.encode("utf-8")
    return [source[slice(*node.span)].decode() for node in _lowered(text).walk() if node.kind is kind]


def _functions(module: Node) -> list[Node]:
    return [node for node in module.walk() if node.kind is n.FUNCTION]


def test_a_function_outside_any_other_has_a_base_of_its_own() -> None:
    text = "x = 1\n@a\ndef f():\n    def g(): pass\nclass A:\n    def m(self): return 1\n"
    module = _lowered(text)
    f, g, m = _functions(module)
    assert [f.base.offset, m.base.offset] == [text.index("@a"), text.index("def m")]
    assert g.base is f.base
    assert {node.base for node in module.walk()} == {module.base, f.base, m.base}
    assert all(0 <= node.start <= node.end for node in module.walk())


def test_moving_a_chunk_moves_its_nodes() -> None:
    module = _lowered("def f(): return a\n")
    (f,) = _functions(module)
    f.base.offset += 10
    assert [node.span for node in f.walk() if node.kind is n.NAME] == [(26, 27)]


def test_a_chunk_is_reused_when_it_is_offered() -> None:
    source = b"def f(): a\ndef g(): b\n"
    known = _functions(_lowered(source.decode()))[1]
    asked = []

    def reuse(tree: tree_sitter.Node) -> Node | None:
        asked.append(tree.start_byte)
        return known if tree.start_byte == 11 else None

    module = lower_module(_PARSER.parse(source), source, reuse)
    assert asked == [0, 11]
    assert module.parts[0][1] is known


def test_a_chunk_lowered_alone_is_the_one_in_its_module() -> None:
    source = "x = 1\n@a\ndef é(b='ü'): return (c)\n".encode()
    tree = _PARSER.parse(source)
    alone = lower_chunk(tree.root_node.children[1], source)
    (whole,) = _functions(lower_module(tree, source))
    assert repr(alone) == repr(whole)
    assert [node.span for node in alone.walk()] == [node.span for node in whole.walk()]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("f(1)\ng(\nh(3)\n", ["f(1)"]),
        ("def f():\n    a(1)\n    b(\n\ndef g():\n    c(3)\n", ["c(3)"]),
        ("a(1)\nx = = 2\nb(2)\n", ["a(1)", "b(2)"]),
        ("class A:\n    def f(self):\n        a(1)\n    def g(self:\n        b(2)\n", ["a(1)"]),
        ("if x\n    a(1)\nb(2)\n", ["b(2)"]),
        ("a(1)\n'''\nb(2)\n", ["a(1)"]),
    ],
)
def test_what_is_intact_stays(text: str, kept: list[str]) -> None:
    found = _texts(text, n.CALL)
    assert [one for one in kept if one not in found] == []


@pytest.mark.parametrize(
    "text", ["(" * 5000, "a[" * 3000 + "]" * 3000, "(" * 4000 + ")" * 4000, "not " * 9000]
)
def test_nothing_overflows(text: str) -> None:
    for source in (text, f"x = {text}1", f"f({text})"):
        try:
            _lowered(source)
        except TooDeep:
            continue


def test_parentheses_are_no_levels() -> None:
    assert _texts("(" * 2000 + "a" + ")" * 2000, n.NAME) == ["(" * 2000 + "a" + ")" * 2000]


def test_an_elif_is_no_level_to_lower() -> None:
    text = "if a: b\n" + "elif a: b\n" * 90
    assert len(_texts(text, n.IF)) == 91


def test_a_long_sum_is_too_deep_in_words() -> None:
    with pytest.raises(TooDeep, match="nested more than 120 levels deep"):
        _lowered("x = " + " + ".join(["a"] * 1000))


def test_a_name_in_parentheses_shows_without_them() -> None:
    (name,) = [node for node in _lowered("f((a))").walk() if node.text == "a"]
    assert (name.span, name.token_span) == ((2, 5), (3, 4))
    (number,) = [node for node in _lowered("f((1))").walk() if node.kind is n.INT]
    assert number.span == number.token_span == (2, 5)


def test_a_function_is_as_deep_in_a_class_as_alone() -> None:
    deep = "not " * 110 + "a"
    source = f"class A:\n class B:\n  class C:\n   def f(self): return {deep}\n".encode()
    (whole,) = _functions(_lowered(source.decode()))
    tree = _PARSER.parse(source).root_node
    while tree.type != "function_definition":
        tree = tree.children[-1]
    alone = [(node.kind, node.text, node.span) for node in lower_chunk(tree, source).walk()]
    assert alone == [(node.kind, node.text, node.span) for node in whole.walk()]
