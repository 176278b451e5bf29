"""Stable identities: fingerprints that survive line shifts, re-indentation and edits elsewhere (SPEC 5)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import orjson
from msgspec import Struct

from secloop.model import Match
from secloop.policy.globs import encodable
from secloop.syntax.document import Document


class Identity(Struct, frozen=True):
    """Which finding this is, wherever its lines are.

    ``group`` and ``group_moved`` are the fingerprints of the first of the equal ones in the same scope: equal
    findings share them, so that baselines and ``--diff`` can compare equal ones by count.
    """

    fingerprint: str
    fingerprint_moved: str
    group: str
    group_moved: str


def identities(document: Document, matches: Sequence[Match]) -> tuple[Identity, ...]:
    """The identity of each match, in the order of ``matches``.

    ``matches`` must hold all of a rule's matches in the document, or none: the occurrence index counts
    equal ones in document order. Costs nothing when there are no matches.
    """
    if not matches:
        return ()
    seen: Counter[tuple[str, str, str]] = Counter()
    found: dict[int, Identity] = {}
    in_document_order = sorted(range(len(matches)), key=lambda index: matches[index].span)
    for index in in_document_order:
        match = matches[index]
        key = (match.rule_id, *match.place)
        found[index] = _identity(document.path, key, seen[key])
        seen[key] += 1
    return tuple(found[index] for index in range(len(matches)))


def fingerprints(document: Document, matches: Sequence[Match]) -> tuple[tuple[str, str], ...]:
    """``(fingerprint, fingerprint_moved)`` of each match, in the order of ``matches``; see `identities`."""
    return tuple((one.fingerprint, one.fingerprint_moved) for one in identities(document, matches))


@lru_cache(maxsize=4096)  # of what is found again at each keystroke
def _identity(path: str, key: tuple[str, str, str], occurrence: int) -> Identity:
    rule_id, scope, tokens = key
    group = _hash(rule_id, path, scope, tokens, 0)
    group_moved = _hash(rule_id, scope, tokens, 0)
    if occurrence == 0:
        return Identity(group, group_moved, group, group_moved)
    return Identity(
        _hash(rule_id, path, scope, tokens, occurrence),
        _hash(rule_id, scope, tokens, occurrence),
        group,
        group_moved,
    )


def _hash(*parts: str | int) -> str:
    # JSON keeps the parts apart, whatever they hold; of strings and small integers it is canonical.
    return hashlib.sha256(
        orjson.dumps([encodable(p) if isinstance(p, str) else p for p in parts])
    ).hexdigest()
