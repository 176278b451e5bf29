"""SPEC 1: text, encodings, line ends, positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secloop.syntax.document import Document, UndecodableError, decode, is_binary

TEXTS = st.text(alphabet="ab\n\r\x0c\x85\u2028é😀 ", max_size=40)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfx = 1", "x = 1"),
        ("x = 'é'".encode("utf-16"), "x = 'é'"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "é"),
        ("é".encode("utf-32"), "é"),
        (b"# coding: latin-1\nx = '\xe9'", "# coding: latin-1\nx = 'é'"),
        (b"#!/bin/python\n# -*- coding: cp1252 -*-\n\x80", "#!/bin/python\n# -*- coding: cp1252 -*-\n€"),
        ("é\r\n".encode(), "é\r\n"),
        (b"", ""),
    ],
)
def test_encoding_is_by_mark_then_declaration_then_utf8(data: bytes, text: str) -> None:
    assert decode(data, python=True) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00",
        b"\xe9",
        b"# coding: no-such-thing\n",
        b"# coding: rot13\n",
        b"# coding: unicode_escape\n\\x41",
        b"# coding: base64\n",
        b"# coding: mbcs\n",
    ],
)
def test_what_is_not_text_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(data, python=True)


def test_a_declaration_after_code_does_not_count() -> None:
    assert decode("import os\n# coding: latin-1\né".encode(), python=True).endswith("é")


def test_only_python_declares_its_encoding_in_a_comment() -> None:
    assert decode("# coding: latin-1\né".encode(), python=False).endswith("é")


def test_binary_is_a_nul_byte_without_a_mark() -> None:
    assert is_binary(b"\x7fELF\0")
    assert not is_binary("a".encode("utf-16"))


@given(TEXTS)
def test_line_ends_are_three_and_nothing_else(text: str) -> None:
    document = Document("a.py", text)
    lines = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [document.line_text(n + 1) for n in range(document.line_count)] == lines


@given(TEXTS, st.data())
def test_position_and_offset_are_inverse(text: str, data: st.DataObject) -> None:
    document = Document("a.py", text)
    cut = data.draw(st.integers(0, len(document.text)))
    offset = len(document.text[:cut].encode())
    position = document.position(offset)
    assert position.offset == offset
    line_end = document.line_span(position.line)[1]
    assert document.offset(position.line, position.column) == min(offset, line_end)


@given(TEXTS)
def test_line_ends_do_not_change_the_hash(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for line_end in ("\n", "\r\n", "\r"):
        assert Document("a", plain.replace("\n", line_end)).hash == Document("b", plain).hash


@given(TEXTS)
def test_normalized_offsets_map_back_and_forth(text: str) -> None:
    document = Document("a.py", text)
    normalized = document.normalized
    for offset in range(len(normalized.data) + 1):
        original = normalized.original(offset)
        assert normalized.from_original(original) == offset
        if offset < len(normalized.data) and normalized.data[offset : offset + 1] != b"\n":
            assert document.data[original] == normalized.data[offset]


def test_lone_surrogates_become_replacement_characters() -> None:
    assert Document("a.py", "a\ud800b").text == "a\ufffdb"
