"""``secloop rules``: list, show, explain, test and validate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secloop.cli.rules import rules
from secloop.rules.pack import bundled_folder, bundled_rules

RULE = """\
rules:
  - id: no-eval
    languages: [python]
    severity: ERROR
    message: Do not call eval with $X.
    metadata:
      confidence: HIGH
      cwe: "CWE-95: Eval injection"
      references: [https://example.org/eval]
    pattern: eval($X)
    fix: literal_eval($X)
"""
TEST = """\
# ruleid: no-eval
eval(a)
# ok: no-eval
f(a)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty root that is the current folder, with a cache of its own."""
    root = tmp_path / "root"
    (root / ".secloop" / "rules").mkdir(parents=True)
    (root / "secloop.toml").write_text("")
    monkeypatch.setenv("SECLOOP_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(root)
    return root / ".secloop" / "rules"


def write(folder: Path, **texts: str) -> None:
    """Write files; ``_`` in a keyword stands for ``.``."""
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text)


def invoke(*arguments: str) -> Result:
    result = CliRunner().invoke(rules, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_list_shows_bundled_and_own_rules(folder: Path) -> None:
    write(folder, a_yaml=RULE)
    result = invoke("list", "--format", "json")
    assert result.exit_code == 0
    listed = {each["id"]: each for each in json.loads(result.stdout)}
    assert listed["no-eval"]["path"] == ".secloop/rules/a.yaml"
    assert (listed["no-eval"]["severity"], listed["no-eval"]["confidence"]) == ("high", "high")
    assert listed["no-eval"]["fix"] is True
    assert {each["origin"] for each in listed.values()} == {"bundled", "repo"}
    table = invoke("list").stdout
    assert all(rule_id in table for rule_id in listed)
    assert f"{len(listed)} rules" in table


def test_a_broken_rule_is_said_and_exits_2(folder: Path) -> None:
    write(folder, a_yaml=RULE.replace("pattern:", "patern:"))
    for command in ("list", "validate", "test"):
        result = invoke(command)
        assert result.exit_code == 2, command
        assert ".secloop/rules/a.yaml:2: [no-eval] the rule has the unknown key `patern`" in result.stderr


def test_show_tells_all_of_a_rule(folder: Path) -> None:
    write(folder, a_yaml=RULE)
    text = invoke("show", "no-eval").stdout
    for part in (
        "Do not call eval",
        "high",
        "CWE-95",
        "https://example.org/eval",
        ".secloop/rules/a.yaml:2",
        "fix",
    ):
        assert part in text
    shown = json.loads(invoke("show", "no-eval", "--format", "json").stdout)
    assert shown["definition"]["pattern"] == "eval($X)"


def test_show_of_an_unknown_rule_names_the_nearest(folder: Path) -> None:
    write(folder, a_yaml=RULE)
    result = invoke("show", "no-evil")
    assert result.exit_code == 2
    assert "did you mean no-eval?" in result.stderr


def test_explain_tells_engine_words_and_formula(folder: Path) -> None:
    write(folder, a_yaml=RULE)
    text = invoke("explain", "no-eval").stdout
    assert text.splitlines()[2:] == [
        "Engine      native, in process",
        "Reason      every part of it runs in process",
        "Anchors     eval",
        "",
        "    eval($X)",
    ]
    explained = json.loads(invoke("explain", "no-eval", "--format", "json").stdout)
    assert explained == {
        "id": "no-eval",
        "engine": "native",
        "reason": "every part of it runs in process",
        "anchors": [["eval"]],
        "formula": "eval($X)",
    }


def test_explain_tells_why_a_rule_is_left_to_semgrep(folder: Path) -> None:
    write(folder, a_yaml=RULE.replace("[python]", "[python, javascript]"))
    text = invoke("explain", "no-eval").stdout
    assert "Engine      semgrep-core\nReason      its languages are js, python\n" in text
    assert json.loads(invoke("explain", "no-eval", "--format", "json").stdout)["formula"] is None
    assert invoke("explain", "no-evil").exit_code == 2


def test_list_and_validate_say_what_leaves_rules_to_semgrep_core(folder: Path) -> None:
    (folder.parent.parent / "secloop.toml").write_text("bundled-rules = false\n")
    javascript = RULE.replace("no-eval", "js-eval").replace("[python]", "[javascript]")
    entropy = RULE.replace("no-eval", "entropy").replace(
        "    pattern: eval($X)\n",
        "    patterns:\n      - pattern: f($X)\n      - metavariable-analysis: {analyzer: entropy, metavariable: $X}\n",
    )
    write(folder, a_yaml=RULE, b_yaml=javascript, c_yaml=entropy)
    for command in ("validate", "list"):
        text = invoke(command).stdout
        assert "3 rules" in text
        assert "1 rule in process, 2 in semgrep-core" in text
        assert "semgrep-core: its languages are js: js-eval" in text
        assert "metavariable-analysis" in text
    listed = {each["id"]: each["engine"] for each in json.loads(invoke("list", "--format", "json").stdout)}
    assert listed == {"no-eval": "native", "js-eval": "semgrep", "entropy": "semgrep"}


def test_validate_counts_what_is_valid(folder: Path) -> None:
    write(folder, a_yaml=RULE)
    result = invoke("validate", ".secloop/rules/a.yaml")
    assert (result.exit_code, result.stdout) == (
        0,
        "1 rule is valid\n  1 rule in process, 0 in semgrep-core\n",
    )
    assert invoke("validate").exit_code == 0


def test_tests_that_pass(folder: Path) -> None:
    write(folder, a_yaml=RULE, a_py=TEST, a_fixed_py=TEST.replace("eval(a)", "literal_eval(a)"))
    result = invoke("test")
    assert (result.exit_code, result.stdout) == (0, "1 of 1 tested rule files passed, with 1 test file\n")


def test_a_miss_is_shown_as_a_diff_of_the_code(folder: Path) -> None:
    write(folder, a_yaml=RULE, a_py="# ruleid: no-eval\nf(a)\n# ok: no-eval\neval(b)\n")
    result = invoke("test", ".secloop")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "failed .secloop/rules/a.py: no-eval",
        "          1  # ruleid: no-eval",
        "    -     2  f(a)    <- expected, not found",
        "          3  # ok: no-eval",
        "    +     4  eval(b)    <- found, not expected",
        "          5  ",
        "0 of 1 tested rule files passed, with 1 test file",
    ]


def test_a_wrong_fix_is_shown_as_a_diff(folder: Path) -> None:
    write(folder, a_yaml=RULE, a_py=TEST, a_fixed_py=TEST.replace("eval(a)", "safe_eval(a)"))
    result = invoke("test")
    assert result.exit_code == 1
    assert "-safe_eval(a)" in result.stdout
    assert "+literal_eval(a)" in result.stdout


def test_rules_without_tests_are_reported(folder: Path) -> None:
    write(folder, a_yaml=RULE, a_py=TEST, b_yaml=RULE.replace("no-eval", "other"))
    result = invoke("test")
    assert result.exit_code == 0
    assert ".secloop/rules/b.yaml: no tests" in result.stdout
    assert "; 1 without tests" in result.stdout


def test_no_test_at_all_is_a_failure(folder: Path) -> None:
    write(folder, a_yaml=RULE)
    assert invoke("test").exit_code == 1


def test_there_must_be_rules_to_test(folder: Path) -> None:
    folder.rmdir()
    result = invoke("test")
    assert result.exit_code == 2
    assert "there are no rules in .secloop/rules" in result.stderr


@pytest.mark.parametrize("command", ["validate", "lint", "test", "docs", "coverage"])
def test_a_folder_without_rules_does_not_look_as_if_all_were_fine(folder: Path, command: str) -> None:
    (folder / "empty").mkdir()
    result = invoke(command, *(["out"] if command == "docs" else []), (folder / "empty").as_posix())
    assert result.exit_code == 2
    assert f"there are no rule files in {folder}" in result.stderr


def test_a_file_that_is_no_rule_file_cannot_be_tested(folder: Path) -> None:
    write(folder, a_py=TEST)
    result = invoke("test", ".secloop/rules/a.py")
    assert result.exit_code == 2
    assert "is not a rule file" in result.stderr


def test_the_bundled_pack_is_valid_and_tested(folder: Path) -> None:
    result = invoke("test", str(bundled_folder()[0]))
    assert result.exit_code == 0, result.output
    assert f"{len(bundled_rules())} of {len(bundled_rules())} tested rule files passed" in result.stdout
    assert "without tests" not in result.stdout
    assert "no test expects" not in result.stdout


def test_the_list_drops_columns_that_do_not_fit_the_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a_yaml=RULE)
    for width, heading in (
        (None, "Rule Severity Confidence Languages Fix From Engine"),
        (70, "Rule Severity Confidence"),
        (10, "Rule"),
    ):
        monkeypatch.setattr("secloop.cli.tables._terminal_width", lambda width=width: width)
        assert invoke("list").stdout.splitlines()[0].split() == heading.split()
