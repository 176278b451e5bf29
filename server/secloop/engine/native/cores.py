"""What must match in one function, or outside of all, for a formula that looks at more than that to match at all."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.conditions import PatternCondition, RegexCondition
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
from secloop.engine.native.nodes import Node


class AnyCore(AnyFormula):
    """One of several must match somewhere."""

    __slots__ = ()


class AllCore(AllFormula):
    """Several must match, each somewhere: not in one another."""

    __slots__ = ()


def spans(formula: Formula) -> tuple[Matcher, ...] | None:
    """The patterns of a formula whose matches may span functions that are in no other one.

    Without any, what it finds in such a function, or outside of all of them, depends on nothing else of the file. None
    if it looks at text, which may be anywhere. Conditions look at bindings alone.
    """
    if isinstance(formula, (RegexFormula, AnywhereFormula)):
        return None
    if isinstance(formula, PatternFormula):
        return () if formula.matcher.chunk_local else (formula.matcher,)
    negatives = formula.negatives if isinstance(formula, AllFormula) else ()
    found: list[Matcher] = []
    for part in (*formula.parts, *negatives):
        inner = spans(part)
        if inner is None:
            return None
        found += inner
    return tuple(found)


def words(formula: Formula) -> frozenset[str] | None:
    """Words of which code must hold one for a formula to match; None if that cannot be said."""
    found = [_own_words(formula), *map(words, _looked_for(formula))]
    known = [part for part in found if part is not None]
    return max(known, key=_rarities, default=None)


def _own_words(formula: Formula) -> frozenset[str] | None:
    """Likewise, whatever its conditions are."""
    if isinstance(formula, PatternFormula):
        needed = formula.matcher.anchors.words
        return frozenset((max(needed, key=_rarity),)) if needed else None
    inner = [words(part) for part in formula.parts]
    known = [part for part in inner if part is not None]
    if isinstance(formula, AnyFormula):
        return frozenset[str]().union(*known) if len(known) == len(inner) else None
    return max(known, key=_rarities, default=None)


def _rarity(word: str) -> tuple[bool, int, str]:
    """What grows as fewer code holds a word: a name is rarer than a kind of node, a long one than a short one."""
    return not word.startswith("<"), len(word), word


def _rarities(needed: frozenset[str]) -> tuple[object, ...]:
    """Likewise of words of which one must be there: that of the most common one, then there being few."""
    return min(map(_rarity, needed), default=(True, 0, ""))[0], -len(needed), sorted(needed)


def required(formula: Formula) -> frozenset[str]:
    """Words that code must hold, every one of them, for a formula to match."""
    return _own_required(formula).union(*map(required, _looked_for(formula)))


def _own_required(formula: Formula) -> frozenset[str]:
    """Likewise, whatever its conditions are."""
    if isinstance(formula, PatternFormula):
        return frozenset(formula.matcher.anchors.words)
    inner = [required(part) for part in formula.parts]
    if isinstance(formula, AnyFormula):
        return frozenset.intersection(*inner) if inner else frozenset()
    return frozenset[str]().union(*inner)


def _looked_for(formula: Formula) -> list[Formula]:
    """What must match in the code of its metavariables: of those that are bound to code in any case.

    Of any other one it is an error to look for something in it, whatever the words of the code are.
    """
    return [
        each.formula
        for each in formula.conditions
        if isinstance(each, PatternCondition) and _binds_code(formula, each.metavariable)
    ]


def _binds_code(formula: Formula, name: str) -> bool:
    """Whether the patterns of a formula bind a metavariable to nothing but expressions."""
    if name.startswith("$..."):
        return False
    patterns = [part.matcher for part in formulas(formula) if isinstance(part, PatternFormula)]
    return all(_is_expression(each.pattern, name) for each in patterns if name in each.metavariables)


def _is_expression(pattern: Node, name: str) -> bool:
    """Whether a metavariable is bound in expressions, or decorators, alone; what is between quotes is text."""
    if any(part.kind is n.STRING and name in part.text for part in pattern.walk()):
        return False
    if pattern.kind is n.EXPRESSION:
        return True
    decorators = [part for part in pattern.walk() if part.kind is n.DECORATOR]
    inside = sum(_occurrences(each, name) for each in decorators)
    return inside == _occurrences(pattern, name)


def _occurrences(pattern: Node, name: str) -> int:
    return sum(part.kind is n.METAVARIABLE and part.text == name for part in pattern.walk())


def core(formula: Formula) -> Formula | None:
    """What matches in a function, or outside of all, in which this formula matches; None if that cannot be said.

    It is a formula without `spans`, or `AnyCore` or `AllCore` of such.
    """
    if isinstance(formula, InsideFormula):
        return None if isinstance(formula, AnywhereFormula) else core(formula.inner)
    if spans(formula) == ():
        return formula
    if isinstance(formula, AnyFormula):
        choices = [core(choice) for choice in formula.choices]
        known = tuple(choice for choice in choices if choice is not None)
        return AnyCore(known) if len(known) == len(choices) else None
    return _core_of_all(formula) if isinstance(formula, AllFormula) else None


def every(*formulas: Formula | None) -> Formula | None:
    """The core of what needs several cores; those that are not known are passed over."""
    known = tuple(formula for formula in formulas if formula is not None)
    return AllCore(known, ()) if len(known) > 1 else next(iter(known), None)


def _core_of_all(formula: AllFormula) -> Formula | None:
    local = tuple(part for part in formula.positives if spans(part) == ())
    others = [core(part) for part in formula.positives if spans(part) != ()]
    if not local:
        return every(*others)
    made = AllFormula(local, ())
    bound = frozenset[str]().union(*map(_bound, local))
    # Other conditions may need what the parts left out bind.
    made.conditions = tuple(
        each for each in formula.conditions if isinstance(each, RegexCondition) and each.metavariable in bound
    )
    return every(made, *others)


def _bound(formula: Formula) -> frozenset[str]:
    """The metavariables that every match of a formula binds."""
    if isinstance(formula, PatternFormula):
        return frozenset(formula.matcher.metavariables)
    inner = [_bound(part) for part in formula.parts]
    if isinstance(formula, AnyFormula):
        return frozenset.intersection(*inner) if inner else frozenset()
    return frozenset[str]().union(*inner)
