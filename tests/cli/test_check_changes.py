"""The modes of `secloop check` that change files: --fix, --add-suppressions, --write-baseline."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from cli_repository import CONFIG, Repo

from secloop.cli import fixing
from secloop.syntax.document import Document
from secloop.workspace.writing import WriteError


def test_fix_applies_proved_fixes_and_reports_what_is_left(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\r\nexec(y)\r\n")
    result = repo.run("check", "--fix", "--format", "json")
    assert repo.read("a.py") == "literal_eval(x)\r\nexec(y)\r\n"
    assert [finding["rule_id"] for finding in json.loads(result.stdout)["findings"]] == ["no-exec"]
    assert result.exit_code == 1
    assert "1 finding fixed" in result.stderr


def test_a_file_that_cannot_be_written_is_not_called_unproved(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_root: Path, old: Document, _new: Document) -> None:
        raise WriteError(f"{old.path} cannot be written: Permission denied")

    monkeypatch.setattr(fixing, "write_document", refuse)
    repo.write("a.py", "eval(x)\n")
    result = repo.run("check", "--fix")
    assert result.exit_code == 1
    assert "a.py cannot be written: Permission denied" in result.stderr
    assert "0 findings fixed, 1 left, whose file could not be written" in result.stderr


def test_a_fix_that_does_not_fix_is_not_applied(repo: Repo) -> None:
    rule = repo.read(".secloop/rules/rules.yaml").replace("literal_eval($X)", "eval( $X )")
    repo.write(".secloop/rules/rules.yaml", rule)
    repo.write("a.py", "eval(x)\n")
    result = repo.run("check", "--fix", "--verbose")
    assert repo.read("a.py") == "eval(x)\n"
    assert "a.py:1: no fix for no-eval: " in result.stderr


def test_dry_run_prints_a_diff_that_git_applies_and_changes_nothing(repo: Repo) -> None:
    repo.write("d/a.py", "import os\n\nx = 'é'\neval(x)  # why\n")
    repo.commit()
    result = repo.run("check", "--fix", "--dry-run")
    assert result.exit_code == 1
    assert repo.git("status", "--porcelain") == ""
    repo.write("../fix.diff", result.stdout)
    repo.git("apply", "../fix.diff")
    assert repo.read("d/a.py") == "import os\n\nx = 'é'\nliteral_eval(x)  # why\n"


def test_suppressed_and_waived_findings_are_not_fixed(repo: Repo) -> None:
    source = "eval(x)  # secloop: ignore[no-eval] reviewed\n"
    repo.write("a.py", source)
    repo.run("check", "--fix")
    assert repo.read("a.py") == source


def test_fix_keeps_the_encoding_of_a_file(repo: Repo) -> None:
    repo.write("a.py", b"# coding: latin-1\neval('\xe9')\n")
    repo.run("check", "--fix")
    assert (repo.root / "a.py").read_bytes() == b"# coding: latin-1\nliteral_eval('\xe9')\n"


def test_fixing_standard_input_prints_the_fixed_text(repo: Repo) -> None:
    arguments = ["check", "--fix", "--stdin", "--stdin-filename", "a.py"]
    result = repo.run(*arguments, input="eval('é')\r\n")
    assert (result.stdout_bytes.decode(), result.exit_code) == ("literal_eval('é')\r\n", 0)
    result = repo.run(*arguments, input="x = 1\n")
    assert (result.stdout, result.exit_code) == ("x = 1\n", 0)


def test_add_suppressions_accepts_every_open_finding_and_nothing_else(repo: Repo) -> None:
    repo.write("a.py", "def f():\n    eval(x); exec(y)\n")
    repo.write("b.py", "x = 1\n")
    result = repo.run("check", "--add-suppressions", "legacy, see SEC-1")
    assert result.exit_code == 0
    assert repo.read("a.py") == (
        "def f():\n    eval(x); exec(y)  # secloop: ignore[no-eval, no-exec] legacy, see SEC-1\n"
    )
    assert repo.check()[0] == 0
    assert {status for *_, status in repo.findings()} == {"suppressed"}


def test_suppressions_need_a_reason(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    result = repo.run("check", "--add-suppressions", " ")
    assert result.exit_code == 2
    assert "needs a reason" in result.stderr


def test_what_cannot_carry_a_comment_is_said_and_exit_code_2(repo: Repo) -> None:
    rule = """\
rules:
  - {id: key, languages: [regex], severity: HIGH, message: key, pattern-regex: "AKIA[0-9]{4}"}
