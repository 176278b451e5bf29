"""What one server knows: the client, what is open in it, and the project of each root.

Everything here is used on the event loop's thread only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from secloop.lsp.client import Client
from secloop.lsp.documents import DocumentStore
from secloop.lsp.overlay import Overlay
from secloop.lsp.roots import Root, folder_of
from secloop.lsp.settings import Settings
from secloop.lsp.targets import Target
from secloop.lsp.views import NotebookTextView, NotebookView, TextView, View
from secloop.lsp.work import Work
from secloop.project import Check
from secloop.syntax.document import Document
from secloop.syntax.notebook import is_notebook


class State:
    """Open documents, roots and settings: what the parts of a session share."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.work = Work(client)
        self.store = DocumentStore()
        self.settings = Settings()
        self.folders: list[Path] = []
        self.roots: dict[Path, Root] = {}
        self.by_uri: dict[str, Target] = {}
        """The open files."""
        self.moved = asyncio.Event()
        """Set, and replaced, whenever a check of the files that are not open might answer differently."""
        self.wholes: dict[Path, Check] = {}
        """The last check of each whole root, while nothing but open files changed since."""
        self.epoch = 0
        """Counts what outdated those checks, so that one that ran meanwhile is not taken for new."""

    @property
    def targets(self) -> Sequence[Target]:
        """The open files, of this moment."""
        return tuple(self.by_uri.values())

    def target(self, uri: str) -> Target | None:
        """The open file with that URI, or the notebook that has the cell with that URI."""
        notebook = self.store.notebook_of_cell(uri)
        return self.by_uri.get(notebook.uri if notebook else uri)

    def folder_of(self, place: Path) -> Path:
        """The open folder that holds a file or folder, or else its own."""
        if place in self.folders:
            return place
        return folder_of(place, self.folders) or place.parent

    def forget_wholes(self) -> None:
        """Note that rules, policy or files that are not open are not what they were when the roots were checked."""
        self.wholes.clear()
        self.epoch += 1

    def move(self) -> None:
        """Note that a check of the files that are not open may answer differently from now on."""
        self.moved.set()
        self.moved = asyncio.Event()

    def overlay(self) -> Overlay:
        """Snapshots of the open files."""
        documents: dict[Path, Document] = {}
        sources = set()
        for target in self.targets:
            notebook = self.store.notebook(target.uri)
            buffer = self.store.get(target.uri)
            if target.file is None:
                continue
            if notebook is not None:
                documents[target.file] = self.store.notebook_snapshot(notebook, target.path)
            elif buffer is not None:
                documents[target.file] = buffer.snapshot(target.path)
                if is_notebook(target.file.name):
                    sources.add(target.file)
        return Overlay(documents, frozenset(sources))

    def view(self, target: Target) -> View:
        """How the current version of a target is laid out in the client."""
        encoding = self.store.encoding
        notebook = self.store.notebook(target.uri)
        if notebook is not None:
            document = self.store.notebook_snapshot(notebook, target.path)
            return NotebookView(notebook, document, self.store, encoding)
        buffer = self.store.get(target.uri)
        if buffer is None:
            raise KeyError(target.uri)
        text = buffer.snapshot(target.path)
        if is_notebook(target.path):
            return NotebookTextView(buffer, text, encoding)
        return TextView(buffer, text, encoding)

    def version(self, uri: str) -> int | None:
        """The version of an open text or notebook cell."""
        buffer = self.store.get(uri)
        return buffer.version if buffer is not None else None
