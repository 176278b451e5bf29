"""Taints: where each came from, what it is labelled, and by which variables it came; and sets of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from secloop.engine.native.nodes import Node
    from secloop.engine.native.taint.matches import SpecMatch
    from secloop.engine.native.taint.rules import Source

DEFAULT_LABEL: Final = "__SOURCE__"
"""The label of a source that names none."""

Steps: TypeAlias = "tuple[Node, Steps] | None"
"""The variables a taint came by, the last first."""


class Taint:
    """One taint. Immutable.

    Attributes:
        key: what makes it another taint than others: its source and its label.
        length: the number of steps.
    """

    __slots__ = ("key", "label", "length", "source", "steps")

    def __init__(
        self,
        source: SpecMatch[Source],
        label: str,
        steps: Steps = None,
        length: int = 0,
    ) -> None:
        self.source = source
        self.label = label
        self.steps = steps
        self.length = length
        self.key = (source.identity, label)

    def through(self, token: Node) -> Taint:
        """The taint one variable further."""
        return Taint(self.source, self.label, (token, self.steps), self.length + 1)

    def labelled(self, label: str) -> Taint:
        """The taint under another label."""
        return Taint(self.source, label, self.steps, self.length)


Taints: TypeAlias = dict[tuple[object, str], Taint]
"""A set of taints, by key. Never changed once others can see it."""

NO_TAINTS: Final[Taints] = {}


def union(left: Taints, right: Taints) -> Taints:
    """Both sets; of the same taint the shorter way remains, the left one if they are equally long."""
    if not right or left is right:
        return left
    if not left:
        return right
    result: Taints | None = None
    for key, taint in right.items():
        known = left.get(key)
        if known is None or taint.length < known.length:
            if result is None:
                result = dict(left)
            result[key] = taint
    return left if result is None else result


def same(left: Taints, right: Taints) -> bool:
    """Whether two sets have the same taints, whatever ways they came."""
    return left is right or left.keys() == right.keys()
