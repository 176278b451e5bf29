"""Helps to write rules: their tests run while they are typed, and code lenses count what they find."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from secloop.engine.cancel import Cancel
from secloop.lsp.display import Display
from secloop.lsp.overlay import Overlay
from secloop.lsp.roots import Root
from secloop.lsp.state import State
from secloop.model import Rule
from secloop.project import Check, Project
from secloop.project.authoring import Complaint, Tested, matches_of, run_rule_tests
from secloop.rules.pack import is_rule_file

_QUIET = 0.2
"""Seconds for which rules stay as they are before the workspace is searched for what one finds."""


class Authoring:
    """Tests of rules whose test files are open, and matches of rules whose files are."""

    def __init__(self, state: State, display: Display) -> None:
        self._state = state
        self._display = display
        self._testing: dict[Path, asyncio.Task[None]] = {}
        self._moved = state.moved
        self._searches: dict[tuple[Path, str], asyncio.Task[Check]] = {}

    def loaded(self, root: Root) -> None:
        """A root's rules, or tests of them, are others now."""
        running = self._testing.pop(root.path, None)
        if running is not None:
            running.cancel()
        targets = [one for one in self._state.targets if one.root is root and root.is_of_rules(one.path)]
        if targets:
            self._state.client.refresh_lenses()
        tests = [one.path for one in targets if not is_rule_file(one.path)]
        if tests or root.complaints:
            self._testing[root.path] = self._state.work.spawn(self._test(root, tests))

    async def _test(self, root: Root, paths: Sequence[str]) -> None:
        """Test the rules that open files test, and say in these what is wrong."""
        tested = await self.run(root, paths) if root.project is not None else []
        found: dict[Path, list[Complaint]] = {}
        for one in tested:
            for complaint in one.complaints():
                found.setdefault(root.path / complaint.path, []).append(complaint)
        before, root.complaints = root.complaints, found
        for target in self._state.targets:
            if target.file is not None and target.file in {*before, *found}:
                self._display.show(target)
        self._state.client.refresh_diagnostics()

    async def run(self, root: Root, paths: Sequence[str]) -> list[Tested]:
        """Run the tests of the rules at some paths, and those that are at some paths."""
        cancel = Cancel()
        project, overlay = root.project, self._state.overlay()
        if project is None or not paths:
            return []
        return await self._state.work.in_worker(_tested, project, overlay, paths, cancel, cancel=cancel)

    async def matches(self, project: Project, rule: Rule) -> Check:
        """What a rule finds in its root: one search for all who ask, until something changes."""
        if self._moved is not self._state.moved:
            self._moved = self._state.moved
            for search in self._searches.values():
                search.cancel()
            self._searches.clear()
        key = (project.root, rule.digest)
        if key not in self._searches:
            self._searches[key] = self._state.work.spawn(self._search(project, rule))
        return await asyncio.shield(self._searches[key])

    async def _search(self, project: Project, rule: Rule) -> Check:
        await asyncio.sleep(_QUIET)
        cancel, overlay = Cancel(), self._state.overlay()
        return await self._state.work.in_worker(_matches, project, overlay, rule, cancel, cancel=cancel)


def _tested(project: Project, overlay: Overlay, paths: Sequence[str], cancel: Cancel) -> list[Tested]:
    return run_rule_tests(project, overlay.tree(project.root), paths, cancel)


def _matches(project: Project, overlay: Overlay, rule: Rule, cancel: Cancel) -> Check:
    return matches_of(project, overlay.tree(project.root), rule, cancel)
