"""The ``secloop`` command: dispatches to one module a command, imported only when it is used."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import Any, ClassVar

import click

from secloop import __version__
from secloop.cli.ending import INTERRUPTED, fill_closed_streams, reader_is_gone, told_to_end
from secloop.cli.lazy import Commands, LazyGroup

_YOUNG_OBJECTS = 1_000_000
"""Trees and rules are many objects without cycles: looking for such as often as Python does is a tenth of a check."""


class _Commands(LazyGroup):
    commands_by_name: ClassVar[Commands] = {
        "check": (
            "secloop.cli.check",
            "check",
            "Check files and print the verdict: 0 pass, 1 fail, 2 could not decide.",
        ),
        "server": ("secloop.cli.server", "server", "Run the language server for editors."),
        "rules": ("secloop.cli.rules", "rules", "List, show, explain, try, lint, test and validate rules."),
        "init": ("secloop.cli.init", "init", "Set secloop up in a repository, never overwriting a file."),
        "import": (
            "secloop.cli.importing",
            "import_policy",
            "Take over the policy of Bandit, Ruff or Semgrep.",
        ),
        "cache": ("secloop.cli.cache", "cache", "Show or clean the cache of results."),
    }

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            reader_is_gone()  # Click would exit with 1, which says that a check failed.


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="secloop")
def cli() -> None:
    """Security rules as code: live in the editor and headless in CI, with the identical verdict."""


def main() -> None:
    """Entry point; a broken pipe (``secloop check | head``) ends quietly, an interrupt with 130.

    Click's own endings exit with 1, so they are made here.
    An error that nobody foresaw decides nothing: Python's exit code for it, 1, would say that a check failed.
    """
    gc.set_threshold(_YOUNG_OBJECTS)
    fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # Reports are UTF-8 whatever the locale, and no path or source text can make printing fail.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        with told_to_end():
            code = cli(prog_name="secloop", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place that can tell
        _tell(error)
        code = 2
    # Or Python would look through all objects for cycles once more, which takes longer than their end.
    gc.freeze()
    sys.exit(code)


def _tell(error: Exception) -> None:
    """Say what nobody foresaw, unless it is only that the current folder was removed."""
    with suppress(OSError):  # Where nobody reads standard error, Python's exit code 1 must not follow.
        if isinstance(error, FileNotFoundError) and _folder_is_gone():
            click.echo("Error: the current folder is there no more", err=True)
            return
        import traceback

        traceback.print_exc()
        click.echo(f"secloop: this is a bug in secloop, and nothing was decided: {error!r}", err=True)


def _folder_is_gone() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False
