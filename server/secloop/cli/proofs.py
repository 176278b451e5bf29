"""Fixes that a report may show: proved ones only (SPEC 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from secloop.model import Finding, Status
from secloop.project import Check
from secloop.reports.model import Replacement

Fixes = Mapping[tuple[str, str], tuple[Replacement, ...]]


def open_by_path(check: Check) -> dict[str, list[Finding]]:
    """The open findings of a check by path, in document order."""
    found: dict[str, list[Finding]] = {}
    for finding in check.verdict.findings:
        if finding.status is Status.OPEN:
            found.setdefault(finding.path, []).append(finding)
    return found


def with_proofs(checks: Sequence[Check]) -> tuple[list[Check], Fixes]:
    """The checks with every open finding's fix proved or not, and the proved ones by root and fingerprint."""
    fixes: dict[tuple[str, str], tuple[Replacement, ...]] = {}
    return [_proved(check, fixes) for check in checks], fixes


def _proved(check: Check, fixes: dict[tuple[str, str], tuple[Replacement, ...]]) -> Check:
    proved: dict[str, bool] = {}
    for path, findings in open_by_path(check).items():
        fixable = [finding for finding in findings if finding.fix]
        if not fixable:
            continue
        proofs = check.project.prove(check.documents[path], [finding.match for finding in fixable])
        for finding in fixable:
            fix = proofs[finding.match].fix
            proved[finding.fingerprint] = fix is not None
            if fix is not None:
                edits = tuple((edit.start, edit.end, edit.text) for edit in fix.edits)
                fixes[check.verdict.root, finding.fingerprint] = edits
    updated = tuple(
        replace(finding, proved=proved[finding.fingerprint]) if finding.fingerprint in proved else finding
        for finding in check.verdict.findings
    )
    return replace(check, verdict=replace(check.verdict, findings=updated))
