"""Lowers literals, displays, comprehensions, and the targets that loops and assignments bind."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.lower_access import called_type
from secloop.engine.native.lowering import Lowering, Tree, children, lowers
from secloop.engine.native.nodes import Node

_SIGNED = 2**63
_UNSIGNED = 2**64
_BASES = {"0x": 16, "0o": 8, "0b": 2}


@lowers("keyword_identifier")
def _keyword_identifier(low: Lowering, tree: Tree) -> Node:
    """``print`` or ``match`` where it is an ordinary name."""
    return low.name(tree)


@lowers("true", "false")
def _bool(low: Lowering, tree: Tree) -> Node:
    return low.node(n.BOOL, "True" if tree.type == "true" else "False", (), tree)


@lowers("none")
def _none(low: Lowering, tree: Tree) -> Node:
    return low.node(n.NONE, "", (), tree)


@lowers("ellipsis")
def _ellipsis(low: Lowering, tree: Tree) -> Node:
    return low.node(n.ELLIPSIS, "", (), tree)


@lowers("integer")
def _integer(low: Lowering, tree: Tree) -> Node:
    text = low.text(tree)
    if text[-1] in "jJ":
        return low.node(n.INT if low.modern else n.IMAGINARY, text, (), tree)
    return low.node(n.INT, _integer_value(text, low.modern), (), tree)


def _integer_value(text: str, modern: bool) -> str:
    """The decimal value, or the source text of one that takes more than 64 bits, as OCaml reads it."""
    digits = text.replace("_", "").lower()
    if digits[-1] == "l":
        if modern:
            return text
        digits = digits[:-1]
    base = _BASES.get(digits[:2], 10)
    try:
        value = int(digits[2:] if base != 10 else digits, base)
    except ValueError:
        return text
    if base != 10 and _SIGNED <= value < _UNSIGNED:
        value -= _UNSIGNED
    return str(value) if value < _SIGNED else text


@lowers("float")
def _float(low: Lowering, tree: Tree) -> Node:
    text = low.text(tree)
    if text[-1] in "jJ":
        return low.node(n.FLOAT if low.modern else n.IMAGINARY, text, (), tree)
    return low.node(n.FLOAT, text, (), tree)


@lowers("parenthesized_expression")
def parenthesized(low: Lowering, tree: Tree) -> Node:
    """What is inside, matched with its parentheses; ``yield`` and a comprehension's own are not widened."""
    if low.called is not None and low.called[1].id == tree.id:
        return called_type(low)
    outer = tree
    while tree.type == "parenthesized_expression":
        inside = children(tree)
        if not inside:
            return low.node(n.OTHER, "damaged", (), outer)
        tree = inside[0]
    made = low.expression(tree)
    if made.kind is not n.YIELD or low.modern:
        if made.kind is n.NAME or made.kind is n.STRING:
            made.tokens = made.tokens or (made.start, made.end)
        made.start = outer.start_byte - low.offset
        made.end = outer.end_byte - low.offset
    return made


@lowers("tuple")
def _tuple(low: Lowering, tree: Tree) -> Node:
    if low.called is not None and low.called[1].id == tree.id:
        return called_type(low)
    return low.node(n.TUPLE, "", (_elements(low, tree),), tree)


@lowers("tuple_pattern")
def _tuple_pattern(low: Lowering, tree: Tree) -> Node:
    """``(a, b)`` as a target; ``(a)`` is one in tree-sitter, but not for semgrep's first parser."""
    inside = children(tree)
    if not low.modern and len(inside) == 1 and not any(child.type == "," for child in tree.children):
        return widened(low, low.expression(inside[0]), tree)
    return low.node(n.TUPLE, "", (_elements(low, tree),), tree)


def widened(low: Lowering, made: Node, tree: Tree) -> Node:
    """A node matched with its parentheses."""
    if made.kind is n.NAME and made.tokens is None:
        made.tokens = (made.start, made.end)
    made.start, made.end = tree.start_byte - low.offset, tree.end_byte - low.offset
    return made


@lowers("expression_list", "pattern_list")
def bare_tuple(low: Lowering, tree: Tree) -> Node:
    """``a, b`` without parentheses: a trailing comma is not part of it."""
    elements = _elements(low, tree)
    if low.modern and tree.type == "pattern_list" and len(elements) == 1:
        return elements[0]
    return low.around(n.TUPLE, "", (elements,), elements, tree)


