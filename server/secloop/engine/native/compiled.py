"""Rules compiled for this engine: kept by their digest, so that a rule is compiled once in a process."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from secloop.engine.native.errors import InvalidPattern, Unsupported
from secloop.engine.native.formula import (
    AllFormula,
    AnywhereFormula,
    Formula,
    PatternFormula,
    RegexFormula,
    compile_formula,
    formulas,
)
from secloop.engine.native.match import Options
from secloop.model import Rule

_MOST: Final = 10_000
_MOST_SELECTED: Final = 200


class CompiledRule:
    """A search rule that this engine runs.

    Attributes:
        formula: what it looks for.
        needs_tree: whether it looks at code and not only at text.
        is_local: whether what it finds in a function that is in no other one, or outside of all of them, depends on
            nothing else of the file.
    """

    __slots__ = ("formula", "is_local", "needs_tree")

    def __init__(self, formula: Formula, needs_tree: bool) -> None:
        self.formula = formula
        self.needs_tree = needs_tree
        self.is_local = needs_tree and _is_local(formula)


Rules: TypeAlias = "tuple[tuple[Rule, CompiledRule], ...]"


class Selected:
    """Rules by how they are run. Kept: equal rules are the same object.

    Attributes:
        local: those that can be run function by function.
        wide: those that need the whole of the code.
        textual: those that look at text only.
    """

    __slots__ = ("local", "textual", "wide")

    def __init__(self, pairs: Rules) -> None:
        self.local = tuple(pair for pair in pairs if pair[1].is_local)
        self.wide = tuple(pair for pair in pairs if pair[1].needs_tree and not pair[1].is_local)
        self.textual = tuple(pair for pair in pairs if not pair[1].needs_tree)


_selected: dict[tuple[str, ...], Selected] = {}
_kept: dict[str, CompiledRule | str] = {}
_lock = threading.Lock()


def compiled(rule: Rule) -> CompiledRule | str:
    """The rule compiled for this engine, or why semgrep-core has to run it. A function of the rule alone."""
    found = _kept.get(rule.digest)
    if found is None:
        try:
            found = _compile(rule)
        except Unsupported as reason:
            found = str(reason)
        except InvalidPattern as reason:
            found = f"semgrep-core has to say what is wrong with it: {reason}"
        with _lock:
            if len(_kept) >= _MOST:
                _kept.clear()
            _kept[rule.digest] = found
    return found


def select(rules: Sequence[Rule]) -> Selected:
    """Compile rules, each of which has a native plan."""
    key = tuple(rule.digest for rule in rules)
    found = _selected.get(key)
    if found is None:
        pairs = tuple((rule, made) for rule in rules if not isinstance(made := compiled(rule), str))
        if len(pairs) != len(rules):
            raise ValueError("a rule has no native plan")
        found = Selected(pairs)
        with _lock:
            if len(_selected) >= _MOST_SELECTED:
                _selected.clear()
            found = _selected.setdefault(key, found)
    return found


def _compile(rule: Rule) -> CompiledRule:
    definition = rule.definition
    if rule.languages not in _LANGUAGES:
        raise Unsupported(f"its languages are {', '.join(rule.languages)}")
    if definition.get("mode", "search") != "search" or "taint" in definition:
        raise Unsupported("taint mode")
    formula = compile_formula(_formula_of(definition), Options.of(definition.get("options", {})))
    code = any(isinstance(part, PatternFormula) for part in formulas(formula))
    if rule.languages == ("regex",) and code:
        raise Unsupported("a code pattern in a regex rule")
    return CompiledRule(formula, rule.languages != ("regex",))


def _is_local(formula: Formula) -> bool:
    """Whether no part of it looks beyond a function, but for conditions, which look at bindings alone."""
    if isinstance(formula, (RegexFormula, AnywhereFormula)):
        return False
    if isinstance(formula, PatternFormula):
        return formula.matcher.chunk_local
    negatives = formula.negatives if isinstance(formula, AllFormula) else ()
    return all(map(_is_local, (*formula.parts, *negatives)))


_LANGUAGES: Final = (("python",), ("regex",))
_FORMULAS: Final = ("pattern", "patterns", "pattern-either", "pattern-regex", "match")


def _formula_of(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of a rule that says what it looks for."""
    if "where" in definition:
        raise Unsupported("where beside the rule's other keys")
    return {key: definition[key] for key in _FORMULAS if key in definition}
