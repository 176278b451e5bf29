"""Rules compiled for this engine: kept by their digest, so that a rule is compiled once in a process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from secloop.engine.native.cores import core, every, spans
from secloop.engine.native.errors import InvalidPattern, Unsupported
from secloop.engine.native.formula import (
    AllFormula,
    AnyFormula,
    ByWords,
    Formula,
    PatternFormula,
    formulas,
)
from secloop.engine.native.formula_compile import compile_formula
from secloop.engine.native.index import Index
from secloop.engine.native.match import Options
from secloop.model import Rule

if TYPE_CHECKING:
    from secloop.engine.native.taint.rules import TaintRule

_MOST: Final = 10_000
_MOST_SELECTED: Final = 200


class CompiledRule:
    """A rule that this engine runs.

    Attributes:
        formula: what it looks for; of a taint rule, what there must be for it to find anything.
        taint: the rule itself if it is a taint rule.
        sources: see ``cores.core``: that of where taint may come from, if it is a taint rule.
        needs_tree: whether it looks at code and not only at text.
        spans: see ``cores.spans``; None also if it does not look at code.
        core: see ``cores.core``.
    """

    __slots__ = ("core", "formula", "needs_tree", "sources", "spans", "taint")

    def __init__(self, formula: Formula, needs_tree: bool, taint: TaintRule | None = None) -> None:
        self.formula = formula
        self.needs_tree = needs_tree
        self.taint = taint
        self.sources: Formula | None = None
        if taint is None:
            self.spans = spans(formula) if needs_tree else None
            self.core = core(formula)
        else:
            self.spans = spans(AnyFormula(tuple(taint.formulas())))
            self.sources = _core_of_any(tuple(each.formula for each in taint.sources))
            sinks = _core_of_any(tuple(each.formula for each in taint.sinks))
            # Where taint arrives it comes from, unless a variable of the module brings it.
            self.core = every(sinks, self.sources) if sinks is not None and self.sources is not None else None


_cores: dict[tuple[Formula, ...], Formula | None] = {}


def _core_of_any(choices: tuple[Formula, ...]) -> Formula | None:
    """The core of alternatives, the same object for the same ones."""
    if choices not in _cores:
        if len(_cores) >= _MOST:
            _cores.clear()
        _cores[choices] = core(AnyFormula(choices))
    return _cores[choices]


Rules: TypeAlias = "tuple[tuple[Rule, CompiledRule], ...]"


class RuleTable:
    """Rules by the words that code must hold for a formula of each to match.

    Attributes:
        pairs: all of them.
        members: likewise, compiled.
    """

    __slots__ = ("_by_words", "members", "pairs")

    def __init__(self, pairs: Rules, formula_of: Callable[[CompiledRule], Formula]) -> None:
        self.pairs = pairs
        self.members = frozenset(made for _, made in pairs)
        self._by_words = ByWords([formula_of(made) for _, made in pairs])

    def candidates(self, index: Index) -> Rules:
        """Those whose formula may match, in their order."""
        return tuple(self.pairs[place] for place in sorted(self._by_words.possible(index)))


class Selected:
    """Rules by how they are run. Kept: equal rules are the same object.

    Attributes:
        local: those that can be run function by function.
        cored: those that need the whole of the code if their core matches in a part of it.
        wide: those that may need the whole of the code.
        code: the three.
        textual: those that look at text only.
        refused: the ids of those that semgrep-core has to run.
    """

    __slots__ = ("code", "cored", "local", "refused", "textual", "wide")

    def __init__(self, pairs: Rules, refused: tuple[str, ...] = ()) -> None:
        self.refused = refused
        local = tuple(pair for pair in pairs if pair[1].spans == () and pair[1].taint is None)
        others = [pair for pair in pairs if pair[1].needs_tree and pair not in local]
        cored = tuple(pair for pair in others if pair[1].core is not None)
        wide = tuple(pair for pair in others if pair[1].core is None)
        self.local = RuleTable(local, lambda made: made.formula)
        self.cored = RuleTable(cored, lambda made: made.core or made.formula)
        self.wide = RuleTable(wide, lambda made: made.formula)
        self.code = self.local.members | self.cored.members | self.wide.members
        self.textual = tuple(pair for pair in pairs if not pair[1].needs_tree)


_last: tuple[tuple[Rule, ...], Selected] = (), Selected(())
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
        except InvalidPattern as mistake:
            found = f"semgrep-core has to say what is wrong with it: {mistake}"
        with _lock:
            if len(_kept) >= _MOST:
                _kept.clear()
            _kept[rule.digest] = found
    return found


def select(rules: tuple[Rule, ...]) -> Selected:
    """Compile rules."""
    global _last
    last, found = _last
    if last is not rules:  # As it is at each keystroke.
        found = _select(rules)
        _last = rules, found
    return found


def _select(rules: tuple[Rule, ...]) -> Selected:
    key = tuple(rule.digest for rule in rules)
    found = _selected.get(key)
    if found is None:
        pairs = tuple((rule, made) for rule in rules if not isinstance(made := compiled(rule), str))
        refused = tuple(rule.id for rule in rules if isinstance(compiled(rule), str))
        found = Selected(pairs, refused)
        with _lock:
            if len(_selected) >= _MOST_SELECTED:
                _selected.clear()
            found = _selected.setdefault(key, found)
    return found


def _compile(rule: Rule) -> CompiledRule:
    definition = rule.definition
    if rule.languages not in LANGUAGES:
        raise Unsupported(f"its languages are {', '.join(rule.languages)}")
    if definition.get("mode", "search") != "search" or "taint" in definition:
        return _compile_taint(rule)
    formula = compile_formula(_formula_of(definition), Options.of(definition.get("options", {})))
    code = any(isinstance(part, PatternFormula) for part in formulas(formula))
    if rule.languages == ("regex",) and code:
        raise Unsupported("a code pattern in a regex rule")
    return CompiledRule(formula, rule.languages != ("regex",))


def _compile_taint(rule: Rule) -> CompiledRule:
    from secloop.engine.native.taint.rules import compile_taint

    if rule.languages != ("python",) or rule.definition.get("mode", "taint") != "taint":
        raise Unsupported("taint mode in another language")
    made = compile_taint(rule.definition)
    ends = (made.sources, made.sinks)
    either = tuple(AnyFormula(tuple(item.formula for item in items)) for items in ends)
    return CompiledRule(AllFormula(either, ()), True, made)


LANGUAGES: Final = (("python",), ("regex",))
"""Rules for anything else run in semgrep-core."""
_FORMULAS: Final = ("pattern", "patterns", "pattern-either", "pattern-regex", "match")


def _formula_of(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of a rule that says what it looks for."""
    if "where" in definition:
        raise Unsupported("where beside the rule's other keys")
    return {key: definition[key] for key in _FORMULAS if key in definition}
