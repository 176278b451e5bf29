"""Finds the root of each open file, and loads the project of each root anew when its rules or policy change."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from secloop.lsp.checker import Checker
from secloop.lsp.checking import covered_paths
from secloop.lsp.display import Display
from secloop.lsp.overlay import Overlay
from secloop.lsp.roots import Fault, Root, faults_of, folder_of, is_within, makes_roots
from secloop.lsp.state import State
from secloop.lsp.targets import Target
from secloop.lsp.watching import watch_files
from secloop.project import Options, Project
from secloop.workspace.tree import OverlayTree

RELOAD_QUIET = 0.1
"""Seconds without a change after which changed rules or policy are loaded."""

LoadProject = Callable[[OverlayTree, Options], Project]
"""Loads the project of a root's content; called in workers."""


class Projects:
    """The roots, their projects, and which open file belongs to which."""

    def __init__(
        self,
        state: State,
        display: Display,
        checker: Checker,
        changed: Callable[[Root | None], None],
        load_project: LoadProject,
    ) -> None:
        self._state = state
        self._display = display
        self._checker = checker
        self._changed = changed
        self._load_project = load_project
        self._placing: asyncio.Task[None] | None = None

    def files_changed(self, files: Sequence[Path]) -> None:
        """Files changed on disk; what is open counts as it is in the editor."""
        opened = {target.file for target in self._state.targets}
        closed = [file for file in files if file not in opened]
        self.touched(closed)
        if any(".git" not in file.parts for file in closed):
            self._state.forget_wholes()
            self._changed(None)
        self._state.move()

    def touched(self, files: Iterable[Path]) -> None:
        """Files changed, on disk or in a buffer: load again what depends on them."""
        files = list(files)
        if any(makes_roots(file) for file in files):
            self._place_again()
        for root in tuple(self._state.roots.values()):
            if any(root.depends_on(file) for file in files):
                self._state.forget_wholes()
                self.load(root)

    def set_folders(self, folders: Iterable[Path]) -> None:
        """Other folders are open now."""
        self._state.folders = list(folders)
        for path, root in list(self._state.roots.items()):
            if not is_within(path, self._state.folders) and not any(
                is_within(it, [path]) for it in self._state.folders
            ):
                self._forget(root)
        self._state.forget_wholes()
        self._changed(None)
        self._state.move()
        self._place_again()

    def _forget(self, root: Root) -> None:
        del self._state.roots[root.path]
        root.stop()
        for file in root.faults:
            self._display.show_faults(file)

    def _place_again(self) -> None:
        """Find the roots of what is open anew, once for the many changes that typing is."""
        if self._placing is None:
            self._placing = self._state.work.spawn(self._place_all())

    async def _place_all(self) -> None:
        await asyncio.sleep(RELOAD_QUIET)
        self._placing = None
        for target in self._state.targets:
            await self.place(target)

    async def find_root(self, place: Path, folder: Path) -> Root:
        """The root of a file or folder, loading if it is new."""
        path = await self._state.work.in_worker(self._state.overlay().root_of, place, folder)
        root = self._state.roots.get(path)
        if root is None:
            root = self._state.roots[path] = Root(path)
            if not is_within(path, self._state.folders):
                root.watching = self._state.work.spawn(self._watch_outside(path))
            self.load(root, quiet=0)
            self._changed(None)
        return root

    async def loaded(self, root: Root) -> Project:
        """A root's newest project.

        Raises:
            RuntimeError: if it cannot be loaded; the user was told why.
        """
        while root.loading is not None:
            await asyncio.wait({root.loading})
        if root.project is None:
            raise RuntimeError(f"the rules of {root.path} could not be loaded")
        return root.project

    async def place(self, target: Target) -> None:
        """Find the root that a target belongs to, and check it there."""
        folder = folder_of(target.file, self._state.folders) if target.file else None
        root = None
        if target.file is not None and folder is not None:
            root = await self.find_root(target.file, folder)
        if self._state.by_uri.get(target.uri) is not target:
            return
        if target.placed and target.root is root and root is not None:
            return
        target.placed = True
        path = root.relative(target.file) if root and target.file else None
        target.root, target.path = (root, path) if root and path else (None, "")
        target.judged_by = None
        self._checker.check(target)
        if target.root is not None and target.root.project is not None:
            if target.root.is_of_rules(target.path):
                self._changed(target.root)  # Its rules may have been loaded before it was known whose it is.
            await self._admit(target.root, target.root.project, [target])

    async def _admit(self, root: Root, project: Project, targets: Sequence[Target]) -> None:
        """Find out which targets are among the files that a project checks, and check them."""
        paths = [target.path for target in targets]
        covered = await self._state.work.in_worker(covered_paths, project, self._state.overlay(), paths)
        for target in targets:
            if self._state.by_uri.get(target.uri) is not target:
                continue  # It was closed meanwhile.
            if target.root is not root or root.project is not project:
                continue
            target.judged_by, target.covered = project, target.path in covered
            self._checker.check(target)

    def load(self, root: Root, *, quiet: float = RELOAD_QUIET) -> None:
        """Load a root's rules and policy, and check its open files again under them."""
        root.stale = True
        if root.loading is None:
            root.loading = self._state.work.spawn(self._load(root, quiet))

    def compare(self, now: Project) -> None:
        """A check loaded a root: if its rules are others than are shown, as after a wheel was installed, show these."""
        root = self._state.roots.get(now.root)
        if root is None or root.project is None or root.loading is not None:
            return
        shown = root.project
        if (shown.ruleset.digest, shown.problems) != (now.ruleset.digest, now.problems):
            self.load(root)

    async def _load(self, root: Root, quiet: float) -> None:
        """Load until nothing changed meanwhile: one load at a time, and what is shown is of the newest."""
        while root.stale:
            while root.stale:
                root.stale = False
                await asyncio.sleep(quiet)
            work = self._state.work.in_worker(self._load_with_faults, self._state.overlay(), root.path)
            (loaded,) = await asyncio.gather(work, return_exceptions=True)
        root.loading = None
        targets = [target for target in self._state.targets if target.root is root]
        if isinstance(loaded, BaseException):
            self._state.work.report(loaded)
            for target in targets:
                self._checker.settle(target, None)
            self._changed(None)
            return
        root.project, faults = loaded
        # Rules stay, so that searches for cycles need not go through them; those before them go.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        before, root.faults = root.faults, faults
        self._state.move()
        for file in {*before, *faults}:
            self._display.show_faults(file)
        await self._admit(root, root.project, targets)
        self._changed(root)
        self._state.client.refresh_diagnostics()

    async def _watch_outside(self, root: Path) -> None:
        """Watch what a root depends on where the client does not look: above the open folders."""
        await asyncio.gather(
            watch_files([root], self.files_changed, recursive=False),
            watch_files([root / ".secloop"], self.files_changed),
        )

    def _load_with_faults(
        self, overlay: Overlay, root: Path
    ) -> tuple[Project, Mapping[Path, Sequence[Fault]]]:
        project = self._load_project(overlay.tree(root), Options())
        return project, faults_of(project)
