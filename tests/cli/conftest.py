"""Every test of the command line runs in a fresh repository, with a cache of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cli_repository import Repo


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    folder = tmp_path / "repo"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SECLOOP_CACHE_DIR", str(tmp_path / "cache"))
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    return Repo(folder)
