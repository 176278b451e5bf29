"""The taints that have reached sinks."""

from __future__ import annotations

from secloop.engine.native.taint.matches import SpecMatch
from secloop.engine.native.taint.rules import Sink
from secloop.engine.native.taint.taints import NO_TAINTS, Taints, union


class Effects:
    """By sink, the taints that have reached it."""

    __slots__ = ("reached",)

    def __init__(self) -> None:
        self.reached: dict[object, tuple[SpecMatch[Sink], Taints]] = {}

    def record(self, sink: SpecMatch[Sink], taints: Taints) -> None:
        """Taints have reached a sink."""
        key = (id(sink.item), sink.identity)
        known = self.reached.get(key)
        self.reached[key] = (sink, union(known[1] if known is not None else NO_TAINTS, taints))
