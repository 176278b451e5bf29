"""Compiles a pattern to a matcher, which finds where the pattern matches in a tree's index."""

from __future__ import annotations

from typing import NamedTuple

from secloop.engine.native.index import Index
from secloop.engine.native.match_bound import Bound, BoundKind, Env
from secloop.engine.native.match_options import Options
from secloop.engine.native.nodes import Node

__all__ = [
    "Anchors",
    "Bound",
    "BoundKind",
    "Env",
    "Match",
    "Matcher",
    "Options",
    "StepsExceeded",
    "compile_pattern",
]


class StepsExceeded(Exception):
    """Matching a pattern takes more steps than allowed in a file: that rule has no result there, only an error."""


class Match(NamedTuple):
    """Where a pattern matched. Its span moves with the bases of its nodes."""

    first: Node
    last: Node
    env: Env

    @property
    def span(self) -> tuple[int, int]:
        """The byte range in the normalized text."""
        return self.first.span[0], self.last.span[1]


class Anchors(NamedTuple):
    """What an index must hold for a pattern to be able to match: of every group, one of the words."""

    words: tuple[frozenset[str], ...]

    def in_index(self, index: Index) -> bool:
        """Whether a match is possible at all."""
        return all(not index.words.isdisjoint(group) for group in self.words)


class Matcher:
    """A compiled pattern.

    Attributes:
        pattern: what it was compiled from.
        metavariables: the names, with their ``$``, that a match can bind; in order of appearance.
        anchors: what must be in an index for a match to be possible.
        chunk_local: every match lies inside one function definition outside of others (a chunk, decorators included) or
            wholly outside of them, and depends on nothing else of the file: it can be looked for in a chunk's own index
            and in that of the rest. False for what can span statements of the module or of a class body, and for
            classes, whose matches need an index of the whole module.
    """

    __slots__ = ("anchors", "chunk_local", "metavariables", "pattern")

    def __init__(
        self, pattern: Node, metavariables: tuple[str, ...], anchors: Anchors, chunk_local: bool
    ) -> None:
        self.pattern = pattern
        self.metavariables = metavariables
        self.anchors = anchors
        self.chunk_local = chunk_local

    def find(self, index: Index) -> list[Match]:
        """All matches in document order; the same range several times if its metavariables can be bound differently.

        Raises:
            StepsExceeded: if the search is out of proportion, which depends on pattern and code alone.
        """
        raise NotImplementedError


def compile_pattern(pattern: Node, options: Options, *, inside: bool = False) -> Matcher:
    """Compile a pattern as `patterns.parse_pattern` returns it.

    Args:
        pattern: an expression, a statement, or a BLOCK of statements.
        options: of its rule.
        inside: it stands in ``pattern-inside`` or ``pattern-not-inside``, where a sequence of statements looks into the
            bodies of statements even without ``...``.

    Raises:
        Unsupported: if it holds what only semgrep-core can match.
    """
    raise NotImplementedError
