"""Digests that are equal wherever the same content met the same rules and policy (SPEC 4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785
from msgspec import structs

from secloop.model import FORMAT_VERSION, Components, Finding, Severity, Skipped
from secloop.policy.baseline import Baseline
from secloop.policy.globs import encodable
from secloop.workspace.settings import Config, Waiver


def canonical_hash(value: Any) -> str:
    """SHA-256 hex of a value's canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def verdict_digest(components: Components, findings: Iterable[Finding], skipped: Iterable[Skipped]) -> str:
    """The digest of a verdict without errors.

    Of a finding only what decides counts: never its message, fix or trace. Lines and columns stand for its
    place, since offsets differ between CRLF and LF checkouts.
    """
    return canonical_hash(
        {
            "version": FORMAT_VERSION,
            "components": structs.asdict(components),
            "skipped": sorted([encodable(one.path), one.reason] for one in skipped),
            "findings": sorted((_finding(one) for one in findings), key=_order),
        }
    )


def content_digest(files: Iterable[tuple[str, str]]) -> str:
    """The digest of every file checked, given as (path, hash of its text)."""
    return canonical_hash(sorted([encodable(path), content] for path, content in files))


def policy_digest(config: Config, baseline: Baseline, options: Mapping[str, Any] | None = None) -> str:
    """The digest of the effective policy: the file with the flags that override it, and the baseline.

    Left out is what decides nothing: where the file lies, the order of its entries, who owns a waiver and
    why, what is only reported. Where rules are read from is in the rule set's own digest.

    Args:
        options: what else changed the outcome, as JSON values (the commit that ``--diff`` is against).
    """
    suppressions = config.suppressions
    return canonical_hash(
        {
            "select": sorted(set(config.select)),
            "ignore": sorted(set(config.ignore)),
            "per_path_ignores": {
                glob: sorted(set(rules)) for glob, rules in config.per_path_ignores.items() if rules
            },
            "fail_on": _severity(config.fail_on),
            "min_confidence": config.min_confidence.label,
            "severity": {glob: severity.label for glob, severity in config.severity.items()},
            # Order means something in gitignore-style lists: a later pattern can take back an earlier one.
            "exclude": list(config.exclude),
            "default_excludes": config.default_excludes,
            # Numbers as text: 30 and 30.0 are one timeout, and canonical JSON ends at 2**53.
            "max_file_size": str(config.max_file_size),
            "check_minified": config.check_minified,
            "strict_parsing": config.strict_parsing,
            "timeout": repr(float(config.timeout)),
            "max_memory": str(config.max_memory),
            "max_waiver_days": str(config.max_waiver_days),
            "suppressions": {
                "require_reason": suppressions.require_reason,
                "forbid_from": _severity(suppressions.forbid_from),
                "nosemgrep": suppressions.nosemgrep,
                "nosec": suppressions.nosec,
            },
            "on_change": config.policy.on_change,
            "waivers": sorted(_waiver(waiver) for waiver in config.waivers),
            "baseline": [structs.astuple(entry) for entry in baseline.entries],
            "options": dict(options or {}),
        }
    )


def _finding(finding: Finding) -> dict[str, Any]:
    start, end = finding.span.start, finding.span.end
    return {
        "rule_id": finding.rule_id,
        "path": encodable(finding.path),
        "start": {"line": start.line, "column": start.column},
        "end": {"line": end.line, "column": end.column},
        "severity": finding.severity.label,
        "status": finding.status.value,
        "fingerprint": finding.fingerprint,
    }


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    start, end = row["start"], row["end"]
    place = (row["path"], start["line"], start["column"], end["line"], end["column"])
    return (*place, row["rule_id"], row["fingerprint"])


def _severity(severity: Severity | None) -> str | None:
    return None if severity is None else severity.label


def _waiver(waiver: Waiver) -> list[str]:
    return [waiver.rule, waiver.path, waiver.fingerprint.lower(), waiver.expires.isoformat()]
