"""The state of one server with what works on it: the session follows what is opened, changed and closed."""

from __future__ import annotations

import asyncio

from secloop.lsp.authoring import Authoring
from secloop.lsp.checker import QUIET, Checker
from secloop.lsp.client import Client
from secloop.lsp.display import Display
from secloop.lsp.projects import LoadProject, Projects
from secloop.lsp.roots import Root
from secloop.lsp.state import State
from secloop.lsp.status import StatusReports
from secloop.lsp.targets import Target
from secloop.lsp.uris import to_path


class Session(State):
    """Open documents and their answers.

    Args:
        load_project: loads the project of a root's content; called in workers.
    """

    def __init__(self, client: Client, load_project: LoadProject) -> None:
        super().__init__(client)
        self.load_project = load_project
        self.display = Display(self)
        self.status = StatusReports(self)
        self.authoring = Authoring(self, self.display)
        self.checker = Checker(self, self.display, self._outdated, self.status.note)
        self.projects = Projects(self, self.display, self.checker, self._root_changed, load_project)
        self.watching: asyncio.Task[None] | None = None
        """What sees files change on disk, or asked the client to."""

    def close(self) -> None:
        """Stop everything that runs."""
        for target in self.targets:
            target.interrupt()
        self.work.close()

    def _outdated(self, root: Root) -> None:
        self.projects.load(root, quiet=0)

    def _root_changed(self, root: Root | None) -> None:
        self.status.note()
        if root is not None:
            self.authoring.loaded(root)

    def opened(self, uri: str) -> None:
        """A text or notebook was opened and is in the store."""
        before = self.by_uri.get(uri)
        if before is not None:
            before.interrupt()
        target = self.by_uri[uri] = Target(uri, to_path(uri))
        self.work.spawn(self.projects.place(target))
        self._buffer_changed(target)
        self.move()

    def changed(self, uri: str) -> None:
        """An open text or notebook has a new version."""
        target = self.by_uri[uri]
        target.unsaved = self.store.notebook(uri) is None
        self.checker.check(target, quiet=QUIET)
        self._buffer_changed(target)

    def saved(self, uri: str) -> None:
        """An open text was saved as it is."""
        target = self.by_uri.get(uri)
        if target is not None and target.unsaved:
            target.unsaved = False
            if self.settings.on_save:
                self.display.show(target)
                self.client.refresh_diagnostics()

    def closed(self, uri: str) -> None:
        """A text or notebook was closed and is no longer in the store."""
        target = self.by_uri.pop(uri, None)
        if target is None:
            return
        if not self._is_as_checked(target):
            self.forget_wholes()
        target.interrupt()
        target.settled.set()
        self.status.note()
        if not self.client.abilities.pulls_diagnostics:
            # The store has forgotten the notebook by now, so its cells are those that were shown.
            for part in {uri, *target.shown}:
                self.client.publish(part, None, self.display.faults_at(target.file) if part == uri else [])
        self._buffer_changed(target)
        self.move()

    def _is_as_checked(self, target: Target) -> bool:
        """Whether an open file is, as far as is known, what it was when its whole root was checked."""
        whole = self.wholes.get(target.root.path) if target.root else None
        checked = target.checked
        if whole is None or checked is None or not target.settled.is_set():
            return target.root is None
        document = checked.view.document
        return any(file.path == document.path and file.hash == document.hash for file in whole.files)

    def _buffer_changed(self, target: Target) -> None:
        if target.file is not None:
            self.projects.touched([target.file])
