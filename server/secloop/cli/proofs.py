"""Fixes that a report may show: proved ones only (SPEC 10)."""

from __future__ import annotations

from collections.abc import Sequence

from secloop.project import Check
from secloop.reports.model import Replacement


def proved_fixes(checks: Sequence[Check]) -> dict[tuple[str, str], tuple[Replacement, ...]]:
    """The proved fix of each open finding that has one, by root and fingerprint."""
    return {}
