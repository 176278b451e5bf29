"""How a checked document is laid out in the client: a text, the cells of a notebook, or a notebook's JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from secloop.fixes.edits import Edit
from secloop.lsp.documents import Buffer, DocumentStore, Notebook
from secloop.lsp.notebook_json import SourceMap
from secloop.lsp.positions import Encoding, PositionMap
from secloop.model import Problem, ProblemKind, Span
from secloop.policy.annotate import CommentEdit
from secloop.syntax.document import Cell, Document, UndecodableError
from secloop.syntax.notebook import cells_document, python_cells

Range = Mapping[str, Any]
AnyEdit = Edit | CommentEdit


@dataclass(frozen=True, slots=True)
class Part:
    """One of the client's texts that shows some of a document: a file or a notebook cell."""

    uri: str
    version: int | None


class View(Protocol):
    """Where the places of one document are in the client.

    Attributes:
        document: what was checked.
        parts: the client's texts in which it is shown, each of which gets diagnostics of its own.
    """

    document: Document
    parts: tuple[Part, ...]

    def place(self, cell: int | None, span: Span) -> tuple[str, Range]:
        """URI and range of a span, which counts within the cell if one is given."""
        ...

    def line(self, cell: int | None, line: int) -> tuple[str, Range]:
        """URI and range of a 1-based line, which counts within the cell if one is given."""
        ...

    def offset(self, uri: str, line: int, character: int) -> int | None:
        """The byte offset in the document of a position in one of the parts."""
        ...

    def edits(self, edits: Iterable[AnyEdit]) -> Mapping[Part, list[dict[str, Any]]] | None:
        """LSP text edits by part; None if they cannot be made in the client."""
        ...


class TextView:
    """A file that is open as text: the document is the client's text."""

    def __init__(self, buffer: Buffer, document: Document, encoding: Encoding) -> None:
        self.document = document
        self._part = Part(buffer.uri, buffer.version)
        self._positions = PositionMap(document, encoding, bom=buffer.bom)
        self.parts: tuple[Part, ...] = (self._part,)

    def place(self, cell: int | None, span: Span) -> tuple[str, Range]:
        return self._part.uri, self._positions.range(span)

    def line(self, cell: int | None, line: int) -> tuple[str, Range]:
        return self._part.uri, self._positions.line(line)

    def offset(self, uri: str, line: int, character: int) -> int | None:
        return self._positions.offset(line, character)

    def edits(self, edits: Iterable[AnyEdit]) -> Mapping[Part, list[dict[str, Any]]] | None:
        return {self._part: [_text_edit(self._positions, edit.start, edit.end, edit.text) for edit in edits]}


class NotebookView:
    """An open notebook: the document is its code cells, each a text of its own in the client."""

    def __init__(
        self, notebook: Notebook, document: Document, store: DocumentStore, encoding: Encoding
    ) -> None:
        self.document = document
        self._cells: dict[int, tuple[Part, PositionMap, Cell]] = {}
        for cell in document.cells:
            buffer = store.get(notebook.cell_uri(cell.index))
            if buffer is not None:
                positions = PositionMap(buffer.snapshot(buffer.uri), encoding, bom=buffer.bom)
                self._cells[cell.index] = (Part(buffer.uri, buffer.version), positions, cell)
        self.parts = tuple(part for part, _, _ in self._cells.values())

    def place(self, cell: int | None, span: Span) -> tuple[str, Range]:
        if cell is None:
            cell = self._cell_at(span.start.offset)
            first = self.document.position(self._cells[cell][2].start).line - 1
            part, positions, _ = self._cells[cell]
            return part.uri, {
                "start": positions.position(span.start.line - first, span.start.column),
                "end": positions.position(span.end.line - first, span.end.column),
            }
        part, positions, _ = self._cells[cell]
        return part.uri, positions.range(span)

    def line(self, cell: int | None, line: int) -> tuple[str, Range]:
        part, positions, _ = self._cells[cell if cell is not None else min(self._cells)]
        return part.uri, positions.line(line)

    def offset(self, uri: str, line: int, character: int) -> int | None:
        for part, positions, cell in self._cells.values():
            if part.uri == uri:
                # Blanked magics may be shorter in bytes than what the client shows, so go by columns.
                shown = positions.document.position(positions.offset(line, character))
                first = self.document.position(cell.start).line - 1
                return self.document.offset(first + shown.line, shown.column)
        return None

    def edits(self, edits: Iterable[AnyEdit]) -> Mapping[Part, list[dict[str, Any]]] | None:
        result: dict[Part, list[dict[str, Any]]] = {}
        for edit in edits:
            cell = self._cell_at(edit.start)
            part, _, bounds = self._cells[cell]
            if edit.end > bounds.end:
                return None
            _, where = self.place(None, self.document.span(edit.start, edit.end))
            result.setdefault(part, []).append({"range": where, "newText": edit.text})
        return result

    def _cell_at(self, offset: int) -> int:
        cell = self.document.cell_of(offset)
        return cell.index if cell is not None else self.document.cells[-1].index


class NotebookTextView:
    """A notebook file that is open as the JSON it is: findings are shown where the JSON has their source.

    ``problem`` says why the text is no notebook, in which case the document is empty.
    """

    def __init__(self, buffer: Buffer, text: Document, encoding: Encoding) -> None:
        self.problem: Problem | None = None
        try:
            self.document = cells_document(text.path, python_cells(text.text), version=text.version)
        except UndecodableError as error:
            self.document = Document(text.path, "", version=text.version)
            self.problem = Problem(ProblemKind.UNDECODABLE, str(error), text.path)
        self._part = Part(buffer.uri, buffer.version)
        self._positions = PositionMap(text, encoding, bom=buffer.bom)
        self._sources = SourceMap(text.text)
        self.parts: tuple[Part, ...] = (self._part,)

    def place(self, cell: int | None, span: Span) -> tuple[str, Range]:
        if cell is None:
            bounds = self.document.cell_of(span.start.offset) or self.document.cells[0]
            first = self.document.position(bounds.start).line - 1
            start = self._at(bounds.index, span.start.line - first, span.start.column)
            end = self._at(bounds.index, span.end.line - first, span.end.column)
        else:
            start = self._at(cell, span.start.line, span.start.column)
            end = self._at(cell, span.end.line, span.end.column)
        return self._part.uri, {"start": start, "end": end}

    def line(self, cell: int | None, line: int) -> tuple[str, Range]:
        if cell is None:
            return self._part.uri, self._positions.line(line)
        at = self._at(cell, line, 1)
        return self._part.uri, {"start": at, "end": at}

    def offset(self, uri: str, line: int, character: int) -> int | None:
        return None

    def edits(self, edits: Iterable[AnyEdit]) -> Mapping[Part, list[dict[str, Any]]] | None:
        return None

    def _at(self, cell: int, line: int, column: int) -> Mapping[str, Any]:
        text = self._positions.document
        offset = len(text.text[: self._sources.index(cell, line, column)].encode("utf-8"))
        where = text.position(offset)
        return self._positions.position(where.line, where.column)


def _text_edit(positions: PositionMap, start: int, end: int, text: str) -> dict[str, Any]:
    return {"range": positions.range(positions.document.span(start, end)), "newText": text}
