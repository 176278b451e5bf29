"""What every step of the lowering shares: the source, the base that nodes are relative to, and how deep it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final, TypeAlias

import tree_sitter

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.nodes import Base, Node, Part

MAX_DEPTH: Final = 120
"""Levels of the tree, of a chunk's and of what surrounds it: real code has less than ninety.

Whoever recurses over the tree takes up to five frames a level, of Python's thousand; compiled, when nobody counts them,
up to a kilobyte each of the stack of a thread.
"""

Tree: TypeAlias = tree_sitter.Node
Reuse: TypeAlias = "Callable[[Tree], Node | None]"
Expression: TypeAlias = "Callable[[Lowering, Tree], Node]"

_EXTRAS = frozenset({"comment", "line_continuation"})
EXPRESSIONS: dict[str, Expression] = {}
"""How each type of tree-sitter's expressions is lowered; the modules that lower them fill it."""


def lowers(*types: str) -> Callable[[Expression], Expression]:
    """Register a function as the one that lowers these types of expressions."""

    def register(function: Expression) -> Expression:
        for type_ in types:
            EXPRESSIONS[type_] = function
        return function

    return register


class Lowering(ABC):
    """One run over one text.

    Attributes:
        modern: whether the text is in the dialect of semgrep's second parser (see ``dialect``).
        pattern: whether it is the text of a pattern.
        reuse: asked for each chunk (see ``lower.lower_module``).
        inside: how many functions the current place is in.
        called: parentheses that are the arguments of a call of ``type``, with that name before them: tree-sitter
            takes ``type(a).b = c`` for a type alias.
    """

    __slots__ = ("base", "called", "depth", "inside", "modern", "offset", "pattern", "reuse", "source")

    def __init__(self, source: bytes, modern: bool, reuse: Reuse, *, pattern: bool = False) -> None:
        self.source = source
        self.modern = modern
        self.reuse = reuse
        self.pattern = pattern
        self.inside = 0
        self.called: tuple[Tree, Tree] | None = None
        self.depth = 0
        self.base = Base(0, source)
        self.offset = 0

    def text(self, tree: Tree) -> str:
        """The source text of a tree."""
        return self.source[tree.start_byte : tree.end_byte].decode("utf-8", "replace")

    def node(self, kind: str, text: str, parts: tuple[Part, ...], tree: Tree) -> Node:
        """A node with the range of a tree."""
        offset = self.offset
        return Node(kind, text, parts, tree.start_byte - offset, tree.end_byte - offset, self.base)

    def place(self, kind: str, text: str, parts: tuple[Part, ...], start: int, end: int) -> Node:
        """A node with a range relative to the base."""
        return Node(kind, text, parts, start, end, self.base)

    def around(
        self, kind: str, text: str, parts: tuple[Part, ...], nodes: tuple[Node, ...], tree: Tree
    ) -> Node:
        """A node with no tokens of its own: its range is that of some nodes, in order, or that of a tree if none."""
        if not nodes:
            return self.node(kind, text, parts, tree)
        start, end = nodes[0].span[0] - self.offset, nodes[-1].span[1] - self.offset  # of chunks, perhaps
        return Node(kind, text, parts, start, end, self.base)

    def allow(self, levels: int) -> None:
        """Refuse what nests so many levels below the current one.

        Raises:
            TooDeep: if they are too many.
        """
        if self.depth + levels > MAX_DEPTH:
            raise TooDeep(f"nested more than {MAX_DEPTH} levels deep")

    def enter(self, levels: int = 1) -> None:
        """Go down, if it is allowed; who comes back takes the levels from ``depth`` again."""
        self.allow(levels)
        self.depth += levels

    def expression(self, tree: Tree) -> Node:
        """Lower an expression."""
        self.enter()
        type_ = tree.type
        made = self.name(tree) if type_ == "identifier" else EXPRESSIONS.get(type_, _other)(self, tree)
        self.depth -= 1
        return made

    def name(self, tree: Tree) -> Node:
        """A name as an expression."""
        offset = self.offset
        start, end = tree.start_byte, tree.end_byte
        text = self.source[start:end].decode("utf-8", "replace")
        return Node(n.NAME, text, (), start - offset, end - offset, self.base)

    def parameter(self, tree: Tree) -> Node:
        """A parameter that is a name alone."""
        made = self.identifier(tree)
        return Node(n.PARAMETER, made.text, (made, None, None), made.start, made.end, self.base)

    @abstractmethod
    def block(self, tree: Tree | None, owner: Tree) -> Node:
        """The suite of a compound statement."""

    def identifier(self, tree: Tree) -> Node:
        """A name that is no expression."""
        offset = self.offset
        start, end = tree.start_byte, tree.end_byte
        text = self.source[start:end].decode("utf-8", "replace")
        return Node(n.IDENTIFIER, text, (), start - offset, end - offset, self.base)


def children(tree: Tree) -> list[Tree]:
    """The named children without comments and line continuations."""
    return [child for child in tree.named_children if not child.is_extra]


def operator(low: Lowering, text: str, tree: Tree) -> Node:
    """An operator at its token, the first one of several ("not in")."""
    if tree.child_count:
        first = tree.children[0]
        tree = first
    return low.node(n.OPERATOR, text, (), tree)


def _other(low: Lowering, tree: Tree) -> Node:
    """What there is no better kind for."""
    return low.node(n.OTHER, tree.type, (tuple(low.expression(child) for child in children(tree)),), tree)
