"""The few lines that the documentation gives for Emacs, in a real Emacs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCUMENTATION = HERE.parents[2] / "docs" / "editors.md"
RULES = """\
rules:
  - id: no-eval
    languages: [python]
    severity: ERROR
    message: "`eval($X)` runs whatever the text says."
    pattern: eval($X)
    fix: ast.literal_eval($X)
  - id: no-exec
    languages: [python]
    severity: WARNING
    message: exec runs code.
    pattern: exec(...)
"""


def documented(language: str) -> str:
    """The code block of the documentation in a language."""
    found = re.search(rf"```{language}\n(.*?)```", DOCUMENTATION.read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def test_eglot_shows_what_is_typed_and_applies_a_fix(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    (root / ".secloop" / "rules").mkdir(parents=True)
    (root / ".secloop" / "rules" / "rules.yaml").write_text(RULES)
    (root / "secloop.toml").write_text("bundled-rules = false\n")
    setup = tmp_path / "setup.el"
    setup.write_text(documented("elisp"))
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    command = ["emacs", "--batch", "-l", str(setup), "-l", str(HERE / "eglot-session.el")]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    said = done.stderr.splitlines()
    assert "shown: runs whatever the text says" in said
    assert "shown: exec runs code" in said
    assert "ast.literal_eval(x)" in said
    assert "saved: nil" in said
