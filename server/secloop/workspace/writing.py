"""Writes files whole or not at all: a changed document goes back to its file in that file's encoding."""

from __future__ import annotations

import difflib
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

from secloop.syntax.document import Document, UndecodableError, decode, encode_like
from secloop.syntax.languages import languages_of
from secloop.syntax.notebook import is_notebook, notebook_document, python_cells
from secloop.workspace.tree import DiskTree

_HALF_WRITTEN = re.compile(r"\.secloop-[0-9a-f]{16}")


class WriteError(Exception):
    """A file could not be changed; the message says why, and the file is as it was."""


def write_document(root: Path, old: Document, new: Document) -> None:
    """Replace a file's text by that of ``new``, if it still is that of ``old``.

    Raises:
        WriteError: if the file changed since it was read, lies outside the root, or cannot be written.
    """
    tree = DiskTree(root)
    try:
        data = tree.read(old.path)
        write_whole(Path(os.path.realpath(root / old.path)), changed_bytes(data, old, new))
    except OSError as error:
        raise WriteError(f"{old.path} cannot be written: {error.strerror or error}") from None
    except UndecodableError as error:
        raise WriteError(f"{old.path} cannot be written: {error}") from None


def changed_bytes(data: bytes, old: Document, new: Document) -> bytes:
    """A file's bytes with the text of ``old`` replaced by that of ``new``.

    Raises:
        WriteError: if the bytes are not those of ``old``.
        UndecodableError: if the file's encoding cannot express the new text.
    """
    python = "python" in languages_of(old.path, data[:200].split(b"\n", 1)[0].decode("latin-1"))
    text = decode(data, python=python)
    if is_notebook(old.path):
        if notebook_document(old.path, text).text != old.text:
            raise WriteError(f"{old.path} changed since it was checked; check it again")
        return encode_like(_changed_notebook(text, old, new), data, python=False)
    if text != old.text:
        raise WriteError(f"{old.path} changed since it was checked; check it again")
    return encode_like(new.text, data, python=python)


def _changed_notebook(source: str, old: Document, new: Document) -> str:
    """The notebook's JSON with the sources of the cells that changed, laid out as Jupyter writes it."""
    notebook = json.loads(source)
    sources = dict(python_cells(source))
    cells: list[Any] = notebook.get("cells") or [
        cell for sheet in notebook.get("worksheets", []) for cell in sheet.get("cells", [])
    ]
    for before, after in zip(old.cells, new.cells, strict=True):
        blanked, changed = old.slice(before.start, before.end), new.slice(after.start, after.end)
        if blanked == changed:
            continue
        cell = cells[before.index]
        key = "source" if "source" in cell else "input"
        merged = _with_magics(sources[before.index], blanked, changed)
        if merged is None:
            raise WriteError(f"{old.path}: the change to cell {before.index} touches a magic")
        cell[key] = merged.splitlines(keepends=True) if isinstance(cell.get(key), list) else merged
    end = "\n" if source.endswith("\n") else ""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + end


def _with_magics(source: str, blanked: str, changed: str) -> str | None:
    """A changed cell with the magics of its source, which its document showed as spaces; None if one is gone."""
    originals, olds, news = (text.split("\n") for text in (source, blanked, changed))
    magics = {index for index, line in enumerate(originals) if line != olds[index]}
    merged: list[str] = []
    for kind, low, high, start, stop in difflib.SequenceMatcher(None, olds, news, False).get_opcodes():
        if kind == "equal":
            merged += originals[low:high]
            magics.difference_update(range(low, high))
        else:
            merged += news[start:stop]
    return None if magics else "\n".join(merged)


def is_half_written(path: Path) -> bool:
    """Whether a file is one that ``write_whole`` has begun and will move over its target."""
    return _HALF_WRITTEN.fullmatch(path.name) is not None


def write_whole(target: Path, data: bytes) -> None:
    """Write beside the target and move over it, so that no reader sees half a file, and an end at any moment
    leaves the old one or the new. A file that was there keeps its mode; a symbolic link is replaced.

    Raises:
        OSError: if it cannot be written; the target is as it was.
    """
    temporary = target.with_name(f".secloop-{os.urandom(8).hex()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if target.is_file() and not target.is_symlink():
            os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
        os.replace(temporary, target)
    except BaseException:  # An interrupt too must leave nothing behind.
        temporary.unlink(missing_ok=True)
        raise
