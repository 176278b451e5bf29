"""The snippets of the VS Code extension are rules and policy that load."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from cli_repository import CONFIG, Repo

_SNIPPETS = Path(__file__).parents[2] / "vscode-extension/snippets"


def _snippets(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_SNIPPETS / name).read_text(encoding="utf-8"))
    return found


def _typed(body: str | list[str]) -> str:
    """What is in the editor when every stop of a snippet is left as it is."""
    text = body if isinstance(body, str) else "\n".join(body)
    text = text.replace("$CURRENT_YEAR", "2026")
    assert not re.search(r"(?<!\\)\$[A-Za-z_]", text), "a metavariable that is not escaped loses its $"
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^{}]*)\}", r"\1", text)
    return re.sub(r"(?<!\\)\$\d", "", text).replace("\\$", "$") + "\n"


def _in_a_rule(text: str) -> str:
    """A rule file, of a part of a rule or of one of its patterns."""
    if text.startswith("- "):
        text = "patterns:\n  - pattern: $NAME(...)\n" + textwrap.indent(text, "  ")
    if not text.startswith("rules:"):
        rule = "id: a\nlanguages: [python]\nseverity: HIGH\nmessage: m\n" + text
        text = "rules:\n  -\n" + textwrap.indent(rule, "    ")
    return text


@pytest.mark.parametrize("name", _snippets("policy.json"))
def test_a_snippet_of_policy_loads(repo: Repo, name: str) -> None:
    repo.write("secloop.toml", CONFIG + _typed(_snippets("policy.json")[name]["body"]))
    _, verdict = repo.check("--as-of", "2026-06-01")
    assert verdict["errors"] == []


@pytest.mark.parametrize("name", _snippets("rules.json"))
def test_a_snippet_of_rules_loads(repo: Repo, name: str) -> None:
    repo.write(".secloop/rules/rules.yaml", _in_a_rule(_typed(_snippets("rules.json")[name]["body"])))
    result = repo.run("rules", "validate")
    assert result.exit_code == 0, result.output
