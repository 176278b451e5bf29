"""``secloop rules lint``: what is amiss with rules that load."""

from __future__ import annotations

import json

from cli_repository import Repo

RULE = """\
rules:
  - id: no-eval
    languages: [python]
    severity: HIGH
    message: eval of $X runs what an attacker sends. Use literal_eval.
    metadata: {cwe: ["CWE-95: Eval Injection"], references: ["https://docs.python.org/3/"]}
    pattern-either:
      - pattern: eval($X)
      - pattern: exec($X)
"""
TEST = "# ruleid: no-eval\neval(a)\n# ruleid: no-eval\nexec(a)\n# ok: no-eval\nf(a)\n"


def complaints(repo: Repo, *arguments: str) -> list[tuple[str, int]]:
    result = repo.run("rules", "lint", "mine", "--format", "json", *arguments)
    found = json.loads(result.stdout)
    assert result.exit_code == bool(found), result.stderr
    return [(one["check"], one["line"]) for one in found]


def test_a_rule_with_nothing_amiss(repo: Repo) -> None:
    repo.write("mine/a.yaml", RULE)
    repo.write("mine/a.py", TEST)
    assert complaints(repo) == []
    assert repo.run("rules", "lint", "mine").stdout == "nothing is amiss with 1 rule\n"


def test_a_pattern_that_finds_nothing_in_the_tests_is_named_with_its_line(repo: Repo) -> None:
    repo.write("mine/a.yaml", RULE + "      - pattern: compile($X, ...)\n")
    repo.write("mine/a.py", TEST)
    assert complaints(repo) == [("dead-pattern", 10)]


def test_a_pattern_that_another_covers(repo: Repo) -> None:
    repo.write("mine/a.yaml", RULE.replace("exec($X)", "eval(...)").replace("of $X ", ""))
    repo.write("mine/a.py", TEST.replace("exec", "eval"))
    assert complaints(repo) == [("subsumed-pattern", 8)]


def test_what_the_root_asks_for_and_what_it_leaves_out(repo: Repo) -> None:
    repo.write("mine/a.yaml", RULE)
    repo.write("mine/a.py", TEST)
    repo.write("secloop.toml", '[lint]\nrequire = ["stride"]\nmin-found = 3\n')
    assert [check for check, _ in complaints(repo)] == ["tests", "stride"]
    assert [check for check, _ in complaints(repo, "--ignore", "tests")] == ["stride"]


def test_rules_that_fire_often_on_given_code(repo: Repo) -> None:
    repo.write("mine/a.yaml", RULE)
    repo.write("mine/a.py", TEST)
    repo.write("code/b.py", "eval(a)\neval(b)\n")
    assert complaints(repo, "--code", "code", "--max-hits", "1") == [("hits", 2)]
    assert complaints(repo, "--code", "code", "--max-hits", "2") == []
