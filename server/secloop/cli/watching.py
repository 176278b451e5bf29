"""``secloop check --watch``: check again whenever a file changes, and print in place."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from secloop.cli.outputs import undecided
from secloop.cli.running import Request, report, run_checks, say
from secloop.project import OptionError
from secloop.workspace.git import GitError


def watch(request: Request) -> int:
    """Check until interrupted; the exit code is that of the last verdict."""
    if request.source.stdin is not None:
        raise click.UsageError("--watch watches files, not standard input")
    from watchfiles import DefaultFilter, watch

    code = _once(request)
    # The index is a file of git's own folder, which the default filter leaves out.
    ignored = DefaultFilter(ignore_dirs=[name for name in DefaultFilter.ignore_dirs if name != ".git"])
    roots = [str(root) for root in request.source.grouped()]
    outputs = {Path(output.path).resolve() for output in request.outputs if output.path is not None}
    try:
        for changes in watch(
            *roots, watch_filter=ignored if request.source.staged else None, raise_interrupt=True
        ):
            if all(Path(path).resolve() in outputs for _, path in changes):
                continue  # Our own report is no change to check.
            code = _once(request)
    except KeyboardInterrupt:
        return code
    return code


def _once(request: Request) -> int:
    started = time.monotonic()
    try:
        checks = run_checks(request)
    except (GitError, OptionError) as error:
        undecided(str(error))
    if sys.stdout.isatty():
        click.clear()
    code = report(request, checks)
    say(f"checked in {time.monotonic() - started:.1f} s; watching for changes (Ctrl-C to stop)")
    return code
