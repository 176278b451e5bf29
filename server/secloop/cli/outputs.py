"""Where reports go: pairs of ``--format`` and ``--output`` in the order they were given."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from msgspec import Struct


class UndecidedError(click.ClickException):
    """No verdict could be reached, or not told: exit code 2."""

    exit_code = 2


def undecided(message: str) -> NoReturn:
    """Stop with exit code 2 and say why."""
    raise UndecidedError(message)


_PAIRS = "secloop.outputs"


class Output(Struct, frozen=True):
    """One report: its format, and its file (None: standard output)."""

    format: str
    path: str | None


class OutputsCommand(click.Command):
    """A command whose ``--format`` and ``--output`` options pair up in the order they were given.

    Click hands over repeated options by name and forgets how they were interleaved, which is what says
    that ``--format sarif --output a.sarif --format text`` prints text and writes SARIF.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        values, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_PAIRS] = _pairs(values, [param.name or "" for param in order])
        return super().parse_args(ctx, args)


def _pairs(values: dict[str, Any], order: Sequence[str]) -> tuple[Output, ...]:
    queues = {name: list(values.get(name) or ()) for name in ("format", "output")}
    outputs: list[Output] = []
    waiting: str | None = None  # an --output that came before its --format
    for name in order:
        if name == "format":
            outputs.append(Output(str(queues[name].pop(0)), waiting))
            waiting = None
        elif name == "output":
            path = str(queues[name].pop(0))
            if outputs and outputs[-1].path is None and waiting is None:
                outputs[-1] = Output(outputs[-1].format, None if path == "-" else path)
            elif waiting is None:
                waiting = path
            else:
                raise click.UsageError(
                    f"--output {waiting} has no --format; give one --format for each --output"
                )
    if waiting is not None:
        if outputs:
            raise click.UsageError(f"--output {waiting} has no --format; give one --format for each --output")
        outputs.append(Output("text", None if waiting == "-" else waiting))
    return tuple(outputs)


def asks_for_reports(ctx: click.Context) -> bool:
    """Whether any ``--format`` or ``--output`` was given."""
    return bool(ctx.meta.get(_PAIRS))


def outputs_of(ctx: click.Context) -> tuple[Output, ...]:
    """The reports asked for, text on standard output if none was.

    Raises:
        click.UsageError: if two reports would go to standard output or to the same file.
    """
    outputs: tuple[Output, ...] = ctx.meta.get(_PAIRS) or (Output("text", None),)
    paths = [output.path for output in outputs]
    if paths.count(None) > 1:
        raise click.UsageError(
            "only one --format can go to standard output; give the others an --output FILE"
        )
    if len(set(paths)) < len(paths):
        raise click.UsageError("two reports would be written to the same --output FILE")
    return outputs


def write(output: Output, text: str) -> None:
    """Write a report, whole or not at all: a reader never sees half a file.

    Raises:
        click.ClickException: if the file cannot be written.
    """
    if output.path is None:
        show(text)
        return
    from secloop.workspace.writing import write_whole

    target = Path(output.path)
    try:
        _make_folder(target.parent)
        if target.exists() and not target.is_file():  # /dev/stdout, a named pipe
            target.write_text(text, encoding="utf-8", newline="")
            return
        # The user's own link is followed, as it is by a shell.
        write_whole(Path(os.path.realpath(target)), text.encode())
    except OSError as error:
        why = f"{error.filename} is not a folder" if isinstance(error, FileExistsError) else error.strerror
        undecided(f"cannot write the {output.format} report to {output.path}: {why}")


def _make_folder(folder: Path) -> None:
    """Make the folder of a report, in words: it may come of a slip in the path."""
    if not folder.exists():
        folder.mkdir(parents=True)
        click.echo(f"secloop: made the folder {folder}", err=True)
    elif not folder.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))


def show(text: str) -> None:
    """Write to standard output.

    Raises:
        BrokenPipeError: if its reader is gone.
        click.ClickException: if it cannot be written.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        undecided(f"cannot write to standard output: {error.strerror}")


def write_stdin_back(data: bytes) -> None:
    """Write the changed bytes of standard input to standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
