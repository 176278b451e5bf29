"""The prefilters of the bundled rules, computed when they were written, so that a first check need not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from secloop.model import Rule, RuleSet

PATH = Path(__file__).with_suffix(".json")
"""Written by ``make prefilters``, never by hand."""


def bundled_prefilters(rules: Iterable[Rule], engine_version: str) -> dict[str, Any]:
    """The formulas, by rule id, of those bundled rules that are as they were when the file was written.

    Which they are is told by their digests; with another semgrep-core the file says nothing.
    """
    bundled = [rule for rule in rules if rule.source.origin == "bundled"]
    version, rows = _shipped() if bundled else ("", {})
    if version != engine_version:
        return {}
    found: dict[str, Any] = {}
    for rule in bundled:
        digest, formula = rows.get(rule.id, ("", None))
        if rule.digest == digest:
            found[rule.id] = formula
    return found


def shipped_text(ruleset: RuleSet, engine_version: str) -> str:
    """What the file holds for a rule set: JSON, a rule a line."""
    rows = (
        f"{orjson.dumps(rule.id).decode()}:{orjson.dumps([rule.digest, ruleset.prefilters[rule.id]]).decode()}"
        for rule in ruleset.rules
    )
    return '{"semgrep":"%s","rules":{\n%s\n}}\n' % (engine_version, ",\n".join(rows))  # noqa: UP031


@lru_cache(maxsize=1)
def _shipped() -> tuple[str, dict[str, tuple[str, Any]]]:
    content = orjson.loads(PATH.read_bytes())
    return content["semgrep"], content["rules"]
