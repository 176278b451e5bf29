"""Finds the matches of a formula: ranges with what their metavariables are bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secloop.engine.native.formula import Formula
    from secloop.engine.native.index import Index
    from secloop.engine.native.match import Env


class Hit:
    """A range of the normalized text in bytes with what its metavariables are bound to there."""

    __slots__ = ("end", "env", "start")

    def __init__(self, start: int, end: int, env: Env) -> None:
        self.start = start
        self.end = end
        self.env = env


class Code:
    """A text to search: its tree's index, its bytes, and the matches of patterns that were found before."""

    __slots__ = ("index", "source")

    def __init__(self, index: Index, source: bytes) -> None:
        self.index = index
        self.source = source


def evaluate(formula: Formula, code: Code) -> list[Hit]:
    """The matches of a formula, without duplicates, in semgrep-core's order."""
    raise NotImplementedError
