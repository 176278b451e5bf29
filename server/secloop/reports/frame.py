"""Code frames: the lines around a span with numbers, and carets exactly under what was found."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from secloop.model import Span
from secloop.reports.styled import Line, cells
from secloop.reports.visible import visible
from secloop.syntax.document import Document

GUTTER_STYLE = "blue"
_TAB = " " * 4
_HEAD, _TAIL = 4, 2
"""Of a span of very many lines this many are shown at its start and at its end."""


class View(Struct, frozen=True):
    """How to draw: ``gutter`` cells for line numbers, ``width`` cells in all, ``context`` lines around."""

    gutter: int
    width: int
    style: str
    context: int

    @property
    def code_width(self) -> int:
        """Cells that remain for code beside the gutter."""
        return max(self.width - self.gutter - 3, 20)


def rule_line(view: View, mark: str = "│") -> Line:
    """A line of the gutter alone."""
    return ((" " * view.gutter + f" {mark}", GUTTER_STYLE),)


def frame(document: Document, span: Span, view: View) -> list[Line]:
    """Draw a span of a document; nothing if the document does not have that span.

    In a notebook the lines are those of the span's cell, and numbered within it.
    """
    if span.end.offset > len(document.data) or span.start.offset > span.end.offset:
        return []
    start, end = document.position(span.start.offset), document.position(span.end.offset)
    first, last, low, high = start.line, end.line, 1, document.line_count
    cell = document.cell_of(start.offset)
    if cell is not None:
        low, high = document.position(cell.start).line, document.position(cell.end).line
    end_column = end.column
    if last > first and end_column == 1:
        # The span ends with a line end: what it holds ends on the line before.
        last -= 1
        end_column = len(document.line_text(last)) + 1
    rows = _Rows(document, view, low - 1 if cell is not None else 0)
    before = rows.context(max(low, first - view.context), first, skip_blank_start=True)
    after = rows.context(last + 1, min(high, last + view.context) + 1, skip_blank_start=False)
    if first == last:
        return [*before, *rows.single(first, start.column - 1, end_column - 1), *after]
    return [*before, *rows.several(first, last, start.column - 1, end_column - 1), *after]


class _Rows(Struct, frozen=True):
    document: Document
    view: View
    lines_before: int

    def _numbered(self, line: int) -> tuple[str, str]:
        return f"{line - self.lines_before:>{self.view.gutter}} │ ", GUTTER_STYLE

    def _unnumbered(self) -> tuple[str, str]:
        return " " * self.view.gutter + " │ ", GUTTER_STYLE

    def context(self, first: int, stop: int, *, skip_blank_start: bool) -> list[Line]:
        """The lines from ``first`` to before ``stop`` without the blank ones on the outer side."""
        numbers = list(range(first, stop))
        outer = 0 if skip_blank_start else -1
        while numbers and not self.document.line_text(numbers[outer]).strip():
            numbers.pop(outer)
        return [
            (self._numbered(n), (fit(self.document.line_text(n), 0, 0, self.view.code_width).text, ""))
            for n in numbers
        ]

    def single(self, line: int, start: int, end: int) -> Iterator[Line]:
        style = self.view.style
        fitted = fit(self.document.line_text(line), start, end, self.view.code_width)
        yield (self._numbered(line), (fitted.before, ""), (fitted.inside, style), (fitted.after, ""))
        yield (self._unnumbered(), (" " * fitted.at + "^" * fitted.size, style))

    def several(self, first: int, last: int, start: int, end: int) -> Iterator[Line]:
        """Lines joined by a bar at their left, its ends pointing at where the span starts and ends."""
        style, width = self.view.style, self.view.code_width - 2
        opening = self.document.line_text(first)
        from_start = not opening[:start].strip()
        opened = fit(opening, start, start + 1, width)
        yield (self._numbered(first), ("╭ " if from_start else "  ", style), (opened.text, ""))
        if not from_start:
            yield (self._unnumbered(), ("╭" + "─" * (opened.at + 1) + "^", style))
        inner = list(range(first + 1, last + 1))
        cut = len(inner) > _HEAD + _TAIL + 1
        for number in inner[:_HEAD] if cut else inner:
            yield self._barred(number)
        if cut:
            yield ((" " * self.view.gutter + " ⋮ ", GUTTER_STYLE), ("│ ", style))
            for number in inner[-_TAIL:]:
                yield self._barred(number)
        closed = fit(self.document.line_text(last), 0, end, width)
        under = closed.at + max(closed.size, 1) - 1
        yield (self._unnumbered(), ("╰" + "─" * (under + 1) + "^", style))

    def _barred(self, number: int) -> Line:
        fitted = fit(self.document.line_text(number), 0, 0, self.view.code_width - 2)
        return (self._numbered(number), ("│ ", self.view.style), (fitted.text, ""))


class Fitted(Struct, frozen=True):
    """A line of code cut to a width around a span: its three pieces, and where carets go, in cells."""

    before: str
    inside: str
    after: str

    @property
    def text(self) -> str:
        """The whole line."""
        return self.before + self.inside + self.after

    @property
    def at(self) -> int:
        """Cells before the span."""
        return cells(self.before)

    @property
    def size(self) -> int:
        """Cells under the span, at least one."""
        return max(cells(self.before + self.inside) - self.at, 1)


def fit(line: str, start: int, end: int, width: int) -> Fitted:
    """Cut a line to ``width`` cells around the code points from ``start`` to before ``end``.

    What is cut off is replaced by ``…``. Tabs become four spaces and unsafe characters are shown.
    """
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    if len(line) <= width and cells(_shown(line)) <= width:
        begin, stop = 0, len(line)
    else:
        begin, stop = _window(line, start, end, width - 2)
    left = "…" if begin > 0 else ""
    right = "…" if stop < len(line) else ""
    end = min(end, stop)
    return Fitted(left + _shown(line[begin:start]), _shown(line[start:end]), _shown(line[end:stop]) + right)


def _shown(text: str) -> str:
    return visible(text.replace("\t", _TAB))


def _window(line: str, start: int, end: int, room: int) -> tuple[int, int]:
    """The code points to show: as much of the span as there is room for, then what is around it."""
    stop, room = _grow(line, start, end, room)
    if stop < end:
        return start, stop
    half = room // 2
    begin, rest = _shrink(line, start, half)
    stop, room = _grow(line, stop, len(line), room - half + rest)
    begin, _ = _shrink(line, begin, room)
    while begin < start and cells(_shown(line[begin])) == 0:
        begin += 1  # a combining character must not be the first one
    return begin, stop


def _grow(line: str, at: int, limit: int, room: int) -> tuple[int, int]:
    while at < limit and (size := cells(_shown(line[at]))) <= room:
        at, room = at + 1, room - size
    return at, room


def _shrink(line: str, at: int, room: int) -> tuple[int, int]:
    while at > 0 and (size := cells(_shown(line[at - 1]))) <= room:
        at, room = at - 1, room - size
    return at, room
