"""What a rule's parts are in one function: looked up by the pieces of code that its instructions were made of."""

from __future__ import annotations

from collections.abc import Sequence

from secloop.engine.native.hits import Hit
from secloop.engine.native.taint.matches import Origins, SpecMatch, Table, any_inside, largest_inside
from secloop.engine.native.taint.rules import Propagator, Sanitizer, Sink, Source, TaintRule


class RuleHits:
    """Where the parts of a rule match in a text."""

    __slots__ = ("propagators", "rule", "sanitizers", "sinks", "sources")

    def __init__(
        self,
        rule: TaintRule,
        sources: Sequence[list[SpecMatch[Source]]],
        sanitizers: Sequence[list[SpecMatch[Sanitizer]]],
        propagators: Sequence[list[SpecMatch[Propagator]]],
        sinks: Sequence[list[SpecMatch[Sink]]],
    ) -> None:
        self.rule = rule
        self.sources = sources
        self.sanitizers = sanitizers
        self.propagators = propagators
        self.sinks = sinks


class Tables:
    """The matches of a rule, by the ``id`` of the node that they are of."""

    __slots__ = ("origins_of", "sanitizers", "sinks", "sources", "targets_of")

    def __init__(self, hits: RuleHits, origins: Origins) -> None:
        self.sources: Table[Source] = {}
        self.sanitizers: Table[Sanitizer] = {}
        self.sinks: Table[Sink] = {}
        self.origins_of: Table[Propagator] = {}
        self.targets_of: Table[Propagator] = {}
        for sources in hits.sources:
            if sources:
                (largest_inside if sources[0].item.exact else any_inside)(sources, origins, self.sources)
        for sanitizers in hits.sanitizers:
            if sanitizers:
                (largest_inside if sanitizers[0].item.exact else any_inside)(
                    sanitizers, origins, self.sanitizers
                )
        for sinks in hits.sinks:
            if sinks:
                if sinks[0].item.exact:
                    largest_inside(sinks, origins, self.sinks)
                else:
                    any_inside(_outermost(sinks), origins, self.sinks)
        for propagators in hits.propagators:
            for match in propagators:
                self._enter(match, match.item.origin, origins, self.origins_of)
                self._enter(match, match.item.target, origins, self.targets_of)

    def _enter(
        self, match: SpecMatch[Propagator], name: str, origins: Origins, table: Table[Propagator]
    ) -> None:
        bound = match.hit.env.get(name)
        span = None if bound is None else bound.span
        if span is None:
            return
        part = SpecMatch(match.item, Hit(*span, match.hit.env))
        part.identity = match.identity
        largest_inside([part], origins, table)


def _outermost(matches: list[SpecMatch[Sink]]) -> list[SpecMatch[Sink]]:
    """Those that lie in no other one."""
    kept: list[SpecMatch[Sink]] = []
    end = -1
    for match in sorted(matches, key=lambda match: (match.hit.start, -match.hit.end)):
        if match.hit.end > end or (kept and kept[-1].hit.start == match.hit.start and match.hit.end == end):
            kept.append(match)
            end = match.hit.end
    return kept
