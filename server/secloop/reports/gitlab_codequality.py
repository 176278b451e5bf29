"""GitLab's code quality report: a list of issues, each with a fingerprint that no other has.

GitLab compares the reports of two branches by fingerprint, so findings in the baseline are in it, and only
those that are suppressed or waived are not. It has no place for errors: the job's exit code tells of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secloop.model import Finding, Severity, Status, Verdict
from secloop.reports.gitlab_sast import identity
from secloop.reports.json import dump
from secloop.reports.model import Report, place
from secloop.reports.visible import one_line, visible

_SEVERITIES: Mapping[Severity, str] = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}


def render(report: Report) -> str:
    """Write the report as a ``gl-code-quality-report.json``."""
    return dump([_issue(report, v, f) for v, f in report.findings(Status.OPEN, Status.BASELINE)])


def _issue(report: Report, verdict: Verdict, finding: Finding) -> dict[str, Any]:
    description = one_line(finding.message) or one_line(finding.rule_id)
    line = finding.span.start.line
    if finding.cell is not None:
        # The line of a cell is no line of the file.
        description, line = f"{place(finding.span, finding.cell)}: {description}", 1
    return {
        "description": description,
        "check_name": one_line(finding.rule_id),
        "fingerprint": identity(report, verdict, finding),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": visible(report.path(verdict, finding.path)), "lines": {"begin": line}},
    }
