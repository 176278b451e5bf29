"""A scratch git repository, and the files and commits that tests put into it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, by path relative to the root, and answer the root."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


class Repository:
    """A git repository in a folder, driven by the real git."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, stdin: bytes = b"", **environment: str) -> str:
        """What a git command prints."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **_IDENTITY, **environment},
            input=stdin,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape").strip("\n")

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files into the work tree."""
        write(self.root, files)

    def commit(self, files: Mapping[str, str | bytes], *, removed: tuple[str, ...] = ()) -> str:
        """Write and remove files, commit everything (ignored or not), and answer the commit's id."""
        self.write(files)
        for path in removed:
            (self.root / path).unlink()
        self.git("add", "-A", "-f")
        self.git("commit", "-q", "--allow-empty", "-m", "change")
        return self.git("rev-parse", "HEAD")
