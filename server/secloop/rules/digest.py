"""The canonical digests of rules (SPEC 4): equal for equal definitions, however they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785


def rule_digest(definition: Mapping[str, Any]) -> str:
    """SHA-256 hex of a rule's definition as canonical JSON (RFC 8785).

    Raises:
        rfc8785.CanonicalizationError: if the definition holds what JSON cannot (the loader refuses it).
    """
    return hashlib.sha256(rfc8785.dumps(_json(definition))).hexdigest()


def ruleset_digest(rule_digests: Iterable[str]) -> str:
    """SHA-256 hex over the sorted digests of a set's rules, as canonical JSON."""
    return hashlib.sha256(rfc8785.dumps(sorted(rule_digests))).hexdigest()


def _json(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
