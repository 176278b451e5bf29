"""What pieces of code are to a rule: sources, clean, sinks, and where propagators take taint from and bring it to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from secloop.engine.native.taint import il
from secloop.engine.native.taint.shapes import Cell, Fields, gathered
from secloop.engine.native.taint.state import PASSED, State, store
from secloop.engine.native.taint.taints import NO_TAINTS, Taint, Taints, union

if TYPE_CHECKING:
    from secloop.engine.native.nodes import Node
    from secloop.engine.native.taint.effects import Effects
    from secloop.engine.native.taint.matches import SpecMatch
    from secloop.engine.native.taint.rules import Propagator, Sink, Source, TaintOptions
    from secloop.engine.native.taint.tables import Tables

Value: TypeAlias = "tuple[Taints, Fields]"
NOTHING: Final[Value] = (NO_TAINTS, None)


class Pieces:
    """Asks the tables of a rule what a piece of code is, and acts on it.

    Attributes:
        state: at the point that is looked at.
        touched: what the instruction that is looked at has passed taint to by a side effect, or would have.
        awaited: keys of what it would have passed, had it been evaluated before; it is not passed later either.
    """

    def __init__(self, tables: Tables, options: TaintOptions, effects: Effects) -> None:
        self.tables = tables
        self.options = options
        self.effects = effects
        self.state: State = {}
        self.touched: list[il.Lvalue] = []
        self.awaited: set[tuple[object, ...]] = set()

    def is_clean(self, origin: Node | None) -> bool:
        """Whether a piece is clean, whatever is in it."""
        return origin is not None and id(origin) in self.tables.sanitizers

    def checked(self, origin: Node | None, value: Value) -> Value:
        """The value with what a piece is a source of, once it has been seen whether it is a sink."""
        if origin is None:
            return value
        value = self.sourced(origin, value, gathered(*value))
        taints = gathered(*value)
        self.reaches(origin, taints)
        passed = self.propagated(origin, taints, None)
        return (union(value[0], passed), value[1]) if passed else value

    def sourced(self, origin: Node | None, value: Value, incoming: Taints) -> Value:
        """The value with what a piece is a source of."""
        if origin is None:
            return value
        matches = self.tables.sources.get(id(origin))
        if not matches:
            return value
        return union(value[0], self.taints_of(matches, incoming)), value[1]

    def taints_of(self, matches: list[SpecMatch[Source]], incoming: Taints) -> Taints:
        """The taints of sources of one piece: those that require labels may find them in the others."""
        taints = NO_TAINTS
        later = [match for match in matches if match.item.requires is not None]
        for match in matches:
            if match.item.requires is None and not match.item.only_side_effect:
                taints = union(taints, self.taint_of(match, incoming))
        incoming = union(incoming, taints) if later else incoming
        for match in later:
            if not match.item.only_side_effect:
                taints = union(taints, self.taint_of(match, incoming))
        return taints

    def taint_of(self, match: SpecMatch[Source], incoming: Taints) -> Taints:
        """The taint of a source that other taints come into."""
        item = match.item
        if item.requires is not None and not item.requires({label for _, label in incoming}):
            return NO_TAINTS
        taint = Taint(match, item.label)
        return {taint.key: taint}

    def reaches(self, origin: Node | None, taints: Taints, *, passed: bool = False) -> None:
        """Taints have come to a piece, which may be a sink; ``passed``: to what it calls, which no focus is on."""
        if origin is None or not taints:
            return
        for match in self.tables.sinks.get(id(origin), ()):
            if not (passed and match.item.formula.focus) and self._fulfils(match):
                self.effects.record(match, (id(origin), passed), taints)

    def holds(self, origin: Node | None, taints: Taints) -> None:
        """An l-value, which may be a sink, holds taints."""
        if origin is not None and taints:
            for match in self.tables.lvalue_sinks.get(id(origin), ()):
                if self._fulfils(match):
                    self.effects.record(match, id(origin), taints)

    def _fulfils(self, match: SpecMatch[Sink]) -> bool:
        """Whether what a sink's metavariables hold is what it requires; each has to be evaluated before."""
        for name, condition in match.item.parts or ():
            known = self.state.get((*_key(match), name))
            if known is None or not condition({label for _, label in known.taints}):
                return False
        return True

    def propagated(self, origin: Node | None, taints: Taints, lvalue: il.Lvalue | None) -> Taints:
        """Take a piece's taints along for propagators and conditions; the taints that are brought to it."""
        tables = self.tables
        if origin is None or not (tables.origins_of or tables.targets_of or tables.parts_of):
            return NO_TAINTS
        for part in tables.parts_of.get(id(origin), ()):
            sink, name = part.item
            key = (*_key(sink), name)
            self.state[key] = Cell(taints, None)
        for match in tables.origins_of.get(id(origin), ()):
            self._take(match, taints)
        result = NO_TAINTS
        for match in reversed(tables.targets_of.get(id(origin), ())):
            taken = self.state.get(_key(match))
            aside = lvalue if match.item.side_effect else None
            if aside is not None and (taken is None or taken.taints):
                self.touched.append(aside)
            if taken is None:
                self.awaited.add(_key(match))
                continue  # What taint is taken from must be evaluated before what it is passed to.
            result = union(result, taken.taints)
            if aside is not None and taken.taints:
                store(self.state, aside, Cell(taken.taints, None))
        return result

    def _take(self, match: SpecMatch[Propagator], taints: Taints) -> None:
        item = match.item
        if item.requires is not None and not item.requires({label for _, label in taints}):
            return
        if item.label:
            kept = (taint for taint in taints.values())
            if item.replaces is not None:
                kept = (taint for taint in taints.values() if taint.label in item.replaces)
            relabelled = (taint.labelled(item.label) for taint in kept)
            taints = {taint.key: taint for taint in relabelled}
        key = _key(match)
        if key in self.awaited:
            return
        known = self.state.get(key)
        self.state[key] = Cell(union(known.taints if known is not None else NO_TAINTS, taints), None)


def _key(match: SpecMatch[Propagator] | SpecMatch[Sink]) -> tuple[object, ...]:
    return (PASSED, match.identity, id(match.item))
