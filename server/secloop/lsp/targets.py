"""An open file as the server follows it: where it belongs and the newest answer about it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from secloop.engine.cancel import Cancel
from secloop.lsp.roots import Root
from secloop.lsp.views import View
from secloop.policy.evaluate import FileFindings
from secloop.project import Project


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole answer for one version of one open file under one project."""

    project: Project
    view: View
    findings: FileFindings


@dataclass(eq=False)
class Target:
    """A text or a notebook.

    ``root`` is None where nothing is checked, and ``path`` is relative to it. ``covered`` says
    whether the file is among those that are checked, as the project ``judged_by`` has it.
    """

    uri: str
    file: Path | None
    root: Root | None = None
    path: str = ""
    judged_by: Project | None = None
    covered: bool = False
    checked: Checked | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while ``checked`` is of the current version under the current project."""
    task: asyncio.Task[None] | None = None
    cancel: Cancel | None = None

    def interrupt(self) -> None:
        """Stop a check that runs: a newer version or project makes it worthless."""
        self.settled.clear()
        if self.cancel is not None:
            self.cancel.cancel()
            self.cancel = None
        if self.task is not None:
            self.task.cancel()
            self.task = None

    def settle(self, checked: Checked | None) -> None:
        """Take on the answer for the current version."""
        self.checked = checked
        self.task = self.cancel = None
        self.settled.set()
