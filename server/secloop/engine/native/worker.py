"""The program of a process that runs native rules for ``pool.py``: batches come in, results go out.

It is started by its path. Started with ``-c`` or ``-m``, as `multiprocessing` starts its processes, Python would look for
modules in the current folder first, which may be the one to check: nothing of that is to be imported.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    del sys.path[0]  # this file's folder, in which there are no packages

import gc
import pickle
import signal
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secloop.engine.result import EngineResult
    from secloop.model import Rule
    from secloop.syntax.document import Cell

    Row = tuple[int, str, str, tuple[Cell, ...], tuple[int, ...]]
    """A task on its way here: its number, a document's path, text and cells, and which of the rules."""


def serve(batches: BinaryIO, results: BinaryIO) -> None:
    """Read rules, then batches of tasks until there is none; write the results of each."""
    rules: tuple[Rule, ...] = pickle.load(batches)  # noqa: S301 - from the process that started this one
    while True:
        try:
            batch: Sequence[Row] = pickle.load(batches)  # noqa: S301
        except EOFError:
            return
        pickle.dump(_run(batch, rules), results, pickle.HIGHEST_PROTOCOL)
        results.flush()


def _run(batch: Sequence[Row], rules: Sequence[Rule]) -> list[tuple[int, EngineResult]]:
    from secloop.engine.cancel import NEVER
    from secloop.engine.native.runner import run_task
    from secloop.engine.task import Task
    from secloop.syntax.document import Document
    from secloop.syntax.source import release

    found: list[tuple[int, EngineResult]] = []
    for number, path, text, cells, wanted in batch:
        document = Document(path, text, cells=cells)
        found.append((number, run_task(Task(document, tuple(rules[place] for place in wanted)), NEVER)))
        release(document)
    return found


def main() -> None:
    """Serve the process that started this one, which tells when to end: signals of a terminal are for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Trees are many small objects, and hold no cycles: looking for such takes a third of the time.
    gc.set_threshold(1_000_000, 5, 5)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
