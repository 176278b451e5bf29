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

    __slots__ = ("reached",)

    def __init__(self) -> None:
        self.reached: dict[object, tuple[SpecMatch[Sink], Reached]] = {}

    def record(self, sink: SpecMatch[Sink], piece: object, taints: Taints) -> None:
        """Taints have reached a sink."""
        pieces = self.reached.setdefault((id(sink.item), sink.identity), (sink, {}))[1]
        if sink.item.requires is not None:
            # What comes at once is judged together: in a loop, less comes at first.
            pieces.setdefault((piece, frozenset(taints)), taints)
            return
        # The way on which a taint came first is shown, even if there is a shorter one.
        pieces[piece] = {**taints, **pieces.get(piece, NO_TAINTS)}
