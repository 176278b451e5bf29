"""The few lines that the documentation gives for Emacs, in a real Emacs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from rule_repo import surroundings

HERE = Path(__file__).resolve().parent
DOCUMENTATION = HERE.parents[2] / "docs" / "editors.md"


def documented(language: str) -> str:
    """The code block of the documentation in a language."""
    found = re.search(rf"```{language}\n(.*?)```", DOCUMENTATION.read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def test_eglot_shows_what_is_typed_and_applies_a_fix(repo: Path, tmp_path: Path) -> None:
    setup = tmp_path / "setup.el"
    setup.write_text(documented("elisp"))
    environment = {**os.environ, **surroundings(tmp_path)}
    command = ["emacs", "--batch", "-l", str(setup), "-l", str(HERE / "eglot-session.el")]
    done = subprocess.run(command, cwd=repo, env=environment, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    said = done.stderr.splitlines()
    assert "shown: runs whatever the text says" in said
    assert "shown: exec runs code" in said
    assert "ast.literal_eval(x)" in said
    assert "saved: nil" in said
