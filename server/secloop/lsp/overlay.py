"""Open buffers as the content of a root: what is open wins over what is on disk (SPEC 11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from secloop.syntax.document import Document
from secloop.workspace.roots import find_root, read_disk
from secloop.workspace.tree import DiskTree, OverlayTree


@dataclass(frozen=True)
class Overlay:
    """Snapshots of the files that are open at one moment, by absolute path.

    ``sources`` are the notebooks that are open as JSON: a notebook's document is made from its text by
    whoever reads it, as from a file's.
    """

    documents: Mapping[Path, Document] = field(default_factory=dict)
    sources: frozenset[Path] = frozenset()

    def tree(self, root: Path) -> OverlayTree:
        """A root's content with the open files over it."""
        documents: dict[str, Document] = {}
        sources = set()
        for file, document in self.documents.items():
            path = _relative(file, root)
            if path is None:
                continue
            documents[path] = _at(path, document)
            if file in self.sources:
                sources.add(path)
        return _BufferTree(DiskTree(root), documents, frozenset(sources))

    def read(self, path: Path) -> bytes | None:
        """A file's content for whoever looks for roots; None if there is no such file."""
        document = self.documents.get(path)
        return document.data if document is not None else read_disk(path)

    def root_of(self, place: Path, folder: Path) -> Path:
        """The root of a file or folder (SPEC 2); ``folder`` is the open one that holds it."""
        return find_root(place, folder, self.read)


def _relative(file: Path, root: Path) -> str | None:
    if root in file.parents:
        return file.relative_to(root).as_posix()
    if file.name == ".gitignore" and file.parent in root.parents:
        return "../" * root.parents.index(file.parent) + "../.gitignore"
    return None


def _at(path: str, document: Document) -> Document:
    if document.path == path:
        return document
    return Document(path, document.text, version=document.version, cells=document.cells)


class _BufferTree(OverlayTree):
    def __init__(self, base: DiskTree, documents: Mapping[str, Document], sources: frozenset[str]) -> None:
        super().__init__(base, documents)
        self._sources = sources

    def buffer(self, path: str) -> Document | None:
        return None if path in self._sources else super().buffer(path)
