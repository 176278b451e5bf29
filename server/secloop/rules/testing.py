"""Tests rules by Semgrep's convention: what the annotations in a file beside the rule say, and nothing else.

The tests of ``X.yaml`` are the files ``X.*`` beside it that are not rule files themselves. A comment
``ruleid: a, b`` says that both rules find something that starts on the next line that is not such a comment,
``ok: a`` that a does not; ``todoruleid:`` and ``todook:`` mark lines where a rule is known to be wrong.
``X.fixed.py`` is ``X.py`` after the rules' fixes. The ``paths:`` of a rule do not hold for its tests.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from secloop.model import FileResult, Problem, Rule, RuleSet
from secloop.rules.digest import ruleset_digest
from secloop.rules.pack import is_rule_file
from secloop.syntax.document import Document

Analyze = Callable[[Sequence[Document], RuleSet], Iterable[FileResult]]
"""Runs rules over documents; one result a document, in any order."""
Fix = Callable[[Document, FileResult, RuleSet], Document]
"""A document after the fixes of its matches."""

_ANNOTATION = re.compile(
    r"(?:#|//|/\*|<!--|\(\*|--|;|%|\*|\{-|\{#)\s*(?P<kind>todoruleid|todook|ruleid|ok)\s*:"
    r"\s*(?P<ids>[\w.-]+(?:\s*,\s*[\w.-]+)*)"
)


class Suite(Struct, frozen=True):
    """A rule file with the files that test it; ``fixed`` is what the fixes make of some of them, by path."""

    rule_path: str
    targets: tuple[Document, ...]
    fixed: Mapping[str, Document]


class Expectation(Struct, frozen=True):
    """What the annotations of one file say, as 1-based line numbers by rule id."""

    expected: Mapping[str, frozenset[int]]
    forbidden: Mapping[str, frozenset[int]]
    undecided: Mapping[str, frozenset[int]]

    @property
    def rule_ids(self) -> frozenset[str]:
        """Every rule that is named."""
        return frozenset({*self.expected, *self.forbidden, *self.undecided})


class Miss(Struct, frozen=True):
    """A rule that found other lines of a test file than its annotations say."""

    rule_id: str
    target: Document
    missing: tuple[int, ...]
    unexpected: tuple[int, ...]


class FixMiss(Struct, frozen=True):
    """A test file of which the fixes make something else than its ``.fixed.`` file; ``diff`` is unified."""

    path: str
    fixed_path: str
    diff: str


class SuiteReport(Struct, frozen=True):
    """What testing one rule file showed.

    ``unknown`` pairs a test file's path with an id that an annotation names and no rule of the file has;
    ``untested`` are rules of which no test expects a finding.
    """

    rule_path: str
    rule_ids: tuple[str, ...]
    targets: tuple[str, ...]
    misses: tuple[Miss, ...] = ()
    fix_misses: tuple[FixMiss, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    untested: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything was as the tests say; what is not tested does not fail."""
        return not (self.misses or self.fix_misses or self.unknown or self.problems)


