"""An open file as the server follows it: where it belongs and the newest answer about it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from secloop.engine.cancel import Cancel
from secloop.fixes.propose import Fix
from secloop.lsp.diagnostics import Diagnostic
from secloop.lsp.roots import Root
from secloop.lsp.views import View
from secloop.model import Finding
from secloop.policy.evaluate import FileFindings
from secloop.project import Project


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole answer for one version of one open file under one project."""

    project: Project
    view: View
    findings: FileFindings


@dataclass(frozen=True, slots=True)
class Proved:
    """A finding with the fix that was proved to work on the checked text."""

    finding: Finding
    fix: Fix


@dataclass(eq=False)
class Target:
    """A text or a notebook.

    ``root`` is None where nothing is checked, and ``path`` is relative to it. ``covered`` says
    whether the file is among those that are checked, as the project ``judged_by`` has it.
    """

    uri: str
    file: Path | None
    placed: bool = False
    """Whether it is known by now which root it belongs to, if any."""
    root: Root | None = None
    path: str = ""
    judged_by: Project | None = None
    covered: bool = False
    checked: Checked | None = None
    """The last whole answer."""
    seconds: float = inf
    """How long the rules that run at once took, the last time."""
    begun: Checked | None = None
    """What is known of the current version while some rules still run."""
    shown: set[str] = field(default_factory=set)
    """URIs for which diagnostics were published: its own, and those of a notebook's cells."""
    answered: Mapping[str, list[Diagnostic]] = field(default_factory=dict)
    """What a client that asks was answered last, by URI; with run on save, of the text that was opened or saved."""
    unsaved: bool = False
    """Whether the text was edited since it was opened or saved."""
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while ``checked`` is of the current version under the current project."""
    task: asyncio.Task[None] | None = None
    proofs: asyncio.Task[Mapping[str, Proved]] | None = None
    """Ends with the proved fixes of ``checked`` by fingerprint."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once someone asks for the fixes of the current version."""
    cancel: Cancel = field(default_factory=Cancel)
    """Stops the check and the proofs that run."""

    def interrupt(self) -> None:
        """Stop what runs: a newer version or project makes it worthless."""
        self.settled.clear()
        self.begun = None
        self.asked = asyncio.Event()
        self.cancel.cancel()
        self.cancel = Cancel()
        for task in (self.task, self.proofs):
            if task is not None:
                task.cancel()
        self.task = self.proofs = None

    def settle(self, checked: Checked | None) -> None:
        """Take on the answer for the current version."""
        self.checked = checked
        self.begun = None
        self.task = None
        self.settled.set()
