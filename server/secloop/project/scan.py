"""Reads and evaluates the files of a check, in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from secloop.engine.cancel import Cancel
from secloop.model import Problem, Skipped
from secloop.policy.evaluate import FileFindings
from secloop.syntax.document import Document
from secloop.syntax.source import release
from secloop.workspace.reading import read_document
from secloop.workspace.tree import RevisionTree, Tree

if TYPE_CHECKING:
    from secloop.project.root import Project

_CHUNK_FILES = 2_000
_CHUNK_BYTES = 64_000_000

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


def no_progress(done: int, total: int) -> None:
    """Nobody watches."""


class Scan:
    """Reads and evaluates files in chunks, so that a large tree is never in memory as a whole."""

    def __init__(self, project: Project, tree: Tree, cancel: Cancel) -> None:
        self._project = project
        self._tree = tree
        self._cancel = cancel
        self.files: list[FileFindings] = []
        self.documents: dict[str, Document] = {}
        self.skipped: list[Skipped] = []
        self.problems: list[Problem] = []

    def run(self, files: Sequence[str], progress: Progress) -> None:
        """Evaluate every file, or say why not."""
        finished = 0

        def advance(count: int) -> None:
            nonlocal finished
            finished += count
            progress(finished, len(files))

        for chunk in self._chunks(files, advance):
            documents = {document.path: document for document in chunk}
            for result in self._project.analyze(chunk, cancel=self._cancel, done=lambda _: advance(1)):
                document = documents[result.path]
                found = self._project.judge(document, result)
                self.files.append(found)
                release(document)
                if found.findings:
                    self.documents[document.path] = document

    def _chunks(self, files: Sequence[str], advance: Callable[[int], None]) -> Iterator[list[Document]]:
        chunk: list[Document] = []
        size = 0
        for path in files:
            self._cancel.check()
            document = read_document(self._tree, path, self._project.config)
            if isinstance(document, Document):
                chunk.append(document)
                size += len(document.text)
            else:
                (self.skipped if isinstance(document, Skipped) else self.problems).append(document)  # type: ignore[arg-type]
                advance(1)
            if len(chunk) >= _CHUNK_FILES or size >= _CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def base_files(self, base: RevisionTree, moved: Mapping[str, str], cancel: Cancel) -> list[FileFindings]:
        """The old versions of the files that were checked, under the same rules and policy."""
        unchanged: list[FileFindings] = []
        changed: dict[str, Document] = {}
        for file in self.files:
            old = moved.get(file.path, file.path)
            if old not in base.entries or old in changed:
                continue
            document = read_document(base, old, self._project.config)
            if not isinstance(document, Document):
                continue  # It was binary, too large or undecodable: nothing was found in it.
            if document.hash == file.hash and old == file.path:
                unchanged.append(file)
            else:
                changed[old] = document
        results = self._project.analyze(list(changed.values()), cancel=cancel)
        return unchanged + [self._project.judge(changed[result.path], result) for result in results]
