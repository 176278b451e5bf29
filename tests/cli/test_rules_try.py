"""``secloop rules try``: what a pattern matches, before it is a rule."""

from __future__ import annotations

import json

from cli_repository import RULE, Repo


def test_matches_are_shown_with_code_frames_and_what_metavariables_are(repo: Repo) -> None:
    repo.write("app.py", "import os\n\nos.system(command)\n")
    result = repo.run("rules", "try", "os.system($X)", "app.py")
    assert result.exit_code == 0
    assert result.stdout == (
        "pattern (python) runs native, in process\n"
        "\n"
        "info[pattern]: X is command\n"
        "  ╭─▸ app.py:3:1\n"
        "  │\n"
        "1 │ import os\n"
        "2 │\n"
        "3 │ os.system(command)\n"
        "  │ ^^^^^^^^^^^^^^^^^^\n"
        "  ╰\n"
        "\n"
        "1 match in 1 file\n"
    )


def test_the_language_is_that_of_most_files(repo: Repo) -> None:
    repo.write("a.js", "eval(x)\n")
    repo.write("b.js", "eval(y)\n")
    repo.write("c.py", "eval(z)\n")
    result = repo.run("rules", "try", "eval($X)")
    assert "pattern (js) runs semgrep-core: its languages are js\n" in result.stdout
    assert "2 matches in 4 files" in result.stdout
    assert "1 match in 4 files" in repo.run("rules", "try", "eval($X)", "--lang", "py").stdout


def test_no_match_is_no_failure(repo: Repo) -> None:
    repo.write("app.py", "f(a)\n")
    result = repo.run("rules", "try", "g(...)", "app.py", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "rules": [{"id": "pattern", "languages": ["python"], "engine": "native", "reason": ""}],
        "findings": [],
        "files_checked": 1,
    }


def test_what_is_wrong_with_a_pattern_is_said(repo: Repo) -> None:
    repo.write("app.py", "f(a)\n")
    repo.write("notes.unknown", "f(a)\n")
    for arguments, words in (
        (("",), "the pattern is empty"),
        (("f(",), "this is no pattern for python: Invalid pattern for Python: f("),
        (("f($X)", "--lang", "klingon"), "this is no pattern for klingon: unknown language 'klingon'"),
        (("f($X)", "notes.unknown"), "the files say no language; name the pattern's with --lang"),
        ((), "give a PATTERN, or a rule file with --rule"),
    ):
        result = repo.run("rules", "try", *arguments)
        assert result.exit_code == 2, arguments
        assert words in result.stderr


def test_a_file_that_cannot_be_read_is_an_error(repo: Repo) -> None:
    repo.write("app.py", b"# coding: klingon\nf(a)\n")
    result = repo.run("rules", "try", "f($X)", "app.py")
    assert result.exit_code == 2
    assert "app.py" in result.stderr


def test_the_rules_of_a_file_are_tried_whatever_the_policy_selects(repo: Repo) -> None:
    repo.write("secloop.toml", 'bundled-rules = false\nselect = ["no-exec"]\nmin-confidence = "high"\n')
    repo.write("mine/rule.yaml", RULE)
    repo.write("app.py", "eval(a)\nexec(b)  # nosec\n")
    result = repo.run("rules", "try", "--rule", "mine/rule.yaml", "app.py")
    assert result.exit_code == 0
    assert (
        "no-eval (python) runs native, in process\nno-exec (python) runs native, in process\n"
        in result.stdout
    )
    assert "high[no-eval]: eval of a runs what an attacker sends" in result.stdout
    assert "2 matches in 1 file" in result.stdout
    assert repo.run("rules", "try", "--rule", "mine/rule.yaml", "eval($X)").exit_code == 2
