"""The JSON schema that editors use for rule files: it refuses no rule that loads, and sees the usual slips."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

import secloop
from secloop.fixes.codemods import CODEMODS
from secloop.rules.pack import bundled_rules
from secloop.rules.yaml import load_yaml
from secloop.syntax.languages import canonical

SCHEMA = json.loads((Path(secloop.__file__).parent / "schema" / "rules.schema.json").read_bytes())
VALIDATOR = Draft7Validator(SCHEMA)


def test_every_bundled_rule_fits() -> None:
    for file in bundled_rules():
        assert VALIDATOR.is_valid(load_yaml(file.data).plain()), file.path


def rule(**changed: Any) -> dict[str, Any]:
    plain = {"id": "a", "languages": ["python"], "severity": "HIGH", "message": "m", "pattern": "f()"}
    return {key: value for key, value in {**plain, **changed}.items() if value is not None}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"severity": "WARNING"},
        {"pattern": None, "match": {"all": ["f()"]}},
        {"pattern": None, "patterns": [{"pattern": "f($X)"}, {"metavariable-regex": {"metavariable": "$X", "regex": "a"}}]},
        {"pattern": None, "patterns": [{"pattern-inside": {"patterns": [{"pattern": "g()"}]}}, {"focus-metavariable": ["$A", "$B"]}]},
        {"pattern": None, "mode": "taint", "pattern-sources": [{"pattern": "s()"}], "pattern-sinks": [{"pattern": "t()", "requires": "A"}]},
        {"pattern": None, "mode": "taint", "taint": {"sources": ["s()"], "sinks": ["t()"]}},
        {"metadata": {"anything": [1], "secloop": {"codemod": CODEMODS[0], "later": 1}}},
        {"options": {"unknown": True}},
        {"languages": ["a-language-to-come"]},
    ],
)  # fmt: skip
def test_rules_that_load_fit(changed: Any) -> None:
    assert [error.message for error in VALIDATOR.iter_errors({"rules": [rule(**changed)]})] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"message": None},
        {"id": "two words"},
        {"severity": "LOUD"},
        {"pattern": None},
        {"languages": "python"},
        {"languages": []},
        {"mode": "tain"},
        {"mode": "taint", "pattern-sources": [{"pattern": "s()"}]},
        {"pattern": None, "patterns": [{"patern": "f()"}]},
        {"pattern": None, "patterns": [{"metavariable-regex": {"metavariable": "X", "regex": "a"}}]},
        {"metadata": {"secloop": {"codemod": "no-such"}}},
        {"fix-regex": {"regex": "a"}},
    ],
)
def test_the_usual_slips_are_seen(changed: Any) -> None:
    assert not VALIDATOR.is_valid({"rules": [rule(**changed)]})


def test_what_it_offers_is_there() -> None:
    definitions = SCHEMA["definitions"]
    offered = definitions["language"]["anyOf"][0]["enum"]
    assert [name for name in offered if canonical(name) is None] == []
    ours = definitions["rule"]["properties"]["metadata"]["properties"]["secloop"]["properties"]
    assert ours["codemod"]["enum"] == sorted(CODEMODS)
