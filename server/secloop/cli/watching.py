"""``secloop check --watch``: check again whenever a file changes, and print in place."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from secloop.cli.running import Request, report, run_checks, say
from secloop.workspace.git import GitError

if TYPE_CHECKING:
    from watchfiles import DefaultFilter

_BEAT = 200
"""Milliseconds after which the watcher says that nothing has changed."""


def watch(request: Request) -> int:
    """Check until interrupted; the exit code is that of the last verdict."""
    if request.source.stdin is not None:
        raise click.UsageError("--watch watches files, not standard input")
    from watchfiles import watch

    outputs = {Path(output.path).resolve() for output in request.outputs if output.path is not None}
    code: int | None = None
    try:
        # The first, empty, set of changes says that watching has begun: a change during the first check is seen.
        for changes in watch(
            *request.source.grouped(),
            watch_filter=_filter(request),
            rust_timeout=_BEAT,
            yield_on_timeout=True,
            raise_interrupt=True,
        ):
            changed = {Path(path).resolve() for _, path in changes}
            if code is None or changed - outputs:  # Our own report is no change to check.
                started = time.monotonic()
                code = _once(request)
                seconds = time.monotonic() - started
                say(f"checked in {seconds:.1f} s; watching for changes (Ctrl-C to stop)")
    except KeyboardInterrupt:
        pass
    return 130 if code is None else code


def _filter(request: Request) -> DefaultFilter:
    """Leaves out what tools write (caches, swap files); git's own folder counts where its index is checked."""
    from watchfiles import DefaultFilter

    if not request.source.staged:
        return DefaultFilter()
    return DefaultFilter(ignore_dirs=[name for name in DefaultFilter.ignore_dirs if name != ".git"])


def _once(request: Request) -> int:
    try:
        checks = run_checks(request)
    except GitError as error:
        # Somebody else may be at work on the index: the next change may find it whole again.
        say(str(error))
        return 2
    if sys.stdout.isatty():
        click.clear()
    return report(request, checks)
