"""Shows a compiled formula as data, in the words of Semgrep's newer syntax, and what code must hold for it to match."""

from __future__ import annotations

from typing import Any

from secloop.engine.native.conditions import (
    ComparisonCondition,
    Condition,
    PatternCondition,
    RegexCondition,
    TypeCondition,
)
from secloop.engine.native.formula import (
    AllFormula,
    AnyFormula,
    AnywhereFormula,
    Formula,
    InsideFormula,
    PatternFormula,
    RegexFormula,
)


def described(formula: Formula) -> Any:
    """The formula as plain data."""
    shape = _shape(formula)
    where = [_condition(each) for each in formula.conditions]
    where += ({"focus": list(names) if len(names) > 1 else names[0]} for names in formula.focus)
    if not where:
        return shape
    return {**(shape if isinstance(shape, dict) else {"pattern": shape}), "where": where}


def _shape(formula: Formula) -> Any:
    if isinstance(formula, PatternFormula):
        return formula.text.strip("\n")
    if isinstance(formula, RegexFormula):
        return {"regex": formula.regex.pattern}
    if isinstance(formula, AnyFormula):
        return {"any": [described(part) for part in formula.choices]}
    if isinstance(formula, AnywhereFormula):
        return {"anywhere": described(formula.inner)}
    if isinstance(formula, InsideFormula):
        return {"inside": described(formula.inner)}
    assert isinstance(formula, AllFormula)
    parts = [described(part) for part in formula.positives]
    return {"all": [*parts, *({"not": described(part)} for part in formula.negatives)]}


def _condition(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, ComparisonCondition):
        return {"comparison": condition.comparison.text}
    if isinstance(condition, RegexCondition):
        read = {"constant-propagation": True} if condition.propagates else {}
        return {"metavariable": condition.metavariable, "regex": condition.regex.pattern, **read}
    if isinstance(condition, TypeCondition):
        return {"metavariable": condition.metavariable, "types": list(condition.types)}
    assert isinstance(condition, PatternCondition)
    inner = described(condition.formula)
    return {
        "metavariable": condition.metavariable,
        **(inner if isinstance(inner, dict) else {"pattern": inner}),
    }


def anchors(formula: Formula) -> list[list[str]]:
    """The words without which the formula cannot match: one of each list."""
    # What is in angle brackets stands for a kind of statement and is no word of the text.
    groups = (group for group in _anchors(formula) if not any(word.startswith("<") for word in group))
    return [sorted(group) for group in sorted(groups, key=sorted)]


def _anchors(formula: Formula) -> set[frozenset[str]]:
    if isinstance(formula, PatternFormula):
        return {frozenset((word,)) for word in formula.matcher.anchors.words}
    if isinstance(formula, AnyFormula):
        choices = [_anchors(part) for part in formula.choices]
        if not all(choices):
            return set()
        # One of the smallest group of each: a word of some choice is there.
        smallest = (min(groups, key=lambda group: (len(group), sorted(group))) for groups in choices)
        return {frozenset().union(*smallest)}
    return {group for part in formula.parts for group in _anchors(part)}
