"""Every check of the lint by its name, and all of them over rules with their tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from secloop.model import Rule
from secloop.rules.lint import cases, message, metadata, refused, running, subsumed
from secloop.rules.lint.checks import HITS, PACK_ONLY
from secloop.rules.lint.model import Advice, Complaint, Complaints, Subject
from secloop.rules.lint.trial import could_not_run, trial
from secloop.rules.load import RuleFile
from secloop.rules.testing import Analyze
from secloop.syntax.document import Document

READING: Mapping[str, Callable[[Subject], Complaints]] = {
    "cwe": metadata.cwe,
    "owasp": metadata.owasp,
    "levels": metadata.levels,
    "references": metadata.references,
    "examples": metadata.examples,
    "technology": metadata.technology,
    "asvs": metadata.asvs,
    "controls": metadata.controls,
    "stride": metadata.stride,
    "message-length": message.length,
    "message-instruction": message.instruction,
    "message-names": message.names,
    "tests": cases.tests,
    "fixed-file": cases.fixed,
    "refused": refused.refused,
    "fix-regex": refused.fix_regex,
}
RUNNING: Mapping[str, Callable[[Iterable[Subject], Analyze], running.Found]] = {
    "dead-pattern": running.dead,
    "subsumed-pattern": subsumed.subsumed,
    "untested-sanitizer": running.unneeded_sanitizer,
    "message-unfilled": running.unfilled,
}
Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""


class Choice(Struct, frozen=True):
    """Which checks are made: of ``only`` (all if empty) those not in ``ignore``; ``require`` of any rule."""

    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    require: tuple[str, ...] = ()

    def makes(self, check: str) -> bool:
        """Whether a check is made at all."""
        return check not in self.ignore and (not self.only or check in self.only)

    def applies(self, check: str, subject: Subject) -> bool:
        """Whether a rule has to pass a check that is made."""
        return subject.bundled or check not in PACK_ONLY or check in (*self.require, *self.only)


def lint(
    subjects: Sequence[Subject],
    analyze: Analyze,
    choice: Choice,
    *,
    files: Iterable[RuleFile],
    code: Sequence[Document] = (),
    most_hits: int = 0,
    progress: Progress = lambda done, total: None,
) -> list[Advice]:
    """What is amiss with rules, sorted by place.

    Args:
        files: the rules' files, to name lines of.
        code: well-kept code in which a rule should find no more than ``most_hits`` places.
        progress: told of each rule that one of the checks that run rules is done with.
    """
    found: list[tuple[str, Subject, Complaint]] = []
    for name, check in READING.items():
        if choice.makes(name):
            made = (subject for subject in subjects if choice.applies(name, subject))
            found += [(name, subject, complaint) for subject in made for complaint in check(subject)]
    chosen = [name for name in RUNNING if choice.makes(name)]
    for number, name in enumerate(chosen):
        each = _told(subjects, number, len(chosen), progress)
        found += [(name, subject, complaint) for subject, complaint in RUNNING[name](each, analyze)]
    if choice.makes(HITS) and code:
        found += [(HITS, *pair) for pair in _hits(subjects, analyze, code, most_hits)]
    lines = _Lines(files, {subject.rule.source.path for _, subject, _ in found})
    return sorted(_advice(name, subject.rule, complaint, lines) for name, subject, complaint in found)


def _told(subjects: Sequence[Subject], number: int, of: int, progress: Progress) -> Iterator[Subject]:
    """The subjects, for one of some checks that each go through all of them."""
    for done, subject in enumerate(subjects):
        progress(number * len(subjects) + done, of * len(subjects))
        yield subject


def _hits(
    subjects: Sequence[Subject], analyze: Analyze, code: Sequence[Document], most: int
) -> Iterator[tuple[Subject, Complaint]]:
    """A rule that finds more in some code than it may."""
    ran = trial([subject.rule for subject in subjects], code, analyze)
    for subject in subjects:
        for complaint in could_not_run([(ran.failed.get(subject.rule.id), ("id",))]):
            yield subject, complaint
        at = sorted((path, match.span.start.line) for path, match in ran.found[subject.rule.id])
        if len(at) > most:
            path, line = at[0]
            words = (
                f"the rule fires {len(at):,} times on the given code, more than {most:,}; first {path}:{line}"
            )
            yield subject, Complaint(words)


def _advice(name: str, rule: Rule, complaint: Complaint, lines: _Lines) -> Advice:
    line = lines.line(rule, complaint) or rule.source.line
    return Advice(rule.source.path, line, rule.id, name, complaint.message)


class _Lines:
    """Lines of parts of rules: only files that something is said of are parsed."""

    def __init__(self, files: Iterable[RuleFile], wanted: Collection[str]) -> None:
        from secloop.rules.read import rule_nodes

        self._nodes = {
            (file.path, node.value["id"].value): node
            for file in files
            if file.path in wanted
            for node in rule_nodes(file)
            if isinstance(node.value, dict) and "id" in node.value
        }

    def line(self, rule: Rule, complaint: Complaint) -> int | None:
        node = self._nodes.get((rule.source.path, rule.id))
        return None if node is None else node.line_at(complaint.steps)