"""
    repo.write(".secloop/rules/key.yaml", rule)
    repo.write("a.json", '{"key": "AKIA1234"}\n')
    result = repo.run("check", "--add-suppressions", "known")
    assert result.exit_code == 2
    assert "a.json:1: key cannot be suppressed here" in result.stderr
    assert repo.read("a.json") == '{"key": "AKIA1234"}\n'


def test_a_baseline_accepts_what_is_there_by_count(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\neval(x)\n")
    assert repo.run("check", "--write-baseline").exit_code == 0
    repo.write("secloop.toml", CONFIG + 'baseline = ".secloop/baseline.json"\n')
    assert repo.check()[0] == 0
    repo.write("a.py", "y = 1\n\neval( x )\nif y:\n    eval(x)\n")
    assert repo.check()[0] == 0
    repo.write("a.py", "eval(x)\neval(x)\neval(x)\n")
    assert [status for *_, status in repo.findings()] == ["baseline", "baseline", "open"]


def test_writing_a_baseline_again_changes_nothing_and_drops_what_is_gone(repo: Repo) -> None:
    repo.write("secloop.toml", CONFIG + 'baseline = "base.json"\n')
    repo.write("a.py", "eval(x)\nexec(y)\n")
    repo.run("check", "--write-baseline")
    first = repo.read("base.json")
    repo.run("check", "--write-baseline")
    assert repo.read("base.json") == first
    repo.write("a.py", "exec(y)\n")
    repo.run("check", "--write-baseline")
    assert [entry["rule"] for entry in json.loads(repo.read("base.json"))["findings"]] == ["no-exec"]


def test_a_baseline_of_some_paths_keeps_what_it_says_of_others(repo: Repo) -> None:
    repo.write("secloop.toml", CONFIG + 'baseline = "base.json"\n')
    repo.write("a.py", "eval(x)\n")
    repo.write("b.py", "eval(x)\n")
    repo.run("check", "--write-baseline")
    repo.write("b.py", "exec(x)\n")
    repo.run("check", "--write-baseline", "b.py")
    assert repo.check()[0] == 0


def test_a_baseline_can_be_named_on_the_command_line(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    outside = repo.root.parent / "base.json"
    for name in ("base.json", str(outside)):
        assert repo.run("check", "--write-baseline", "--baseline", name).exit_code == 0
        assert repo.check("--baseline", name)[0] == 0
    assert repo.check()[0] == 1


@pytest.mark.parametrize("content", ["", "{}", '{"version": 9, "findings": []}', "[1]"])
def test_a_bad_baseline_is_an_error_and_accepts_nothing(repo: Repo, content: str) -> None:
    repo.write("a.py", "eval(x)\n")
    repo.write("base.json", content)
    code, verdict = repo.check("--baseline", "base.json")
    assert (code, [finding["status"] for finding in verdict["findings"]]) == (2, ["open"])


def test_a_missing_baseline_is_an_error(repo: Repo) -> None:
    code, verdict = repo.check("--baseline", "nothing.json")
    assert (code, verdict["errors"][0]["path"]) == (2, "nothing.json")


def test_no_baseline_is_written_of_an_undecided_check(repo: Repo) -> None:
    repo.write("a.py", b"\xe9\n")
    result = repo.run("check", "--write-baseline")
    assert result.exit_code == 2
    assert not (repo.root / ".secloop/baseline.json").exists()


@pytest.mark.parametrize(
    "flags", [["--select", "no-exec"], ["--ignore", "no-eval"], ["--min-confidence", "high"]]
)
def test_a_baseline_of_some_rules_keeps_what_it_says_of_others(repo: Repo, flags: list[str]) -> None:
    repo.write("secloop.toml", CONFIG + 'baseline = "base.json"\n')
    repo.write("a.py", "eval(x)\nexec(y)\n")
    repo.run("check", "--write-baseline")
    before = repo.read("base.json")
    assert repo.run("check", "--write-baseline", *flags).exit_code == 0
    assert repo.read("base.json") == before


def test_no_baseline_is_written_of_a_comparison(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    repo.commit()
    for flag in ("--diff", "--policy-from"):
        result = repo.run("check", "--write-baseline", flag, "HEAD")
        assert result.exit_code == 2
        assert "leave out --diff and --policy-from" in result.stderr
    assert not (repo.root / ".secloop/baseline.json").exists()


@pytest.mark.parametrize(
    "mode", [["--write-baseline"], ["--add-suppressions", "since ever"], ["--fix", "--dry-run"]]
)
def test_a_report_that_a_mode_does_not_write_is_refused(repo: Repo, mode: list[str]) -> None:
    repo.write("a.py", "eval(x)\n")
    result = repo.run("check", *mode, "--format", "json", "--output", "r.json")
    assert result.exit_code == 2
    assert f"{' '.join(m for m in mode if m[0] == '-')} writes no report" in result.stderr
    assert repo.read("a.py") == "eval(x)\n"


def test_suppressions_of_standard_input_go_to_standard_output(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    result = repo.run(
        "check", "--stdin", "--stdin-filename", "a.py", "--add-suppressions", "since ever", input="eval(x)\n"
    )
    assert result.stdout == "eval(x)  # secloop: ignore[no-eval] since ever\n"
    assert (result.exit_code, repo.read("a.py")) == (0, "eval(x)\n")


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_file_that_is_written_has_the_mode_of_any_other(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    usual = repo.write("usual", "").stat().st_mode
    repo.run("check", "--output", "report.txt")
    repo.run("check", "--write-baseline")
    for path in ("report.txt", ".secloop/baseline.json"):
        assert (repo.root / path).stat().st_mode == usual
