"""What a metavariable is bound to: pieces of code, or text inside a string."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from secloop.engine.native.nodes import Node


class BoundKind(Enum):
    """As what a metavariable met the code, which decides what it can be equal to."""

    NAME = "name"  # an identifier: a NAME node
    EXPRESSION = "expression"
    STATEMENT = "statement"
    STATEMENTS = "statements"  # any number, none included
    ARGUMENTS = "arguments"  # any number, none included
    PARAMETERS = "parameters"  # any number, none included
    TYPE = "type"
    TEXT = "text"  # what is between the quotes of a string
    ANY = "any"


class Bound:
    """What a metavariable is bound to. Immutable.

    Attributes:
        kind: as what the metavariable met the code.
        nodes: the code, in order; empty for a ``$...X`` that took nothing; the STRING node for a text.
        text: the text of a name or of what is between a string's quotes, else "".
    """

    __slots__ = ("kind", "nodes", "text")

    def __init__(self, kind: BoundKind, nodes: tuple[Node, ...], text: str = "") -> None:
        self.kind = kind
        self.nodes = nodes
        self.text = text

    @property
    def span(self) -> tuple[int, int] | None:
        """The byte range in the normalized text as semgrep-core reports it; None for nothing."""
        raise NotImplementedError

    def content(self, source: bytes) -> str:
        """The text that a message shows for it and that conditions read, cut from the normalized text."""
        span = self.span
        return "" if span is None else source[span[0] : span[1]].decode(errors="replace")

    def equals(self, other: Bound) -> bool:
        """Whether both are the same code to semgrep: not the text but the structure, and what names stand for."""
        raise NotImplementedError


Env: TypeAlias = Mapping[str, Bound]
"""Metavariable, with its ``$``, to what it is bound to, in the order of binding. Never changed once built."""
