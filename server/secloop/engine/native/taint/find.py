"""Finds the matches of a taint rule in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from secloop.engine.native.evaluate import Code, evaluate
from secloop.engine.native.formula import AnyFormula, Formula
from secloop.engine.native.hits import TracedHit
from secloop.engine.native.nodes import Node
from secloop.engine.native.taint.effects import Effects
from secloop.engine.native.taint.findings import matches
from secloop.engine.native.taint.flow import follow
from secloop.engine.native.taint.matches import SpecMatch
from secloop.engine.native.taint.rules import TaintRule
from secloop.engine.native.taint.shapes import Cell
from secloop.engine.native.taint.state import State
from secloop.engine.native.taint.tables import RuleHits, Tables
from secloop.engine.native.taint.taints import NO_TAINTS, Taints, union
from secloop.engine.native.taint.tokens import tokens_of
from secloop.engine.native.taint.transfer import Transfer
from secloop.engine.native.taint.units import Assigned, Unit, Units


class _Item(Protocol):
    @property
    def formula(self) -> Formula: ...


_ItemT = TypeVar("_ItemT", bound=_Item)


class Follower:
    """Runs one rule over the units of a text."""

    def __init__(self, rule: TaintRule, code: Code, units: Callable[[], Units]) -> None:
        self._rule = rule
        self._code = code
        self._make_units = units

    def find(self) -> list[TracedHit]:
        """All matches.

        Raises:
            FlowExceeded: if taint does not settle in some function.
        """
        rule = self._rule
        sinks = self._matches(rule.sinks)
        if not any(sinks):
            return []
        sources = self._matches(rule.sources)
        if not any(sources):
            return []
        self._hits = RuleHits(
            rule, sources, self._matches(rule.sanitizers), self._matches(rule.propagators), sinks
        )
        self._units = self._make_units()
        effects = Effects()
        self._globals = self._global_state(effects)
        found: list[TracedHit] = []
        for unit in self._units.all:
            found += self._in_unit(unit)
        found += matches(effects, rule.options, self._code.source, self._tokens)
        # Of equal matches the first one is kept, which is that with the last sink if sources are shown.
        found.sort(key=lambda hit: (-hit.trace[-1][1], hit.trace[0][1]))
        return found

    def _matches(self, items: Sequence[_ItemT]) -> list[list[SpecMatch[_ItemT]]]:
        index = self._code.index
        return [
            [
                SpecMatch(item, hit, choice)
                for choice, formula in enumerate(_alternatives(item.formula))
                for hit in evaluate(formula, self._code)
            ]
            if item.formula.possible(index)
            else []
            for item in items
        ]

    def _in_unit(self, unit: Unit) -> Iterable[TracedHit]:
        tables = Tables(self._hits, unit.origins)
        effects = Effects()
        start: State = dict(self._globals) if unit.sees_globals else {}
        for default in unit.defaults:
            value = self._value(default, start, effects)
            if value:
                start[default.key] = Cell(value, None)
        if tables.sinks or tables.lvalue_sinks:
            transfer = Transfer(tables, self._rule.options, effects)
            start = transfer.with_parameters(start, unit.parameters)
            if start or tables.sources:
                follow(unit.graph, unit.uses, transfer, start)
        return matches(effects, self._rule.options, self._code.source, self._tokens)

    def _global_state(self, effects: Effects) -> State:
        state: State = {}
        for assigned in self._units.globals:
            value = self._value(assigned, state, effects)
            if value:
                state[assigned.key] = Cell(value, None)
        return state

    def _value(self, assigned: Assigned, start: State, effects: Effects) -> Taints:
        """The taints that a variable has from the start; they come by its name twice, as semgrep has it.

        The name of a global variable is a source itself.
        """
        unit = assigned.unit
        tables = Tables(self._hits, unit.origins)
        if not start and not tables.sources:
            return NO_TAINTS
        transfer = Transfer(tables, self._rule.options, effects)
        final = follow(unit.graph, unit.uses, transfer, dict(start))[1]
        cell = final.get(assigned.key) if final is not None else None
        named = transfer.named(assigned.token)
        if cell is None:
            return named
        again = [taint.through(assigned.token) for taint in cell.taints.values()]
        return union({taint.key: taint for taint in again}, named)

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        """The range from the first to the last token of the code that has a range; brackets around it are none."""
        for root in self._code.index.roots:
            node = root
            while True:
                inner = [child for child in node.children() if _holds(child, start, end)]
                if not inner:
                    break
                node = inner[-1]
                if node.span == (start, end):
                    return tokens_of(node, self._code.source)
        return start, end


def _alternatives(formula: Formula) -> list[Formula]:
    """The formulas of which any may match: semgrep-core tells their matches apart."""
    if isinstance(formula, AnyFormula) and not formula.conditions and not formula.focus:
        return [each for choice in formula.choices for each in _alternatives(choice)]
    return [formula]


def _holds(node: Node, start: int, end: int) -> bool:
    span = node.span
    return span[0] <= start and end <= span[1]


def find(rule: TaintRule, code: Code, units: Callable[[], Units]) -> list[TracedHit]:
    """The matches of a rule in a text, whose units are made ready if something comes and arrives in it.

    Raises:
        FlowExceeded: if taint does not settle in as many steps as allowed.
    """
    return Follower(rule, code, units).find()
