"""SARIF 2.1.0 (OASIS standard, section numbers in comments): one run over all roots.

Accepted findings stay in the run with a suppression (3.35). ``baselineState`` is left out: it must be on
every result or on none (3.27.24), and of a suppressed or waived finding nobody knows whether it is new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import structs

from secloop.model import Finding, Notice, Outcome, Problem, ProblemKind, Span, Status, Verdict
from secloop.reports.json import dump
from secloop.reports.metadata import cwes
from secloop.reports.model import Report
from secloop.reports.sarif_rules import Descriptors, level, pascal
from secloop.reports.uri import path_uri
from secloop.reports.visible import one_line, visible_lines
from secloop.syntax.document import Document

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SEMANTIC_VERSION = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
_CONTEXT = 2
_SNIPPET_LIMIT = 4096
Json = dict[str, Any]


def render(report: Report) -> str:
    """Write the report as SARIF."""
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]})


def _run(report: Report) -> Json:
    descriptors = Descriptors.of(report)
    return {
        "tool": {"driver": _driver(report, descriptors)},
        "invocations": [_invocation(report, descriptors)],
        "originalUriBaseIds": {
            "SRCROOT": {"description": {"text": "The folder that every relative path starts from."}}
        },
        "results": [_result(report, descriptors, verdict, found) for verdict, found in report.findings()],
        "taxonomies": [descriptors.taxonomy()] if descriptors.cwes else [],
        "columnKind": "unicodeCodePoints",
        "properties": {"secloop": [_summary(report, verdict) for verdict in report.verdicts]},
    }


def _summary(report: Report, verdict: Verdict) -> Json:
    return {
        "root": visible_lines(report.prefix(verdict)),
        "verdict": verdict.outcome.value,
        "digest": verdict.digest,
        "asOf": verdict.components.as_of,
        **({"lock": structs.asdict(verdict.lock)} if verdict.lock else {}),
    }


def _driver(report: Report, descriptors: Descriptors) -> Json:
    version = report.verdicts[0].components.secloop if report.verdicts else ""
    driver: Json = {
        "name": "secloop",
        **({"version": version} if version else {}),
        **({"semanticVersion": version} if _SEMANTIC_VERSION.fullmatch(version) else {}),
        "rules": descriptors.rules(),
        "notifications": [_notification_descriptor(kind) for kind in _notification_kinds(report)],
    }
    if descriptors.cwes:
        driver["supportedTaxonomies"] = [{"name": "CWE", "index": 0}]
    return driver


def _result(report: Report, descriptors: Descriptors, verdict: Verdict, finding: Finding) -> Json:
    """One finding (3.27)."""
    result: Json = {
        "ruleId": one_line(finding.rule_id),
        "ruleIndex": descriptors.index(verdict, finding.rule_id),
        "kind": "fail",
        "level": level(finding.severity),
        "message": {"text": visible_lines(finding.message).strip() or one_line(finding.rule_id)},
        "locations": [_location(report, verdict, finding)],
        "partialFingerprints": {
            "secloop/v1": finding.fingerprint,
            "secloopMoved/v1": finding.fingerprint_moved,
        },
        "suppressions": _suppressions(finding),
    }
    if flow := _code_flow(report, verdict, finding):
        result["codeFlows"] = [flow]
    if fix := _fix(report, verdict, finding):
        result["fixes"] = [fix]
    if classes := cwes(finding.metadata):
        result["taxa"] = [descriptors.taxon(entry) for entry in classes]
    result["properties"] = {
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "status": finding.status.value,
        **({"cell": finding.cell} if finding.cell is not None else {}),
    }
    return result


def _artifact(report: Report, verdict: Verdict, path: str) -> Json:
    uri = path_uri(report.path(verdict, path))
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "SRCROOT"}


def region(span: Span) -> Json:
    """A region (3.30) by lines and columns, ends exclusive; columns count code points, as ours do."""
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _location(report: Report, verdict: Verdict, finding: Finding) -> Json:
    artifact = _artifact(report, verdict, finding.path)
    if finding.cell is not None:
        # More of a region would be read as lines of the notebook's JSON, where this code is not.
        start = finding.span.start
        return {
            "physicalLocation": {"artifactLocation": artifact, "region": {"startLine": 1}},
            "logicalLocations": [{"name": f"cell {finding.cell}", "kind": "module"}],
            "message": {"text": f"Cell {finding.cell}, line {start.line}, column {start.column}."},
        }
    physical: Json = {"artifactLocation": artifact, "region": region(finding.span)}
    document = report.document(verdict, finding.path)
    if document is not None and finding.span.end.offset <= len(document.data):
        _add_source(physical, document, finding.span)
    return {"physicalLocation": physical}


def _add_source(physical: Json, document: Document, span: Span) -> None:
    """The source of the region, and of the region with the lines around it; not of megabytes in one line."""
    first = max(span.start.line - _CONTEXT, 1)
    last = min(span.end.line + _CONTEXT, document.line_count)
    begin, end = document.line_span(first)[0], document.line_span(last)[1]
    if span.end.offset - span.start.offset <= _SNIPPET_LIMIT:
        physical["region"]["snippet"] = {"text": document.slice(span.start.offset, span.end.offset)}
    around = document.span(begin, end)
    if around != span and end - begin <= _SNIPPET_LIMIT:
        physical["contextRegion"] = {**region(around), "snippet": {"text": document.slice(begin, end)}}


def _suppressions(finding: Finding) -> list[Json]:
    if finding.status is Status.OPEN:
        return []
    accepted = finding.acceptance
    words = [one_line(accepted.reason)] if accepted is not None and accepted.reason.strip() else []
    if accepted is not None and accepted.owner:
        words.append(f"owner: {one_line(accepted.owner)}")
    if accepted is not None and accepted.expires:
        words.append(f"until: {one_line(accepted.expires)}")
    in_source = finding.status is Status.SUPPRESSED
    return [
        {
            "kind": "inSource" if in_source else "external",
            "status": "accepted",
            "justification": "; ".join([finding.status.value, *words]),
        }
    ]


def _code_flow(report: Report, verdict: Verdict, finding: Finding) -> Json | None:
    """A trace from source to sink (3.36); notebooks have none, since their regions would not be true."""
    if not finding.trace or finding.cell is not None:
        return None
    artifact = _artifact(report, verdict, finding.path)
    return {
        "threadFlows": [
            {
                "locations": [
                    {
                        "location": {
                            "physicalLocation": {"artifactLocation": artifact, "region": region(step.span)},
                            "message": {"text": one_line(f"{step.kind}: {step.content}")},
                        },
                        "kinds": [step.kind],
                        "importance": "important" if step.kind == "step" else "essential",
                    }
                    for step in finding.trace
                ]
            }
        ]
    }


def _fix(report: Report, verdict: Verdict, finding: Finding) -> Json | None:
    """A proposal (3.55) as the caller gives it, in the columns of the document."""
    document = report.document(verdict, finding.path)
    edits = report.fixes(verdict.root, finding)
    if document is None or not edits or finding.cell is not None:
        return None
    replacements = [
        {"deletedRegion": region(document.span(start, end)), "insertedContent": {"text": text}}
        for start, end, text in edits
    ]
    change = {"artifactLocation": _artifact(report, verdict, finding.path), "replacements": replacements}
    proved = "Proved to remove the finding." if finding.proved else "Proposed by the rule."
    return {"description": {"text": proved}, "artifactChanges": [change]}


_NOTIFICATIONS: Mapping[str, str] = {
    **{kind.value: f"The verdict could not be decided: {kind.value}." for kind in ProblemKind},
    "partial": "A file was parsed in part.",
    "skipped": "A file was deliberately not checked.",
    "notice": "A warning that does not change the verdict.",
    "policy-change": "The change under review changed what judges it.",
}
_CONFIGURATION = (ProblemKind.RULE, ProblemKind.POLICY)


def _notification_descriptor(kind: str) -> Json:
    text = {"text": _NOTIFICATIONS[kind]}
    name = pascal(f"secloop-{kind}")
    return {"id": kind, "name": name, "shortDescription": text, "fullDescription": text, "help": text}


def _notification_kinds(report: Report) -> list[str]:
    used = set()
    for verdict in report.verdicts:
        used |= {problem.kind.value for problem in verdict.problems}
        for kind, entries in (
            ("partial", verdict.partial),
            ("skipped", verdict.skipped),
            ("notice", verdict.notices),
            ("policy-change", verdict.policy_changes),
        ):
            used |= {kind} if entries else set()
    return sorted(used)


def _invocation(report: Report, descriptors: Descriptors) -> Json:
    """How the run went (3.20): not successful exactly when a verdict could not be decided."""
    execution: list[Json] = []
    configuration: list[Json] = []
    kinds = _notification_kinds(report)

    def note(kind: str, weight: str, text: str, verdict: Verdict, path: str, line: int = 0) -> Json:
        made: Json = {
            "descriptor": {"id": kind, "index": kinds.index(kind)},
            "level": weight,
            "message": {"text": visible_lines(text) or kind},
        }
        if path:
            physical: Json = {"artifactLocation": _artifact(report, verdict, path)}
            if line:
                physical["region"] = {"startLine": line}
            made["locations"] = [{"physicalLocation": physical}]
        return made

    for verdict in report.verdicts:
        for problem in verdict.problems:
            made = note(problem.kind.value, "error", problem.message, verdict, problem.path, problem.line)
            made.update(_associated_rule(descriptors, verdict, problem))
            (configuration if problem.kind in _CONFIGURATION else execution).append(made)
        for partial in verdict.partial:
            first = partial.ranges[0].start.line if partial.ranges else 0
            text = "The file could not be parsed wholly; rules may miss what is there."
            execution.append(note("partial", "warning", text, verdict, partial.path, first))
        for skipped in verdict.skipped:
            execution.append(
                note("skipped", "note", f"Not checked: {skipped.reason}.", verdict, skipped.path)
            )
        for notice in verdict.notices:
            text = f"{notice.kind}: {notice.message}"
            configuration.append(note("notice", "warning", text, verdict, notice.path, _line(notice)))
        for change in verdict.policy_changes:
            text = f"{change.what}: {change.message}"
            if change.hides:
                text += f" Hides: {', '.join(change.hides)}."
            configuration.append(note("policy-change", "warning", text, verdict, change.path, change.line))
    return {
        "executionSuccessful": report.outcome is not Outcome.ERROR,
        "exitCode": report.outcome.exit_code,
        "toolExecutionNotifications": execution,
        "toolConfigurationNotifications": configuration,
    }


def _line(notice: Notice) -> int:
    return notice.line if notice.cell is None else 0


def _associated_rule(descriptors: Descriptors, verdict: Verdict, problem: Problem) -> Json:
    if not problem.rule_id:
        return {}
    rule: Json = {"id": one_line(problem.rule_id)}
    index = descriptors.find(verdict, problem.rule_id)
    return {"associatedRule": {**rule, **({"index": index} if index is not None else {})}}
