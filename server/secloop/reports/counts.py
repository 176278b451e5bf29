"""The numbers of a report, each of them a count of entries of the verdict's JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from secloop.model import Severity, Status, Verdict
from secloop.reports.model import worst_first


class Counts(Struct, frozen=True):
    """How many of what; ``severities`` counts open findings only, ``rules`` is None for several roots."""

    files: int
    rules: int | None
    severities: Mapping[Severity, int]
    statuses: Mapping[Status, int]
    problems: int
    skipped: int
    partial: int

    @property
    def open(self) -> int:
        """Number of open findings."""
        return self.statuses[Status.OPEN]


def count(verdicts: Iterable[Verdict]) -> Counts:
    """Count over one or several verdicts."""
    every = tuple(verdicts)
    findings = [finding for verdict in every for finding in verdict.findings]
    return Counts(
        files=sum(verdict.files_checked for verdict in every),
        # Roots share rules, so neither a sum nor any single one of their numbers would be true.
        rules=every[0].rules_run if len(every) == 1 else None,
        severities=Counter(f.severity for f in findings if f.status is Status.OPEN),
        statuses=Counter(f.status for f in findings),
        problems=sum(len(verdict.problems) for verdict in every),
        skipped=sum(len(verdict.skipped) for verdict in every),
        partial=sum(len(verdict.partial) for verdict in every),
    )


def plural(number: int, word: str) -> str:
    """``1 file``, ``2 files``, with thousands separated: ``1,402 files``."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def findings_phrase(counts: Counts) -> str:
    """``3 findings (1 critical, 2 high)``, or ``no findings``."""
    if not counts.open:
        return "no findings"
    detail = ", ".join(f"{number:,} {severity.label}" for severity, number in worst_first(counts.severities))
    return f"{plural(counts.open, 'finding')} ({detail})"


def rest_phrases(counts: Counts) -> list[str]:
    """The other numbers that are not zero: accepted findings, errors, and what was not wholly checked."""
    accepted = [
        f"{counts.statuses[status]:,} {words}"
        for status, words in (
            (Status.SUPPRESSED, "suppressed"),
            (Status.WAIVED, "waived"),
            (Status.BASELINE, "in the baseline"),
        )
        if counts.statuses[status]
    ]
    files = [
        f"{plural(number, 'file')} {words}"
        for number, words in ((counts.partial, "parsed in part"), (counts.skipped, "skipped"))
        if number
    ]
    return [*accepted, *([plural(counts.problems, "error")] if counts.problems else []), *files]


def summary(counts: Counts) -> str:
    """The summary sentence that every format for people shows."""
    checked = f"{plural(counts.files, 'file')} checked"
    if counts.rules is not None:
        checked += f" with {plural(counts.rules, 'rule')}"
    return f"{checked}: {', '.join([findings_phrase(counts), *rest_phrases(counts)])}"
