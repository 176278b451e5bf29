"""A command imports what it uses and nothing else: what starts in a tenth of a second stays so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_repository import Repo

CODE = """
import sys
from secloop.cli.main import main

sys.argv = ["secloop", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""


def imported(*arguments: str) -> set[str]:
    """The modules that a run of ``secloop`` has imported at its end."""
    command = [sys.executable, "-c", CODE, *arguments]
    package = Path(sys.modules["secloop"].__path__[0]).parent
    environment = {**os.environ, "PYTHONPATH": str(package)}
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(ended.stderr.split())


def test_help_imports_no_command(repo: Repo) -> None:
    modules = imported("--help")

    assert "click" in modules
    commands = {f"secloop.cli.{name}" for name in ("cache", "check", "init", "rules", "server")}
    assert not modules.intersection(commands)
    assert "secloop.project" not in modules


@pytest.mark.parametrize("text", ["value = 1\n", "value = eval(input())\n"])
def test_a_warm_check_imports_nothing_that_builds_rules_fixes_or_serves(repo: Repo, text: str) -> None:
    repo.write("app.py", text)
    imported("check", "app.py")

    modules = imported("check", "app.py")

    assert "secloop.project" in modules
    unused = (
        "secloop.rules.build",
        "secloop.fixes.prove",
        "secloop.policy.changes",
        "secloop.cli.fixing",
        "secloop.cli.watching",
        "secloop.engine.native.formula",
        "secloop.engine.native.runner",
        "secloop.syntax.incremental",
        "secloop.workspace.writing",
        "difflib",
        "jsonschema_rs",
        "libcst",
        "lsprotocol",
        "platformdirs",
        "pygls",
        "regex",
        "rich.console",
        "secrets",
        "semgrep",
        "shutil",
        "tomlkit",
        "traceback",
        "tree_sitter_python",
        "watchfiles",
        "yaml",
    )
    assert not modules.intersection(unused)


def test_a_first_check_with_the_bundled_rules_alone_parses_and_validates_none(repo: Repo) -> None:
    (repo.root / ".secloop/rules/rules.yaml").unlink()
    (repo.root / "secloop.toml").unlink()
    repo.write("app.py", "import os\n\nos.system(input())\n")

    modules = imported("check", "app.py")

    assert "secloop.engine.native.runner" in modules
    unused = (
        "secloop.engine.compiler",
        "secloop.rules.yaml",
        "jsonschema_rs",
        "libcst",
        "semgrep",
        "tomli",
        "yaml",
    )
    assert not modules.intersection(unused)
