"""Checks of a rule's test files, without running anything."""

from __future__ import annotations

from collections.abc import Mapping

from secloop.rules.lint.model import Complaint, Complaints, Subject
from secloop.rules.testing import expectation, names_rule


def tests(subject: Subject) -> Complaints:
    """A rule has enough lines that it must find, and enough that it must not."""
    if not subject.suite.targets:
        yield Complaint("the rule has no test file")
        return
    said = [expectation(document) for document in subject.suite.targets]
    found = sum(_lines(each.expected, subject.rule.id) for each in said)
    kept = sum(_lines(each.forbidden, subject.rule.id) for each in said)
    if found < subject.demands.found:
        yield Complaint(f"the tests have {found} `ruleid` lines, fewer than {subject.demands.found}")
    if kept < subject.demands.not_found:
        yield Complaint(f"the tests have {kept} `ok` lines, fewer than {subject.demands.not_found}")


def fixed(subject: Subject) -> Complaints:
    """A rule with a fix has a file that shows what becomes of its tests."""
    if subject.rule.has_fix and subject.suite.targets and not subject.suite.fixed:
        yield Complaint("the rule has a fix, but no `.fixed.` file shows what it makes of the tests")


def _lines(lines: Mapping[str, frozenset[int]], rule_id: str) -> int:
    return len(frozenset().union(*(each for named, each in lines.items() if names_rule(named, rule_id))))
