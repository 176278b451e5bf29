"""A document: decoded text with its path, and every conversion between bytes, lines and columns."""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from secloop.model import Position, Span

_LINE_END = re.compile(rb"\r\n|\r|\n")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PEP_263 = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)")
_BLANK_OR_COMMENT = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_BOMS: tuple[tuple[bytes, str], ...] = (
    # UTF-32-LE's mark starts with UTF-16-LE's, so the longer ones come first.
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Not encodings of text a file could honestly be in, dependent on the platform, or quadratic.
_REFUSED_CODECS = frozenset(
    {"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem"}
)


class UndecodableError(ValueError):
    """The bytes are not text in the encoding that the file declares (or UTF-8)."""


def decode(data: bytes, *, python: bool) -> str:
    """Decode a file's bytes by BOM, then PEP 263 (Python only), then UTF-8 (SPEC 1).

    The result has no BOM and no lone surrogate. Line ends are kept as they are.

    Raises:
        UndecodableError: if the bytes are not valid in that encoding, or it is unknown.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    return _decode_as(data, (_declared_encoding(data) if python else None) or "utf-8")


def encode_like(text: str, data: bytes, *, python: bool) -> bytes:
    """Encode a changed text as the file that ``data`` was read from: same encoding, same byte order mark.

    Raises:
        UndecodableError: if that encoding cannot express the text, or does not know itself any more because
            the change touched its declaration.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return mark + text.encode(encoding)
    encoding = (_declared_encoding(data) if python else None) or "utf-8"
    try:
        encoded = text.encode(encoding)
    except UnicodeEncodeError as error:
        raise UndecodableError(f"{encoding} cannot express {text[error.start]!r}") from None
    if decode(encoded, python=python) != text:
        raise UndecodableError("the change would alter how the file's encoding is read")
    return encoded


def is_binary(data: bytes) -> bool:
    """Whether the bytes are not text at all: a NUL byte in the first 8,000, and no BOM (as git decides)."""
    return b"\0" in data[:8000] and not any(data.startswith(mark) for mark, _ in _BOMS)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        info = codecs.lookup(encoding)
    except LookupError:
        raise UndecodableError(f"unknown encoding {encoding!r}") from None
    if not getattr(info, "_is_text_encoding", True) or info.name.replace("_", "-") in _REFUSED_CODECS:
        raise UndecodableError(f"{encoding!r} is not a text encoding")
    try:
        text = data.decode(info.name)
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"not valid {info.name} at byte {error.start}; declare its encoding or save it as UTF-8"
        ) from None
    return clean(text)


def clean(text: str) -> str:
    """Text without a leading BOM and with lone surrogates replaced by U+FFFD, as a buffer's text must be."""
    text = text.removeprefix("\ufeff")
    if text.isascii():
        return text
    try:
        text.encode("utf-8")  # a tenth of the time that the search takes, and rarely in vain
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def _declared_encoding(data: bytes) -> str | None:
    """The encoding in a PEP 263 comment on line 1, or on line 2 after a blank or comment line."""
    for line in _LINE_END.split(data[:1024], maxsplit=2)[:2]:
        found = _PEP_263.match(line)
        if found:
            return found.group(1).decode("ascii")
        if not _BLANK_OR_COMMENT.match(line):
            return None
    return None


class Cell(Struct, frozen=True):
    """Where a notebook cell lies in the document's text: byte offsets, end exclusive.

    ``index`` is 0-based over all cells of the notebook, code or not.
    """

    index: int
    start: int
    end: int


class Normalized(Struct, frozen=True):
    """A document's text as engines get it: UTF-8 with ``\\n`` line ends, and the way back.

    ``removed`` holds, ascending, the normalized offsets before which one byte (the ``\\r`` of a
    ``\\r\\n``) is missing.
    """

    data: bytes
    removed: tuple[int, ...]

    def original(self, offset: int) -> int:
        """The offset in the document's own text of a byte offset in ``data``.

        A ``\\n`` that stands for ``\\r\\n`` maps to its ``\\r``, so that spans end before the line end.
        """
        if not self.removed:
            return offset
        # The \r stands right before the \n at normalized offset r: offsets > r are past it.
        return offset + bisect_right(self.removed, offset - 1)

    def from_original(self, offset: int) -> int:
        """The byte offset in ``data`` of an offset of the document's own text; the inverse of ``original``."""
        if not self.removed:
            return offset
        low, high = max(offset - len(self.removed), 0), offset
        while low < high:
            middle = (low + high) // 2
            if self.original(middle) < offset:
                low = middle + 1
            else:
                high = middle
        return low


