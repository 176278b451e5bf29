"""A changed document goes back into its file as that file was written."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from secloop.syntax.document import Document
from secloop.syntax.notebook import notebook_document
from secloop.workspace.reading import read_document
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree
from secloop.workspace.writing import WriteError, write_document


def document(root: Path, path: str) -> Document:
    found = read_document(DiskTree(root), path, Config())
    assert isinstance(found, Document)
    return found


def change(root: Path, path: str, old: str, new: str) -> bytes:
    before = document(root, path)
    at = before.data.index(old.encode())
    text = before.text.replace(old, new)
    cells = before.cells
    if cells:
        sources = json.loads((root / path).read_text(encoding="utf-8"))
        for cell in sources["cells"]:
            cell["source"] = "".join(cell["source"]).replace(old, new)
        after = notebook_document(path, json.dumps(sources))
    else:
        after = Document(path, text)
    assert at >= 0
    write_document(root, before, after)
    return (root / path).read_bytes()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa = 1\r\n", b"\xef\xbb\xbfb = 1\r\n"),
        ("a = 'é'\r".encode("utf-16"), "b = 'é'\r".encode("utf-16")),
        (b"# coding: latin-1\na = '\xe9'\x0c\n", b"# coding: latin-1\nb = '\xe9'\x0c\n"),
    ],
)
def test_encoding_mark_and_line_ends_stay(tmp_path: Path, data: bytes, expected: bytes) -> None:
    (tmp_path / "x.py").write_bytes(data)
    assert change(tmp_path, "x.py", "a = ", "b = ") == expected


def test_what_the_encoding_cannot_express_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    data = b"# coding: ascii\na = 1\n"
    (tmp_path / "x.py").write_bytes(data)
    with pytest.raises(WriteError, match="ascii cannot express"):
        change(tmp_path, "x.py", "a", "é")
    assert (tmp_path / "x.py").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["x.py"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("a\n")
    old = document(tmp_path, "x.py")
    (tmp_path / "x.py").write_text("mine\n")
    with pytest.raises(WriteError, match="changed since"):
        write_document(tmp_path, old, Document("x.py", "b\n"))
    assert (tmp_path / "x.py").read_text() == "mine\n"


@pytest.mark.parametrize("as_list", [True, False])
def test_a_notebook_keeps_magics_outputs_and_layout(tmp_path: Path, as_list: bool) -> None:
    source: str | list[str] = ["%time x\n", "a = 1"] if as_list else "%time x\na = 1"
    notebook = {
        "cells": [{"cell_type": "code", "source": source, "outputs": ["é"]}],
        "metadata": {},
        "nbformat": 4,
    }
    (tmp_path / "n.ipynb").write_text(
        json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    changed = json.loads(change(tmp_path, "n.ipynb", "a = 1", "b = 2\nc = 3"))
    expected = ["%time x\n", "b = 2\n", "c = 3"] if as_list else "%time x\nb = 2\nc = 3"
    assert changed["cells"][0] == {"cell_type": "code", "source": expected, "outputs": ["é"]}


@pytest.mark.parametrize("mode", [0o755, 0o600])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    if sys.platform == "win32":
        mode = 0o666  # Windows knows only writable or not
    (tmp_path / "x.py").write_text("a = 1\n")
    (tmp_path / "x.py").chmod(mode)
    change(tmp_path, "x.py", "a", "b")
    assert (tmp_path / "x.py").stat().st_mode & 0o777 == mode


def test_a_link_is_written_through_and_never_out_of_the_root(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside.py"
    root.mkdir()
    outside.write_text("a = 1\n")
    (root / "x.py").symlink_to(outside)
    with pytest.raises(WriteError, match="out of the root"):
        write_document(root, Document("x.py", "a = 1\n"), Document("x.py", "b\n"))
    assert outside.read_text() == "a = 1\n"
