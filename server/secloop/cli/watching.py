"""``--watch``: run again whenever a file changes, and print in place."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from secloop.cli.running import say
from secloop.workspace.writing import is_half_written

if TYPE_CHECKING:
    from watchfiles import DefaultFilter

_BEAT = 200
"""Milliseconds after which the watcher says that nothing has changed."""


def watch(
    places: Iterable[Path],
    run: Callable[[], int],
    done: str,
    *,
    outputs: Collection[Path] = (),
    git: bool = False,
) -> int:
    """Run at once and after every change, until interrupted; the exit code is that of the last run.

    Args:
        done: what a run has done, in one word.
        outputs: files that a run writes, whose changes count for nothing.
        git: whether changes in git's own folder count, where its index is.
    """
    from watchfiles import watch

    code: int | None = None
    try:
        # The first, empty, set of changes says that watching has begun: a change during the first run is seen.
        for changes in watch(
            *places,
            watch_filter=_filter(git),
            rust_timeout=_BEAT,
            yield_on_timeout=True,
            raise_interrupt=True,
        ):
            changed = {Path(path).resolve() for _, path in changes} - set(outputs)
            if code is None or not all(is_half_written(path) for path in changed):
                started = time.monotonic()
                code = run()
                seconds = time.monotonic() - started
                say(f"{done} in {seconds:.1f} s; watching for changes (Ctrl-C to stop)")
    except KeyboardInterrupt:
        pass
    return 130 if code is None else code


def clear() -> None:
    """Make room for a report in a terminal."""
    if sys.stdout.isatty():
        click.clear()


def _filter(git: bool) -> DefaultFilter:
    """Leaves out what tools write: caches and swap files."""
    from watchfiles import DefaultFilter

    if not git:
        return DefaultFilter()
    return DefaultFilter(ignore_dirs=[name for name in DefaultFilter.ignore_dirs if name != ".git"])
