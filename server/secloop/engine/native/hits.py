"""Matches of formulas: ranges of a text, and text that a regex's group is bound to."""

from __future__ import annotations

from enum import Enum

from secloop.engine.native.match import Bound, BoundKind, Env


class HitKind(Enum):
    """What a range means to others in a conjunction."""

    PLAIN = "plain"
    INSIDE = "inside"  # others must lie in it
    REGEX = "regex"
    ANYWHERE = "anywhere"  # others may be where they are


class Hit:
    """A range of the normalized text in bytes with what its metavariables are bound to there."""

    __slots__ = ("end", "env", "kind", "start")

    def __init__(self, start: int, end: int, env: Env, kind: HitKind = HitKind.PLAIN) -> None:
        self.start = start
        self.end = end
        self.env = env
        self.kind = kind

    def __repr__(self) -> str:
        return f"Hit({self.start}, {self.end}, {dict(self.env)!r}, {self.kind.value})"


class TracedHit(Hit):
    """A match that data flowed to.

    Attributes:
        trace: the steps from its source to it, as (kind, start, end, content); see ``result.Found``.
    """

    __slots__ = ("trace",)

    def __init__(self, start: int, end: int, env: Env, trace: tuple[tuple[str, int, int, str], ...]) -> None:
        super().__init__(start, end, env)
        self.trace = trace


class TextBound(Bound):
    """Text that a regex's group matched; its place may be one within another text than the file's.

    Attributes:
        shadowed: what the metavariable was bound to before a condition bound it anew; semgrep-core reports either.
    """

    __slots__ = ("end", "shadowed", "start")

    def __init__(self, text: str, start: int, end: int, shadowed: Bound | None = None) -> None:
        super().__init__(BoundKind.TEXT, (), text)
        self.start = start
        self.end = end
        self.shadowed = shadowed

    @property
    def span(self) -> tuple[int, int] | None:
        """The range that semgrep-core reports."""
        return self.start, self.end

    def content(self, source: bytes) -> str:
        """The text itself."""
        return self.text
