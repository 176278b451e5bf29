"""What a rule's parts are in one function: looked up by the pieces of code that its instructions were made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from secloop.engine.native.hits import Hit
from secloop.engine.native.nodes import Node
from secloop.engine.native.taint.matches import (
    Item,
    Origins,
    SpecMatch,
    Table,
    any_inside,
    equal_pieces,
    largest_inside,
)
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
    """The matches of a rule, by the ``id`` of the node that they are of.

    Attributes:
        marks: the sources whose l-value stays tainted.
        lvalue_sinks: sinks that are l-values, for what was stored in these.
        cleans: the sanitizers whose l-value stays clean.
        origins_of, targets_of: what propagators take taint from, and what they pass it to.
        parts_of: the metavariables of sinks on which these have conditions.
    """

    __slots__ = (
        "cleans",
        "lvalue_sinks",
        "marks",
        "origins_of",
        "parts_of",
        "sanitizers",
        "sinks",
        "sources",
        "targets_of",
    )

    def __init__(self, hits: RuleHits, origins: Origins) -> None:
        self.sources: Table[Source] = {}
        self.sanitizers: Table[Sanitizer] = {}
        self.sinks: Table[Sink] = {}
        self.origins_of: Table[Propagator] = {}
        self.targets_of: Table[Propagator] = {}
        self.lvalue_sinks: Table[Sink] = {}
        self.marks: Table[Source] = {}
        self.cleans: Table[Sanitizer] = {}
        self.parts_of: Table[tuple[SpecMatch[Sink], str]] = {}
        for sources in filter(None, hits.sources):
            item = sources[0].item
            if item.exact:
                largest_inside(sources, origins, self.sources)
            else:
                any_inside(sources, origins, self.sources)
            if item.side_effect:
                equal_pieces(sources, origins, self.marks)
        for sanitizers in filter(None, hits.sanitizers):
            cleaner = sanitizers[0].item
            (largest_inside if cleaner.exact else any_inside)(sanitizers, origins, self.sanitizers)
            if cleaner.side_effect:
                equal_pieces(sanitizers, origins, self.cleans)
        for sinks in filter(None, hits.sinks):
            self._enter_sinks(sinks, origins)
        for propagators in hits.propagators:
            for match in propagators:
                _enter(match, match, match.item.origin, origins, self.origins_of)
                _enter(match, match, match.item.target, origins, self.targets_of)

    def concerns_parts(self, origin: Node) -> bool:
        """Whether it matters what a part of an l-value holds, not only what it is a source of."""
        place = id(origin)
        return (
            place in self.lvalue_sinks
            or place in self.targets_of
            or place in self.origins_of
            or place in self.parts_of
        )

    def _enter_sinks(self, sinks: list[SpecMatch[Sink]], origins: Origins) -> None:
        if sinks[0].item.exact:
            largest_inside(sinks, origins, self.sinks, evaluated=True)
        else:
            any_inside(sinks, origins, self.sinks)
        equal_pieces(sinks, origins, self.lvalue_sinks)
        for match in sinks:
            for name, _ in match.item.parts or ():
                part = SpecMatch((match, name), match.hit)
                _enter(part, match, name, origins, self.parts_of)


def _enter(
    item: SpecMatch[Item], match: SpecMatch[Any], name: str, origins: Origins, table: Table[Item]
) -> None:
    """Enter the range of a metavariable."""
    bound = match.hit.env.get(name)
    span = None if bound is None else bound.span
    if span is None:
        return
    part = SpecMatch(item.item, Hit(*span, match.hit.env))
    part.identity = match.identity
    equal_pieces([part], origins, table)
