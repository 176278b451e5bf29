"""Where in a tree a pattern could match: its nodes by kind, its calls by name, the words in it."""

from __future__ import annotations

from collections.abc import Sequence

from secloop.engine.native.nodes import Node


class Index:
    """The nodes of a tree, found once for all patterns.

    It reads ``resolved`` and ``constant`` of the nodes, so names and constants come first.

    Attributes:
        roots: what it was built from.
        words: every word a pattern could name: identifiers, attributes, keywords, components of the dotted names that
            names stand for, and of known constant values.
    """

    __slots__ = ("roots", "words")

    def __init__(self, *roots: Node, chunks: Sequence[Index] = ()) -> None:
        """Index what is below the roots, and the roots themselves.

        Args:
            roots: a MODULE, or any nodes that shall be searched: the nodes of a `Bound`, say.
            chunks: the indexes of function definitions in it, built before, whose nodes are taken over.
        """
        self.roots = roots
        self.words: frozenset[str] | set[str] = frozenset()
