"""``secloop rules lint``: what is amiss with rules that load."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest
from cli_repository import Repo

from secloop.rules.lint.checks import CHECKS, HITS, PACK_ONLY

METADATA = """\
    metadata:
      cwe: ["CWE-95: Eval Injection"]
      owasp: ["A03:2021 - Injection", "A05:2025 - Injection"]
      asvs: ["v5.0.0-1.3.2"]
      controls:
        pci-dss-4.0.1: ["6.2.4"]
        nist-800-53: ["SI-10"]
        nist-ssdf: ["PW.5.1"]
        soc2: ["CC6.6"]
        iso-27001-2022: ["A.8.26"]
      stride: [tampering]
      confidence: HIGH
      likelihood: LOW
      impact: HIGH
      technology: [python]
      references: ["https://docs.python.org/3/library/functions.html#eval"]
      secloop: {bad: "eval(x)", good: "literal_eval(x)"}
"""
SEARCH = f"""\
rules:
  - id: no-eval
    languages: [python]
    severity: HIGH
    message: eval of $X runs what an attacker sends. Use literal_eval.
{METADATA}\
    fix-regex: {{regex: "eval|exec", replacement: literal_eval}}
    pattern-either:
      - pattern: eval($X)
      - pattern: exec($X)
"""
TEST = "# ruleid: no-eval\neval(a)\n# ruleid: no-eval\nexec(a)\n# ok: no-eval\nf(a)\n"
FIXED = TEST.replace("\neval", "\nliteral_eval").replace("\nexec", "\nliteral_eval")
TAINT = f"""\
rules:
  - id: no-flow
    languages: [python]
    severity: HIGH
    message: What a client sends runs as Python. Use literal_eval.
{METADATA}\
    mode: taint
    pattern-sources:
      - pattern: input()
      - pattern: ask()
    pattern-sinks:
      - pattern: eval(...)
    pattern-sanitizers:
      - pattern: clean(...)
"""
TAINT_TEST = (
    "# ruleid: no-flow\neval(input())\n# ruleid: no-flow\neval(ask())\n# ok: no-flow\neval(clean(input()))\n"
)
STRICT = f"[lint]\nrequire = {json.dumps(sorted(PACK_ONLY))}\n"


@pytest.fixture
def rules(repo: Repo) -> Repo:
    """A folder with two rules with which nothing is amiss, and a root that wants all of them."""
    repo.write("secloop.toml", STRICT)
    repo.write("mine/a.yaml", SEARCH)
    repo.write("mine/a.py", TEST)
    repo.write("mine/a.fixed.py", FIXED)
    repo.write("mine/b.yaml", TAINT)
    repo.write("mine/b.py", TAINT_TEST)
    return repo


def complaints(repo: Repo, *arguments: str) -> list[tuple[str, int]]:
    result = repo.run("rules", "lint", "mine", "--format", "json", *arguments)
    found = json.loads(result.stdout)
    assert result.exit_code == bool(found), result.stderr
    return [(one["check"], one["line"]) for one in found]


def test_rules_with_nothing_amiss(rules: Repo) -> None:
    assert complaints(rules) == []
    assert rules.run("rules", "lint", "mine").stdout == "nothing is amiss with 2 rules\n"


BREAKING = {
    "cwe": ("a.yaml", '"CWE-95: Eval Injection"', "CWE-95"),
    "owasp": ("a.yaml", ', "A05:2025 - Injection"', ""),
    "asvs": ("a.yaml", "v5.0.0-1.3.2", "1.3.2"),
    "controls": ("a.yaml", '        soc2: ["CC6.6"]\n', ""),
    "stride": ("a.yaml", "[tampering]", "[T]"),
    "levels": ("a.yaml", "likelihood: LOW", "likelihood: RARE"),
    "references": ("a.yaml", "https://docs.python.org", "docs.python.org"),
    "examples": ("a.yaml", 'bad: "eval(x)", ', ""),
    "technology": ("a.yaml", "      technology: [python]\n", ""),
    "message-length": (
        "a.yaml",
        "eval of $X runs what an attacker sends. Use literal_eval.",
        "Use f, not $X.",
    ),
    "message-instruction": ("a.yaml", " Use literal_eval.", ""),
    "message-names": ("a.yaml", "eval of $X", "eval of $Y"),
    "message-unfilled": ("a.yaml", "pattern: exec($X)", "pattern: exec(...)"),
    "tests": ("a.py", "# ok: no-eval\n", ""),
    "dead-pattern": ("a.yaml", "pattern: exec($X)", "pattern: exec($X)\n      - pattern: compile($X)"),
    "subsumed-pattern": ("a.yaml", "pattern: exec($X)", "pattern: exec($X)\n      - pattern: exec($Y)"),
    "untested-sanitizer": (
        "b.yaml",
        "pattern: clean(...)",
        "pattern: clean(...)\n      - pattern: wash(...)",
    ),
}
ABOUT_FILES = {"fixed-file", HITS}
REFUSED_BY_LOADING = {"refused", "fix-regex"}
"""These are for the bundled pack, whose rules load without the checks that a repository's are put to."""