@lowers("list", "list_pattern")
def _list(low: Lowering, tree: Tree) -> Node:
    return low.node(n.LIST, "", (_elements(low, tree),), tree)


@lowers("set")
def _set(low: Lowering, tree: Tree) -> Node:
    return low.node(n.SET, "", (_elements(low, tree),), tree)


@lowers("dictionary")
def _dictionary(low: Lowering, tree: Tree) -> Node:
    """With ``**`` in it, semgrep takes it for a set."""
    elements = _elements(low, tree)
    kind = n.SET if any(element.kind is n.SPREAD for element in elements) else n.DICT
    return low.node(kind, "", (elements,), tree)


@lowers("pair")
def _pair(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    if len(inside) != 2:
        return low.node(n.OTHER, "damaged", (), tree)
    elements = (low.expression(inside[0]), low.expression(inside[1]))
    return low.around(n.TUPLE, "", (elements,), elements, tree)


def _elements(low: Lowering, tree: Tree) -> tuple[Node, ...]:
    return tuple(low.expression(child) for child in children(tree))


@lowers("list_splat", "dictionary_splat", "list_splat_pattern", "dictionary_splat_pattern")
def splat(low: Lowering, tree: Tree) -> Node:
    """``*a`` outside a call: semgrep keeps no token of the star. In a display ``**a`` is one star too."""
    inside = children(tree)
    if not inside:
        return low.node(n.OTHER, "damaged", (), tree)
    value = low.expression(inside[0])
    return low.place(n.SPREAD, "*", (None, value), value.start, value.end)


_COMPREHENSIONS = {
    "list_comprehension": "list",
    "set_comprehension": "set",
    "dictionary_comprehension": "dict",
    "generator_expression": "generator",
}


@lowers(*_COMPREHENSIONS)
def _comprehension(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    element = low.expression(inside[0])
    clauses = tuple(_clause(low, child) for child in inside[1:])
    return low.node(n.COMPREHENSION, _COMPREHENSIONS[tree.type], (element, clauses), tree)


def _clause(low: Lowering, tree: Tree) -> Node:
    if tree.type == "if_clause":
        condition = low.expression(children(tree)[0])
        return low.around(n.COMPREHENSION_IF, "", (condition,), (condition,), tree)
    left = tree.child_by_field_name("left")
    right = tree.children_by_field_name("right")
    if left is None or not right:
        return low.node(n.OTHER, "damaged", (), tree)
    values = tuple(low.expression(value) for value in right if not value.is_extra and value.type != ",")
    value = values[0] if len(values) == 1 else low.around(n.TUPLE, "", (values,), values, tree)
    goal = target(low, left)
    return low.place(n.COMPREHENSION_FOR, "", (goal, value), goal.start, value.end)


@lowers("named_expression")
def _named(low: Lowering, tree: Tree) -> Node:
    name, value = tree.child_by_field_name("name"), tree.child_by_field_name("value")
    if name is None or value is None:
        return low.node(n.OTHER, "damaged", (), tree)
    goal, made = low.expression(name), low.expression(value)
    return low.place(n.ASSIGN, "", (goal, made), goal.start, made.end)


def target(low: Lowering, tree: Tree) -> Node:
    """What ``for``, ``with`` and a comprehension bind: a pattern, whose names are no expressions."""
    return as_pattern(low, low.expression(tree))


_ONLY_IN_PATTERNS = (n.METAVARIABLE, n.METAVARIABLE_ELLIPSIS)


def as_pattern(low: Lowering, made: Node) -> Node:
    """An expression turned into a pattern."""
    start, end = made.start, made.end
    if made.kind is n.NAME and made.text not in ("self", "cls"):
        start, end = made.tokens or (start, end)
        return low.place(n.PATTERN_NAME, made.text, (), start, end)
    if made.kind in _ONLY_IN_PATTERNS or (low.pattern and made.kind is n.ELLIPSIS):
        return made
    if made.kind is n.TUPLE or made.kind is n.LIST:
        elements = made.parts[0]
        assert isinstance(elements, tuple)
        kind = n.PATTERN_TUPLE if made.kind is n.TUPLE else n.PATTERN_LIST
        return low.place(kind, "", (tuple(as_pattern(low, element) for element in elements),), start, end)
    return low.place(n.PATTERN_EXPRESSION, "", (made,), start, end)
