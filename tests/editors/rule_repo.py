"""What the tests in Neovim and Emacs have in common: a small repository with rules of its own, and a home."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

SERVER = Path(sys.executable).parent
"""The folder that has the server's program."""
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


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    (root / ".secloop" / "rules").mkdir(parents=True)
    (root / ".secloop" / "rules" / "rules.yaml").write_text(RULES)
    (root / "secloop.toml").write_text("bundled-rules = false\n")
    return root


def surroundings(home: Path, path: Sequence[Path] = (SERVER,)) -> dict[str, str]:
    """Variables of an editor that keeps everything below a folder, and looks for programs in others first."""
    kinds = ("cache", "state", "data", "config")
    return {
        "HOME": str(home),
        **{f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in kinds},
        "PATH": os.pathsep.join([*map(str, path), os.environ["PATH"]]),
    }
