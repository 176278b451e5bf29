"""The bundled pack as it was read and compiled before it shipped, so that a first check parses no rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from msgspec.structs import replace

from secloop.model import Rule, RuleSet
from secloop.rules.cached import rule_from, rule_value
from secloop.rules.pack import RuleFile

PATH = Path(__file__).with_suffix(".json")
"""Written by ``make pack``, never by hand."""


def shipped_rules(file: RuleFile, engine_version: str) -> tuple[Rule, ...] | None:
    """The rules of a bundled file that is as it was when the pack was compiled, which its bytes tell.

    None for every other file, and with another semgrep-core: it may refuse a rule.
    """
    version, rows = _shipped() if file.origin == "bundled" else ("", {})
    digest, rules = rows.get(file.path, ("", ()))
    if version != engine_version or digest != hashlib.sha256(file.data).hexdigest():
        return None
    return tuple(rule_from(value) for _, value in rules)


def shipped_prefilters(rules: Iterable[Rule], engine_version: str) -> dict[str, Any]:
    """The formulas, by rule id, of those bundled rules that are as they were when the pack was compiled.

    Which they are is told by their digests; with another semgrep-core there are none.
    """
    bundled = [rule for rule in rules if rule.source.origin == "bundled"]
    known = _prefilters(engine_version) if bundled else {}
    return {rule.id: known[rule.digest] for rule in bundled if rule.digest in known}


def shipped_text(files: Iterable[RuleFile], ruleset: RuleSet, engine_version: str) -> str:
    """What the file holds for the rule set of some files: JSON, a line for each of them."""
    rows: dict[str, list[Any]] = {}
    for rule in ruleset.rules:
        bundled = replace(rule, source=replace(rule.source, origin="bundled"))
        rows.setdefault(rule.source.path, []).append([ruleset.prefilters[rule.id], rule_value(bundled)])
    lines = (
        f"{_json(file.path)}:{_json([hashlib.sha256(file.data).hexdigest(), rows[file.path]])}"
        for file in files
    )
    return '{"semgrep":"%s","files":{\n%s\n}}\n' % (engine_version, ",\n".join(lines))  # noqa: UP031


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


@lru_cache(maxsize=1)
def _shipped() -> tuple[str, dict[str, tuple[str, list[Any]]]]:
    content = orjson.loads(PATH.read_bytes())
    return content["semgrep"], content["files"]


@lru_cache(maxsize=1)
def _prefilters(engine_version: str) -> dict[str, Any]:
    """The formulas by the digests of their rules."""
    version, rows = _shipped()
    if version != engine_version:
        return {}
    return {rule_from(value).digest: prefilter for _, rules in rows.values() for prefilter, value in rules}
