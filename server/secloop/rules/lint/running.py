"""Checks that run variants of rules on the rules' own tests: what changes nothing there is of no use, or untested."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from secloop.model import Rule
from secloop.rules.lint.model import Complaint, Steps, Subject
from secloop.rules.lint.parts import Part, alternatives, sanitizers, with_only, without
from secloop.rules.lint.trial import Trial, could_not_run, trial
from secloop.rules.testing import Analyze

Found = Iterator[tuple[Subject, Complaint]]
_NAME = re.compile(r"\$(?:[A-Z_][A-Z_0-9]*|\d+)")


def dead(subjects: Iterable[Subject], analyze: Analyze) -> Found:
    """A pattern of which nothing in the tests is found with it alone, instead of its alternatives.

    A part that several rules share, such as a framework's sources, is judged over the tests of all of them.
    """
    lifeless: list[tuple[Subject, Part]] = []
    lively: set[str] = set()
    for subject in _tested(subjects):
        parts = [part for part in alternatives(subject.definition) if part.key not in lively]
        ran = _variants(subject, parts, with_only, analyze)
        yield from _failed(subject, parts, ran)
        for part, name in _named(parts):
            if ran.found[name]:
                lively.add(part.key)
            elif name not in ran.failed:
                lifeless.append((subject, part))
    told: set[tuple[str, Steps]] = set()
    bare: list[tuple[Subject, Part]] = []
    for subject, part in lifeless:
        above = ((subject.rule.id, part.steps[:end]) for end in range(len(part.steps)))
        if part.key not in lively and told.isdisjoint(above):
            told.add((subject.rule.id, part.steps))
            bare.append((subject, part))
    yield from _once_each("no line of the tests is found by this pattern", bare)


def unneeded_sanitizer(subjects: Iterable[Subject], analyze: Analyze) -> Found:
    """A sanitizer without which the tests show the same: no ``ok`` line needs it.

    One that several rules share is judged over the tests of all of them.
    """
    idle: list[tuple[Subject, Part]] = []
    needed: set[str] = set()
    for subject in _tested(subjects):
        parts = [part for part in sanitizers(subject.definition) if part.key not in needed]
        if not parts:
            continue
        whole = subject.rule.id
        ran = _variants(subject, parts, without, analyze, subject.rule)
        if whole in ran.failed:  # What it finds is what the variants are compared with.
            yield from ((subject, complaint) for complaint in could_not_run([(ran.failed[whole], ("id",))]))
            continue
        yield from _failed(subject, parts, ran)
        for part, name in _named(parts):
            if ran.places(name) - ran.places(whole):
                needed.add(part.key)
            elif name not in ran.failed:
                idle.append((subject, part))
    bare = [(subject, part) for subject, part in idle if part.key not in needed]
    yield from _once_each("no `ok` line of the tests would be found without this sanitizer", bare)


def unfilled(subjects: Iterable[Subject], analyze: Analyze) -> Found:
    """A message of which a finding in the tests leaves a metavariable as it is written."""
    for subject in _tested(subjects):
        rule = subject.rule
        names = set(_NAME.findall(rule.message))
        if not names:
            continue
        ran = trial([rule], subject.suite.targets, analyze)
        for complaint in could_not_run([(ran.failed.get(rule.id), ("message",))]):
            yield subject, complaint
        for _, match in ran.found[rule.id]:
            bound = {variable.name for variable in match.metavariables}
            left = sorted(name for name in names - bound if name in match.message)
            if left:
                line = match.span.start.line
                words = f"the message has {left[0]}, which is not bound in what is found in line {line} of its tests"
                yield subject, Complaint(words, ("message",))
                break


def _once_each(words: str, bare: Iterable[tuple[Subject, Part]]) -> Found:
    """A complaint for each part, about the first of the rules that have it."""
    having: dict[str, list[tuple[Subject, Part]]] = {}
    for subject, part in bare:
        having.setdefault(part.key, []).append((subject, part))
    for (subject, part), *others in having.values():
        yield subject, Complaint(f"{words}{_shared(len(others))}: {part.words}", part.steps)


def _shared(others: int) -> str:
    words = "1 other rule has" if others == 1 else f"{others:,} other rules have"
    return f", which {words}" if others else ""


def _tested(subjects: Iterable[Subject]) -> Iterator[Subject]:
    return (subject for subject in subjects if subject.suite.targets)


def _named(parts: Sequence[Part]) -> Iterator[tuple[Part, str]]:
    """The parts, each with the name of its variant of the rule."""
    return ((part, f"variant-{number:05}") for number, part in enumerate(parts))


def _variants(
    subject: Subject,
    parts: Sequence[Part],
    variant: Callable[[Rule, Part, str], Rule],
    analyze: Analyze,
    *others: Rule,
) -> Trial:
    """What a variant of the rule for each part, and other rules, find in the rule's tests."""
    rules = [variant(subject.rule, part, name) for part, name in _named(parts)]
    return trial([*rules, *others] if rules else [], subject.suite.targets, analyze)


def _failed(subject: Subject, parts: Sequence[Part], ran: Trial) -> Found:
    failures = ((ran.failed.get(name), part.steps) for part, name in _named(parts))
    return ((subject, complaint) for complaint in could_not_run(failures))
