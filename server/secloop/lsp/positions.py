"""Conversions between LSP positions, in the negotiated encoding, and places in a line of text."""

from __future__ import annotations

import re
from typing import TypeAlias

from secloop.model import Position, Span
from secloop.syntax.document import Document

Encoding: TypeAlias = str
"""``utf-8``, ``utf-16`` or ``utf-32``: what the ``character`` of an LSP position counts."""

Json: TypeAlias = "dict[str, object]"

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def units(text: str, encoding: Encoding) -> int:
    """The length of a text as the client counts it. A lone surrogate counts as U+FFFD does."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-16":
        return len(text) + len(_ASTRAL.findall(text))
    return len(text.encode("utf-8", "surrogatepass"))


def head(line: str, character: int, encoding: Encoding) -> str:
    """What stands before a position of a line (which has no line end), clamped to the line.

    A UTF-16 position between the halves of a surrogate pair gives the first half alone, so that an edit
    there does to the text what it does in the client; a UTF-8 position inside a character means its start.
    """
    if encoding == "utf-32" or line.isascii():
        return line[: max(character, 0)]
    if encoding == "utf-16":
        if not _ASTRAL.search(line):
            return line[: max(character, 0)]
        data = line.encode("utf-16-le", "surrogatepass")[: max(character, 0) * 2]
        return data.decode("utf-16-le", "surrogatepass")
    data = line.encode("utf-8", "surrogatepass")
    end = min(max(character, 0), len(data))
    while end < len(data) and data[end] & 0xC0 == 0x80:
        end -= 1
    return data[:end].decode("utf-8", "surrogatepass")


def tail(line: str, character: int, encoding: Encoding) -> str:
    """What stands after a position of a line: with ``head`` it makes the whole line."""
    before = head(line, character, encoding)
    if line.startswith(before):
        return line[len(before) :]
    # The position halves a surrogate pair.
    data = line.encode("utf-16-le", "surrogatepass")[character * 2 :]
    return data.decode("utf-16-le", "surrogatepass")


def join_surrogates(text: str) -> str:
    """The text with each pair of surrogates made the one character that it is in the client."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


class PositionMap:
    """LSP positions of one document's places, as the client that owns the text counts them.

    ``bom`` says that the client's text starts with a byte order mark, which the document's does not have.
    """

    def __init__(self, document: Document, encoding: Encoding, *, bom: bool = False) -> None:
        self.document = document
        self.encoding = encoding
        self._bom = units("\ufeff", encoding) if bom else 0

    def position(self, line: int, column: int) -> Json:
        """The LSP position of a 1-based line and column (code points) of the document."""
        line = min(max(line, 1), self.document.line_count)
        before = self.document.line_text(line)[: max(column - 1, 0)]
        extra = self._bom if line == 1 else 0
        return {"line": line - 1, "character": units(before, self.encoding) + extra}

    def range(self, span: Span) -> Json:
        """The LSP range of a span of the document."""
        return {"start": self._at(span.start), "end": self._at(span.end)}

    def line(self, line: int) -> Json:
        """The LSP range of what stands on a 1-based line, without the spaces around it."""
        line = min(max(line, 1), self.document.line_count)
        text = self.document.line_text(line)
        indent = len(text) - len(text.lstrip())
        return {
            "start": self.position(line, indent + 1),
            "end": self.position(line, max(len(text.rstrip()), indent) + 1),
        }

    def _at(self, position: Position) -> Json:
        return self.position(position.line, position.column)

    def offset(self, line: int, character: int) -> int:
        """The byte offset in the document of an LSP position, clamped to the text."""
        if line < 0:
            return 0
        if line >= self.document.line_count:
            return len(self.document.data)
        if line == 0:
            character -= self._bom
        start, _ = self.document.line_span(line + 1)
        before = head(self.document.line_text(line + 1), character, self.encoding)
        return start + len(before.encode("utf-8", "replace"))
