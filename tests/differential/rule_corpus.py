"""Rules to compare engines with: from rule files, in the form in which semgrep-core hides no finding."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import yaml

from secloop.model import Confidence, Rule, RuleSource, Severity
from secloop.rules.pack import is_rule_file

HERE = Path(__file__).parent
COMPACT_RULES = HERE / "rules"
"""The rules written for this test, each topic's beside the code that they are tested on."""
PACK = HERE.parents[1] / "rules" / "python"

_METAVARIABLE = re.compile(r"\$\.\.\.[A-Z_][A-Z_0-9]*|\$[A-Z_][A-Z_0-9]*")
_CAPTURED = tuple(f"${group}" for group in range(1, 5))


def comparable(definition: Mapping[str, Any]) -> Rule:
    """A rule whose message lists all metavariables: semgrep-core drops matches of equal range and message."""
    kept = {
        key: value
        for key, value in definition.items()
        if key not in {"metadata", "fix", "fix-regex", "paths"}
    }
    names = sorted(set(_METAVARIABLE.findall(orjson.dumps({**kept, "message": ""}).decode())))
    kept["languages"] = ["python"]
    kept["severity"] = "ERROR"
    kept["message"] = " | ".join([*names, *_CAPTURED])
    return Rule(
        id=kept["id"],
        languages=("python",),
        severity=Severity.HIGH,
        confidence=Confidence.LOW,
        message=kept["message"],
        definition=kept,
        source=RuleSource("differential.yaml", 1, "repo"),
        digest=hashlib.sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).hexdigest(),
    )


def definitions_in(folder: Path) -> Iterator[dict[str, Any]]:
    """The rules for Python in a folder's rule files, in order of their paths."""
    for path in sorted(folder.rglob("*.yaml")):
        if is_rule_file(path.name):
            for definition in yaml.safe_load(path.read_bytes())["rules"]:
                if "python" in definition["languages"] or "py" in definition["languages"]:
                    yield definition


def all_rules(folders: Iterable[Path] = (COMPACT_RULES, PACK)) -> list[Rule]:
    """Every rule of the folders, comparable."""
    return [comparable(definition) for folder in folders for definition in definitions_in(folder)]
