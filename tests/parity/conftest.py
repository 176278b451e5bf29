"""Servers that live for many tests, and a repository whose files are all tracked."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from edit_sequences import INITIAL
from lsp_client import environment
from uncached_check import UncachedCheck


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of all secloop processes of a session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def uncached() -> Iterator[UncachedCheck]:
    """The judge."""
    return UncachedCheck()


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ``.git`` folder in which the initial files of a sequence are tracked."""
    root = tmp_path_factory.mktemp("tracked")
    for path, text in INITIAL.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    for arguments in (("init", "-q", "--template="), ("add", "-f", ".")):
        subprocess.run(["git", *arguments], cwd=root, check=True, env=environment(None))
    return root / ".git"
