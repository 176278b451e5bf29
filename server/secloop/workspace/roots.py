"""Which root a file belongs to (SPEC 2)."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from secloop.workspace import git
from secloop.workspace.config import MAX_CONFIG_SIZE, has_config
from secloop.workspace.tree import read_regular

Read = Callable[[Path], "bytes | None"]
"""Gives a file's content, an open buffer's before the disk's, or None if there is no such file.

May raise OSError for a file that is there and cannot be read.
"""


def read_disk(path: Path) -> bytes | None:
    """A configuration file on disk, or None if there is none.

    Links are followed wherever they lead: this tells whether a folder is a root; whether a root's
    configuration may come from there is for ``load_config`` to refuse.
    """
    try:
        return read_regular(os.path.realpath(path), path.name, MAX_CONFIG_SIZE)
    except (FileNotFoundError, NotADirectoryError):
        return None


def find_root(path: Path, fallback: Path, read: Read = read_disk) -> Path:
    """The root of a file or folder: one answer, whichever surface asks and whatever folder is open.

    The nearest folder, from ``path`` (if it is one) upwards, with ``secloop.toml`` or a ``pyproject.toml``
    with ``[tool.secloop]``; else the git top level; else ``fallback``. Links are not resolved.
    """
    start = Path(os.path.normpath(os.path.join(fallback, path)))
    folders = (start, *start.parents) if start.is_dir() else start.parents
    for folder in folders:
        if has_config(partial(_read_in, read, folder)):
            return folder
    return git.top_level(folders[0]) or Path(os.path.normpath(fallback))


def _read_in(read: Read, folder: Path, name: str) -> bytes | None:
    return read(folder / name)
