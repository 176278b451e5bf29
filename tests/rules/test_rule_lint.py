"""The lint's checks that no repository's rule can show: what loading refuses, and rules that cannot be run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest

from secloop.model import FileResult, Problem, ProblemKind, RuleSet, RuleSource
from secloop.rules.digest import rule_digest
from secloop.rules.lint import refused
from secloop.rules.lint.checks import CHECKS, HITS
from secloop.rules.lint.model import Demands, Subject
from secloop.rules.lint.run import READING, RUNNING, Choice, lint
from secloop.rules.read import build_rule
from secloop.rules.testing import Suite
from secloop.syntax.document import Document

SEARCH = {"pattern-either": [{"pattern": "eval($X)"}, {"pattern": "exec($X)"}]}
TAINT = {
    "mode": "taint",
    "pattern-sources": [{"pattern": "input()"}],
    "pattern-sinks": [{"pattern": "eval(...)"}],
    "pattern-sanitizers": [{"pattern": "clean(...)"}],
}
TARGET = Document("a.py", "# ruleid: bad\neval(a)\n")


def subject(**keys: Any) -> Subject:
    definition = {"id": "bad", "languages": ["python"], "severity": "HIGH", "message": "eval of $X.", **keys}
    rule = build_rule(definition, RuleSource("a.yaml", 2, "bundled"), rule_digest(definition))
    return Subject(rule, Suite("a.yaml", (TARGET,), {}), Demands())


def test_the_names_are_those_of_the_checks() -> None:
    assert (*READING, *RUNNING, HITS) == CHECKS


def test_a_regex_that_takes_forever() -> None:
    assert [each.steps for each in refused.refused(subject(**{"pattern-regex": "(a|a)*b"}))] == [
        ("pattern-regex",)
    ]
    assert not list(refused.refused(subject(**{"pattern-regex": "a*b"})))


def test_a_fix_with_a_regex_that_takes_forever() -> None:
    fix = {"regex": "(a|a)*b", "replacement": "b"}
    assert [each.steps for each in refused.fix_regex(subject(pattern="f()", **{"fix-regex": fix}))] == [
        ("fix-regex", "regex")
    ]
    assert not list(refused.fix_regex(subject(pattern="f()", **{"fix-regex": {**fix, "regex": "a*b"}})))


def test_what_is_run_has_a_digest_of_its_own() -> None:
    """Results are remembered by the rules' digests, so a variant under another's would answer for it, under its id."""
    ids: dict[str, set[str]] = {}

    def analyze(documents: Sequence[Document], ruleset: RuleSet) -> Iterable[FileResult]:
        for rule in ruleset.rules:
            ids.setdefault(rule.digest, set()).add(json.dumps(rule.definition))
        return [FileResult(document.path) for document in documents]

    for check in RUNNING.values():
        for keys in (SEARCH, TAINT):
            list(check([subject(**keys)], analyze))
    assert all(digest.isascii() for digest in ids)
    assert {digest: found for digest, found in ids.items() if len(found) > 1} == {}


def fails_on(name: str) -> Any:
    """Runs nothing, and says so of the rule of a name, or without a name of the whole file."""

    def analyze(documents: Sequence[Document], ruleset: RuleSet) -> Iterable[FileResult]:
        for document in documents:
            problem = Problem(ProblemKind.TIMEOUT, f"rule {name}: it took too long", document.path, 0, name)
            yield FileResult(document.path, problems=(problem,))

    return analyze


@pytest.mark.parametrize(
    ("check", "name", "keys", "line"),
    [
        ("dead-pattern", "variant-00001", SEARCH, ("pattern-either", 1)),
        ("dead-pattern", "", SEARCH, ("pattern-either", 0)),
        ("subsumed-pattern", "pattern-00001", SEARCH, ("pattern-either", 1, "pattern")),
        ("untested-sanitizer", "variant-00000", TAINT, ("pattern-sanitizers", 0)),
        ("untested-sanitizer", "bad", TAINT, ("id",)),
        ("message-unfilled", "bad", SEARCH, ("message",)),
    ],
)
def test_what_could_not_be_run_is_not_called_dead(
    check: str, name: str, keys: Mapping[str, Any], line: tuple[Any, ...]
) -> None:
    found = [complaint for _, complaint in RUNNING[check]([subject(**keys)], fails_on(name))]
    said = [complaint for complaint in found if "could not be run" in complaint.message]
    assert [complaint.steps for complaint in said] == [line]
    assert all("took too long" in complaint.message for complaint in said)
    assert not [complaint for complaint in found if complaint.steps == line and complaint not in said]


def test_a_rule_that_could_not_be_run_on_given_code() -> None:
    advice = lint([subject(**SEARCH)], fails_on("bad"), Choice(only=(HITS,)), files=[], code=[TARGET])
    assert [(one.check, one.message) for one in advice] == [
        (HITS, "this could not be run: a.py: it took too long")
    ]
