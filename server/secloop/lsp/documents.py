"""The texts that are open in the client, exactly as the client has them, and snapshots of them.

Fed by the didOpen, didChange and didClose notifications of text documents and notebooks. Lines end at
``\\n``, ``\\r\\n`` and ``\\r`` only (SPEC 1), which is why pygls's own documents are not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson

from secloop.lsp.positions import Encoding, head, join_surrogates, tail
from secloop.syntax.document import Document
from secloop.syntax.notebook import cells_document, python_cells

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_MARKUP_CELL = 1


_T = TypeVar("_T")


class NotOpen(Exception):
    """The client changes what it did not open."""


def _opened(texts: Mapping[str, _T], uri: str) -> _T:
    found = texts.get(uri)
    if found is None:
        raise NotOpen(f"the editor changed {uri}, which it has not opened")
    return found


def _split_lines(text: str) -> list[str]:
    """Lines with their ends; the last one has none, and is empty when the text ends in a line end."""
    lines = _LINE.findall(text)
    if not lines or lines[-1].endswith(("\n", "\r")):
        lines.append("")
    return lines


class Buffer:
    """One open text, held as lines so that an edit costs what it touches.

    Keeps the client's text as it is, a leading byte order mark and lone surrogates included, because the
    positions of later edits count them; a snapshot is clean. Owned by the event loop's thread.
    """

    def __init__(self, uri: str, text: str, version: int, language: str = "") -> None:
        self.uri = uri
        self.version = version
        self.language = language
        self._lines = _split_lines(join_surrogates(text))
        self._snapshot: Document | None = None

    @property
    def text(self) -> str:
        """The client's text, uncleaned."""
        return "".join(self._lines)

    @property
    def bom(self) -> bool:
        """Whether the client's text starts with a byte order mark."""
        return self._lines[0].startswith("\ufeff")

    def snapshot(self, path: str) -> Document:
        """The text of this version at a path: the same object until the text changes."""
        held = self._snapshot
        if held is None or held.path != path:
            held = self._snapshot = Document(path, self.text, version=self.version)
        return held

    def change(self, changes: Sequence[Mapping[str, Any]], version: int, encoding: Encoding) -> None:
        """Apply ``contentChanges`` in order and take on the version."""
        for change in changes:
            if change.get("range") is None:
                self._lines = _split_lines(join_surrogates(change["text"]))
            else:
                start, end = change["range"]["start"], change["range"]["end"]
                self._replace(
                    (start["line"], start["character"]),
                    (end["line"], end["character"]),
                    change["text"],
                    encoding,
                )
        self.version = version
        self._snapshot = None

    def _replace(self, start: tuple[int, int], end: tuple[int, int], new: str, encoding: Encoding) -> None:
        (first, before), (last, after) = sorted((self._clamp(start), self._clamp(end)))
        prefix = head(self._content(first), before, encoding)
        rest = self._lines[last]
        content = self._content(last)
        suffix = tail(content, after, encoding) + rest[len(content) :]
        if not prefix and first and self._lines[first - 1].endswith("\r"):
            # A \n put at the start of this line completes the line end before it.
            first -= 1
            prefix = self._lines[first]
        lines = _split_lines(join_surrogates(prefix + new + suffix))
        if last + 1 < len(self._lines) and not lines[-1]:
            lines.pop()
        self._lines[first : last + 1] = lines

    def _content(self, line: int) -> str:
        return self._lines[line].rstrip("\r\n")

    def _clamp(self, position: tuple[int, int]) -> tuple[int, int]:
        line, character = position
        if line < 0:
            return 0, 0
        if line >= len(self._lines):
            return len(self._lines) - 1, 4 * len(self._lines[-1])
        return line, max(character, 0)


@dataclass
class Notebook:
    """An open notebook: its cells in order, each of whose texts is a ``Buffer`` of the store."""

    uri: str
    version: int
    metadata: Mapping[str, Any]
    cells: list[Mapping[str, Any]] = field(default_factory=list)
    """The client's ``NotebookCell`` objects: ``kind`` and ``document``, the cell's URI."""

    def cell_uri(self, index: int) -> str:
        """URI of the cell with that index over all cells."""
        return str(self.cells[index]["document"])


