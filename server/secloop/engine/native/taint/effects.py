"""The taints that have reached sinks."""

from __future__ import annotations

from typing import TypeAlias

from secloop.engine.native.taint.matches import SpecMatch
from secloop.engine.native.taint.rules import Sink
from secloop.engine.native.taint.taints import NO_TAINTS, Taints

Reached: TypeAlias = dict[object, Taints]
"""Taints by the piece of code, inside a sink, that they have come to: first come, first there."""


class Effects:
    """By sink, the taints that have reached it."""

    __slots__ = ("_parts", "reached")

    def __init__(self) -> None:
        self.reached: dict[object, tuple[SpecMatch[Sink], Reached]] = {}
        self._parts: dict[object, set[str]] = {}

    def record(self, sink: SpecMatch[Sink], piece: object, taints: Taints) -> None:
        """Taints have reached a sink; it counts if what its metavariables must hold is fulfilled."""
        for name, condition in sink.item.parts or ():
            if not condition(self._parts.get((id(sink.item), sink.identity, name), ())):
                return
        pieces = self.reached.setdefault((id(sink.item), sink.identity), (sink, {}))[1]
        # The way on which a taint came first is shown, even if there is a shorter one.
        pieces[piece] = {**taints, **pieces.get(piece, NO_TAINTS)}

    def record_part(self, sink: SpecMatch[Sink], name: str, taints: Taints) -> None:
        """Taints have reached what a metavariable of a sink is bound to."""
        labels = self._parts.setdefault((id(sink.item), sink.identity, name), set())
        labels.update(label for _, label in taints)
