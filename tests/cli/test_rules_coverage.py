"""``secloop rules coverage``: how many rules there are for each weakness, risk, technology and language."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cli_repository import Repo

RULES = """\
rules:
  - id: one
    languages: [python]
    severity: HIGH
    message: one
    pattern: f($X)
    fix: g($X)
    metadata:
      confidence: HIGH
      cwe: ["CWE-611: XML", "CWE-79: XSS"]
      owasp: ["A03:2021 - Injection", "A05:2025 - Injection"]
      technology: [python, flask]
  - id: two
    languages: [js, ts]
    severity: HIGH
    message: two
    pattern: f($X)
    metadata: {cwe: "79", technology: flask}
  - id: three
    languages: [python]
    severity: HIGH
    message: three
    pattern: f($X)
"""


@pytest.fixture
def rules(repo: Repo) -> Repo:
    repo.write("mine/rules.yaml", RULES)
    return repo


def covered(rules: Repo, *arguments: str) -> dict[str, Any]:
    result = rules.run("rules", "coverage", *arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def test_each_rule_counts_for_all_that_it_names(rules: Repo) -> None:
    value = covered(rules, "mine")
    assert value["rules"] == 3
    by_cwe = [(each["id"], each["name"], each["rules"]) for each in value["cwe"]]
    assert by_cwe == [("CWE-79", "XSS", ["one", "two"]), ("CWE-611", "XML", ["one"]), ("", "", ["three"])]
    assert [(each["id"], each["rules"]) for each in value["technology"]] == [
        ("flask", ["one", "two"]),
        ("python", ["one"]),
        ("", ["three"]),
    ]
    assert [each["id"] for each in value["language"]] == ["js", "python", "ts"]
    (xml,) = (each for each in value["cwe"] if each["id"] == "CWE-611")
    assert (xml["high_confidence"], xml["with_fix"]) == (1, 1)


def test_a_category_of_owasp_without_a_rule_is_shown(rules: Repo) -> None:
    categories = {each["id"]: len(each["rules"]) for each in covered(rules, "mine")["owasp-2025"]}
    assert categories.pop("") == 2
    assert categories == {f"A{number:02}:2025": int(number == 5) for number in range(1, 11)}


def test_the_tables(rules: Repo) -> None:
    result = rules.run("rules", "coverage", "mine", "--by", "cwe")
    assert result.stdout == (
        "CWE      Rules  High confidence  With a fix  Name\n"
        "CWE-79   2      1                1           XSS\n"
        "CWE-611  1      1                1           XML\n"
        "-        1      0                0\n"
        "\n"
        "3 rules\n"
    )


def test_without_paths_it_is_about_the_rules_of_the_root(rules: Repo) -> None:
    assert covered(rules, "--by", "language")["rules"] == 2


def test_a_rule_that_does_not_load_is_said(rules: Repo) -> None:
    rules.write("mine/broken.yaml", "rules: [{id: bad}]\n")
    result = rules.run("rules", "coverage", "mine")
    assert result.exit_code == 2
    assert "mine/broken.yaml" in result.stderr
