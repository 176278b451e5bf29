"""Findings, notices and problems as LSP diagnostics, as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lsprotocol.types import DiagnosticSeverity

from secloop.lsp.positions import PositionMap
from secloop.lsp.settings import Settings
from secloop.lsp.uris import web_link
from secloop.lsp.views import Range, View
from secloop.model import Finding, Notice, Problem, Rule, Status
from secloop.policy.evaluate import FileFindings
from secloop.project import Project
from secloop.project.authoring import Complaint
from secloop.reports.metadata import page_of

SOURCE = "secloop"

Diagnostic = dict[str, Any]

_TRACE_WORDS = {"source": "The data comes from here", "step": "… passes here", "sink": "… and arrives here"}


def file_diagnostics(
    view: View, findings: FileFindings, project: Project, settings: Settings
) -> Mapping[str, list[Diagnostic]]:
    """All there is to show of a checked file, by the URI of each of its parts."""
    shown: dict[str, list[Diagnostic]] = {part.uri: [] for part in view.parts}
    if not view.parts:
        return shown
    for finding in findings.findings:
        if is_shown(finding, settings):
            uri, where = view.place(finding.cell, finding.span)
            shown[uri].append(finding_diagnostic(finding, project, where, view, settings))
    for notice in findings.notices:
        uri, where = view.line(notice.cell, notice.line)
        shown[uri].append(notice_diagnostic(notice, where))
    for problem in findings.problems:
        uri, where = view.line(None, problem.line)
        shown[uri].append(problem_diagnostic(problem, where))
    return shown


def is_shown(finding: Finding, settings: Settings) -> bool:
    """Whether the editor's settings let a finding be seen."""
    if finding.status is not Status.OPEN:
        return settings.show_accepted
    return finding.severity >= settings.show_from and settings.levels[finding.severity] is not None


def finding_diagnostic(
    finding: Finding, project: Project, where: Range, view: View | None, settings: Settings
) -> Diagnostic:
    """The diagnostic of one finding; the trace is left out where there is no view to show it in."""
    accepted = finding.status is not Status.OPEN
    diagnostic: Diagnostic = {
        "range": where,
        "severity": DiagnosticSeverity.Hint if accepted else settings.levels[finding.severity],
        "source": SOURCE,
        "code": finding.rule_id,
        "message": _message(finding),
        "data": {
            "fingerprint": finding.fingerprint,
            "status": finding.status.value,
            "fix": finding.fix,
        },
    }
    href = documentation(project.ruleset.get(finding.rule_id), project)
    if href:
        diagnostic["codeDescription"] = {"href": href}
    if view is not None and len(finding.match.trace) > 1:
        diagnostic["relatedInformation"] = list(_related(finding, view))
    return diagnostic


def _related(finding: Finding, view: View) -> Iterable[dict[str, Any]]:
    for step in finding.match.trace:
        uri, where = view.place(None, step.span)
        message = _TRACE_WORDS.get(step.kind, step.kind)
        yield {"location": {"uri": uri, "range": where}, "message": message}


def _message(finding: Finding) -> str:
    message = finding.message.strip()
    if finding.acceptance is None:
        return message
    reason = f": {finding.acceptance.reason}" if finding.acceptance.reason else ""
    return f"{message}\n({finding.status.value}{reason})"


def documentation(rule: Rule | None, project: Project) -> str | None:
    """The page about a rule: its own, or that which the root says there is, or else its first reference."""
    if rule is None:
        return None
    references = rule.metadata.get("references")
    named = (
        rule.secloop.get("documentation"),
        page_of(rule.id, project.config.rule_pages),
        rule.metadata.get("source"),
        *(references if isinstance(references, (list, tuple)) else (references,)),
    )
    return next((link for link in map(web_link, named) if link), None)


def problem_diagnostic(problem: Problem, where: Range) -> Diagnostic:
    """The diagnostic of why a verdict cannot be decided, shown where the cause is."""
    message = problem.message
    if problem.rule_id and problem.rule_id not in message:
        message = f"{problem.rule_id}: {message}"
    return {
        "range": where,
        "severity": DiagnosticSeverity.Error,
        "source": SOURCE,
        "code": problem.kind.value,
        "message": message,
    }


def notice_diagnostic(notice: Notice, where: Range) -> Diagnostic:
    """The diagnostic of a warning that changes no verdict."""
    return {
        "range": where,
        "severity": DiagnosticSeverity.Information,
        "source": SOURCE,
        "code": notice.kind,
        "message": notice.message,
    }


def complaint_diagnostic(complaint: Complaint, where: Range) -> Diagnostic:
    """The diagnostic of an annotation in a rule's test file that the rule does not fulfil."""
    return {
        "range": where,
        "severity": DiagnosticSeverity.Error,
        "source": SOURCE,
        "code": "rule-test",
        "message": complaint.message,
    }


def fault_diagnostic(about: Problem | Notice, positions: PositionMap | None) -> Diagnostic:
    """The diagnostic in a rule or policy file; without its text it stands at the start of the line."""
    if positions is not None:
        where = positions.line(about.line)
    else:
        start = {"line": max(about.line - 1, 0), "character": 0}
        where = {"start": start, "end": start}
    return problem_diagnostic(about, where) if isinstance(about, Problem) else notice_diagnostic(about, where)
