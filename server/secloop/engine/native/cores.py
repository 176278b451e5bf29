"""What must match in one function, or outside of all, for a formula that looks at more than that to match at all."""

from __future__ import annotations

from typing import NamedTuple

from secloop.engine.native.conditions import RegexCondition
from secloop.engine.native.formula import (
    AllFormula,
    AnyFormula,
    AnywhereFormula,
    Formula,
    InsideFormula,
    PatternFormula,
    RegexFormula,
    formulas,
)
from secloop.engine.native.match import Matcher


class AnyCore(AnyFormula):
    """One of several must match somewhere."""

    __slots__ = ()


class AllCore(AllFormula):
    """Several must match, each somewhere: not in one another."""

    __slots__ = ()


class Spanning(NamedTuple):
    """A pattern whose matches may span functions that are in no other one.

    Attributes:
        conditions: what a match must fulfil to count, by what the pattern alone binds.
    """

    matcher: Matcher
    conditions: tuple[RegexCondition, ...] = ()

    @property
    def head(self) -> Spanning | None:
        """What is the first statement of every match; see ``Matcher.head``."""
        head = self.matcher.head
        if head is None:
            return None
        return Spanning(
            head, tuple(each for each in self.conditions if each.metavariable in head.metavariables)
        )


def spans(formula: Formula, outer: tuple[RegexCondition, ...] = ()) -> tuple[Spanning, ...] | None:
    """The patterns of a formula whose matches may span functions that are in no other one.

    Without any, what it finds in such a function, or outside of all of them, depends on nothing else of the file. None
    if it looks at text, which may be anywhere. Other conditions look at bindings alone.

    Args:
        outer: what must hold for every match.
    """
    if isinstance(formula, (RegexFormula, AnywhereFormula)):
        return None
    if _is_fact(formula):
        return ()
    if isinstance(formula, PatternFormula):
        return () if formula.matcher.chunk_local else (_spanning(formula.matcher, outer),)
    regexes = tuple(each for each in formula.conditions if isinstance(each, RegexCondition))
    found: list[Spanning] = []
    for place, part in enumerate(formula.parts):
        inner = spans(part, _alone((*outer, *regexes), formula, place))
        if inner is None:
            return None
        found += inner
    for part in formula.negatives if isinstance(formula, AllFormula) else ():
        inner = spans(part)
        if inner is None:
            return None
        found += inner
    return tuple(found)


def _is_fact(formula: Formula) -> bool:
    """Whether it asks for what is so of the text as a whole, see ``facts``."""
    return (
        isinstance(formula, InsideFormula)
        and isinstance(formula.inner, RegexFormula)
        and formula.inner.of_all
    )


def _spanning(matcher: Matcher, conditions: tuple[RegexCondition, ...]) -> Spanning:
    return Spanning(matcher, tuple(each for each in conditions if each.metavariable in matcher.metavariables))


def _alone(
    conditions: tuple[RegexCondition, ...], formula: Formula, place: int
) -> tuple[RegexCondition, ...]:
    """The conditions on what no other part binds: equal bindings may be written in two ways."""
    if isinstance(formula, AnyFormula):
        return conditions
    others = [part for at, part in enumerate(formula.parts) if at != place]
    bound = frozenset[str]().union(*map(_binds, others))
    return tuple(each for each in conditions if each.metavariable not in bound)


def _binds(formula: Formula) -> frozenset[str]:
    """The metavariables that its patterns may bind."""
    matchers = (part.matcher for part in formulas(formula) if isinstance(part, PatternFormula))
    return frozenset(name for matcher in matchers for name in matcher.metavariables)


def core(formula: Formula, outer: tuple[RegexCondition, ...] = ()) -> Formula | None:
    """What matches in a function, or outside of all, in which this formula matches; None if that cannot be said.

    It is a formula without `spans`, or `AnyCore` or `AllCore` of such.

    Args:
        outer: what must hold for every match, of metavariables that nothing else binds.
    """
    if spans(formula) == ():
        return _on_condition(formula, outer)
    if isinstance(formula, InsideFormula):
        return None if isinstance(formula, AnywhereFormula) else core(formula.inner)
    if isinstance(formula, AnyFormula):
        choices = [core(choice, outer) for choice in formula.choices]
        known = tuple(choice for choice in choices if choice is not None)
        return AnyCore(known) if len(known) == len(choices) else None
    return _core_of_all(formula, outer) if isinstance(formula, AllFormula) else None


def _on_condition(formula: Formula, conditions: tuple[RegexCondition, ...]) -> Formula:
    bound = _bound(formula)
    kept = tuple(each for each in conditions if each.metavariable in bound)
    if not kept:
        return formula
    made = AllFormula((formula,), ())
    made.conditions = kept
    return made


def every(*formulas: Formula | None) -> Formula | None:
    """The core of what needs several cores; those that are not known are passed over."""
    known = tuple(formula for formula in formulas if formula is not None)
    return AllCore(known, ()) if len(known) > 1 else next(iter(known), None)


def _core_of_all(formula: AllFormula, outer: tuple[RegexCondition, ...]) -> Formula | None:
    local = tuple(part for part in formula.positives if spans(part) == ())
    regexes = (*outer, *(each for each in formula.conditions if isinstance(each, RegexCondition)))
    others = [
        core(part, _alone(regexes, formula, place))
        for place, part in enumerate(formula.positives)
        if spans(part) != ()
    ]
    if not local:
        return every(*others)
    made = AllFormula(local, ())
    bound = frozenset[str]().union(*map(_bound, local))
    elsewhere = frozenset[str]().union(*(_binds(part) for part in formula.positives if part not in local))
    # Other conditions may need what the parts left out bind.
    made.conditions = (
        *(each for each in outer if each.metavariable in bound - elsewhere),
        *(each for each in regexes[len(outer) :] if each.metavariable in bound),
    )
    made.focus = tuple(names for names in formula.focus if bound.issuperset(names))
    return every(made, *others)


def _bound(formula: Formula) -> frozenset[str]:
    """The metavariables that every match of a formula binds."""
    if isinstance(formula, PatternFormula):
        return frozenset(formula.matcher.metavariables)
    inner = [_bound(part) for part in formula.parts]
    if isinstance(formula, AnyFormula):
        return frozenset.intersection(*inner) if inner else frozenset()
    return frozenset[str]().union(*inner)
