"""Rules compiled for this engine: kept by their digest, so that a rule is compiled once in a process."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Final

from secloop.engine.native.errors import InvalidPattern, Unsupported
from secloop.engine.native.formula import Formula, PatternFormula, compile_formula, formulas
from secloop.engine.native.match import Options
from secloop.model import Rule

_MOST: Final = 10_000


class CompiledRule:
    """A search rule that this engine runs.

    Attributes:
        formula: what it looks for.
        needs_tree: whether it looks at code and not only at text.
    """

    __slots__ = ("formula", "needs_tree")

    def __init__(self, formula: Formula, needs_tree: bool) -> None:
        self.formula = formula
        self.needs_tree = needs_tree


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


_LANGUAGES: Final = (("python",), ("regex",))
_FORMULAS: Final = ("pattern", "patterns", "pattern-either", "pattern-regex", "match")


def _formula_of(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of a rule that says what it looks for."""
    if "where" in definition:
        raise Unsupported("where beside the rule's other keys")
    return {key: definition[key] for key in _FORMULAS if key in definition}
