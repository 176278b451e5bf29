"""Compiles what a rule asks for, in Semgrep's old or new syntax, to a formula over patterns and regexes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.conditions import (
    ComparisonCondition,
    Condition,
    PatternCondition,
    RegexCondition,
    TypeCondition,
)
from secloop.engine.native.errors import InvalidPattern, Unsupported
from secloop.engine.native.formula import (
    AllFormula,
    AnyFormula,
    AnywhereFormula,
    Formula,
    InsideFormula,
    PatternFormula,
    RegexFormula,
)
from secloop.engine.native.match import Matcher, Options, compile_pattern
from secloop.engine.native.nodes import Node
from secloop.engine.native.patterns import parse_pattern
from secloop.engine.native.regexes import compile_regex


@dataclass(frozen=True, slots=True)
class _Not:
    """A negated formula, on its way into an ``AllFormula``."""

    inner: Formula


_MOST: Final = 20_000
_kept: dict[tuple[str, Options], Formula] = {}


def compile_formula(definition: Mapping[str, Any] | str, options: Options) -> Formula:
    """Compile a rule, or an item of a taint rule, that holds one of the keys of a formula.

    Equal ones are the same object: many taint rules have the same sources, which are then looked for once.

    Those keys are ``pattern``, ``patterns``, ``pattern-either``, ``pattern-regex``, ``match`` or one of what stands
    below ``match``; keys that say nothing about a formula (``label``, ``exact``, …) are passed over.

    Raises:
        Unsupported: if the formula holds what only semgrep-core can do.
        InvalidPattern: if a pattern does not parse.
    """
    key = repr(definition), options
    found = _kept.get(key)
    if found is None:
        found = _compile(definition, options)
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = found
    return found


@lru_cache(_MOST)
def _matcher(text: str, options: Options) -> Matcher:
    """The matcher of a pattern: many rules have the same ones, which are then looked for once."""
    return compile_pattern(parse_pattern(text), options)


def _compile(definition: Mapping[str, Any] | str, options: Options) -> Formula:
    if isinstance(definition, Mapping) and "match" in definition:
        definition = definition["match"]
    if isinstance(definition, str):
        return _Compiler(options, _NEW).positive(definition)
    parts = _OLD if not definition.keys().isdisjoint(_OLD.keys() - _NEW.keys()) else _NEW
    known = {key: value for key, value in definition.items() if key in parts or key == "where"}
    compiled = _Compiler(options, parts).positive(known)
    _check_bound(compiled, frozenset())
    return compiled


def _check_bound(formula: Formula, outer: frozenset[str]) -> frozenset[str]:
    """The metavariables that each match of a formula binds, with those bound around it.

    Raises:
        Unsupported: if code is looked for in one that may be unbound, which semgrep-core makes an error of the rule.
    """
    if isinstance(formula, PatternFormula):
        bound = outer.union(formula.matcher.metavariables)
    elif isinstance(formula, AnyFormula):
        bound = frozenset.intersection(*(_check_bound(part, outer) for part in formula.choices))
    else:
        bound = outer.union(*(_check_bound(part, outer) for part in formula.parts))
    for part in formula.negatives if isinstance(formula, AllFormula) else ():
        _check_bound(part, outer)
    for condition in formula.conditions:
        if isinstance(condition, PatternCondition):
            if condition.metavariable not in bound:
                raise Unsupported(f"metavariable-pattern on {condition.metavariable}, which may be unbound")
            _check_bound(condition.formula, bound)
    return bound


class _Compiler:
    """Compiles the formulas of one rule."""

    def __init__(self, options: Options, parts: _Parts) -> None:
        self.options = options
        self.parts = parts
        self.narrowed = False  # in a condition, where a range is given

    def formula(self, value: Any) -> Formula | _Not:
        """What stands where a formula is expected."""
        if isinstance(value, str):
            return self.pattern(value)
        if not isinstance(value, Mapping):
            raise InvalidPattern("a formula that is no mapping")
        keys = [key for key in value if key in self.parts]
        unknown = [key for key in value if key not in self.parts and key != "where"]
        if len(keys) != 1 or unknown or ("where" in value and self.parts is not _NEW):
            raise Unsupported(f"a formula with the keys {', '.join(map(str, value))}")
        compiled = self.parts[keys[0]](self, value[keys[0]])
        if "where" in value:
            self.where(compiled, value["where"])
        return compiled

    def positive(self, value: Any) -> Formula:
        compiled = self.formula(value)
        if isinstance(compiled, _Not):
            raise InvalidPattern("a negation where something must match")
        return compiled

    def pattern(self, text: Any) -> Formula:
        if not isinstance(text, str):
            raise InvalidPattern("a pattern that is not text")
        return PatternFormula(text, _matcher(text, self.options))

    def regex(self, text: Any) -> Formula:
        if not isinstance(text, str):
            raise InvalidPattern("a regex that is not text")
        return RegexFormula(compile_regex(text, multiline=True))

    def either(self, items: Any) -> Formula:
        return AnyFormula(tuple(self.positive(item) for item in _list(items)))

    def every(self, items: Any) -> Formula:
        """``patterns`` and ``all``: formulas and, in the old syntax, conditions."""
        formulas: list[Formula | _Not] = []
        conditions: list[Condition] = []
        focus: list[tuple[str, ...]] = []
        for item in _list(items):
            key = next((key for key in _CONDITIONS if isinstance(item, Mapping) and key in item), None)
            if key is None or self.parts is _NEW:
                formulas.append(self.formula(item))
            elif key == "focus-metavariable":
                focus.append(_names(item[key]))
            else:
                conditions.append(self.condition(key, item[key]))
        positives = tuple(part for part in formulas if isinstance(part, Formula))
        if not positives and not self.narrowed:
            raise InvalidPattern("nothing but negations and conditions")
        whole = AllFormula(positives, tuple(part.inner for part in formulas if isinstance(part, _Not)))
        whole.conditions, whole.focus = tuple(conditions), _focus(focus)
        return whole

    def inside(self, value: Any) -> Formula:
        return InsideFormula(self.positive(value))

    def anywhere(self, value: Any) -> Formula:
        return AnywhereFormula(self.positive(value))

    def negation(self, value: Any) -> _Not:
        return _Not(self.positive(value))

    def not_inside(self, value: Any) -> _Not:
        return _Not(self.inside(value))

    def not_regex(self, value: Any) -> _Not:
        return _Not(self.regex(value))

    def condition(self, key: str, value: Any) -> Condition:
        """A condition of the old syntax."""
        if key == "metavariable-regex":
            return RegexCondition.of(value)
        if key == "metavariable-comparison":
            return ComparisonCondition.of(value)
        if key == "metavariable-pattern":
            if "language" in value:
                raise Unsupported("metavariable-pattern in another language")
            return self.pattern_condition(value)
        if key == "metavariable-type":
            return self.type_condition(value)
        raise Unsupported(key)

    def type_condition(self, value: Mapping[str, Any]) -> Condition:
        if "language" in value:
            raise Unsupported("metavariable-type in another language")
        types = _list(value["types"]) if "types" in value else [value.get("type")]
        name = _metavariable(value)
        matchers = [compile_pattern(_typed(name, each), self.options) for each in types]
        return TypeCondition(name, tuple(map(str, types)), tuple(matchers))

    def where(self, formula: Formula | _Not, items: Any) -> None:
        """The ``where`` of the new syntax."""
        if isinstance(formula, _Not):
            raise Unsupported("where beside not")
        conditions: list[Condition] = []
        focus: list[tuple[str, ...]] = []
        for item in _list(items):
            if "focus" in item:
                focus.append(_names(item["focus"]))
            else:
                conditions.append(self.where_condition(item))
        formula.conditions += tuple(conditions)
        formula.focus = _focus([*formula.focus, *focus])

    def where_condition(self, item: Mapping[str, Any]) -> Condition:
        if "comparison" in item:
            return ComparisonCondition.of(item)
        if "type" in item or "types" in item:
            return self.type_condition(item)
        if "analyzer" in item:
            raise Unsupported("metavariable-analysis")
        if "metavariable" not in item:
            raise Unsupported("a condition that is not known")
        if item.keys() == {"metavariable", "regex"}:
            return RegexCondition.of({**item, "constant-propagation": True})
        return self.pattern_condition(item)

    def pattern_condition(self, value: Mapping[str, Any]) -> Condition:
        inner = {name: part for name, part in value.items() if name != "metavariable"}
        outer, self.narrowed = self.narrowed, True
        formula = self.positive(inner)
        self.narrowed = outer
        return PatternCondition(_metavariable(value), formula)


_Parts: TypeAlias = "Mapping[str, Callable[[_Compiler, Any], Formula | _Not]]"
_OLD: Final[_Parts] = {
    "pattern": _Compiler.pattern,
    "patterns": _Compiler.every,
    "pattern-either": _Compiler.either,
    "pattern-regex": _Compiler.regex,
    "pattern-not": _Compiler.negation,
    "pattern-inside": _Compiler.inside,
    "pattern-not-inside": _Compiler.not_inside,
    "pattern-not-regex": _Compiler.not_regex,
    "semgrep-internal-pattern-anywhere": _Compiler.anywhere,
}
_NEW: Final[_Parts] = {
    "pattern": _Compiler.pattern,
    "all": _Compiler.every,
    "any": _Compiler.either,
    "not": _Compiler.negation,
    "inside": _Compiler.inside,
    "anywhere": _Compiler.anywhere,
    "regex": _Compiler.regex,
}
_CONDITIONS: Final = (
    *("metavariable-regex", "metavariable-pattern", "metavariable-comparison", "metavariable-type"),
    *("metavariable-analysis", "metavariable-name", "semgrep-internal-metavariable-name"),
    *("focus-metavariable", "pattern-where-python"),
)


def _list(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise InvalidPattern("what must be a list is none")
    return value


def _names(value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else _list(value)
    if not all(isinstance(name, str) for name in names):
        raise InvalidPattern("a focus on what is no metavariable")
    return tuple(names)


def _focus(focus: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    if len(focus) > 1 and any(len(names) > 1 for names in focus):
        raise Unsupported("several focuses, one of them on several metavariables")
    return tuple(focus)


def _metavariable(value: Mapping[str, Any]) -> str:
    name = value.get("metavariable")
    if not isinstance(name, str):
        raise InvalidPattern("a condition without metavariable")
    return name


def _typed(name: str, value: Any) -> Node:
    """The pattern of an expression of a type, which stands only as an argument."""
    if not isinstance(value, str) or "$" in value:
        raise Unsupported("metavariable-type with a metavariable in the type")
    statement = parse_pattern(f"f({name} : {value})")
    for node in statement.walk():
        if node.kind is n.TYPED_METAVARIABLE:
            return node
    raise Unsupported(f"metavariable-type {value}")
