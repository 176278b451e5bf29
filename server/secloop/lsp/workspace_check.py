"""Checks whole roots in a worker, with the open buffers over the disk."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from secloop.engine.cancel import Cancel
from secloop.lsp.overlay import Overlay
from secloop.lsp.roots import folder_of
from secloop.lsp.session import Session
from secloop.lsp.uris import to_path
from secloop.project import Check, Options, Project, check_roots

Progress = Callable[[int, int], None]
"""Told on the event loop's thread how many files are done, and of how many."""


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


async def check_workspace(
    session: Session,
    paths: Sequence[str],
    options: Options,
    cancel: Cancel,
    progress: Progress = _silent,
) -> list[Check]:
    """Check the open folders, or paths (or ``file:`` URIs) in them, each root with its own verdict.

    A relative path is relative to the first open folder that has it.

    Raises:
        Cancelled: if ``cancel`` was.
        ValueError: if a path lies in no open folder or an option's word is not one of those it may be.
        GitError: if a revision cannot be read.
    """
    loop = asyncio.get_running_loop()
    overlay, folders, epoch = session.overlay(), tuple(session.folders), session.epoch

    def report(done: int, total: int) -> None:
        loop.call_soon_threadsafe(progress, done, total)

    def load(root: Path) -> Project:
        return session.load_project(overlay.tree(root), options)

    def work() -> list[Check]:
        return check_roots(_by_root(overlay, folders, paths), load, cancel=cancel, progress=report)

    checks = await session.work.in_worker(work, cancel=cancel)
    if not paths and options == Options() and epoch == session.epoch:
        session.wholes = {check.project.root: check for check in checks}
        session.status.note()
        for check in checks:
            session.projects.compare(check.project)
    return checks


def _by_root(overlay: Overlay, folders: Sequence[Path], paths: Sequence[str]) -> dict[Path, list[str]]:
    """What to check in which root: paths relative to it, none for all of it."""
    places = [_absolute(path, folders) for path in paths] if paths else [(it, it) for it in folders]
    grouped: dict[Path, list[str]] = {}
    for place, folder in places:
        root = overlay.root_of(place, folder)
        if place != root and root not in place.parents:
            raise ValueError(f"{str(place)!r} is not below its root {root}")
        grouped.setdefault(root, []).append(place.relative_to(root).as_posix())
    return {root: [] if "." in inside else inside for root, inside in grouped.items()}


def _absolute(text: str, folders: Sequence[Path]) -> tuple[Path, Path]:
    """A path that was asked for, and the open folder that holds it."""
    given = to_path(text) if text.startswith("file:") else Path(text)
    if given is not None:
        below = [Path(os.path.normpath(folder / given)) for folder in folders]
        place = next((path for path in below if path.exists()), below[0] if below else given)
        folder = place if place in folders else folder_of(place, folders)
        if folder is not None:
            return place, folder
    raise ValueError(f"{text!r} is in no open folder")


def summary(check: Check) -> dict[str, Any]:
    """What a check came to, in a few values."""
    verdict = check.verdict
    return {
        "root": verdict.root,
        "verdict": verdict.outcome.value,
        "digest": verdict.digest,
        "findings": len(verdict.findings),
        "errors": len(verdict.problems),
    }
