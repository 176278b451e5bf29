"""The parts of the text report below the findings: errors, gaps, warnings and changes to the policy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from secloop.model import Partial, PolicyChange, Verdict
from secloop.reports.counts import plural
from secloop.reports.model import Detail, Report, line_place
from secloop.reports.styled import Line, Segment, words, wrap
from secloop.reports.visible import one_line, visible

_FEW = 10
"""Without verbose a list of files stops after so many."""
Entry = tuple[str, tuple[Segment, ...], str]
"""Where, a label, and a message."""


def sections(report: Report, verdict: Verdict) -> Iterator[Line]:
    """Every section that has something to say, each ending in an empty line."""
    width = report.text.width
    yield from _section("Errors", "bold red", _problems(report, verdict), width)
    changes = [_change_entry(report, verdict, change) for change in verdict.policy_changes]
    yield from _section("Policy changes", "bold yellow", changes, width)
    yield from _section("Parsed in part", "bold yellow", _partials(report, verdict), width)
    notices = _notices(report, verdict)
    yield from _section("Notices", "bold yellow", notices, width)
    yield from _section("Unsaved", "bold yellow", _unsaved(report, verdict), width)
    yield from _skipped(report, verdict)


def concise_sections(report: Report, verdict: Verdict) -> Iterator[Line]:
    """A line an error, gap, policy change and notice, in the form of findings."""
    entries = [
        *_problems(report, verdict),
        *(_change_entry(report, verdict, change) for change in verdict.policy_changes),
        *_partials(report, verdict),
        *_notices(report, verdict),
        *_unsaved(report, verdict),
    ]
    for where, label, message in entries:
        lead: tuple[Segment, ...] = ((where, "bold"), (": ", "")) if where else ()
        yield (*lead, *label, (f": {one_line(message)}", ""))


def _where(report: Report, verdict: Verdict, path: str, line: int, cell: int | None = None) -> str:
    shown, where = visible(report.path(verdict, path)), line_place(line, cell)
    return f"{shown}:{where}" if shown and where else shown


def _label(text: str, style: str) -> tuple[Segment, ...]:
    return ((visible(text), style),)


def _problems(report: Report, verdict: Verdict) -> list[Entry]:
    """One entry for all rules that failed on a file for the same reason."""
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for problem in verdict.problems:
        where = _where(report, verdict, problem.path, problem.line)
        reason = problem.message.removeprefix(f"rule {problem.rule_id}: ")
        alike[where, problem.kind.value, reason].append(problem.rule_id)
    return [
        (where, _problem_label(kind, rules), _of_rules(reason, rules) if len(rules) > 1 else reason)
        for (where, kind, reason), rules in alike.items()
    ]


def _problem_label(kind: str, rules: Sequence[str]) -> tuple[Segment, ...]:
    rule = f"[{visible(rules[0])}]" if len(rules) == 1 and rules[0] else ""
    return (("error ", "bold red"), (f"{kind}{rule}", "red"))


def _of_rules(reason: str, rules: Sequence[str]) -> str:
    named = ", ".join(visible(rule) for rule in rules if rule)
    return f"{reason} ({plural(len(rules), 'rule')}: {named})" if named else reason


def _notices(report: Report, verdict: Verdict) -> list[Entry]:
    return [
        (
            _where(report, verdict, notice.path, notice.line, notice.cell),
            _label(notice.kind, "yellow"),
            notice.message,
        )
        for notice in verdict.notices
    ]


def _partials(report: Report, verdict: Verdict) -> list[Entry]:
    return [
        (
            visible(report.path(verdict, partial.path)),
            _label("partial", "yellow"),
            f"could not be parsed at {_ranges(partial)}; rules may miss what is there",
        )
        for partial in verdict.partial
    ]


def _unsaved(report: Report, verdict: Verdict) -> list[Entry]:
    return [
        (
            visible(report.path(verdict, path)),
            _label("unsaved", "yellow"),
            "checked as given, not as it is saved",
        )
        for path in verdict.unsaved
    ]


def _ranges(partial: Partial) -> str:
    spans = []
    for span in partial.ranges[:_FEW]:
        first, last = span.start.line, span.end.line
        spans.append(f"line {first}" if first == last else f"lines {first}–{last}")
    more = len(partial.ranges) - len(spans)
    return ", ".join([*spans, *([plural(more, "more place")] if more else [])]) or "an unknown place"


def _change_entry(report: Report, verdict: Verdict, change: PolicyChange) -> Entry:
    hides = f" (hides {plural(len(change.hides), 'finding')})" if change.hides else ""
    where = _where(report, verdict, change.path, change.line)
    return where, _label(change.what, "yellow"), f"{change.message}{hides}"


def _section(title: str, style: str, entries: Sequence[Entry], width: int) -> Iterator[Line]:
    if not entries:
        return
    yield ((title, style),)
    for where, label, message in entries:
        lead: list[Segment] = [(where, "bold")] if where else []
        lines = wrap([*lead, *_label_words(label), *words(one_line(message))], 2, 6, width)
        yield (("  ", ""), *lines[0])
        yield from lines[1:]
    yield ()


def _label_words(label: tuple[Segment, ...]) -> list[Segment]:
    """The label as words with a colon after it, so that it can be wrapped with the message."""
    *start, (last, style) = [segment for text, style in label for segment in words(text, style)]
    return [*start, (last + ":", style)]


def _skipped(report: Report, verdict: Verdict) -> Iterator[Line]:
    if not verdict.skipped:
        return
    by_reason: dict[str, list[str]] = defaultdict(list)
    for skipped in verdict.skipped:
        by_reason[skipped.reason].append(report.path(verdict, skipped.path))
    yield (("Skipped", "bold"),)
    for reason, paths in sorted(by_reason.items()):
        shown = paths if report.text.detail >= Detail.VERBOSE else paths[:_FEW]
        more = len(paths) - len(shown)
        rest = [(f"and {more:,} more (--verbose lists them)", "dim")] if more else []
        commas = [","] * (len(shown) - 1) + ["," if more else ""]
        items = [(visible(path) + comma, "") for path, comma in zip(shown, commas, strict=True)]
        head = [(f"{visible(reason)} ({len(paths):,}):", "blue")]
        lines = wrap([*head, *items, *rest], 2, 6, report.text.width)
        yield (("  ", ""), *lines[0])
        yield from lines[1:]
    yield ()
