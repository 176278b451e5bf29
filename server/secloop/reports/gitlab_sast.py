"""GitLab's SAST report, security report schema 15.

GitLab compares the reports of two pipelines itself, so findings in the baseline are in it, and only those
that are suppressed or waived are not.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from secloop.model import Finding, Outcome, Severity, Status, Verdict
from secloop.reports.json import dump
from secloop.reports.metadata import cwes, examples, how_to_fix, owasp, references
from secloop.reports.model import Report, place
from secloop.reports.visible import first_sentence, one_line, paragraphs, visible

_SCHEMA_VERSION = "15.0.7"
_NAMESPACE = uuid.UUID("6f2b8a8e-6c0b-5d0e-9b0a-5ec100900001")
_SEVERITIES: Mapping[Severity, str] = {
    Severity.CRITICAL: "Critical",
    Severity.HIGH: "High",
    Severity.MEDIUM: "Medium",
    Severity.LOW: "Low",
    Severity.INFO: "Info",
}
_NAME_LIMIT = 255
_SOLUTION_LIMIT = 7000
Json = dict[str, Any]


def render(report: Report) -> str:
    """Write the report as a ``gl-sast-report.json``."""
    return dump(
        {
            "version": _SCHEMA_VERSION,
            "scan": _scan(report),
            "vulnerabilities": [
                _vulnerability(report, verdict, finding)
                for verdict, finding in report.findings(Status.OPEN, Status.BASELINE)
            ],
        }
    )


def identity(report: Report, verdict: Verdict, finding: Finding) -> str:
    """A finding's fingerprint, made different for equal files of two roots."""
    prefix = report.prefix(verdict)
    if not prefix:
        return finding.fingerprint
    return hashlib.sha256(f"{prefix}\0{finding.fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()


def _scan(report: Report) -> Json:
    components = report.verdicts[0].components if report.verdicts else None
    # The format requires times. The only clock a verdict knows is the date it was asked for (SPEC 4).
    time = f"{components.as_of if components else '1970-01-01'}T00:00:00"
    tool = {
        "id": "secloop",
        "name": "secloop",
        "version": components.secloop if components else "0",
        "vendor": {"name": "secloop"},
    }
    return {
        "analyzer": tool,
        "scanner": tool,
        "type": "sast",
        "start_time": time,
        "end_time": time,
        "status": "failure" if report.outcome is Outcome.ERROR else "success",
        "messages": [*_problems(report)],
    }


def _problems(report: Report) -> list[Json]:
    messages = []
    for verdict in report.verdicts:
        for problem in verdict.problems:
            where = visible(report.path(verdict, problem.path))
            where += f":{problem.line}" if where and problem.line else ""
            about = ", ".join(part for part in (where, one_line(problem.rule_id)) if part)
            value = f"{problem.kind.value}{f' ({about})' if about else ''}: {one_line(problem.message)}"
            messages.append({"level": "fatal", "value": value})
    return messages


def _vulnerability(report: Report, verdict: Verdict, finding: Finding) -> Json:
    file = visible(report.path(verdict, finding.path))
    location: Json = {"file": file}
    text = "\n\n".join(paragraphs(finding.message)) or one_line(finding.rule_id)
    if finding.cell is None:
        location |= {"start_line": finding.span.start.line, "end_line": _last_line(finding)}
    else:
        text += f"\n\nIn {place(finding.span, finding.cell)}."
    unique = identity(report, verdict, finding)
    found: Json = {
        "id": str(uuid.uuid5(_NAMESPACE, unique)),
        "name": (first_sentence(finding.message) or one_line(finding.rule_id))[:_NAME_LIMIT],
        "description": text,
        "severity": _SEVERITIES[finding.severity],
        "location": location,
        "identifiers": _identifiers(finding),
        "flags": [],
        "links": [{"url": url} for url in references(finding.metadata)],
        "details": {
            "confidence": {"name": "Confidence", "type": "text", "value": finding.confidence.label},
        },
    }
    if solution := _solution(finding):
        found["solution"] = solution[:_SOLUTION_LIMIT]
    if finding.cell is None:
        found["tracking"] = {
            "type": "source",
            "items": [{**location, "signatures": [{"algorithm": "hash", "value": unique}]}],
        }
    return found


def _last_line(finding: Finding) -> int:
    start, end = finding.span.start, finding.span.end
    return end.line - 1 if end.column == 1 and end.line > start.line else end.line


def _solution(finding: Finding) -> str:
    parts = [how_to_fix(finding.metadata)]
    _, good = examples(finding.metadata)
    if good:
        parts.append(f"Write it like this:\n\n{good}")
    if finding.fix and finding.proved is not False:
        parts.append("A fix is available: secloop check --fix")
    return "\n\n".join(part for part in parts if part)


def _identifiers(finding: Finding) -> list[Json]:
    rule_id = one_line(finding.rule_id)
    return [
        {"type": "secloop_rule_id", "name": f"secloop {rule_id}", "value": rule_id},
        *(
            {"type": "cwe", "name": entry.id, "value": str(entry.number), "url": entry.url}
            for entry in cwes(finding.metadata)
        ),
        *({"type": "owasp", "name": name, "value": name.split(" ")[0]} for name in owasp(finding.metadata)),
    ]
