"""Checks that run variants of rules on the rules' own tests: what changes nothing there is of no use, or untested."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from secloop.model import Match, Rule
from secloop.rules.lint.model import Complaint, Subject, alone
from secloop.rules.lint.parts import Part, alternatives, sanitizers, with_only, without
from secloop.rules.testing import Analyze

Found = Iterator[tuple[Subject, Complaint]]
_NAME = re.compile(r"\$(?:[A-Z_][A-Z_0-9]*|\d+)")
_Place = tuple[str, int]
"""A line of a test file."""


def dead(subjects: Sequence[Subject], analyze: Analyze) -> Found:
    """A pattern of which nothing in the tests is found with it alone, instead of its alternatives.

    A part that several rules share, such as a framework's sources, is judged over the tests of all of them.
    """
    lifeless: list[tuple[Subject, Part]] = []
    lively: set[str] = set()
    for subject in _tested(subjects):
        parts = list(alternatives(subject.definition))
        hits = _hits(subject, parts, with_only, analyze)
        for part, places in zip(parts, hits, strict=True):
            if places:
                lively.add(part.key)
            else:
                lifeless.append((subject, part))
    told: set[tuple[str, tuple[str | int, ...]]] = set()
    for subject, part in lifeless:
        above = ((subject.rule.id, part.steps[:end]) for end in range(len(part.steps)))
        if part.key in lively or not told.isdisjoint(above):
            continue
        told.add((subject.rule.id, part.steps))
        yield subject, Complaint(f"no line of the tests is found by this pattern: {part.words}", part.steps)


def unneeded_sanitizer(subjects: Sequence[Subject], analyze: Analyze) -> Found:
    """A sanitizer without which the tests show the same: no ``ok`` line needs it.

    One that several rules share is judged over the tests of all of them.
    """
    idle: list[tuple[Subject, Part]] = []
    needed: set[str] = set()
    for subject in _tested(subjects):
        parts = list(sanitizers(subject.definition))
        if not parts:
            continue
        ((before,), after) = (
            _hits(subject, [Part((), None)], lambda rule, _, name: _named(rule, name), analyze),
            _hits(subject, parts, without, analyze),
        )
        for part, places in zip(parts, after, strict=True):
            if places - before:
                needed.add(part.key)
            else:
                idle.append((subject, part))
    for subject, part in idle:
        if part.key not in needed:
            words = f"no `ok` line of the tests would be found without this sanitizer: {part.words}"
            yield subject, Complaint(words, part.steps)


def unfilled(subjects: Sequence[Subject], analyze: Analyze) -> Found:
    """A message of which a finding in the tests leaves a metavariable as it is written."""
    for subject in _tested(subjects):
        names = set(_NAME.findall(subject.rule.message))
        if not names:
            continue
        for match in _matches(subject, [subject.rule], analyze):
            bound = {variable.name for variable in match.metavariables}
            left = sorted(name for name in names - bound if name in match.message)
            if left:
                line = match.span.start.line
                words = f"the message has {left[0]}, which is not bound in what is found in line {line} of its tests"
                yield subject, Complaint(words, ("message",))
                break


def _tested(subjects: Sequence[Subject]) -> Iterator[Subject]:
    return (subject for subject in subjects if subject.suite.targets)


def _named(rule: Rule, name: str) -> Rule:
    return replace(rule, id=name, definition={**rule.definition, "id": name})


def _hits(
    subject: Subject, parts: Sequence[Part], variant: Callable[[Rule, Part, str], Rule], analyze: Analyze
) -> list[set[_Place]]:
    """The lines of the tests that the variants of a rule find, in the order of the parts."""
    rules = [variant(subject.rule, part, f"variant-{number:05}") for number, part in enumerate(parts)]
    found: dict[str, set[_Place]] = {rule.id: set() for rule in rules}
    ruleset = alone(rules)
    for result in analyze(subject.suite.targets, ruleset) if rules else ():
        for match in result.matches:
            found[match.rule_id].add((result.path, match.span.start.line))
    return [found[rule.id] for rule in rules]


def _matches(subject: Subject, rules: Sequence[Rule], analyze: Analyze) -> Iterator[Match]:
    for result in analyze(subject.suite.targets, alone(rules)):
        yield from result.matches