class DocumentStore:
    """Everything that is open, by URI."""

    def __init__(self, encoding: Encoding = "utf-16") -> None:
        self.encoding = encoding
        self._buffers: dict[str, Buffer] = {}
        self._notebooks: dict[str, Notebook] = {}
        self._notebook_of_cell: dict[str, str] = {}

    def __iter__(self) -> Iterator[Buffer]:
        """The open texts that are not cells of a notebook."""
        return (it for it in list(self._buffers.values()) if it.uri not in self._notebook_of_cell)

    def get(self, uri: str) -> Buffer | None:
        """The open text (or notebook cell) with that URI."""
        return self._buffers.get(uri)

    def open(self, params: Mapping[str, Any]) -> Buffer:
        """``textDocument/didOpen``."""
        return self._open_item(params["textDocument"])

    def _open_item(self, item: Mapping[str, Any]) -> Buffer:
        buffer = Buffer(item["uri"], item["text"], item["version"], item.get("languageId", ""))
        self._buffers[buffer.uri] = buffer
        return buffer

    def change(self, params: Mapping[str, Any]) -> Buffer:
        """``textDocument/didChange``.

        Raises:
            NotOpen: if the client changes what it did not open.
        """
        item = params["textDocument"]
        buffer = _opened(self._buffers, item["uri"])
        buffer.change(params["contentChanges"], item["version"], self.encoding)
        return buffer

    def close(self, uri: str) -> None:
        """``textDocument/didClose``; closing what is not open does nothing."""
        self._buffers.pop(uri, None)

    # Notebooks

    def notebooks(self) -> tuple[Notebook, ...]:
        """The open notebooks."""
        return tuple(self._notebooks.values())

    def notebook(self, uri: str) -> Notebook | None:
        """The open notebook with that URI."""
        return self._notebooks.get(uri)

    def notebook_of_cell(self, uri: str) -> Notebook | None:
        """The open notebook that holds the cell with that URI."""
        return self._notebooks.get(self._notebook_of_cell.get(uri, ""))

    def open_notebook(self, params: Mapping[str, Any]) -> Notebook:
        """``notebookDocument/didOpen``."""
        item = params["notebookDocument"]
        notebook = Notebook(item["uri"], item["version"], item.get("metadata") or {}, list(item["cells"]))
        self._notebooks[notebook.uri] = notebook
        for cell in params["cellTextDocuments"]:
            self._open_item(cell)
        self._adopt(notebook)
        return notebook

    def change_notebook(self, params: Mapping[str, Any]) -> Notebook:
        """``notebookDocument/didChange``.

        Raises:
            NotOpen: if the client changes what it did not open.
        """
        notebook = _opened(self._notebooks, params["notebookDocument"]["uri"])
        change = params["change"]
        notebook.version = params["notebookDocument"]["version"]
        if change.get("metadata") is not None:
            notebook.metadata = change["metadata"]
        cells = change.get("cells") or {}
        if cells.get("structure"):
            self._restructure(notebook, cells["structure"])
        for data in cells.get("data") or ():
            notebook.cells = [
                data if cell["document"] == data["document"] else cell for cell in notebook.cells
            ]
        for text in cells.get("textContent") or ():
            item = text["document"]
            _opened(self._buffers, item["uri"]).change(text["changes"], item["version"], self.encoding)
        return notebook

    def _restructure(self, notebook: Notebook, structure: Mapping[str, Any]) -> None:
        for item in structure.get("didOpen") or ():
            self._open_item(item)
        array = structure["array"]
        start = array["start"]
        notebook.cells[start : start + array["deleteCount"]] = array.get("cells") or ()
        for item in structure.get("didClose") or ():
            self.close(item["uri"])
            self._notebook_of_cell.pop(item["uri"], None)
        self._adopt(notebook)

    def _adopt(self, notebook: Notebook) -> None:
        for cell in notebook.cells:
            self._notebook_of_cell[cell["document"]] = notebook.uri

    def close_notebook(self, params: Mapping[str, Any]) -> None:
        """``notebookDocument/didClose``."""
        notebook = self._notebooks.pop(params["notebookDocument"]["uri"], None)
        cells = notebook.cells if notebook else ()
        for uri in [cell["document"] for cell in cells]:
            self.close(uri)
            self._notebook_of_cell.pop(uri, None)

    def notebook_snapshot(self, notebook: Notebook, path: str) -> Document:
        """The one document that a notebook is, exactly as its saved file would give it."""
        return cells_document(path, python_cells(self._notebook_text(notebook)), version=notebook.version)

    def _notebook_text(self, notebook: Notebook) -> str:
        inner = notebook.metadata.get("metadata")
        cells = [self._saved_cell(cell) for cell in notebook.cells]
        saved = {
            "cells": cells,
            "metadata": inner if isinstance(inner, Mapping) else dict(notebook.metadata),
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        return orjson.dumps(saved, default=str).decode("utf-8")

    def _saved_cell(self, cell: Mapping[str, Any]) -> Mapping[str, Any]:
        buffer = self._buffers.get(cell["document"])
        text = Document("", buffer.text).text if buffer else ""
        if cell["kind"] == _MARKUP_CELL:
            kind = "markdown"
        else:
            kind = "raw" if buffer and buffer.language == "raw" else "code"
        return {"cell_type": kind, "source": text, "metadata": {}}
