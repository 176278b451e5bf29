"""Chooses the rules that can match a document: by language, by the rule's paths, by its prefilter."""

from __future__ import annotations

import hashlib
import re
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from secloop.engine.prefilter import Check, Text, Vocabulary, compile_formula
from secloop.model import Rule, RuleSet
from secloop.rules.paths import applies
from secloop.syntax.document import Document
from secloop.syntax.source import document_languages

_MOST_RECENT = 1000


class Candidate(Struct, frozen=True, eq=False, dict=True):
    """A rule, the formula of its prefilter, and whether its ``paths:`` take in every path."""

    rule: Rule
    formula: Any
    everywhere: bool

    @cached_property
    def check(self) -> Check:
        """The formula compiled, which no document whose result is known asks for."""
        return compile_formula(self.formula, whole_words(self.rule))


class _Group(Struct, frozen=True, eq=False, dict=True):
    """The rules of some languages."""

    candidates: tuple[Candidate, ...]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(candidate.check for candidate in self.candidates)


class Applied(Struct, frozen=True, eq=False):
    """The rules that apply to a document by language and path, and a digest of exactly that."""

    candidates: tuple[Candidate, ...]
    digest: str
    group: _Group

    @property
    def vocabulary(self) -> Vocabulary:
        """What their prefilters look for, with those of other paths."""
        return self.group.vocabulary


class Selection:
    """What is precomputed of a rule set so that choosing takes microseconds. Does no I/O."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._all = tuple(
            Candidate(rule, ruleset.prefilters.get(rule.id), not rule.include and not rule.exclude)
            for rule in ruleset.rules
        )
        self._by_languages: dict[tuple[str, ...], _Group] = {}
        self._recent: dict[tuple[tuple[str, ...], str], Applied] = {}
        self._applied: dict[tuple[tuple[str, ...], tuple[bool, ...]], Applied] = {}

    def applied(self, document: Document) -> Applied:
        """The rules whose language and ``paths:`` take in the document."""
        languages = document_languages(document)
        place = (languages, document.path)
        found = self._recent.get(place)
        if found is None:
            if len(self._recent) >= _MOST_RECENT:
                self._recent.clear()
            found = self._recent[place] = self._applied_to(languages, document.path)
        return found

    def _applied_to(self, languages: tuple[str, ...], path: str) -> Applied:
        group = self._of_languages(languages)
        kept = _path_allows(group.candidates, path)
        key = (languages, kept)
        found = self._applied.get(key)
        if found is None:
            found = self._applied[key] = _applied(group, kept)
        return found

    def needed(self, document: Document) -> tuple[Rule, ...]:
        """The rules that apply to the document and whose prefilter its text passes, sorted by id."""
        applied = self.applied(document)
        text = Text(document.normalized.data, applied.vocabulary)
        return tuple(candidate.rule for candidate in applied.candidates if candidate.check.holds(text))

    def _of_languages(self, languages: tuple[str, ...]) -> _Group:
        found = self._by_languages.get(languages)
        if found is None:
            wanted = frozenset(languages)
            candidates = tuple(
                candidate for candidate in self._all if not wanted.isdisjoint(candidate.rule.languages)
            )
            found = self._by_languages[languages] = _Group(candidates)
        return found


_WORD = re.compile(r"[A-Za-z0-9_]+")
_WORD_LANGUAGES = frozenset({"python", "python2", "python3", "js", "ts"})


def whole_words(rule: Rule) -> Callable[[str], bool]:
    """The test for identifiers of a rule's prefilter that stand in a text as whole words only.

    In these languages a pattern's identifier is a token, or all that a string holds, and no token is glued to
    one of word characters. What a regex of the rule may have contributed can be a part of anything.
    """
    if not _WORD_LANGUAGES.issuperset(rule.languages):
        return lambda _: False
    regexes = "\0".join(_regexes(rule.definition))
    return lambda word: _WORD.fullmatch(word) is not None and word not in regexes


_WITHOUT_REGEXES = frozenset({"message", "metadata"})


def _regexes(definition: Mapping[str, Any]) -> Iterator[str]:
    """Every text in a rule that is, or holds, a regular expression."""
    left = [(key, value) for key, value in definition.items() if key not in _WITHOUT_REGEXES]
    while left:
        key, value = left.pop()
        if isinstance(value, str):
            if "regex" in key or "=~" in value:
                yield value
        elif isinstance(value, dict):
            left += [(f"{key}.{name}", part) for name, part in value.items()]
        elif isinstance(value, list):
            left += [(key, part) for part in value]


def needed(document: Document, ruleset: RuleSet) -> tuple[Rule, ...]:
    """The rules that can match a document, sorted by id: every other one finds nothing in it.

    Pure, and fast enough for every keystroke: what depends on the rule set alone is computed once for it.
    """
    return selection_of(ruleset).needed(document)


_selections: weakref.WeakKeyDictionary[RuleSet, Selection] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def selection_of(ruleset: RuleSet) -> Selection:
    """The precomputed selection of a rule set, made once for as long as the set lives."""
    with _lock:
        found = _selections.get(ruleset)
        if found is None:
            found = _selections[ruleset] = Selection(ruleset)
        return found


def rules_digest(rules: Iterable[Rule]) -> str:
    """SHA-256 hex of the digests of rules, in their order."""
    return hashlib.sha256("\n".join(rule.digest for rule in rules).encode("ascii")).hexdigest()


def _path_allows(candidates: Iterable[Candidate], path: str) -> tuple[bool, ...]:
    """Whether ``paths:`` of each rule that has one takes in a path; rules with equal ones share the answer."""
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], bool] = {}
    answers: list[bool] = []
    for candidate in candidates:
        if candidate.everywhere:
            continue
        globs = (candidate.rule.include, candidate.rule.exclude)
        if globs not in known:
            known[globs] = applies(candidate.rule, path)
        answers.append(known[globs])
    return tuple(answers)


def _applied(group: _Group, kept: tuple[bool, ...]) -> Applied:
    path_allows = iter(kept)
    chosen = tuple(candidate for candidate in group.candidates if candidate.everywhere or next(path_allows))
    return Applied(chosen, rules_digest(candidate.rule for candidate in chosen), group)
