"""What a metavariable is bound to: pieces of code, or text inside a string; and when two of them are equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node, Part


class BoundKind(Enum):
    """As what a metavariable met the code, which decides what it can be equal to."""

    NAME = "name"  # an identifier that can stand for something: NAME, IDENTIFIER or PATTERN_NAME
    LABEL = "label"  # an identifier that stands for nothing: of a keyword argument, of an import
    EXPRESSION = "expression"
    STATEMENT = "statement"  # one, or the BLOCK of several in a body
    STATEMENTS = "statements"  # any number, none included
    ARGUMENTS = "arguments"  # any number, none included
    PARAMETERS = "parameters"  # any number, none included
    MODULE = "module"  # the IDENTIFIERs of the dotted name that an import gives
    TEXT = "text"  # what is between the quotes of a string
    PATTERN = "pattern"  # a target, or what a case compares with


class Bound:
    """What a metavariable is bound to. Immutable.

    Attributes:
        kind: as what the metavariable met the code.
        nodes: the code, in order; empty for a ``$...X`` that took nothing; for a text a STRING that is where it is.
        text: the text of a name, of a dotted one, or of what is between a string's quotes, else "".
    """

    __slots__ = ("kind", "nodes", "text")

    def __init__(self, kind: BoundKind, nodes: tuple[Node, ...], text: str = "") -> None:
        self.kind = kind
        self.nodes = nodes
        self.text = text

    @property
    def span(self) -> tuple[int, int] | None:
        """The byte range in the normalized text as semgrep-core reports it; None for nothing."""
        nodes = self.nodes
        if not nodes:
            return None
        start, end = nodes[0].token_span
        for node in nodes[1:]:
            other = node.token_span
            start, end = min(start, other[0]), max(end, other[1])
        return start, end

    def content(self, source: bytes) -> str:
        """The text that a message shows for it and that conditions read, cut from the normalized text."""
        span = self.span
        return "" if span is None else source[span[0] : span[1]].decode(errors="replace")

    def equals(self, other: Bound) -> bool:
        """Whether both are the same code to semgrep: not the text but the structure, and what names stand for.

        This is what was bound first, which can make a difference.
        """
        mine, theirs = self.kind, other.kind
        if mine in _NAMES and theirs in _NAMES:
            return _same_name(self, other)
        if mine is BoundKind.TEXT or theirs is BoundKind.TEXT:
            return self.text == other.text and _both_text(self, other)
        if mine is BoundKind.MODULE:
            return _is_module(self, other)
        if theirs is BoundKind.MODULE:
            return _is_module(other, self)
        if mine is not theirs:
            if mine is BoundKind.NAME and theirs is BoundKind.EXPRESSION:
                return _stands_for(self.nodes[0], other.nodes[0])
            if mine is BoundKind.EXPRESSION and theirs is BoundKind.NAME:
                return _stands_for(other.nodes[0], self.nodes[0])
            if mine not in _CODE or theirs not in _CODE:
                return False
        return len(self.nodes) == len(other.nodes) and all(map(same, self.nodes, other.nodes))

    def __repr__(self) -> str:
        return f"Bound({self.kind.value}, {self.text!r}, {self.nodes!r})"


Env: TypeAlias = Mapping[str, Bound]
"""Metavariable, with its ``$``, to what it is bound to, in the order of binding. Never changed once built."""

_CODE: Final = frozenset((BoundKind.EXPRESSION, BoundKind.PATTERN))
_NAMES: Final = frozenset((BoundKind.NAME, BoundKind.LABEL))
_IDENTIFIERS: Final = frozenset((n.NAME, n.IDENTIFIER, n.PATTERN_NAME))
_AS_EXPRESSION: Final = {n.PATTERN_NAME: n.NAME, n.PATTERN_TUPLE: n.TUPLE, n.PATTERN_LIST: n.LIST}
"""A target is the same as the expression that is written like it."""
LITERALS: Final = frozenset((n.INT, n.FLOAT, n.IMAGINARY, n.STRING, n.BOOL, n.NONE))


def of_expression(node: Node) -> Bound:
    """What a metavariable in the place of an expression is bound to."""
    if node.kind is n.NAME:
        return Bound(BoundKind.NAME, (node,), node.text)
    return Bound(BoundKind.EXPRESSION, (node,))


def of_name(node: Node) -> Bound:
    """What a metavariable in the place of an identifier is bound to."""
    return Bound(BoundKind.NAME, (node,), node.text)


def of_label(node: Node) -> Bound:
    """What a metavariable in the place of an identifier that stands for nothing is bound to."""
    return Bound(BoundKind.LABEL, (node,), node.text)


def import_path(node: Node) -> tuple[str, ...]:
    """The components of the full name that an imported name stands for, or none."""
    resolved = node.resolved
    return resolved.path if resolved is not None else ()


def expanded(node: Node, path: Sequence[str]) -> Node:
    """The expression that an imported name is short for. It is where the name is."""
    start, end = node.tokens or (node.start, node.end)
    made = Node(n.NAME, path[0], (), start, end, node.base)
    for text in path[1:]:
        identifier = Node(n.IDENTIFIER, text, (), start, end, node.base)
        made = Node(n.ATTRIBUTE, "", (made, identifier), start, end, node.base)
    return made


def same(left: Node, right: Node) -> bool:
    """Whether two pieces of code have the same structure, and their names stand for the same things."""
    stack: list[tuple[Node, Node]] = [(left, right)]
    while stack:
        one, other = stack.pop()
        if one.kind is n.PATTERN_EXPRESSION:
            one = one.parts[0]  # type: ignore[assignment]
        if other.kind is n.PATTERN_EXPRESSION:
            other = other.parts[0]  # type: ignore[assignment]
        if one is other:
            continue
        if one.kind is not other.kind and _AS_EXPRESSION.get(one.kind, one.kind) is not _AS_EXPRESSION.get(
            other.kind, other.kind
        ):
            return False
        if len(one.parts) != len(other.parts):
            return False
        if one.text != other.text and not (one.kind is n.FLOAT and same_float(one.text, other.text)):
            return False
        if one.kind in _IDENTIFIERS and one.resolved != other.resolved:
            return False
        for mine, theirs in zip(one.parts, other.parts, strict=True):
            if not _pair_up(mine, theirs, stack):
                return False
    return True


def _pair_up(mine: Part, theirs: Part, stack: list[tuple[Node, Node]]) -> bool:
    if isinstance(mine, tuple):
        if not isinstance(theirs, tuple) or len(mine) != len(theirs):
            return False
        stack.extend(zip(mine, theirs, strict=True))
    elif mine is None or theirs is None:
        return mine is theirs
    elif isinstance(theirs, tuple):
        return False
    else:
        stack.append((mine, theirs))
    return True


def same_float(left: str, right: str) -> bool:
    """Whether two literals are the same number."""
    try:
        return float(left.replace("_", "")) == float(right.replace("_", ""))
    except ValueError:
        return left == right


def same_literal(left: Node, right: Node) -> bool:
    """Whether two literals have the same value."""
    if left.kind is not right.kind:
        return False
    return left.text == right.text or (left.kind is n.FLOAT and same_float(left.text, right.text))


_KEYWORDS: Final = frozenset(("self", "cls"))
"""For semgrep these are keywords wherever they are read or assigned."""


def _same_name(left: Bound, right: Bound) -> bool:
    """A name that is not known to stand for anything may be any other of the same text."""
    mine, theirs = left.nodes[0], right.nodes[0]
    if left.text == right.text:
        if left.text in _KEYWORDS and (mine.kind is n.NAME) != (theirs.kind is n.NAME):
            return False  # the parameter is a name, what is read is a keyword
        if right.kind is BoundKind.LABEL or theirs.resolved is None:
            return True
        if left.kind is BoundKind.LABEL:  # it is equal to a variable only if it comes after it
            return bool(import_path(theirs))
        return mine.resolved is None or bool(mine.resolved == theirs.resolved)
    path, other = import_path(mine), import_path(theirs)
    return path == (other or (right.text,)) if path else other == (left.text,)


def _is_module(module: Bound, other: Bound) -> bool:
    """Whether something names a module as an import does; its alias does not."""
    if other.kind is BoundKind.MODULE or other.kind is BoundKind.LABEL:
        return module.text == other.text
    if not other.nodes:
        return False
    path, node = tuple(module.text.split(".")), other.nodes[0]
    if node.kind is n.NAME:
        return path in ((node.text,), import_path(node))
    if node.kind is n.IDENTIFIER:
        return module.text == node.text and node.resolved is None
    return other.kind is BoundKind.EXPRESSION and same(expanded(node, path), node)


def _both_text(left: Bound, right: Bound) -> bool:
    if left.kind is right.kind:
        return True
    name = right if left.kind is BoundKind.TEXT else left
    return name.kind is BoundKind.NAME and name.nodes[0].resolved is None


def _stands_for(name: Node, expression: Node) -> bool:
    """Whether a name is worth a literal, or is imported and short for an expression."""
    if expression.kind in LITERALS:
        return name.constant is not None and same_literal(name.constant, expression)
    path = import_path(name)
    return len(path) > 1 and same(expanded(name, path), expression)
