"""Edits by byte offset: what overlaps, what they make of a text and its cells, and how a diff shows them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secloop.fixes.edits import (
    Edit,
    OverlapError,
    apply,
    in_cells,
    line_end_at,
    minimal,
    overlap,
    unified_diff,
)
from secloop.syntax.document import Document
from secloop.syntax.notebook import cells_document

TEXT = st.text(st.sampled_from("ab é😀\r\n\x0c\u2028"), max_size=30)


def test_offsets_are_bytes() -> None:
    document = Document("a.py", "é = eval(x)")
    assert apply(document, [Edit(5, 9, "safe")]).text == "é = safe(x)"


def test_edits_apply_in_document_order_whatever_theirs() -> None:
    document = Document("a.py", "abc")
    assert apply(document, [Edit(2, 3, "C"), Edit(0, 1, "A"), Edit(1, 1, "-")]).text == "A-bC"


@pytest.mark.parametrize(
    ("left", "right", "clash"),
    [
        (Edit(0, 2, "x"), Edit(1, 3, "y"), True),
        (Edit(0, 2, "x"), Edit(2, 3, "y"), False),
        (Edit(1, 1, "x"), Edit(1, 1, "y"), True),
        (Edit(1, 1, "x"), Edit(1, 1, "x"), False),
        (Edit(1, 1, "x"), Edit(0, 3, "y"), True),
        (Edit(1, 1, "x"), Edit(1, 3, "y"), True),
    ],
)
def test_what_overlaps(left: Edit, right: Edit, clash: bool) -> None:
    assert overlap([left], [right]) is overlap([right], [left]) is clash
    if clash:
        with pytest.raises(OverlapError):
            apply(Document("a.py", "abc"), [left, right])


@given(TEXT, TEXT, TEXT, TEXT)
def test_a_minimal_edit_makes_the_same_text(before: str, old: str, new: str, after: str) -> None:
    document = Document("a.py", before + old + after)
    start = len(before.encode())
    edit = minimal(document, start, start + len(old.encode()), new)
    wanted = Document("a.py", before + new + after).text
    assert (apply(document, [edit]).text if edit else document.text) == wanted


def test_a_minimal_edit_touches_only_what_differs() -> None:
    document = Document("a.py", "call(a, verify=False)\r\n")
    assert minimal(document, 0, 21, "call(a, verify=True)") == Edit(15, 19, "Tru")
    assert minimal(document, 0, 21, "call(a, verify=False)") is None


def test_a_minimal_edit_never_parts_a_carriage_return_from_its_line_feed() -> None:
    edit = minimal(Document("a.py", "a\r\nb"), 0, 4, "a\r\rb")
    assert edit == Edit(1, 3, "\r\r")


def test_cells_move_with_the_text() -> None:
    document = cells_document("n.ipynb", [(0, "a = 1"), (2, "b = 2")])
    after = apply(document, [Edit(4, 5, "100"), Edit(10, 11, "é")])
    assert [after.slice(cell.start, cell.end) for cell in after.cells] == ["a = 100", "b = é"]
    assert [cell.index for cell in after.cells] == [0, 2]
    assert not in_cells(document, [Edit(4, 7, "")])
    assert in_cells(document, [Edit(5, 5, "\nc"), Edit(6, 6, "d\n")])


def test_line_ends_are_those_of_the_place() -> None:
    document = Document("a.py", "a\r\nb\nc\x0cd")
    assert [line_end_at(document, offset) for offset in (0, 3, 5)] == ["\r\n", "\n", "\r\n"]


def test_a_diff_shows_changes_as_git_does() -> None:
    before = Document("a b.py", "one\r\ntwo\r\n\x0cthree\u2028four")
    after = Document("a b.py", "one\r\n2\r\n\x0cthree\u2028four")
    assert unified_diff(before, after) == (
        "--- a/a b.py\t\n+++ b/a b.py\t\n@@ -1,3 +1,3 @@\n one\r\n-two\r\n+2\r\n \x0cthree\u2028four\n"
        "\\ No newline at end of file\n"
    )
    assert unified_diff(before, before) == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git applies the patch")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb\nc\n", "a\nB\nc"),
        ("a\r\nb\r\n", "a\r\nB\r\nx\r\n"),
        ("a\rb\rc", "a\rB\rc"),
        ("a\x0cb\x85c\u2028\n", "a\x0cB\x85c\u2028\n"),
        ("", "a\n"),
    ],
)
def test_git_applies_the_diff(tmp_path: Path, old: str, new: str) -> None:
    path = "a dir/é.py"
    file = tmp_path / path
    file.parent.mkdir()
    file.write_bytes(old.encode())
    patch = unified_diff(Document(path, old), Document(path, new))
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, check=True, input=patch.encode())
    assert file.read_bytes() == new.encode()
