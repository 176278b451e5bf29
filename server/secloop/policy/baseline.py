"""Baselines: what was there before, in a file or in another revision, compared by count (SPEC 5).

The file is JSON, one sorted entry a line, so that two branches that both change it merge well:

    {"version": 1, "findings": [
    {"path": "app/db.py", "rule": "python-sql", "fingerprint": "3f…", "fingerprint_moved": "9a…", "count": 2}
    ]}

An entry stands for the equal findings of one scope: ``fingerprint`` and ``fingerprint_moved`` are those of
the first of them, ``count`` says how many there are. Equal ones shift among themselves when one comes or
goes, so which of them is the new one cannot be told: as many as were there are accepted, in document order.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import orjson
from msgspec import Struct
from msgspec.structs import replace

from secloop.model import Acceptance, Finding, Notice, Problem, ProblemKind, Status
from secloop.policy.globs import encodable

VERSION = 1
MAX_BYTES = 64_000_000
"""A larger file is refused: it comes from the repository, and reading it must not exhaust memory."""
MAX_COUNT = 1_000_000

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_KEYS = frozenset({"path", "rule", "fingerprint", "fingerprint_moved", "count"})
BASELINE = "baseline"
DIFF = "diff"


class Entry(Struct, frozen=True, order=True):
    """The equal findings of one scope that a baseline accepts."""

    path: str
    rule: str
    fingerprint: str
    fingerprint_moved: str
    count: int


class Baseline(Struct, frozen=True, dict=True):
    """A baseline file that was read: where from (relative to the root), and its entries, sorted."""

    path: str = ""
    entries: tuple[Entry, ...] = ()

    @cached_property
    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many findings are accepted, by path and moved fingerprint."""
        counts: Counter[tuple[str, str]] = Counter()
        for entry in self.entries:
            counts[entry.path, entry.fingerprint_moved] += entry.count
        return counts


NO_BASELINE = Baseline()


def read_baseline(path: str, data: bytes) -> tuple[Baseline, tuple[Problem, ...]]:
    """Read a baseline file's bytes; a file that is not one is an error and accepts nothing."""
    try:
        return Baseline(path, _entries(data)), ()
    except _Invalid as error:
        message = f"not a baseline: {error}; write it again with --write-baseline"
        return Baseline(path), (Problem(ProblemKind.POLICY, message, path),)


def write_baseline(findings: Iterable[Finding], keep: Iterable[Entry] = ()) -> bytes:
    """The baseline file that accepts what is open now, or is in the baseline already.

    Suppressed and waived findings are left out: when their suppression or waiver ends they are open.

    Args:
        keep: entries to write besides, such as those of files that were not checked this time.
    """
    found = {(entry.path, entry.fingerprint_moved): entry for entry in keep}
    for finding in findings:
        if finding.status is not Status.OPEN and not _is_from(finding, BASELINE):
            continue
        path = encodable(finding.path)
        entry = found.get((path, finding.group_moved))
        count = entry.count + 1 if entry else 1
        found[path, finding.group_moved] = Entry(
            path, finding.rule_id, finding.group, finding.group_moved, count
        )
    lines = [
        json.dumps(
            {
                "path": entry.path,
                "rule": entry.rule,
                "fingerprint": entry.fingerprint,
                "fingerprint_moved": entry.fingerprint_moved,
                "count": entry.count,
            },
            ensure_ascii=False,
        )
        for entry in sorted(found.values())
    ]
    body = "\n" + ",\n".join(lines) + "\n" if lines else ""
    return f'{{"version": {VERSION}, "findings": [{body}]}}\n'.encode()


