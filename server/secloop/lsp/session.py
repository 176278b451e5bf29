"""The state of one server: what is open, the project of each root, and when what is checked again.

Everything here runs on the event loop's thread; checking runs in workers on immutable snapshots. A result
is shown only if it is of the document's current version under the root's current project (SPEC 11).
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from secloop.lsp.checking import (
    covered_paths,
    evaluate,
    evaluate_at_once,
    failed,
    may_be_fixed,
    prove,
    timed,
    unreadable,
)
from secloop.lsp.client import Client
from secloop.lsp.diagnostics import Diagnostic, fault_diagnostic, file_diagnostics
from secloop.lsp.documents import DocumentStore
from secloop.lsp.overlay import Overlay
from secloop.lsp.positions import PositionMap
from secloop.lsp.roots import Fault, Root, faults_of, folder_of, is_within, makes_roots, not_checked
from secloop.lsp.settings import Settings
from secloop.lsp.targets import Checked, Proved, Target
from secloop.lsp.uris import from_path, to_path
from secloop.lsp.views import NotebookTextView, NotebookView, TextView, View
from secloop.lsp.watching import watch_files
from secloop.lsp.work import Work
from secloop.model import Rule, Skipped
from secloop.policy.evaluate import FileFindings
from secloop.project import Options, Project, today
from secloop.syntax.document import Document
from secloop.syntax.notebook import is_notebook
from secloop.syntax.source import release
from secloop.workspace.tree import OverlayTree

QUIET = 0.05
"""Seconds without a change after which an engine process may start (SPEC 11)."""

PROOF_QUIET = 0.25
"""Seconds without a change after which fixes are proved that nobody asked for."""

_SHORT = 0.03
"""Seconds of work that the event loop may do by itself."""

_T = TypeVar("_T")

RELOAD_QUIET = 0.1
"""Seconds without a change after which changed rules or policy are loaded."""


class Session:
    """Open documents and their answers.

    Args:
        load_project: loads the project of a root's content; called in workers.
    """

    def __init__(self, client: Client, load_project: Callable[[OverlayTree, Options], Project]) -> None:
        self.client = client
        self.work = Work(client)
        self.store = DocumentStore()
        self.settings = Settings()
        self.folders: list[Path] = []
        self.roots: dict[Path, Root] = {}
        self.moved = asyncio.Event()
        """Set, and replaced, whenever a check of the files that are not open might answer differently."""
        self.load_project = load_project
        self.watching: asyncio.Task[None] | None = None
        """What sees files change on disk, or asked the client to."""
        self._placing: asyncio.Task[None] | None = None
        self._shown_closed: set[str] = set()
        self._targets: dict[str, Target] = {}

    def close(self) -> None:
        """Stop everything that runs."""
        for target in self._targets.values():
            target.interrupt()
        self.work.close()

    # What is open

    @property
    def targets(self) -> Sequence[Target]:
        """The open files."""
        return tuple(self._targets.values())

    def target(self, uri: str) -> Target | None:
        """The open file with that URI, or the notebook that has the cell with that URI."""
        notebook = self.store.notebook_of_cell(uri)
        return self._targets.get(notebook.uri if notebook else uri)

    def opened(self, uri: str) -> None:
        """A text or notebook was opened and is in the store."""
        before = self._targets.get(uri)
        if before is not None:
            before.interrupt()
        target = self._targets[uri] = Target(uri, to_path(uri))
        self.work.spawn(self._place(target))
        self._buffer_changed(target)
        self.move()

    def changed(self, uri: str) -> None:
        """An open text or notebook has a new version."""
        target = self._targets[uri]
        self.check(target, quiet=QUIET)
        self._buffer_changed(target)

    def closed(self, uri: str) -> None:
        """A text or notebook was closed and is no longer in the store."""
        target = self._targets.pop(uri, None)
        if target is None:
            return
        target.interrupt()
        target.settled.set()
        if not self.client.abilities.pulls_diagnostics:
            # The store has forgotten the notebook by now, so its cells are those that were shown.
            for part in {uri, *target.shown}:
                self.client.publish(part, None, self._faults_at(target.file) if part == uri else [])
        self._buffer_changed(target)
        self.move()

    def _buffer_changed(self, target: Target) -> None:
        if target.file is not None:
            self.touched([target.file])

    def move(self) -> None:
        """Note that a check of the files that are not open may answer differently from now on."""
        self.moved.set()
        self.moved = asyncio.Event()

    def overlay(self) -> Overlay:
        """Snapshots of the open files."""
        documents: dict[Path, Document] = {}
        sources = set()
        for target in self._targets.values():
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

    # Roots

    def files_changed(self, files: Sequence[Path]) -> None:
        """Files changed on disk; what is open counts as it is in the editor."""
        opened = {target.file for target in self.targets}
        self.touched(file for file in files if file not in opened)
        self.move()

    def touched(self, files: Iterable[Path]) -> None:
        """Files changed, on disk or in a buffer: load again what depends on them."""
        files = list(files)
        if any(makes_roots(file) for file in files):
            self._place_again()
        for root in tuple(self.roots.values()):
            if any(root.depends_on(file) for file in files):
                self.load(root)

    def set_folders(self, folders: Iterable[Path]) -> None:
        """Other folders are open now."""
        self.folders = list(folders)
        for path, root in list(self.roots.items()):
            if not is_within(path, self.folders) and not any(is_within(it, [path]) for it in self.folders):
                self._forget(root)
        self.move()
        self._place_again()

    def _forget(self, root: Root) -> None:
        del self.roots[root.path]
        root.stop()
        for file in root.faults:
            self._show_faults(file)

    def _place_again(self) -> None:
        """Find the roots of what is open anew, once for the many changes that typing is."""
        if self._placing is None:
            self._placing = self.work.spawn(self._place_all())

    async def _place_all(self) -> None:
        await asyncio.sleep(RELOAD_QUIET)
        self._placing = None
        for target in self.targets:
            await self._place(target)

    async def find_root(self, place: Path, folder: Path) -> Root:
        """The root of a file or folder, loading if it is new."""
        path = await self.work.in_worker(self.overlay().root_of, place, folder)
        root = self.roots.get(path)
        if root is None:
            root = self.roots[path] = Root(path)
            if not is_within(path, self.folders):
                root.watching = self.work.spawn(self._watch_outside(path))
            self.load(root, quiet=0)
        return root

    async def _place(self, target: Target) -> None:
        """Find the root that a target belongs to, and check it there."""
        folder = folder_of(target.file, self.folders) if target.file else None
        root = None
        if target.file is not None and folder is not None:
            root = await self.find_root(target.file, folder)
        if self._targets.get(target.uri) is not target:
            return
        if target.placed and target.root is root and root is not None:
            return
        target.placed = True
        path = root.relative(target.file) if root and target.file else None
        target.root, target.path = (root, path) if root and path else (None, "")
        target.judged_by = None
        self.check(target)
        if target.root is not None and target.root.project is not None:
            await self._admit(target.root, target.root.project, [target])

    async def _admit(self, root: Root, project: Project, targets: Sequence[Target]) -> None:
        """Find out which targets are among the files that a project checks, and check them."""
        paths = [target.path for target in targets]
        covered = await self.work.in_worker(covered_paths, project, self.overlay(), paths)
        for target in targets:
            if self._targets.get(target.uri) is not target:
                continue  # It was closed meanwhile.
            if target.root is not root or root.project is not project:
                continue
            target.judged_by, target.covered = project, target.path in covered
            self.check(target)

    def load(self, root: Root, *, quiet: float = RELOAD_QUIET) -> None:
        """Load a root's rules and policy, and check its open files again under them."""
        root.stale = True
        if root.loading is None:
            root.loading = self.work.spawn(self._load(root, quiet))

    async def _load(self, root: Root, quiet: float) -> None:
        """Load until nothing changed meanwhile: one load at a time, and what is shown is of the newest."""
        while root.stale:
            while root.stale:
                root.stale = False
                await asyncio.sleep(quiet)
            work = self.work.in_worker(self._load_with_faults, self.overlay(), root.path)
            (loaded,) = await asyncio.gather(work, return_exceptions=True)
        root.loading = None
        targets = [target for target in self.targets if target.root is root]
        if isinstance(loaded, BaseException):
            self.work.report(loaded)
            for target in targets:
                self._settle(target, None)
            return
        root.project, faults = loaded
        # Rules stay, so that searches for cycles need not go through them; those before them go.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        before, root.faults = root.faults, faults
        self.move()
        for file in {*before, *faults}:
            self._show_faults(file)
        await self._admit(root, root.project, targets)
        self.client.refresh_diagnostics()

    async def _watch_outside(self, root: Path) -> None:
        """Watch what a root depends on where the client does not look: above the open folders."""
        await asyncio.gather(
            watch_files([root], self.files_changed, recursive=False),
            watch_files([root / ".secloop"], self.files_changed),
        )

    def _load_with_faults(
        self, overlay: Overlay, root: Path
    ) -> tuple[Project, Mapping[Path, Sequence[Fault]]]:
        project = self.load_project(overlay.tree(root), Options())
        return project, faults_of(project)

    # Checking

    def check(self, target: Target, *, quiet: float = 0) -> None:
        """Check the current version: at once where no rule need run in another process, else after some quiet."""
        target.interrupt()
        root = target.root
        if not target.placed:
            return  # Finding its root ends in a check.
        if root is None:
            self._settle(target, None)
            return
        project = root.project
        if project is None or target.judged_by is not project:
            return  # Loading it, or finding out whether it covers the file, ends in a check.
        if project.as_of != today() and root.loading is None:
            self.load(root, quiet=0)  # A day has ended while the server ran, and with it some waivers.
        if target.covered:
            self._check_under(target, project, quiet)
        else:
            self._settle(target, None)

    def _check_under(self, target: Target, project: Project, quiet: float) -> None:
        view = self.view(target)
        document = view.document
        problem = unreadable(project, view)
        if isinstance(problem, Skipped):
            self._settle(target, None)
        elif problem is not None:
            self._settle(target, Checked(project, view, failed(document, problem)))
        elif not (rules := project.needed(document)) and b"secloop:" not in document.data:
            self._settle(target, Checked(project, view, FileFindings(document.path, "")))
        else:
            self._check_with(target, project, view, rules, quiet)

    def _check_with(
        self, target: Target, project: Project, view: View, rules: Sequence[Rule], quiet: float
    ) -> None:
        """Check a version: what runs in process first, and at once (SPEC 11)."""
        fast = [rule for rule in rules if project.runs_at_once(rule)]
        last = target.checked if len(fast) < len(rules) else None
        work = partial(evaluate_at_once, project, view.document, fast, last, target.cancel)
        whole = len(fast) == len(rules)
        if not fast and rules:
            target.task = self.work.spawn(self._check_all(target, project, view, quiet))
        elif target.seconds < _SHORT:
            # Here and now: so each version has its answer, also where the next one is waiting already.
            try:
                found, target.seconds = timed(work)
            except Exception as error:  # noqa: BLE001 - whatever it is, the server goes on
                self.work.report(error)
                found = failed(view.document, not_checked(target.path, error))
            self._found_at_once(target, project, view, found, whole, quiet)
        else:
            target.task = self.work.spawn(self._check_aside(target, project, view, work, whole, quiet))

    async def _check_aside(
        self,
        target: Target,
        project: Project,
        view: View,
        work: Callable[[], FileFindings | None],
        whole: bool,
        quiet: float,
    ) -> None:
        """Have a thread do what may take long: a file that was just opened."""
        answer = await self._answer(target, view, self.work.at_once, timed, work)
        found, target.seconds = answer if isinstance(answer, tuple) else (answer, target.seconds)
        self._found_at_once(target, project, view, found, whole, quiet)

    def _found_at_once(
        self,
        target: Target,
        project: Project,
        view: View,
        found: FileFindings | None,
        whole: bool,
        quiet: float,
    ) -> None:
        if whole and found is not None:
            self._settle(target, Checked(project, view, found))
            return
        if found is not None and (target.shown or found.findings):
            target.begun = Checked(project, view, found)
            self.show(target)
        target.task = self.work.spawn(self._check_all(target, project, view, quiet))

    async def _check_all(self, target: Target, project: Project, view: View, quiet: float) -> None:
        """Check a version under all rules, after some quiet."""
        await asyncio.sleep(quiet)
        whole = await self._answer(
            target, view, self.work.in_checker, evaluate, project, view.document, target.cancel
        )
        self._settle(target, Checked(project, view, whole))

    async def _answer(
        self,
        target: Target,
        view: View,
        run: Callable[..., asyncio.Future[_T]],
        *work: Any,
    ) -> _T | FileFindings:
        """What a worker finds; an unexpected error is a problem of the file."""
        (outcome,) = await asyncio.gather(run(*work), return_exceptions=True)
        if isinstance(outcome, BaseException):
            self.work.report(outcome)
            return failed(view.document, not_checked(target.path, outcome))
        return outcome

    def _settle(self, target: Target, checked: Checked | None) -> None:
        target.settle(checked)
        if checked is not None:
            release(checked.view.document)  # The engine keeps the trees of the texts that change.
        self.show(target)
        if checked is not None and any(map(may_be_fixed, checked.findings.findings)):
            target.proofs = self.work.spawn(self._prove(target, checked))

    async def _prove(self, target: Target, checked: Checked) -> Mapping[str, Proved]:
        """Prove fixes once nobody types, or as soon as someone asks for them: it takes time from the keystrokes."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(target.asked.wait(), PROOF_QUIET)
        return await self.work.in_worker(prove, checked, target.cancel)

    # Showing

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

    def diagnostics(self, target: Target) -> Mapping[str, list[Diagnostic]]:
        """Everything to show of an open file, by the URI of the file or of its notebook's cells."""
        checked = target.begun or target.checked
        shown: dict[str, list[Diagnostic]] = {target.uri: []}
        if checked is not None:
            ruleset = checked.project.ruleset
            shown.update(file_diagnostics(checked.view, checked.findings, ruleset, self.settings))
        shown[target.uri] += self._faults_at(target.file)
        return shown

    def show(self, target: Target) -> None:
        """Publish the diagnostics of an open file, unless they are still to come or the client asks for them."""
        known = target.settled.is_set() or target.begun is not None
        if self.client.abilities.pulls_diagnostics or not known:
            return
        diagnostics = self.diagnostics(target)
        for uri, items in diagnostics.items():
            # A version is given to its whole set only.
            self.client.publish(uri, None if target.begun else self.version(uri), items)
        for cell in target.shown - set(diagnostics):
            self.client.publish(
                cell, self.version(cell), []
            )  # A cell that has gone, or is not checked any more.
        target.shown = set(diagnostics)

    def show_closed(self, shown: Mapping[str, list[Diagnostic]]) -> None:
        """Publish what a check of the workspace found in files that are not open, and clear the rest."""
        if self.client.abilities.pulls_diagnostics:
            self.client.refresh_diagnostics()
            return
        for uri in self._shown_closed - set(shown):
            if self.target(uri) is None:
                self.client.publish(uri, None, self._faults_at(to_path(uri)))
        for uri, items in shown.items():
            self.client.publish(uri, None, items)
        self._shown_closed = set(shown)

    def _faults_at(self, file: Path | None) -> list[Diagnostic]:
        """What is wrong in a rule or policy file, open or not."""
        faults = [fault for root in self.roots.values() for fault in root.faults.get(file or Path(), ())]
        return [fault_diagnostic(fault.about, self._positions(file, fault)) for fault in faults]

    def _positions(self, file: Path | None, fault: Fault) -> PositionMap | None:
        buffer = next((one for one in self.store if to_path(one.uri) == file), None)
        if buffer is not None:
            return PositionMap(buffer.snapshot(fault.about.path), self.store.encoding, bom=buffer.bom)
        return PositionMap(fault.text, self.store.encoding) if fault.text is not None else None

    def _show_faults(self, file: Path) -> None:
        target = next((one for one in self.targets if one.file == file), None)
        if target is not None:
            self.show(target)
        elif not self.client.abilities.pulls_diagnostics:
            self.client.publish(from_path(file), None, self._faults_at(file))
