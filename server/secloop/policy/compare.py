"""Compares two verdicts of one root, given as JSON (SPEC 3), and says what makes their digests differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from secloop.model import FORMAT_VERSION

_REASONS = {
    "rules": ("ruleset_digest",),
    "policy": ("policy_digest",),
    "engine": ("secloop", "semgrep_core"),
    "content": ("content_digest",),
    "as_of": ("as_of",),
}
_WORDS = ("rule_id", "path", "severity", "status", "fingerprint")

Json = Mapping[str, Any]


class Comparison(Struct, frozen=True):
    """How two verdicts compare.

    Attributes:
        same: whether both were decided and their digests are equal.
        reasons: which of ``rules``, ``policy``, ``engine``, ``content`` and ``as_of`` they were not alike in.
        only_first: indexes of the first's findings that the second does not have.
        only_second: the same the other way round.
    """

    same: bool
    reasons: tuple[str, ...]
    only_first: tuple[int, ...]
    only_second: tuple[int, ...]


def compare(first: Json, second: Json) -> Comparison:
    """Compare two verdicts that ``verdict_of`` took."""
    one, other = first["components"], second["components"]
    return Comparison(
        same=first["digest"] is not None and first["digest"] == second["digest"],
        reasons=tuple(
            reason for reason, keys in _REASONS.items() if any(one.get(key) != other.get(key) for key in keys)
        ),
        only_first=tuple(_only(first["findings"], second["findings"])),
        only_second=tuple(_only(second["findings"], first["findings"])),
    )


def verdict_of(value: Any) -> Json:
    """A value as the JSON of one verdict.

    Raises:
        ValueError: if it is none.
    """
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 1:
        value = value[0]
    if isinstance(value, Sequence) and not isinstance(value, str):
        raise ValueError("this holds several verdicts; take the one of the root that is meant")
    if not isinstance(value, Mapping) or not _is_verdict(value):
        raise ValueError("this is not the verdict that `secloop check --format json` writes")
    if value["version"] != FORMAT_VERSION:
        raise ValueError(f"the verdict is of format version {value['version']}, and not {FORMAT_VERSION}")
    return value


def _is_verdict(value: Json) -> bool:
    findings = value.get("findings")
    return (
        isinstance(value.get("version"), int)
        and isinstance(value.get("components"), Mapping)
        and isinstance(value.get("digest"), (str, type(None)))
        and "digest" in value
        and isinstance(findings, Sequence)
        and all(_is_finding(one) for one in findings)
    )


def _is_finding(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and all(isinstance(value.get(key), str) for key in _WORDS)
        and all(isinstance(value.get(key), Mapping) for key in ("start", "end"))
    )


def _only(findings: Sequence[Json], others: Sequence[Json]) -> Iterator[int]:
    """Indexes of the findings that the others do not have, counting equal ones."""
    left = Counter(map(_identity, others))
    for index, finding in enumerate(findings):
        identity = _identity(finding)
        if left[identity]:
            left[identity] -= 1
        else:
            yield index


def _identity(finding: Json) -> tuple[object, ...]:
    """What of a finding counts in the digest (SPEC 4)."""
    places = [finding[end].get(key) for end in ("start", "end") for key in ("line", "column")]
    return (*(finding[key] for key in _WORDS), *map(repr, places))
