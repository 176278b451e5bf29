"""A progress bar on a terminal for work that takes a while; nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from secloop.project import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_PATIENCE = 0.7
"""Seconds without a bar: most checks are over by then."""


class _Shown:
    """Starts a bar once the work has lasted; short work never draws anything."""

    def __init__(self, doing: str, unit: str) -> None:
        self._doing, self._unit = doing, unit
        self._started = time.monotonic()
        self._bar: Bar | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            if time.monotonic() - self._started < _PATIENCE or done >= total:
                return
            self._bar = _bar(self._unit)
            self._bar.start()
            self._bar.add_task(self._doing, total=total)
        task = self._bar.tasks[0]
        self._bar.update(task.id, completed=done, total=total)

    def stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar(unit: str) -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


@contextmanager
def progress_bar(wanted: bool, doing: str = "Checking", unit: str = "files") -> Iterator[Progress]:
    """A progress callback that draws on standard error while inside, if that is a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    shown = _Shown(doing, unit)
    try:
        yield shown
    finally:
        shown.stop()