@pytest.mark.parametrize("check", BREAKING)
def test_each_check_is_broken_by_one_change(rules: Repo, check: str) -> None:
    name, old, new = BREAKING[check]
    text = (rules.root / "mine" / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    rules.write(f"mine/{name}", text.replace(old, new))
    assert {each for each, _ in complaints(rules, "--only", check)} == {check}


def test_no_check_is_left_out() -> None:
    assert BREAKING.keys() | ABOUT_FILES | REFUSED_BY_LOADING == set(CHECKS)


def test_a_fix_that_no_file_shows(rules: Repo) -> None:
    (rules.root / "mine/a.fixed.py").unlink()
    assert complaints(rules) == [("fixed-file", 2)]


def test_rules_that_fire_often_on_given_code(rules: Repo) -> None:
    rules.write("code/b.py", "eval(a)\neval(b)\n")
    assert complaints(rules, "--code", "code", "--max-hits", "1") == [("hits", 2)]
    assert complaints(rules, "--code", "code", "--max-hits", "2") == []


def test_a_complaint_names_the_line_of_its_pattern(rules: Repo) -> None:
    rules.write("mine/a.yaml", SEARCH + "      - pattern: compile($X, ...)\n")
    assert complaints(rules) == [("dead-pattern", SEARCH.count("\n") + 1)]


def test_a_pattern_whose_name_is_bound_elsewhere_covers_none_without_it(rules: Repo) -> None:
    wide = SEARCH.replace("exec($X)", "$F($X)")
    rules.write("mine/a.yaml", wide)
    assert "subsumed-pattern" in {check for check, _ in complaints(rules)}
    loop = "    patterns:\n    - pattern-inside: |\n        for $F in $ALL:\n            ...\n    - pattern-either:\n"
    rules.write("mine/a.yaml", wide.replace("    pattern-either:\n", loop))
    assert "subsumed-pattern" not in {check for check, _ in complaints(rules)}


def test_what_the_root_asks_for_and_what_it_leaves_out(rules: Repo) -> None:
    rules.write("mine/a.yaml", SEARCH.replace("[tampering]", "[]"))
    rules.write("secloop.toml", "[lint]\nmin-found = 3\n")
    assert complaints(rules) == [("tests", 2), ("tests", 2)]
    rules.write("secloop.toml", '[lint]\nrequire = ["stride"]\nignore = ["tests"]\n')
    assert [check for check, _ in complaints(rules)] == ["stride"]
    assert complaints(rules, "--ignore", "stride") == []
    assert [check for check, _ in complaints(rules, "--only", "stride")] == ["stride"]


def test_a_check_that_is_none_is_refused(rules: Repo) -> None:
    rules.write("secloop.toml", '[lint]\nignore = ["dead-patern"]\n')
    result = rules.run("rules", "lint", "mine")
    assert result.exit_code == 2
    assert "dead-patern" in result.stderr
    assert "dead-pattern" in result.stderr


def test_what_one_rule_shows_counts_for_all_rules_that_have_it(rules: Repo) -> None:
    shared = "      - pattern: ask()\n"
    other = TAINT.replace("no-flow", "no-run").replace("eval(...)", "run(...)")
    rules.write("mine/c.yaml", other)
    rules.write("mine/c.py", "# ruleid: no-run\nrun(input())\n# ok: no-run\nrun(a)\n")
    assert complaints(rules) == []
    rules.write("mine/b.py", TAINT_TEST.replace("ask", "input"))
    result = rules.run("rules", "lint", "mine")
    assert "[no-flow] dead-pattern" in result.stdout
    assert ", which 1 other rule has: ask()" in result.stdout
    assert "1 complaint about 1 of 3 rules" in result.stdout
    rules.write("mine/b.yaml", TAINT.replace(shared, ""))
    line = other[: other.index(shared)].count("\n") + 1
    assert complaints(rules) == [("dead-pattern", line)]


def test_a_source_that_one_rule_shows_is_untested_as_the_sink_of_another(rules: Repo) -> None:
    other = TAINT.replace("no-flow", "no-run").replace("      - pattern: ask()\n", "")
    rules.write(
        "mine/c.yaml",
        other.replace("    pattern: eval(...)", "").replace("eval(...)", "run(...)\n      - pattern: ask()"),
    )
    rules.write("mine/c.py", "# ruleid: no-run\nrun(input())\n# ok: no-run\nrun(a)\n")
    assert [check for check, _ in complaints(rules)] == ["dead-pattern"]


def test_code_that_is_no_text_is_said(rules: Repo) -> None:
    rules.write("code/b.py", b"# -*- coding: no-such-codec -*-\neval(a)\n")
    result = rules.run("rules", "lint", "mine", "--code", "code")
    assert result.exit_code == 2
    assert "b.py" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_ends_it_quietly(rules: Repo) -> None:
    for number in range(200):
        rules.write(f"mine/c{number}.yaml", SEARCH.replace("no-eval", f"no-eval-{number}"))
        rules.write(f"mine/c{number}.py", TEST.replace("no-eval", f"no-eval-{number}") * 20)
    command = [sys.executable, "-m", "secloop", "rules", "lint", "mine"]
    process = subprocess.Popen(
        command, cwd=rules.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    cache = rules.root.parent / "cache"
    while process.poll() is None and not (cache.is_dir() and list(cache.iterdir())):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, "")
    assert "Traceback" not in errors
