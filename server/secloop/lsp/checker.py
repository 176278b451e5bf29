"""Checks open files: what runs in process at once, the rest after some quiet, and then which fixes work.

Runs on the event loop's thread; what takes long runs in workers on immutable snapshots. A result is shown
only if it is of the document's current version under the root's current project (SPEC 11).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from secloop.lsp.checking import evaluate, evaluate_at_once, failed, may_be_fixed, prove, timed, unreadable
from secloop.lsp.display import Display
from secloop.lsp.roots import Root, not_checked
from secloop.lsp.state import State
from secloop.lsp.targets import Checked, Proved, Target
from secloop.lsp.views import View
from secloop.model import Skipped
from secloop.policy.evaluate import FileFindings
from secloop.project import Project, today
from secloop.syntax.source import release

QUIET = 0.05
"""Seconds without a change after which an engine process may start (SPEC 11)."""

PROOF_QUIET = 0.25
"""Seconds without a change after which fixes are proved that nobody asked for."""

_SHORT = 0.03
"""Seconds of work that the event loop may do by itself."""

_T = TypeVar("_T")


class Checker:
    """Checks open files.

    Args:
        outdated: told of a root whose project is of a day that has ended.
        settled: told when an open file has its answer.
    """

    def __init__(
        self,
        state: State,
        display: Display,
        outdated: Callable[[Root], None],
        settled: Callable[[], None],
    ) -> None:
        self._state = state
        self._display = display
        self._outdated = outdated
        self._settled = settled

    def check(self, target: Target, *, quiet: float = 0) -> None:
        """Check the current version: at once where no rule need run in another process, else after some quiet."""
        target.interrupt()
        root = target.root
        if not target.placed:
            return  # Finding its root ends in a check.
        if root is None:
            self.settle(target, None)
            return
        project = root.project
        if project is None or target.judged_by is not project:
            return  # Loading it, or finding out whether it covers the file, ends in a check.
        if project.as_of != today() and root.loading is None:
            self._outdated(root)  # A day has ended while the server ran, and with it some waivers.
        if target.covered:
            self._check_under(target, project, quiet)
        else:
            self.settle(target, None)

    def _check_under(self, target: Target, project: Project, quiet: float) -> None:
        view = self._state.view(target)
        document = view.document
        problem = unreadable(project, view)
        if isinstance(problem, Skipped):
            self.settle(target, None)
        elif problem is not None:
            self.settle(target, Checked(project, view, failed(document, problem)))
        else:
            self._check_with(target, project, view, quiet)

    def _check_with(self, target: Target, project: Project, view: View, quiet: float) -> None:
        """Check a version: what runs in process first, and at once (SPEC 11)."""
        whole = not project.later(view.document)
        last = None if whole else target.checked
        work = partial(evaluate_at_once, project, view.document, last, target.cancel)
        if not whole and not project.any_at_once(view.document):
            target.task = self._state.work.spawn(self._check_all(target, project, view, quiet))
        elif target.seconds < _SHORT:
            # Here and now: so each version has its answer, also where the next one is waiting already.
            try:
                found, target.seconds = timed(work)
            except Exception as error:  # noqa: BLE001 - whatever it is, the server goes on
                self._state.work.report(error)
                found = failed(view.document, not_checked(target.path, error))
            self._found_at_once(target, project, view, found, whole, quiet)
        else:
            target.task = self._state.work.spawn(self._check_aside(target, project, view, work, whole, quiet))

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
        answer = await self._answer(target, view, self._state.work.at_once, timed, work)
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
            self.settle(target, Checked(project, view, found))
            return
        if found is not None and (target.shown or found.findings):
            target.begun = Checked(project, view, found)
            self._display.show(target)
        target.task = self._state.work.spawn(self._check_all(target, project, view, quiet))

    async def _check_all(self, target: Target, project: Project, view: View, quiet: float) -> None:
        """Check a version under all rules, after some quiet."""
        await asyncio.sleep(quiet)
        whole = await self._answer(
            target, view, self._state.work.in_checker, evaluate, project, view.document, target.cancel
        )
        self.settle(target, Checked(project, view, whole))

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
            self._state.work.report(outcome)
            return failed(view.document, not_checked(target.path, outcome))
        return outcome

    def settle(self, target: Target, checked: Checked | None) -> None:
        """Take on the answer for the current version, show it, and see which fixes work."""
        target.settle(checked)
        if checked is not None:
            release(checked.view.document)  # The engine keeps the trees of the texts that change.
        self._display.show(target)
        self._settled()
        if checked is not None and any(map(may_be_fixed, checked.findings.findings)):
            target.proofs = self._state.work.spawn(self._prove(target, checked))

    async def _prove(self, target: Target, checked: Checked) -> Mapping[str, Proved]:
        """Prove fixes once nobody types, or as soon as someone asks for them: it takes time from the keystrokes."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(target.asked.wait(), PROOF_QUIET)
        return await self._state.work.in_worker(prove, checked, target.cancel)
