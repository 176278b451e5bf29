"""Edits of a document's text by byte offset: combining, applying and showing them as a unified diff."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from secloop.syntax.document import Cell, Document

_CONTEXT_LINES = 3
_LINE_END = re.compile(r"\r\n|\r|\n")
_NEEDS_QUOTING = re.compile(r'[\x00-\x1f"\\\x7f]')


class OverlapError(ValueError):
    """Two edits of one set touch the same text, so that they have no meaning together."""


class Edit(Struct, frozen=True, order=True):
    """Replace the bytes from ``start`` to ``end`` (exclusive) of a document's UTF-8 text by ``text``.

    An insertion has ``start == end``. Line ends in ``text`` are already the document's own.
    """

    start: int
    end: int
    text: str


def ordered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in document order; equal ones once.

    Raises:
        OverlapError: if two of them touch the same text.
    """
    result = tuple(sorted(set(edits)))
    for left, right in pairwise(result):
        if _touch(left, right):
            raise OverlapError(f"edits at {left.start} and {right.start} overlap")
    return result


def overlap(left: Iterable[Edit], right: Iterable[Edit]) -> bool:
    """Whether two sets of edits disagree about some text; an edit that is in both is no disagreement."""
    theirs = set(right)
    return any(mine != other and _touch(mine, other) for mine in left for other in theirs)


def _touch(left: Edit, right: Edit) -> bool:
    if left.start == right.start:
        # Insertions at one place would depend on their order.
        return True
    first, second = (left, right) if left.start < right.start else (right, left)
    return second.start < first.end


def apply(document: Document, edits: Iterable[Edit]) -> Document:
    """The document after the edits; a notebook's cells move with its text.

    Raises:
        OverlapError: if two edits touch the same text.
    """
    parts: list[bytes] = []
    at = 0
    steps = ordered(edits)
    for edit in steps:
        parts += (document.data[at : edit.start], edit.text.encode("utf-8"))
        at = edit.end
    parts.append(document.data[at:])
    text = b"".join(parts).decode("utf-8")
    return Document(document.path, text, version=document.version, cells=_moved(document.cells, steps))


def _moved(cells: Sequence[Cell], edits: Sequence[Edit]) -> tuple[Cell, ...]:
    grown = [(edit, len(edit.text.encode("utf-8")) - (edit.end - edit.start)) for edit in edits]
    moved = []
    for cell in cells:
        before = sum(size for edit, size in grown if edit.end < cell.start)
        inside = sum(size for edit, size in grown if _within(cell, edit))
        moved.append(Cell(cell.index, cell.start + before, cell.end + before + inside))
    return tuple(moved)


def _within(cell: Cell, edit: Edit) -> bool:
    return cell.start <= edit.start and edit.end <= cell.end


def in_cells(document: Document, edits: Iterable[Edit]) -> bool:
    """Whether each edit stays in one cell; always so for what is not a notebook."""
    return not document.cells or all(any(_within(cell, edit) for cell in document.cells) for edit in edits)


def minimal(document: Document, start: int, end: int, text: str) -> Edit | None:
    """The smallest edit that makes ``text`` of the bytes from ``start`` to ``end``; None if there is none.

    Never splits a code point or a ``\\r\\n``.
    """
    old = document.data[start:end].decode("utf-8")
    if old == text:
        return None
    shortest = min(len(old), len(text))
    head = 0
    while head < shortest and old[head] == text[head]:
        head += 1
    if old[:head].endswith("\r"):
        head -= 1
    tail = 0
    while tail < shortest - head and old[-1 - tail] == text[-1 - tail]:
        tail += 1
    if tail and old[len(old) - tail] == "\n":
        tail -= 1
    low = start + len(old[:head].encode("utf-8"))
    high = end - len(old[len(old) - tail :].encode("utf-8"))
    return Edit(low, high, text[head : len(text) - tail])


def line_end_at(document: Document, offset: int) -> str:
    """The line end of the line at a byte offset; on a last line without one, the document's first."""
    after = _LINE_END.search(document.data[offset:].decode("utf-8", "replace"))
    found = after or _LINE_END.search(document.text)
    return found.group() if found else "\n"


def with_line_ends(text: str, line_end: str) -> str:
    """The text with every line end as ``line_end``."""
    return _LINE_END.sub(lambda _: line_end, text)


def unified_diff(before: Document, after: Document, *, old: str = "", new: str = "") -> str:
    """The change as a unified diff that ``git apply`` and ``patch`` take; empty if there is none.

    A patch's lines end in ``\\n`` alone: a CRLF file's lines keep their ``\\r`` in front of it, and a form
    feed or a lone ``\\r`` is text. ``old`` and ``new`` are the paths without the ``a/`` and ``b/`` in front.
    """
    lines = difflib.unified_diff(
        _patch_lines(before.text),
        _patch_lines(after.text),
        _label("a/" + (old or before.path)),
        _label("b/" + (new or after.path)),
        n=_CONTEXT_LINES,
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _patch_lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _label(path: str) -> str:
    """A path as git writes it in a patch: quoted if it must be, a tab after one with spaces."""
    if _NEEDS_QUOTING.search(path):
        escaped = re.sub(r'["\\]', r"\\\g<0>", path)
        return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\{ord(found.group()):03o}", escaped) + '"'
    return path + "\t" if " " in path else path