def target_names(rule_name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Which of the names in its folder test a rule file, sorted; ``.fixed.`` files are not among them."""
    names = set(names)
    stems = {_stem(name) for name in names if is_rule_file(name)} | {_stem(rule_name)}
    return tuple(
        sorted(
            name
            for name in names
            if not is_rule_file(name) and not _is_fixed(name) and _longest(name, stems) == _stem(rule_name)
        )
    )


def fixed_name(name: str, names: Iterable[str]) -> str | None:
    """The name of the file that holds what the fixes make of a test file, if there is one.

    For ``X.py`` that is ``X.fixed.py``; for ``X.test.yaml`` it is ``X.test.fixed.yaml`` or ``X.fixed.yaml``.
    """
    stem, dot, suffix = name.rpartition(".")
    candidates = (f"{stem}.fixed{dot}{suffix}", f"{stem.removesuffix('.test')}.fixed{dot}{suffix}")
    names = set(names)
    return next((candidate for candidate in candidates if candidate in names), None)


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _is_fixed(name: str) -> bool:
    return ".fixed." in name


def _longest(name: str, stems: Iterable[str]) -> str | None:
    """Of the rule files that a name could belong to, the one that says most of it."""
    return max((stem for stem in stems if name.startswith(f"{stem}.")), key=len, default=None)


def expectation(document: Document) -> Expectation:
    """What the comments of a test file say."""
    found: dict[str, dict[str, set[int]]] = {"ruleid": {}, "ok": {}, "todo": {}}
    for line, kind, rule_ids in annotated_lines(document):
        for rule_id in rule_ids:
            lines = found["todo" if kind.startswith("todo") else kind]
            lines.setdefault(rule_id, set()).add(line)
    expected, forbidden, undecided = (
        {rule_id: frozenset(lines) for rule_id, lines in each.items()} for each in found.values()
    )
    return Expectation(expected, forbidden, undecided)


def is_annotation(line: str) -> bool:
    """Whether a line is an annotation and nothing else."""
    found = _ANNOTATION.search(line)
    return found is not None and not line[: found.start()].strip()


def annotated_lines(document: Document) -> Iterator[tuple[int, str, list[str]]]:
    """Each annotation as the line that it is about (the next that is none itself), its kind, and the rules it names."""
    waiting: list[tuple[str, list[str]]] = []
    for line in range(1, document.line_count + 1):
        text = document.line_text(line)
        here = _ANNOTATION.search(text)
        if not is_annotation(text):
            yield from ((line, kind, rule_ids) for kind, rule_ids in waiting)
            waiting = []
        if here is not None:
            waiting.append((here["kind"], [each.strip(" -") for each in here["ids"].split(",")]))


def run_suites(suites: Sequence[Suite], ruleset: RuleSet, analyze: Analyze, fix: Fix) -> list[SuiteReport]:
    """Test every suite, with one analysis of all files."""
    everywhere = _without_paths(ruleset)
    documents = {document.path: document for suite in suites for document in suite.targets}
    results = {result.path: result for result in analyze(list(documents.values()), everywhere)}
    return [_report(suite, everywhere, results, fix) for suite in suites]


def _without_paths(ruleset: RuleSet) -> RuleSet:
    rules = tuple(replace(rule, include=(), exclude=()) for rule in ruleset.rules)
    digest = ruleset_digest(f"{rule.digest} everywhere" for rule in rules)
    return replace(ruleset, rules=rules, digest=digest)


def _report(suite: Suite, ruleset: RuleSet, results: Mapping[str, FileResult], fix: Fix) -> SuiteReport:
    rules = {rule.id: rule for rule in ruleset.rules if rule.source.path == suite.rule_path}
    expectations = {document.path: expectation(document) for document in suite.targets}
    own = {path: _of_rules(results[path], rules) for path in expectations}
    tested = {rule_id for each in expectations.values() for rule_id in each.expected}
    return SuiteReport(
        rule_path=suite.rule_path,
        rule_ids=tuple(rules),
        targets=tuple(expectations),
        misses=tuple(
            miss
            for document in suite.targets
            for miss in _misses(document, expectations[document.path], own[document.path], rules)
        ),
        fix_misses=tuple(_fix_misses(suite, own, _only(ruleset, rules), fix)),
        unknown=tuple(
            (path, rule_id)
            for path, each in expectations.items()
            for rule_id in sorted(each.rule_ids)
            if _known(rule_id, rules) is None
        ),
        problems=tuple(problem for result in own.values() for problem in result.problems),
        untested=tuple(
            rule_id for rule_id in rules if not any(names_rule(named, rule_id) for named in tested)
        ),
    )


def _of_rules(result: FileResult, rules: Mapping[str, Rule]) -> FileResult:
    return replace(
        result,
        matches=tuple(match for match in result.matches if match.rule_id in rules),
        problems=tuple(each for each in result.problems if not each.rule_id or each.rule_id in rules),
    )


def _only(ruleset: RuleSet, rules: Mapping[str, Rule]) -> RuleSet:
    kept = tuple(rules.values())
    return replace(ruleset, rules=kept, digest=ruleset_digest(f"{rule.digest} everywhere" for rule in kept))


def names_rule(named: str, rule_id: str) -> bool:
    """Whether an annotation's id means a rule: in full, or its last part as Semgrep's own tests do."""
    return named == rule_id or named.rpartition(".")[2] == rule_id


def _known(named: str, rules: Mapping[str, Rule]) -> str | None:
    return next((rule_id for rule_id in rules if names_rule(named, rule_id)), None)


def _misses(
    document: Document, said: Expectation, result: FileResult, rules: Mapping[str, Rule]
) -> Iterator[Miss]:
    for rule_id in rules:
        expected = _lines(said.expected, rule_id)
        undecided = _lines(said.undecided, rule_id)
        found = {match.span.start.line for match in result.matches if match.rule_id == rule_id}
        missing = expected - found - undecided
        unexpected = found - expected - undecided
        if missing or unexpected:
            yield Miss(rule_id, document, tuple(sorted(missing)), tuple(sorted(unexpected)))


def _lines(lines: Mapping[str, frozenset[int]], rule_id: str) -> frozenset[int]:
    return frozenset().union(*(each for named, each in lines.items() if names_rule(named, rule_id)))


def _fix_misses(
    suite: Suite, results: Mapping[str, FileResult], ruleset: RuleSet, fix: Fix
) -> Iterator[FixMiss]:
    for document in suite.targets:
        wanted = suite.fixed.get(document.path)
        if wanted is None:
            continue
        made = fix(document, results[document.path], ruleset)
        diff = "\n".join(
            difflib.unified_diff(
                _text_lines(wanted),
                _text_lines(made),
                wanted.path,
                f"{document.path} after its fixes",
                lineterm="",
            )
        )
        if diff:
            yield FixMiss(document.path, wanted.path, diff)


def _text_lines(document: Document) -> list[str]:
    return [document.line_text(line) for line in range(1, document.line_count + 1)]
