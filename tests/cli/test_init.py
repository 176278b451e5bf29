"""`secloop init` sets a repository up, and never overwrites."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from cli_repository import Repo

FILES = {
    ".github/workflows/secloop.yml",
    ".pre-commit-config.yaml",
    ".secloop/rules/README.md",
    ".vscode/extensions.json",
    "secloop.toml",
}


@pytest.fixture
def empty(repo: Repo) -> Repo:
    (repo.root / "secloop.toml").unlink()
    shutil.rmtree(repo.root / ".secloop")
    return repo


def contents(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_init_says_what_it_does_and_the_first_check_runs(empty: Repo) -> None:
    empty.write("a.py", "import yaml\n\n\ndef f(x):\n    yaml.load(x, yaml.Loader)\n")
    result = empty.run("init")
    assert result.exit_code == 0
    assert set(contents(empty.root)) == {*FILES, "a.py"}
    assert {line.split()[1] for line in result.stdout.splitlines()} == FILES
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"created"}
    code, verdict = empty.check()
    assert (code, verdict["errors"]) == (1, [])


def test_a_second_init_changes_nothing(empty: Repo) -> None:
    empty.run("init")
    before = contents(empty.root)
    result = empty.run("init")
    assert contents(empty.root) == before
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"kept"}


def test_nothing_that_is_there_is_overwritten(empty: Repo) -> None:
    files = {
        "pyproject.toml": '[tool.secloop]\nfail-on = "high"\n',
        ".github/workflows/secloop.yml": "on: push\n",
        ".secloop/rules/README.md": "ours\n",
        ".vscode/extensions.json": '{"recommendations": ["a.b"]}\n',
    }
    for path, text in files.items():
        empty.write(path, text)
    result = empty.run("init")
    assert {path: empty.read(path) for path in files} == files
    assert not (empty.root / "secloop.toml").exists()
    assert "todo  .vscode/extensions.json" in result.stdout


def test_a_pre_commit_configuration_gets_one_more_entry_and_keeps_the_rest(empty: Repo) -> None:
    before = (
        "# ours\nrepos:\n- repo: local  # here\n  hooks:\n  - {id: a, name: a, entry: a, language: system}\n"
    )
    empty.write(".pre-commit-config.yaml", before)
    result = empty.run("init")
    after = empty.read(".pre-commit-config.yaml")
    assert after.startswith(before)
    assert [repo["hooks"][0]["id"] for repo in yaml.safe_load(after)["repos"]] == ["a", "secloop"]
    assert "changed  .pre-commit-config.yaml" in result.stdout


def test_a_hook_is_added_with_the_line_ends_of_the_file(empty: Repo) -> None:
    before = b"repos:\r\n- repo: local\r\n  hooks: []\r\n"
    path = empty.write(".pre-commit-config.yaml", before)
    empty.run("init")
    after = path.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n") > 3


def test_the_repository_that_was_set_up_is_named(empty: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.write("sub/a.py", "")
    empty.git("init", "-q")
    monkeypatch.chdir(empty.root / "sub")
    assert f"ready in {empty.root.resolve()}: run `secloop check`" in empty.run("init").stderr


@pytest.mark.parametrize(
    "text", ["repos: []\n", "repos:\n- repo: local\n  hooks: []\nfail_fast: true\n", "{", "x: 1\n"]
)
def test_where_appending_is_not_safe_it_says_what_to_add(empty: Repo, text: str) -> None:
    empty.write(".pre-commit-config.yaml", text)
    result = empty.run("init")
    assert empty.read(".pre-commit-config.yaml") == text
    assert "todo  .pre-commit-config.yaml" in result.stdout


def test_a_gitlab_repository_gets_a_gitlab_job(empty: Repo) -> None:
    empty.write(".gitlab-ci.yml", "stages: [test]\n")
    result = empty.run("init")
    assert (empty.root / ".gitlab/secloop.yml").exists()
    assert not (empty.root / ".github").exists()
    assert "todo  .gitlab-ci.yml" in result.stdout


def test_ci_none_writes_no_workflow(empty: Repo) -> None:
    empty.run("init", "--ci", "none")
    assert set(contents(empty.root)) == FILES - {".github/workflows/secloop.yml"}


def test_a_link_out_of_the_repository_is_not_followed(empty: Repo, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (empty.root / ".github").symlink_to(outside)
    empty.run("init")
    assert list(outside.iterdir()) == []