def apply_baseline(
    findings: Sequence[Finding], baseline: Baseline, renames: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """The findings with what the baseline accepts marked; doing it twice changes nothing.

    Args:
        renames: new path to the path that the baseline knows, for files moved since it was written.
    """
    taken: Counter[tuple[str, str]] = Counter()
    why = Acceptance(BASELINE, f"in {baseline.path}" if baseline.path else "in the baseline")
    marked = dict[int, Finding]()
    for index in _document_order(findings):
        finding = findings[index]
        if _is_from(finding, BASELINE):
            finding = replace(finding, status=Status.OPEN, acceptance=None)
        key = (encodable((renames or {}).get(finding.path, finding.path)), finding.group_moved)
        if finding.status is Status.OPEN and taken[key] < baseline.counts.get(key, 0):
            taken[key] += 1
            finding = replace(finding, status=Status.BASELINE, acceptance=why)
        marked[index] = finding
    return tuple(marked[index] for index in range(len(findings)))


def stale_entries(
    findings: Iterable[Finding], baseline: Baseline, checked: Iterable[str], *, whole: bool
) -> tuple[Notice, ...]:
    """A notice for each entry that accepts more than is there.

    Args:
        checked: the paths that were checked; nothing is known of other files.
        whole: whether the whole root was checked, so that a file that was not is gone.
    """
    found = Counter((encodable(f.path), f.group_moved) for f in findings if _is_from(f, BASELINE))
    known = {encodable(path) for path in checked}
    notices = []
    for entry in baseline.entries:
        surplus = entry.count - found[entry.path, entry.fingerprint_moved]
        if surplus <= 0 or not (whole or entry.path in known):
            continue
        message = f"{entry.count} of '{entry.rule}' in {entry.path} accepted, {entry.count - surplus} found"
        notices.append(Notice("stale-baseline", f"{message}: write the baseline again", baseline.path))
    return tuple(notices)


def mark_existing(
    findings: Sequence[Finding],
    base_findings: Iterable[Finding],
    renames: Mapping[str, str],
    *,
    revision: str = "",
) -> tuple[Finding, ...]:
    """The findings with those that existed in a base revision given status ``baseline`` (``--diff``).

    Args:
        base_findings: what the same rules and policy find in the base revision, whatever its status.
        renames: new path to old path, from git; what moved without a rename there is new.
        revision: how to name the base to a reader.

    Findings that are accepted otherwise count against what existed first. So a change that suppresses one
    of two equal findings and adds another still has one that is new.
    """
    left = Counter((finding.path, finding.group_moved) for finding in base_findings)
    why = Acceptance(DIFF, f"existed in {revision}" if revision else "existed before the change")
    keys = [(renames.get(finding.path, finding.path), finding.group_moved) for finding in findings]
    for finding, key in zip(findings, keys, strict=True):
        if finding.status is not Status.OPEN:
            left[key] -= 1
    marked = list(findings)
    for index in _document_order(findings):
        if findings[index].status is Status.OPEN and left[keys[index]] > 0:
            left[keys[index]] -= 1
            marked[index] = replace(findings[index], status=Status.BASELINE, acceptance=why)
    return tuple(marked)


def _document_order(findings: Sequence[Finding]) -> list[int]:
    return sorted(
        range(len(findings)),
        key=lambda index: (findings[index].path, findings[index].match.span, findings[index].rule_id),
    )


def _is_from(finding: Finding, kind: str) -> bool:
    return (
        finding.status is Status.BASELINE
        and finding.acceptance is not None
        and finding.acceptance.kind == kind
    )


class _Invalid(ValueError):
    """What is wrong with a baseline file."""


def _entries(data: bytes) -> tuple[Entry, ...]:
    if len(data) > MAX_BYTES:
        raise _Invalid(f"larger than {MAX_BYTES:,} bytes")
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _Invalid(f"not JSON (line {error.lineno}: {error.msg})") from None
    if not isinstance(value, dict) or "version" not in value:
        raise _Invalid("no object with a version at its top")
    if value["version"] != VERSION or isinstance(value["version"], bool):
        raise _Invalid(f"version {value['version']!r} is not {VERSION}")
    if value.keys() != {"version", "findings"} or not isinstance(value["findings"], list):
        raise _Invalid("it must have exactly a version and a list of findings")
    entries = sorted(_entry(index, entry) for index, entry in enumerate(value["findings"], start=1))
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        key = (entry.path, entry.fingerprint_moved)
        if key in seen:
            raise _Invalid(f"two entries for '{entry.rule}' in {entry.path} (a merge?)")
        seen.add(key)
    return tuple(entries)


def _entry(index: int, value: Any) -> Entry:
    if not isinstance(value, dict) or value.keys() != _KEYS:
        raise _Invalid(f"entry {index} must have exactly {', '.join(sorted(_KEYS))}")
    for key in _KEYS - {"count"}:
        if not isinstance(value[key], str) or not value[key]:
            raise _Invalid(f"entry {index}: {key} must be text")
    for key in ("fingerprint", "fingerprint_moved"):
        if not _FINGERPRINT.fullmatch(value[key]):
            raise _Invalid(f"entry {index}: {key} must be 64 hexadecimal digits")
    count = value["count"]
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_COUNT:
        raise _Invalid(f"entry {index}: count must be a whole number from 1 to {MAX_COUNT:,}")
    return Entry(value["path"], value["rule"], value["fingerprint"], value["fingerprint_moved"], count)
