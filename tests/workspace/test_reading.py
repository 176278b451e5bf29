"""A path becomes a document, or the one reason why not, the same from a buffer and from a file."""

from __future__ import annotations

import codecs
import json
import sys
from pathlib import Path

import pytest
from scratch_repository import Repository, write

from secloop.model import Problem, ProblemKind, Skipped
from secloop.syntax.document import Document
from secloop.syntax.notebook import cells_document
from secloop.workspace.reading import read_document, unsaved
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree, OverlayTree, RevisionTree

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
SMALL = Config(max_file_size=100)


def read(root: Path, data: bytes, name: str = "a.py", config: Config = SMALL) -> Document | Skipped | Problem:
    return read_document(DiskTree(write(root, {name: data})), name, config)


def buffered(root: Path, text: str, config: Config = SMALL) -> Document | Skipped | Problem:
    return read_document(OverlayTree(DiskTree(root), {"a.py": Document("a.py", text)}), "a.py", config)


@pytest.mark.parametrize("lines", [0, 1, 49, 50, 51, 400], ids=str)
@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        lambda text: codecs.BOM_UTF32_BE + text.replace("\n", "\r\n").encode("utf-32-be"),
    ],
    ids=["utf-8", "crlf", "bom", "utf-16", "utf-32-crlf"],
)
def test_a_file_of_any_encoding_and_a_buffer_are_too_large_alike(
    tmp_path: Path, lines: int, encoded: object
) -> None:
    text = "x\n" * lines
    on_disk, in_editor = read(tmp_path, encoded(text)), buffered(tmp_path, text)  # type: ignore[operator]
    if lines > 50:
        assert on_disk == in_editor == Skipped("a.py", "too-large")
    else:
        assert isinstance(on_disk, Document)
        assert isinstance(in_editor, Document)
        assert on_disk.hash == in_editor.hash


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"x\0y", Skipped("a.py", "binary")),
        (b"\x89PNG\r\n\x1a\n\0\0", Skipped("a.py", "binary")),
        (codecs.BOM_UTF16_LE + "x\0".encode("utf-16-le"), Skipped("a.py", "binary")),
        (b"\xe0RCopyright\x05\xff", Skipped("a.py", "binary")),
        (b"\xff" * 101, Skipped("a.py", "too-large")),
        (b"x" * 900, Skipped("a.py", "too-large")),
    ],
)
def test_what_is_no_text_or_too_much_is_skipped(tmp_path: Path, data: bytes, expected: Skipped) -> None:
    assert read(tmp_path, data) == expected


@pytest.mark.parametrize(
    ("path", "text", "minified"),
    [
        ("app.js", ("x();" * 20_000 + "\n") * 2, True),
        ("app.mjs", "x();" * 20_000, True),
        ("app.js", "x();" * 2_000, False),
        ("app.js", "x();\n" * 20_000, False),
        ("app.py", "x = 1;" * 20_000, False),
    ],
)
def test_what_a_bundler_wrote_is_skipped(tmp_path: Path, path: str, text: str, minified: bool) -> None:
    (tmp_path / path).write_text(text)
    tree = DiskTree(tmp_path)
    found = read_document(tree, path, Config())
    assert (found == Skipped(path, "minified")) is minified
    assert (
        read_document(OverlayTree(tree, {path: Document(path, text)}), path, Config()) == found
        or not minified
    )
    assert isinstance(read_document(tree, path, Config(check_minified=True)), Document)


def test_a_buffer_with_a_nul_is_binary_as_its_file_is(tmp_path: Path) -> None:
    assert buffered(tmp_path, "x\0y") == Skipped("a.py", "binary")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.py", b"x = '\xff'", "not valid utf-8 at byte 5"),
        ("a.py", b"# coding: klingon\n", "unknown encoding 'klingon'"),
        ("a.ipynb", b"{", "not a notebook"),
    ],
)
def test_what_cannot_be_decoded_is_an_error(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    problem = read(tmp_path, data, name)
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.path, reason in problem.message) == (ProblemKind.UNDECODABLE, name, True)


