"""Parses the text of a pattern: Python with metavariables and ellipses, to the same tree that code becomes.

What Python does not have is put into words it has, names with a letter that no pattern contains; tree-sitter parses
the result, and lowering it turns those names into the nodes they stand for.
"""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from typing import Final

import tree_sitter
import tree_sitter_python

from secloop.engine.native import lower_operations, lower_strings  # noqa: F401 - they register what they lower
from secloop.engine.native import nodes as n
from secloop.engine.native.dialect import is_modern
from secloop.engine.native.errors import InvalidPattern, TooDeep, Unsupported
from secloop.engine.native.lower_definitions import decorator
from secloop.engine.native.lower_statements import StatementLowering
from secloop.engine.native.lowering import Tree
from secloop.engine.native.nodes import Node
from secloop.engine.native.pattern_text import (
    DEEP,
    ELLIPSIS,
    ELLIPSIS_METAVARIABLE,
    MARK,
    METAVARIABLE,
    TYPED,
    pythonic,
)

_DECORATOR_ALONE: Final = re.compile(r"@[^\n]*\Z")


@lru_cache(maxsize=1)
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))


def parse_pattern(text: str) -> Node:
    """The node that a pattern is: an expression, a statement, a DECORATOR, or a BLOCK for a sequence of statements.

    Raises:
        InvalidPattern: if semgrep refuses it.
        Unsupported: if it is not followed here, so that semgrep has to say what it means.
    """
    if MARK in text:
        raise Unsupported(f"the pattern contains {MARK!r}")
    lines = textwrap.dedent(text).strip("\n")
    if lines.rstrip().endswith("\\"):
        raise Unsupported("the pattern ends in a backslash")
    alone = _DECORATOR_ALONE.match(lines.strip())
    if alone:
        lines = lines.strip() + "\ndef f(): pass"
    try:
        return _lowered(*_parsed(lines), alone=alone is not None)
    except TooDeep:
        raise Unsupported("the pattern nests too deep") from None


def _lowered(low: _PatternLowering, root: Tree, *, alone: bool) -> Node:
    if alone:
        inner = root.named_children[0].named_children[0]
        return _with_deep(decorator(low, inner))
    if any(child.type == "exec_statement" for child in root.named_children):
        raise Unsupported("the pattern has a statement of Python 2 in it")
    statements: list[Node] = []
    low.statements(root, statements, flat=True)
    if not statements:
        raise Unsupported("the pattern is empty")
    for statement in statements:
        _with_deep(statement)
    if len(statements) > 1 and all(one.kind is n.GLOBAL for one in statements):
        raise Unsupported("the pattern is a declaration of several names")
    if len(statements) == 1:
        only = statements[0]
        inside = only.parts[0] if only.kind is n.EXPRESSION else only
        assert isinstance(inside, Node)
        return inside
    return low.place(n.BLOCK, "", (tuple(statements),), statements[0].start, statements[-1].end)


def _parsed(text: str) -> tuple[_PatternLowering, Tree]:
    """In braces ``...`` may stand for an entry or for an element: whichever parses."""
    for entries in (False, True):
        source = pythonic(text, entries=entries).encode("utf-8")
        tree = _parser().parse(source)
        if not tree.root_node.has_error and not _spreads_an_entry(tree.root_node, source):
            break
    else:
        raise Unsupported("the pattern is no complete Python statement or expression")
    if is_modern(tree, source):
        raise Unsupported("the pattern has syntax that semgrep reads with its second parser")
    return _PatternLowering(source, False, _no_reuse, pattern=True), tree.root_node


def _spreads_an_entry(root: Tree, source: bytes) -> bool:
    """Whether tree-sitter has read ``**`` in a set, where it takes it for two ``*``."""
    if b"**" not in source:
        return False
    stack = [root]
    while stack:
        tree = stack.pop()
        if tree.type == "list_splat" and tree.parent is not None and tree.parent.type == "list_splat":
            return True
        stack.extend(tree.named_children)
    return False


def _no_reuse(_: Tree) -> Node | None:
    return None


class _PatternLowering(StatementLowering):
    """Lowers Python, and the names that stand for something else to what they stand for."""

    __slots__ = ()

    def expression(self, tree: Tree) -> Node:
        made = super().expression(tree)
        if made.kind is n.OTHER:
            raise Unsupported(f"the pattern has a {made.text} in it")
        if made.kind is n.SET and all(child.kind is n.ELLIPSIS for child in made.children()):
            made.kind = n.DICT
        if made.kind is n.SPREAD:
            value = made.parts[1]
            if isinstance(value, Node) and value.kind is n.ELLIPSIS and self.text(tree).startswith("**"):
                return value
        return made

    def name(self, tree: Tree) -> Node:
        return self._special(tree) or super().name(tree)

    def identifier(self, tree: Tree) -> Node:
        made = self._special(tree) or super().identifier(tree)
        parent = tree.parent
        if made.kind is n.ELLIPSIS and not (parent is not None and parent.type == "attribute"):
            raise InvalidPattern("an ellipsis cannot stand for this name")
        return made

    def block(self, tree: Tree | None, owner: Tree) -> Node:
        made = super().block(tree, owner)
        if not made.parts[0]:
            raise Unsupported("the pattern has a statement without its suite")
        return made

    def parameter(self, tree: Tree) -> Node:
        special = self._special(tree)
        if special is not None and special.kind is not n.METAVARIABLE:
            parent = tree.parent
            if special.kind is n.ELLIPSIS and parent is not None and parent.type == "lambda_parameters":
                raise InvalidPattern("an ellipsis cannot stand for the parameters of a lambda")
            return special
        return super().parameter(tree)

    def _special(self, tree: Tree) -> Node | None:
        text = self.text(tree)
        if not text.startswith(MARK):
            return None
        if text == ELLIPSIS:
            return self.node(n.ELLIPSIS, "", (), tree)
        if text.startswith(ELLIPSIS_METAVARIABLE):
            return self.node(n.METAVARIABLE_ELLIPSIS, "$..." + text[len(ELLIPSIS_METAVARIABLE) :], (), tree)
        if text.startswith(METAVARIABLE):
            return self.node(n.METAVARIABLE, "$" + text[len(METAVARIABLE) :], (), tree)
        if text.startswith(TYPED):
            return self.node(n.TYPED_METAVARIABLE, "$" + text[len(TYPED) :], (), tree)
        return None


def _with_deep(pattern: Node) -> Node:
    """The pattern, in which calls of the name that stands for ``<... ...>`` become DEEP."""
    for call in pattern.walk():
        if call.kind is not n.CALL:
            continue
        callee, arguments = call.parts
        if isinstance(callee, Node) and callee.kind is n.NAME and callee.text == DEEP:
            if not isinstance(arguments, tuple) or len(arguments) != 1:
                raise InvalidPattern("<... ...> takes one expression")
            call.kind = n.DEEP
            call.parts = (arguments[0],)
    return pattern
