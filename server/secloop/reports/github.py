"""Annotations for GitHub Actions: one workflow command an open finding, error and warning.

The runner turns at most ten of each kind into annotations a step, and shows all of them in the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from secloop.model import Finding, Severity, Status, Verdict
from secloop.reports.counts import count, summary
from secloop.reports.model import Report, place
from secloop.reports.visible import one_line, visible, visible_lines

_COMMANDS: Mapping[Severity, str] = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}


def render(report: Report) -> str:
    """Write the report as workflow commands, and one plain line with its numbers."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for verdict, finding in report.findings(Status.OPEN):
        yield _finding(report, verdict, finding)
    for verdict in report.verdicts:
        yield from _others(report, verdict)
    yield f"secloop: {report.outcome.value}: {summary(count(report.verdicts))}"


def _finding(report: Report, verdict: Verdict, finding: Finding) -> str:
    title = f"{finding.severity.label}: {one_line(finding.rule_id)}"
    places: dict[str, int] = {}
    if finding.cell is None:
        start, end = finding.span.start, finding.span.end
        places = {"line": start.line, "endLine": end.line}
        if start.line == end.line:
            # GitHub takes columns only within one line.
            places |= {"col": start.column, "endColumn": end.column}
    else:
        title += f" ({place(finding.span, finding.cell)})"
    message = finding.message.strip() or finding.rule_id
    return _command(_COMMANDS[finding.severity], message, title, report.path(verdict, finding.path), **places)


def _others(report: Report, verdict: Verdict) -> Iterator[str]:
    def at(path: str, line: int) -> tuple[str, dict[str, int]]:
        return report.path(verdict, path), {"line": line} if line else {}

    for problem in verdict.problems:
        path, places = at(problem.path, problem.line)
        rule = f": {one_line(problem.rule_id)}" if problem.rule_id else ""
        yield _command("error", problem.message, f"secloop error: {problem.kind.value}{rule}", path, **places)
    for change in verdict.policy_changes:
        path, places = at(change.path, change.line)
        yield _command("warning", change.message, f"secloop: {change.what} changed", path, **places)
    for partial in verdict.partial:
        path, places = at(partial.path, partial.ranges[0].start.line if partial.ranges else 0)
        message = "The file could not be parsed wholly; rules may miss what is there."
        yield _command("warning", message, "secloop: parsed in part", path, **places)
    for notice in verdict.notices:
        path, places = at(notice.path, notice.line if notice.cell is None else 0)
        yield _command("warning", notice.message, f"secloop: {notice.kind}", path, **places)


def _command(command: str, message: str, title: str, path: str, **places: int) -> str:
    """A workflow command; nothing in its parts can end it or start another."""
    properties = {**({"file": visible(path)} if path else {}), **places, "title": title}
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{command} {written}::{_data(message)}"


def _data(text: str) -> str:
    return visible_lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
