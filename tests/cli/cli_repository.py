"""A repository to run the real command in."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from secloop.cli.main import cli

RULE = """\
rules:
  - id: no-eval
    languages: [python]
    severity: HIGH
    message: eval of $X runs what an attacker sends
    pattern: eval($X)
    fix: literal_eval($X)
    metadata: {category: security, confidence: HIGH, cwe: ["CWE-95: Eval Injection"]}
  - id: no-exec
    languages: [python]
    severity: MEDIUM
    message: exec
    pattern: exec(...)
"""
CONFIG = "bundled-rules = false\n"


def _may_link() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            Path(folder, "link").symlink_to(folder, target_is_directory=True)
        except OSError:
            return False
    return True


needs_links = pytest.mark.skipif(not _may_link(), reason="this user may not make symbolic links (Windows)")


class Repo:
    """A folder with the two rules above, the policy to use only them, and the command run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("secloop.toml", CONFIG)
        self.write(".secloop/rules/rules.yaml", RULE)

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=self.root, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, message: str = "c") -> str:
        if not (self.root / ".git").exists():
            self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-qm", message)
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, [*arguments], input=input)

    def check(self, *arguments: str, input: str | bytes | None = None) -> tuple[int, Any]:
        """Exit code and the JSON verdict."""
        result = self.run("check", "--format", "json", *arguments, input=input)
        assert result.stdout, (result.stderr, result.exception)
        return result.exit_code, json.loads(result.stdout)

    def findings(self, *arguments: str) -> list[tuple[str, str, int, str]]:
        """(rule, path, line, status) of every finding."""
        _, verdict = self.check(*arguments)
        return [(f["rule_id"], f["path"], f["start"]["line"], f["status"]) for f in verdict["findings"]]

    def process(self, *arguments: str, input: str = "") -> subprocess.CompletedProcess[str]:
        """The command as a real process."""
        command = [sys.executable, "-m", "secloop", *arguments]
        return subprocess.run(
            command, cwd=self.root, input=input, capture_output=True, text=True, encoding="utf-8"
        )