class Document:
    """Decoded text at a path: immutable, so that a snapshot is a reference.

    Attributes:
        path: relative to the root, with ``/``.
        text: without BOM or lone surrogates; line ends as in the file.
        version: the editor's version of an open buffer, None for a file.
        cells: the code cells of a notebook, in order; empty for anything else.
    """

    def __init__(
        self, path: str, text: str, *, version: int | None = None, cells: tuple[Cell, ...] = ()
    ) -> None:
        self.path = path
        self.text = clean(text)
        self.version = version
        self.cells = cells

    def __repr__(self) -> str:
        return f"Document({self.path!r}, {len(self.text)} characters, version={self.version})"

    @cached_property
    def data(self) -> bytes:
        """The text as UTF-8."""
        return self.text.encode("utf-8")

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Byte offset at which each line starts; ends are ``\\n``, ``\\r\\n`` and ``\\r`` only."""
        # Of bytes, unlike of text, splitlines knows these three ends only.
        ends = accumulate(map(len, self.data.splitlines(keepends=True)))
        starts = (0, *ends)
        return starts if self.data.endswith((b"\n", b"\r")) or not self.data else starts[:-1]

    @cached_property
    def normalized(self) -> Normalized:
        """The text with ``\\n`` line ends."""
        if b"\r" not in self.data:
            return Normalized(self.data, ())
        removed: list[int] = []
        parts: list[bytes] = []
        at = size = 0
        for found in _LINE_END.finditer(self.data):
            line = self.data[at : found.start()]
            size += len(line)
            if found.end() - found.start() == 2:
                removed.append(size)
            parts += (line, b"\n")
            size += 1
            at = found.end()
        parts.append(self.data[at:])
        return Normalized(b"".join(parts), tuple(removed))

    @cached_property
    def hash(self) -> str:
        """SHA-256 hex of the text with line ends as ``\\n`` (SPEC 1): CRLF and LF checkouts agree."""
        return hashlib.sha256(self.normalized.data).hexdigest()

    def position(self, offset: int) -> Position:
        """The position of a byte offset of this document's text; clamped to the text."""
        offset = min(max(offset, 0), len(self.data))
        line = bisect_right(self.line_starts, offset)
        start = self.line_starts[line - 1]
        between = self.data[start:offset]
        column = len(between) if between.isascii() else len(between.decode("utf-8", "replace"))
        return Position(offset, line, column + 1)

    def span(self, start: int, end: int) -> Span:
        """The span between two byte offsets of this document's text, end exclusive."""
        return Span(self.position(start), self.position(end))

    def line_span(self, line: int) -> tuple[int, int]:
        """Byte offsets of a 1-based line: its start, and its end before the line end."""
        start = self.line_starts[line - 1]
        stop = self.line_starts[line] if line < len(self.line_starts) else len(self.data)
        return start, start + len(self.data[start:stop].rstrip(b"\r\n"))

    def line_text(self, line: int) -> str:
        """The text of a 1-based line without its line end."""
        start, end = self.line_span(line)
        return self.data[start:end].decode("utf-8")

    @property
    def line_count(self) -> int:
        """Number of lines; a text that ends in a line end has an empty last line."""
        return len(self.line_starts)

    def offset(self, line: int, column: int) -> int:
        """The byte offset of a 1-based line and a 1-based column in code points; clamped to the line."""
        line = min(max(line, 1), self.line_count)
        start, end = self.line_span(line)
        text = self.data[start:end]
        if text.isascii():
            return min(start + max(column - 1, 0), end)
        return start + len(text.decode("utf-8")[: max(column - 1, 0)].encode("utf-8"))

    def slice(self, start: int, end: int) -> str:
        """The text between two byte offsets."""
        return self.data[start:end].decode("utf-8", "replace")

    def cell_of(self, offset: int) -> Cell | None:
        """The notebook cell that holds a byte offset, or None outside notebooks."""
        for cell in self.cells:
            if cell.start <= offset <= cell.end:
                return cell
        return None
