"""The document store holds what the client holds, whatever the edits, line ends and encodings."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secloop.lsp.documents import Buffer, DocumentStore
from secloop.lsp.positions import PositionMap, units
from secloop.syntax.document import Document, clean

ENCODINGS = ("utf-8", "utf-16", "utf-32")
CHARACTERS = list("ab \n\r\t\x0c\x85\u2028é\ufeff€😀𝒳")
texts = st.lists(st.sampled_from([*CHARACTERS, "\r\n"]), max_size=12).map("".join)


def line_starts(text: str) -> list[int]:
    """Where lines start, read from the definition (SPEC 1) one character at a time."""
    starts = [0]
    for index, character in enumerate(text):
        ends = character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n")
        if ends:
            starts.append(index + 1)
    return starts


def lsp_position(text: str, index: int, encoding: str) -> tuple[dict[str, int], int]:
    """The position of a code point index, and the index it stands for (never inside a ``\\r\\n``)."""
    if text[index - 1 : index + 1] == "\r\n" and index:
        index -= 1
    starts = line_starts(text)
    line = max(number for number, start in enumerate(starts) if start <= index)
    between = text[starts[line] : index]
    return {"line": line, "character": units(between, encoding)}, index


@given(texts, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), texts), max_size=6))
def test_edits_do_to_a_buffer_what_they_do_to_a_plain_string(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    buffers = {encoding: Buffer("file:///a.py", text, 0) for encoding in ENCODINGS}
    for version, (start, length, new) in enumerate(edits, 1):
        start = min(start, len(text))
        end = min(start + length, len(text))
        for encoding, buffer in buffers.items():
            first, begin = lsp_position(text, start, encoding)
            last, finish = lsp_position(text, end, encoding)
            change = {"range": {"start": first, "end": last}, "text": new}
            buffer.change([change], version, encoding)
        text = text[:begin] + new + text[finish:]
        for buffer in buffers.values():
            assert buffer.text == text
            assert buffer.snapshot("a.py").text == clean(text)
            assert buffer.version == version


halves = st.sampled_from(["", "a", "😀", "\ud83d", "\ude00", "é"])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), halves)))
def test_an_edit_inside_a_surrogate_pair_does_what_it_does_in_a_utf16_client(
    edits: list[tuple[int, int, str]],
) -> None:
    text = "a😀b𝒳"
    buffer = Buffer("file:///a.py", text, 0)
    data = text.encode("utf-16-le")
    for version, (start, end, new) in enumerate(edits, 1):
        start, end = sorted((start, end))
        at = {"start": {"line": 0, "character": start}, "end": {"line": 0, "character": end}}
        buffer.change([{"range": at, "text": new}], version, "utf-16")
        data = data[: start * 2] + new.encode("utf-16-le", "surrogatepass") + data[end * 2 :]
    assert buffer.text == data.decode("utf-16-le", "surrogatepass")
    assert buffer.snapshot("a.py").text == data.decode("utf-16-le", "replace")


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=texts, index=st.integers(0, 30))
def test_positions_sent_are_those_the_client_counts(encoding: str, text: str, index: int) -> None:
    buffer = Buffer("file:///a.py", text, 1)
    document = buffer.snapshot("a.py")
    expected, index = lsp_position(text, min(index, len(text)), encoding)
    dropped = len(text) - len(document.text)
    offset = len(document.text[: max(index - dropped, 0)].encode())
    where = document.position(offset)
    positions = PositionMap(document, encoding, bom=buffer.bom)
    sent: Any = positions.position(where.line, where.column)
    if index >= dropped:
        assert sent == expected
    assert positions.offset(**expected) == offset


@pytest.mark.parametrize(
    ("start", "end", "result"),
    [
        ((0, 99), (1, 0), "one!two\r\nthree"),
        ((99, 0), (99, 9), "one\ntwo\r\nthree!"),
        ((1, 99), (1, 99), "one\ntwo!\r\nthree"),
        ((1, 3), (1, 0), "one\n!\r\nthree"),
    ],
)
def test_positions_are_clamped_to_line_and_text(
    start: tuple[int, int], end: tuple[int, int], result: str
) -> None:
    buffer = Buffer("file:///a.py", "one\ntwo\r\nthree", 1)
    at = {
        "start": {"line": start[0], "character": start[1]},
        "end": {"line": end[0], "character": end[1]},
    }
    buffer.change([{"range": at, "text": "!"}], 2, "utf-16")
    assert buffer.text == result


def test_a_snapshot_does_not_change_under_its_holder() -> None:
    buffer = Buffer("file:///a.py", "old", 1)
    before = buffer.snapshot("a.py")
    assert buffer.snapshot("a.py") is before
    buffer.change([{"text": "new"}], 2, "utf-16")
    assert (before.text, before.version) == ("old", 1)
    assert (buffer.snapshot("a.py").text, buffer.snapshot("a.py").version) == ("new", 2)


def cell(uri: str, text: str) -> dict[str, Any]:
    return {"uri": uri, "languageId": "python", "version": 1, "text": text}


def test_a_notebook_is_one_document_through_structure_and_text_changes() -> None:
    store = DocumentStore("utf-16")
    kinds = [{"kind": 2, "document": "c:1"}, {"kind": 1, "document": "c:2"}, {"kind": 2, "document": "c:3"}]
    notebook = store.open_notebook(
        {
            "notebookDocument": {"uri": "file:///n.ipynb", "version": 1, "cells": kinds},
            "cellTextDocuments": [cell("c:1", "a = 1"), cell("c:2", "words"), cell("c:3", "%time\nb = 2")],
        }
    )
    document = store.notebook_snapshot(notebook, "n.ipynb")
    assert document.text == "a = 1\n     \nb = 2"
    assert [it.index for it in document.cells] == [0, 2]

    store.change_notebook(
        {
            "notebookDocument": {"uri": "file:///n.ipynb", "version": 2},
            "change": {
                "cells": {
                    "structure": {
                        "array": {"start": 0, "deleteCount": 2, "cells": [{"kind": 2, "document": "c:4"}]},
                        "didOpen": [cell("c:4", "z = 0")],
                        "didClose": [{"uri": "c:1"}, {"uri": "c:2"}],
                    },
                    "textContent": [
                        {
                            "document": {"uri": "c:3", "version": 2},
                            "changes": [{"text": "b = 3"}],
                        }
                    ],
                }
            },
        }
    )
    document = store.notebook_snapshot(notebook, "n.ipynb")
    assert (document.text, document.version) == ("z = 0\nb = 3", 2)
    assert store.notebook_of_cell("c:4") is notebook
    assert store.get("c:1") is None

    store.close_notebook({"notebookDocument": {"uri": "file:///n.ipynb"}, "cellTextDocuments": []})
    assert store.get("c:3") is None
    assert store.notebook_of_cell("c:4") is None


def test_cleaning_is_the_documents_own() -> None:
    buffer = Buffer("file:///a.py", "\ufeffx = '\ud800'", 1)
    assert buffer.snapshot("a.py").text == Document("a.py", "x = '\ufffd'").text
    assert buffer.bom
