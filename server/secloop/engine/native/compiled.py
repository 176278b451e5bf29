"""Rules compiled for this engine: kept by their digest, so that a rule is compiled once in a process."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from secloop.engine.native.errors import InvalidPattern, Unsupported
from secloop.engine.native.formula import (
    AllFormula,
    AnyFormula,
    AnywhereFormula,
    Formula,
    PatternFormula,
    RegexFormula,
    compile_formula,
    formulas,
)
from secloop.engine.native.index import Index
from secloop.engine.native.match import Matcher, Options
from secloop.model import Rule

_MOST: Final = 10_000
_MOST_SELECTED: Final = 200


class CompiledRule:
    """A search rule that this engine runs.

    Attributes:
        formula: what it looks for.
        needs_tree: whether it looks at code and not only at text.
        spans: the patterns whose matches may span functions that are in no other one; without any, what it finds in
            such a function, or outside of all of them, depends on nothing else of the file. None if that cannot be said.
        words: one of them must be in code for it to find anything; None if that cannot be said.
    """

    __slots__ = ("formula", "needs_tree", "spans", "words")

    def __init__(self, formula: Formula, needs_tree: bool) -> None:
        self.formula = formula
        self.needs_tree = needs_tree
        self.spans = _spans(formula) if needs_tree else None
        self.words = _words(formula)


Rules: TypeAlias = "tuple[tuple[Rule, CompiledRule], ...]"


class RuleTable:
    """Rules by the words that code must hold for them to find anything.

    Attributes:
        members: all of them.
    """

    __slots__ = ("_always", "_by_word", "_pairs", "_places", "members")

    def __init__(self, pairs: Rules) -> None:
        self.members = frozenset(made for _, made in pairs)
        self._pairs = pairs
        self._places = {made: place for place, (_, made) in enumerate(pairs)}
        self._always = [made for _, made in pairs if made.words is None]
        self._by_word: dict[str, list[CompiledRule]] = {}
        for _, made in pairs:
            for word in sorted(made.words or ()):
                self._by_word.setdefault(word, []).append(made)

    def candidates(self, index: Index) -> Rules:
        """Those that may find something, in their order."""
        found = set(self._always)
        for word in self._by_word.keys() & index.words:
            found.update(self._by_word[word])
        places = sorted(self._places[made] for made in found if made.formula.possible(index))
        return tuple(self._pairs[place] for place in places)


class Selected:
    """Rules by how they are run. Kept: equal rules are the same object.

    Attributes:
        local: those that can be run function by function.
        wide: those that may need the whole of the code.
        textual: those that look at text only.
    """

    __slots__ = ("local", "textual", "wide")

    def __init__(self, pairs: Rules) -> None:
        self.local = RuleTable(tuple(pair for pair in pairs if pair[1].spans == ()))
        self.wide = RuleTable(tuple(pair for pair in pairs if pair[1].needs_tree and pair[1].spans != ()))
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


def _spans(formula: Formula) -> tuple[Matcher, ...] | None:
    """See `CompiledRule.spans`. Conditions look at bindings alone."""
    if isinstance(formula, (RegexFormula, AnywhereFormula)):
        return None
    if isinstance(formula, PatternFormula):
        return () if formula.matcher.chunk_local else (formula.matcher,)
    negatives = formula.negatives if isinstance(formula, AllFormula) else ()
    found: list[Matcher] = []
    for part in (*formula.parts, *negatives):
        spans = _spans(part)
        if spans is None:
            return None
        found += spans
    return tuple(found)


def _words(formula: Formula) -> frozenset[str] | None:
    """See `CompiledRule.words`: of a conjunction the words of the part that has the fewest."""
    if isinstance(formula, PatternFormula):
        words = formula.matcher.anchors.words
        return frozenset((max(words, key=lambda word: (len(word), word)),)) if words else None
    inner = [_words(part) for part in formula.parts]
    known = [words for words in inner if words is not None]
    if isinstance(formula, AnyFormula):
        return frozenset[str]().union(*known) if len(known) == len(inner) else None
    return min(known, key=lambda words: (len(words), sorted(words)), default=None)


_LANGUAGES: Final = (("python",), ("regex",))
_FORMULAS: Final = ("pattern", "patterns", "pattern-either", "pattern-regex", "match")


def _formula_of(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of a rule that says what it looks for."""
    if "where" in definition:
        raise Unsupported("where beside the rule's other keys")
    return {key: definition[key] for key in _FORMULAS if key in definition}
