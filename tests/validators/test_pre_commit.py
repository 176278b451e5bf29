"""The hooks work in pre-commit itself: it installs this very checkout into an environment of its own and runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = "bundled-rules = false\n"
RULES = "rules: [{id: no-eval, languages: [python], severity: HIGH, message: m, pattern: eval(...)}]\n"


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what is in the work tree, committed or not: the hooks' own repository."""
    folder = tmp_path_factory.mktemp("hooks")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    for name in filter(None, os.fsdecode(listed).split("\0")):
        source, target = ROOT / name, folder / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "hooks")
    return folder


@pytest.mark.timeout(900)
@pytest.mark.parametrize("hook", ["secloop", "secloop-staged"])
def test_try_repo_fails_on_a_finding_and_passes_without(hooks: Path, hook: str, tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    (repository / ".secloop/rules").mkdir(parents=True)
    (repository / "secloop.toml").write_text(CONFIG)
    (repository / ".secloop/rules/rules.yaml").write_text(RULES)
    (repository / "a.py").write_text("eval(x)\n")
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), hook, "--verbose"]
        return subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True)

    failed = run()
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "no-eval" in failed.stdout
    (repository / "a.py").write_text("x = 1\n")
    git(repository, "add", "-A")
    passed = run()
    assert passed.returncode == 0, passed.stdout + passed.stderr