def test_a_declared_encoding_counts_in_python_only(tmp_path: Path) -> None:
    data = b"# coding: latin-1\nx = '\xe9'\n"
    document = read(tmp_path, data)
    assert isinstance(document, Document)
    assert document.text.endswith("'é'\n")
    assert isinstance(read(tmp_path, b"#!/usr/bin/env python3\n" + data, "script"), Document)
    assert isinstance(read(tmp_path, data, "a.rb"), Problem)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    problem = read_document(DiskTree(tmp_path), "a.py", Config())
    assert problem == Problem(ProblemKind.UNREADABLE, "it cannot be read: No such file or directory", "a.py")


def test_a_notebook_is_judged_by_its_code_and_not_by_its_outputs(tmp_path: Path) -> None:
    def notebook(code: str, output: str) -> bytes:
        cell = {"cell_type": "code", "source": code, "outputs": [{"text": output}]}
        return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}).encode()

    document = read(tmp_path, notebook("x = 1", "o" * 5_000), "a.ipynb")
    assert isinstance(document, Document)
    assert document.text == "x = 1"
    assert read(tmp_path, notebook("x" * 101, ""), "a.ipynb") == Skipped("a.ipynb", "too-large")


def test_a_revision_is_read_as_the_disk_is(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({"a.py": b"x\r\n\xff", "b.py": b"x" * 900, "c.py": b"\0", "d.py": "é\r\n"})
    with RevisionTree(tmp_path, "HEAD") as revision:
        for path in ("a.py", "b.py", "c.py"):
            assert read_document(revision, path, SMALL) == read_document(DiskTree(tmp_path), path, SMALL)
        document = read_document(revision, "d.py", SMALL)
        assert isinstance(document, Document)
        assert document.text == "é\r\n"
        missing = read_document(revision, "e.py", SMALL)
        assert isinstance(missing, Problem)
        assert missing.message == "it cannot be read: no such file in HEAD"


@posix_only
@pytest.mark.parametrize("path", ["../secret", "a/../../secret", "link/secret", "link.py", "..", ""])
def test_nothing_outside_the_root_is_read(tmp_path: Path, path: str) -> None:
    root = write(tmp_path / "root", {"a/x": ""})
    write(tmp_path, {"secret": "s"})
    (root / "link").symlink_to("..")
    (root / "link.py").symlink_to("../secret")
    with pytest.raises(OSError, match="out of the root"):
        DiskTree(root).read(path)
    with pytest.raises(OSError, match="out of the root"):
        DiskTree(root).scan("link")


@posix_only
def test_a_link_that_stays_inside_is_read_by_name(tmp_path: Path) -> None:
    write(tmp_path, {"shared/rules.yaml": "rules: []"})
    (tmp_path / "rules").symlink_to("shared")
    (tmp_path / "one.yaml").symlink_to("shared/rules.yaml")
    tree = DiskTree(tmp_path)
    assert tree.read("rules/rules.yaml") == tree.read("one.yaml") == b"rules: []"


@pytest.mark.parametrize(("kind", "code"), [("code", "x = 1"), ("markdown", "")])
def test_an_open_notebook_is_saved_if_its_code_is(kind: str, code: str, tmp_path: Path) -> None:
    cells = [{"cell_type": kind, "source": "x = 1"}]
    tree = DiskTree(write(tmp_path, {"n.ipynb": json.dumps({"cells": cells})}))
    opened = cells_document("n.ipynb", [(0, code)] if code else [])
    assert unsaved(OverlayTree(tree, {"n.ipynb": opened})) == ()
    changed = cells_document("n.ipynb", [(0, "x = 2")])
    assert unsaved(OverlayTree(tree, {"n.ipynb": changed})) == ("n.ipynb",)
