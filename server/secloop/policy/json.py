"""The verdict as JSON, format version 1 (SPEC 3), for ``check --format json`` and ``secloop/verdict``."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import structs

from secloop.model import (
    FORMAT_VERSION,
    Finding,
    Notice,
    Partial,
    PolicyChange,
    Position,
    Problem,
    Severity,
    Span,
    Status,
    TraceStep,
    Verdict,
)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as plain JSON-able data, its keys in the order of the specification."""
    return {
        "version": FORMAT_VERSION,
        "verdict": verdict.outcome.value,
        "digest": verdict.digest,
        "components": structs.asdict(verdict.components),
        "summary": summary(verdict),
        "findings": [finding_json(finding) for finding in verdict.findings],
        "errors": [_problem(problem) for problem in verdict.problems],
        "skipped": [{"path": one.path, "reason": one.reason} for one in verdict.skipped],
        "partial": [_partial(partial) for partial in verdict.partial],
        "unsaved": list(verdict.unsaved),
        "lock": None if verdict.lock is None else structs.asdict(verdict.lock),
        "policy_changes": [_change(change) for change in verdict.policy_changes],
        "notices": [_notice(notice) for notice in verdict.notices],
    }


def summary(verdict: Verdict) -> dict[str, Any]:
    """The verdict in numbers: open findings by severity, all findings by status, and what was done.

    Every key is always there, with 0 where there is nothing.
    """
    by_severity = Counter(f.severity for f in verdict.findings if f.status is Status.OPEN)
    by_status = Counter(f.status for f in verdict.findings)
    return {
        "open": {severity.label: by_severity[severity] for severity in sorted(Severity, reverse=True)},
        "status": {status.value: by_status[status] for status in Status},
        "findings": len(verdict.findings),
        "errors": len(verdict.problems),
        "skipped": len(verdict.skipped),
        "partial": len(verdict.partial),
        "files_checked": verdict.files_checked,
        "rules_run": verdict.rules_run,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding (DESIGN, stable surfaces).

    Offsets, lines and columns are those of SPEC 1. ``cell`` is there in notebooks, ``proved`` where proving
    was asked for, ``suppression`` when the finding is not open.
    """
    value: dict[str, Any] = {
        "rule_id": finding.rule_id,
        "path": finding.path,
        **_span(finding.span),
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "fingerprint_moved": finding.fingerprint_moved,
        "status": finding.status.value,
        "fix": finding.fix,
        "trace": [_step(step) for step in finding.trace],
        "metadata": dict(finding.metadata),
    }
    if finding.cell is not None:
        value["cell"] = finding.cell
    if finding.proved is not None:
        value["proved"] = finding.proved
    if finding.acceptance is not None:
        value["suppression"] = structs.asdict(finding.acceptance)
    return value


def _span(span: Span) -> dict[str, Any]:
    return {"start": _position(span.start), "end": _position(span.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}


def _step(step: TraceStep) -> dict[str, Any]:
    value: dict[str, Any] = {"kind": step.kind, **_span(step.span), "content": step.content}
    if step.cell is not None:
        value["cell"] = step.cell
    return value


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "kind": problem.kind.value,
        "message": problem.message,
        "path": problem.path,
        "line": problem.line,
        "rule_id": problem.rule_id,
    }


def _partial(partial: Partial) -> dict[str, Any]:
    return {"path": partial.path, "ranges": [_span(span) for span in partial.ranges]}


def _notice(notice: Notice) -> dict[str, Any]:
    value: dict[str, Any] = {
        "kind": notice.kind,
        "message": notice.message,
        "path": notice.path,
        "line": notice.line,
    }
    if notice.cell is not None:
        value["cell"] = notice.cell
    return value


def _change(change: PolicyChange) -> dict[str, Any]:
    return {
        "what": change.what,
        "path": change.path,
        "line": change.line,
        "message": change.message,
        "hides": list(change.hides),
    }
