"""`secloop check`: what it reads, what it says, and its exit codes."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from pathlib import Path

import pytest
from cli_repository import CONFIG, RULE, Repo, needs_links


def test_exit_code_0_is_pass(repo: Repo) -> None:
    repo.write("a.py", "x = 1\n")
    code, verdict = repo.check()
    assert (code, verdict["verdict"], verdict["findings"]) == (0, "pass", [])
    assert len(verdict["digest"]) == 64


def test_exit_code_1_is_fail(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    code, verdict = repo.check()
    assert (code, verdict["verdict"]) == (1, "fail")
    (finding,) = verdict["findings"]
    assert finding["message"] == "eval of x runs what an attacker sends"
    assert (finding["severity"], finding["confidence"], finding["fix"]) == ("high", "high", True)


def test_exit_code_2_is_could_not_decide_and_findings_are_still_listed(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    repo.write("b.py", b"# not UTF-8: \xe9\n")
    code, verdict = repo.check()
    assert (code, verdict["verdict"], verdict["digest"]) == (2, "error", None)
    assert [error["path"] for error in verdict["errors"]] == ["b.py"]
    assert len(verdict["findings"]) == 1


def test_the_exit_code_of_a_process_is_the_same(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    done = repo.process("check", "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["digest"] == repo.check()[1]["digest"]
    assert done.stderr == ""


def test_a_broken_rule_is_an_error_that_names_file_line_rule_and_reason(repo: Repo) -> None:
    repo.write(".secloop/rules/bad.yaml", RULE.replace("no-", "my-").replace("eval($X)", "eval(($X"))
    code, verdict = repo.check()
    assert code == 2
    (error,) = verdict["errors"]
    assert (error["path"], error["line"], error["rule_id"]) == (".secloop/rules/bad.yaml", 6, "my-eval")
    assert "eval(($X" in error["message"]


def test_a_wrong_key_in_the_policy_is_an_error_with_the_nearest_name(repo: Repo) -> None:
    repo.write("secloop.toml", CONFIG + 'fail_on = "high"\n')
    code, verdict = repo.check()
    assert code == 2
    assert verdict["errors"][0]["line"] == 2
    assert "fail-on" in verdict["errors"][0]["message"]


@pytest.mark.parametrize(
    ("arguments", "findings"),
    [
        ([], ["no-eval", "no-exec"]),
        (["--select", "no-ev*"], ["no-eval"]),
        (["--ignore", "no-eval,other"], ["no-exec"]),
        (["--min-confidence", "high"], ["no-eval"]),
    ],
)
def test_which_rules_run(repo: Repo, arguments: list[str], findings: list[str]) -> None:
    repo.write("a.py", "eval(x)\nexec(y)\n")
    assert [rule for rule, *_ in repo.findings(*arguments)] == findings


@pytest.mark.parametrize("also", ["--ignore=no-*", "--min-confidence=high"])
def test_a_selection_of_which_nothing_is_left_is_no_pass(repo: Repo, also: str) -> None:
    code, verdict = repo.check("--select", "no-exec", also)
    assert code == 2
    assert "no rule that select names runs" in verdict["errors"][0]["message"]


@pytest.mark.parametrize(("level", "code"), [("low", 1), ("medium", 1), ("high", 0), ("never", 0)])
def test_fail_on_is_the_lowest_severity_that_fails(repo: Repo, level: str, code: int) -> None:
    repo.write("a.py", "exec(y)\n")
    assert repo.check("--fail-on", level)[0] == code


def test_flags_that_change_the_outcome_change_the_policy_digest(repo: Repo) -> None:
    repo.write("a.py", "exec(y)\n")
    plain = repo.check("--as-of", "2026-01-01")[1]
    other = repo.check("--as-of", "2026-01-01", "--fail-on", "high")[1]
    assert plain["components"]["content_digest"] == other["components"]["content_digest"]
    assert plain["components"]["policy_digest"] != other["components"]["policy_digest"]


def test_jobs_cache_and_order_change_nothing(repo: Repo) -> None:
    for number in range(12):
        repo.write(f"m{number}.py", f"eval({number})\n" * (number + 1))
    digests = {
        repo.check(*arguments, "--as-of", "2026-01-01")[1]["digest"]
        for arguments in ([], [], ["--no-cache"], ["-j", "1", "--no-cache"], ["-j", "3", "--no-cache"])
    }
    assert len(digests) == 1


def test_standard_input_stands_for_a_file(repo: Repo) -> None:
    repo.write("a.py", "x = 1\n")
    code, verdict = repo.check("--stdin", "--stdin-filename", "a.py", input="eval(x)\n")
    assert code == 1
    assert [finding["path"] for finding in verdict["findings"]] == ["a.py"]
    assert verdict["unsaved"] == ["a.py"]


@pytest.mark.parametrize("detail", [(), ("--concise",), ("--verbose",), ("--quiet",)])
def test_standard_input_that_is_not_what_is_saved_is_said_to_be_so(
    repo: Repo, detail: tuple[str, ...]
) -> None:
    repo.write("a.py", "x = 1\n")
    result = repo.run("check", "--stdin", "--stdin-filename", "a.py", *detail, input="eval(x)\n")
    assert result.exit_code == 1, result.output
    said = re.search(r"a\.py:? unsaved: checked as given", result.output)
    assert (said is not None) is ("--quiet" not in detail)


def test_standard_input_gives_the_verdict_of_the_file(repo: Repo) -> None:
    source = "eval(x)\r\nexec('é')\r\n"
    repo.write("pkg/a.py", source)
    on_disk = repo.check("pkg/a.py", "--as-of", "2026-01-01")[1]
    given = repo.check(
        "--stdin", "--stdin-filename", "pkg/a.py", "--as-of", "2026-01-01", input=source.encode()
    )[1]
    assert given == on_disk


@pytest.mark.parametrize(
    "arguments",
    [
        ["--stdin"],
        ["--stdin-filename", "a.py"],
        ["--stdin", "--stdin-filename", "a.py", "b.py"],
        ["--dry-run"],
        ["--fix", "--watch"],
        ["--fix", "--staged"],
        ["--quiet", "--verbose"],
        ["--as-of", "yesterday"],
        ["--format", "json", "--format", "text"],
        ["--format", "json", "--output", "x", "--format", "text", "--output", "x"],
        ["--output", "x", "--output", "y"],
        ["--fail-on", "serious"],
    ],
)
def test_contradictory_or_wrong_flags_are_refused_in_words(repo: Repo, arguments: list[str]) -> None:
    result = repo.run("check", *arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "files", "on_screen"),
    [
        (["-f", "sarif", "-o", "a.sarif"], {"a.sarif": "$schema"}, ""),
        (["-o", "a.sarif", "-f", "sarif"], {"a.sarif": "$schema"}, ""),
        (["-f", "json", "-o", "d/a.json", "-f", "github"], {"d/a.json": '"version"'}, "::error"),
        (["-f", "github", "-f", "json", "-o", "a.json"], {"a.json": '"version"'}, "::error"),
        (["-f", "github", "-o", "-", "-f", "json", "-o", "a.json"], {"a.json": '"version"'}, "::error"),
        (["-o", "a.txt"], {"a.txt": "no-eval"}, ""),
    ],
)
def test_formats_and_outputs_pair_up(
    repo: Repo, arguments: list[str], files: dict[str, str], on_screen: str
) -> None:
    repo.write("a.py", "eval(x)\n")
    result = repo.run("check", *arguments)
    assert result.exit_code == 1, result.stderr
    assert on_screen in result.stdout
    assert bool(result.stdout) is bool(on_screen)
    for path, content in files.items():
        assert content in repo.read(path)


def test_an_output_that_cannot_be_written_is_exit_code_2(repo: Repo) -> None:
    repo.write("file", "")
    result = repo.run("check", "--format", "json", "--output", "file/x.json")
    assert result.exit_code == 2
    assert "cannot write the json report to file/x.json: file is not a folder" in result.stderr


def test_a_folder_that_is_made_for_a_report_is_told_of(repo: Repo) -> None:
    arguments = ("check", "--quiet", "--format", "json", "--output", "reprots/x.json")
    assert repo.run(*arguments).stderr == "secloop: made the folder reprots\n"
    assert repo.run(*arguments).stderr == ""


def test_nested_configurations_are_separate_verdicts(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    repo.write("services/api/secloop.toml", CONFIG)
    repo.write("services/api/a.py", "eval(x)\n")
    repo.write("services/api/.secloop/rules/r.yaml", RULE.replace("HIGH", "LOW", 1))
    code, verdicts = repo.check()
    assert code == 1
    assert [(v["verdict"], len(v["findings"])) for v in verdicts] == [("fail", 1), ("pass", 1)]


def test_a_path_in_a_nested_root_is_judged_by_that_root(repo: Repo) -> None:
    repo.write("sub/secloop.toml", CONFIG + 'fail-on = "never"\n')
    repo.write("sub/.secloop/rules/r.yaml", RULE)
    repo.write("sub/a.py", "eval(x)\n")
    code, verdict = repo.check("sub/a.py")
    assert (code, len(verdict["findings"])) == (0, 1)


def test_a_path_that_is_not_there_is_no_silent_pass(repo: Repo) -> None:
    code, verdict = repo.check("nothing.py")
    assert code == 2
    assert verdict["errors"][0]["path"] == "nothing.py"


def test_excluded_files_are_skipped_also_when_named(repo: Repo) -> None:
    repo.write("secloop.toml", CONFIG + 'exclude = ["gen/"]\n')
    repo.write("gen/a.py", "eval(x)\n")
    code, verdict = repo.check("gen/a.py")
    assert (code, verdict["findings"]) == (0, [])
    assert verdict["skipped"] == [{"path": "gen/a.py", "reason": "excluded"}]


def test_an_unwritable_cache_is_said_once_and_changes_nothing(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write("a.py", "eval(x)\n")
    expected = repo.check("--as-of", "2026-01-01")[1]
    monkeypatch.setenv("SECLOOP_CACHE_DIR", str(repo.write("a-file", "")))
    result = repo.run("check", "--format", "json", "--as-of", "2026-01-01", "a.py")
    assert json.loads(result.stdout)["findings"] == expected["findings"]
    assert len(result.stderr.splitlines()) == 1
    assert "working without it" in result.stderr


def test_strict_parsing_makes_a_partly_parsed_file_an_error(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\ndef f(:\n")
    code, verdict = repo.check()
    assert (code, [p["path"] for p in verdict["partial"]]) == (1, ["a.py"])
    assert repo.check("--strict-parsing")[0] == 2


def test_junit_fails_exactly_what_fails_the_verdict(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\nexec(y)\n")
    for level, failures in (("medium", 2), ("high", 1), ("never", 0)):
        result = repo.run("check", "--format", "junit", "--fail-on", level)
        assert result.stdout.count("<failure") == failures
        assert result.exit_code == bool(failures)


def test_quiet_prints_one_line(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    result = repo.run("check", "--quiet")
    assert len(result.stdout.splitlines()) == 1
    assert "fail" in result.stdout


def test_no_colour_in_a_pipe_and_none_where_no_color_says_so(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write("a.py", "eval(x)\n")
    assert "\x1b" not in repo.run("check").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in repo.run("check").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in repo.run("check").stdout


def test_a_notebook_finding_names_its_cell(repo: Repo) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# t"},
        {"cell_type": "code", "source": ["x = 1\n", "eval(x)"]},
    ]
    repo.write("n.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    (finding,) = repo.check()[1]["findings"]
    assert (finding["cell"], finding["start"]) == (1, {"line": 2, "column": 1, "offset": 6})


def test_a_closed_pipe_ends_quietly(repo: Repo, tmp_path: Path) -> None:
    import subprocess

    for number in range(300):
        repo.write(f"m{number}.py", "eval(x)\n" * 20)
    command = [sys.executable, "-m", "secloop", "check"]
    with subprocess.Popen(command, cwd=repo.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_paths_of_a_root_below_the_current_folder_are_relative_to_it(repo: Repo) -> None:
    repo.write("svc/secloop.toml", CONFIG)
    repo.write("svc/.secloop/rules/r.yaml", RULE)
    repo.write("svc/a.py", "eval(x)\n")
    for format in ("text", "github", "gitlab-codequality", "sarif", "junit", "markdown"):
        assert "svc/a.py" in repo.run("check", "svc", "--format", format).stdout, format
    assert "+++ b/svc/a.py" in repo.run("check", "svc", "--fix", "--dry-run").stdout
    assert repo.check("svc")[1]["findings"][0]["path"] == "a.py"


@needs_links
@pytest.mark.parametrize("name", ["linked", "linked.yaml"])
def test_rules_behind_a_link_are_not_left_out_in_silence(repo: Repo, tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (repo.root / ".secloop/rules" / name).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    repo.write("a.py", "x = 1\n")
    repo.commit()
    for mode in ([], ["--staged"], ["--policy-from", "HEAD"]):
        code, verdict = repo.check(*mode)
        assert (code, [error["path"] for error in verdict["errors"]]) == (2, [f".secloop/rules/{name}"])
        assert verdict["errors"][0]["message"] == "is a symbolic link, so no rule is loaded from it"


@pytest.mark.parametrize("place", ["more/rules", "./more/rules/", "more//rules"])
def test_a_folder_of_rules_may_be_named_as_a_shell_completes_it(repo: Repo, place: str) -> None:
    (repo.root / ".secloop").rename(repo.root / "more")
    repo.write("secloop.toml", f'{CONFIG}rules = ["{place}"]\n')
    repo.write("a.py", "eval(x)\n")
    repo.commit()
    for mode in ([], ["--staged"]):
        assert repo.findings(*mode) == [("no-eval", "a.py", 1, "open")]


@needs_links
@pytest.mark.parametrize("link", [".secloop", ".secloop/rules", "named"])
def test_a_folder_of_rules_that_is_a_link_is_not_left_out_in_silence(repo: Repo, link: str) -> None:
    (repo.root / ".secloop").rename(repo.root / "elsewhere")
    (repo.root / ".secloop").mkdir()
    repo.write("secloop.toml", CONFIG + 'rules = ["named/rules"]\n' * (link == "named"))
    (repo.root / link).parent.mkdir(exist_ok=True)
    if link == ".secloop":
        (repo.root / link).rmdir()
    target = repo.root / "elsewhere" / ("rules" if "/" in link else "")
    (repo.root / link).symlink_to(target, target_is_directory=True)
    repo.write("a.py", "eval(x)\n")
    repo.commit()
    for mode in ([], ["--staged"], ["--policy-from", "HEAD"]):
        code, verdict = repo.check(*mode)
        assert (code, [error["path"] for error in verdict["errors"]]) == (2, [link])
        assert verdict["errors"][0]["message"] == "is a symbolic link, so no rule is loaded from it"


@needs_links
@pytest.mark.parametrize("name", ["secloop.toml", "secloop.lock", "baseline.json"])
def test_a_link_to_itself_is_an_error_in_words(repo: Repo, name: str) -> None:
    repo.write("secloop.toml", 'baseline = "baseline.json"\n[packs.a]\npath = "vendor"\n')
    repo.write("baseline.json", '{"version": 1, "findings": []}')
    (repo.root / name).unlink(missing_ok=True)
    (repo.root / name).symlink_to(name)
    code, verdict = repo.check()
    assert code == 2
    assert "a symbolic link leads to itself" in str(
        [error["message"] for error in verdict["errors"] if error["path"] == name]
    )


def test_a_folder_of_rules_that_cannot_be_read_is_an_error_in_words(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("rules"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    code, verdict = repo.check("--no-cache")
    assert code == 2
    problems = [(error["path"], error["message"]) for error in verdict["errors"]]
    assert (".secloop/rules", "cannot be read: Permission denied") in problems


def test_concise_text_has_one_line_a_fact(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\nexec(y)\neval(z)  # nosemgrep\n")
    repo.write("big.py", "x = 1\n" * 200_000)
    repo.write("broken.py", "eval(x)\ndef f(:\n")
    lines = repo.run("check", "--concise").stdout.splitlines()
    assert [line.split(" ")[0] for line in lines[:3]] == ["a.py:1:1:", "a.py:2:1:", "broken.py:1:1:"]
    assert lines[-2].startswith("3 files checked with 2 rules: 3 findings")
    assert lines[-2].endswith("have a fix (--fix)")
