"""Runs rules, variants of rules above all, over code: what finds nothing there is told from what could not be run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from secloop.model import Match, Problem, Rule
from secloop.rules.lint.model import Complaint, Steps, alone
from secloop.rules.testing import Analyze
from secloop.syntax.document import Document

Place = tuple[str, int]
"""A path and a line."""


class Trial(Struct, frozen=True, eq=False):
    """What rules found in some code, with its path, and why some of them could not be run on all of it; by id."""

    found: Mapping[str, Sequence[tuple[str, Match]]]
    failed: Mapping[str, str]

    def places(self, rule_id: str) -> set[Place]:
        """Where a rule finds something."""
        return {(path, match.span.start.line) for path, match in self.found[rule_id]}


def trial(rules: Sequence[Rule], documents: Sequence[Document], analyze: Analyze) -> Trial:
    """Run rules over code, whatever their paths."""
    found: dict[str, list[tuple[str, Match]]] = {rule.id: [] for rule in rules}
    failed: dict[str, str] = {}
    for result in analyze(documents, alone(rules)) if rules else ():
        for match in result.matches:
            found[match.rule_id].append((result.path, match))
        for problem in result.problems:
            for rule_id in [problem.rule_id] if problem.rule_id else found:
                failed.setdefault(rule_id, f"{problem.path}: {_without_name(problem)}")
    return Trial(found, failed)


def could_not_run(failures: Iterable[tuple[str | None, Steps]]) -> Iterator[Complaint]:
    """A complaint for each reason, at the first part of the rule that it kept from being run; None is no reason."""
    told: dict[str, Steps] = {}
    for why, steps in failures:
        if why is not None:
            told.setdefault(why, steps)
    for why, steps in told.items():
        yield Complaint(f"this could not be run: {why}", steps)


def _without_name(problem: Problem) -> str:
    """What happened, without the name of a variant that nobody has written."""
    return problem.message.removeprefix(f"rule {problem.rule_id}: ")
