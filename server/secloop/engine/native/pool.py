"""Runs native rules on many documents, in several processes where there is enough to do for that to pay."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from secloop.engine.cancel import Cancel
from secloop.engine.native.runner import NativeRunner
from secloop.engine.native.worker import __file__ as _WORKER
from secloop.engine.result import EngineResult
from secloop.engine.task import Task
from secloop.model import Rule
from secloop.syntax.document import Cell

_ENOUGH: Final = 2_500_000
"""Bytes of text below which one process is as fast: starting others takes as long as half a megabyte does."""
_BATCH: Final = 250_000
"""Bytes of text that a process gets at a time."""

_Row: TypeAlias = "tuple[int, str, str, tuple[Cell, ...], tuple[int, ...]]"
_Results: TypeAlias = "list[tuple[int, EngineResult]]"


class PooledRunner:
    """The ``Runner`` for rules whose plan is native, with as many processes as it may use."""

    def __init__(self, jobs: int | None = None) -> None:
        """``jobs``: the most processes; as many as there are processors by default."""
        self._jobs = jobs or os.cpu_count() or 1
        self._single = NativeRunner()

    @property
    def version(self) -> str:
        """The version of this engine."""
        return self._single.version

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        size = sum(len(task.document.data) for task in tasks)
        jobs = min(self._jobs, size // _BATCH)
        done: set[int] = set()
        if jobs >= 2 and size >= _ENOUGH and sys.executable:
            for number, result in _pooled(tasks, jobs, cancel):
                done.add(number)
                yield number, result
        # All, or what processes that were killed have left.
        left = [number for number in range(len(tasks)) if number not in done]
        for place, result in self._single.run([tasks[number] for number in left], cancel):
            yield left[place], result


def _pooled(tasks: Sequence[Task], jobs: int, cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
    """The results of tasks, but for those whose process ended before it had any."""
    rules = tuple({id(rule): rule for task in tasks for rule in task.rules}.values())
    batches: queue.SimpleQueue[list[_Row]] = queue.SimpleQueue()
    for batch in _batches(tasks, rules):
        batches.put(batch)
    done: queue.SimpleQueue[_Results | None] = queue.SimpleQueue()
    workers = [_Worker(rules, batches, done) for _ in range(jobs)]
    running = jobs

    def stop() -> None:
        for worker in workers:
            worker.stop()

    try:
        with cancel.watching(stop):
            while running:
                results = done.get()
                cancel.check()
                if results is None:
                    running -= 1
                else:
                    yield from results
    finally:
        stop()


class _Worker:
    """A process and the thread that feeds it."""

    def __init__(
        self,
        rules: tuple[Rule, ...],
        batches: queue.SimpleQueue[list[_Row]],
        done: queue.SimpleQueue[_Results | None],
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(_WORKER))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._batches = batches
        self._done = done
        threading.Thread(target=self._feed, args=(rules,), name="secloop-native", daemon=True).start()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()

    def _feed(self, rules: tuple[Rule, ...]) -> None:
        """Give the process batch after batch; then tell that it has ended."""
        try:
            with self._process as process:
                try:
                    self._serve(process, rules)
                finally:
                    # Left to itself it would first take all that it knows apart, which takes as long as some batches.
                    self.stop()
        except (queue.Empty, OSError, EOFError, pickle.UnpicklingError):
            pass  # There is no more to do, or no more process: what it did not do is done by the runner.
        finally:
            self._done.put(None)

    def _serve(self, process: subprocess.Popen[bytes], rules: tuple[Rule, ...]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump(rules, process.stdin, pickle.HIGHEST_PROTOCOL)
        while True:
            pickle.dump(self._batches.get_nowait(), process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            self._done.put(pickle.load(process.stdout))  # noqa: S301 - from the process started here


def _batches(tasks: Sequence[Task], rules: Sequence[Rule]) -> Iterator[list[_Row]]:
    places = {id(rule): place for place, rule in enumerate(rules)}
    batch: list[_Row] = []
    size = 0
    for number, task in enumerate(tasks):
        document = task.document
        wanted = tuple(places[id(rule)] for rule in task.rules)
        batch.append((number, document.path, document.text, document.cells, wanted))
        size += len(document.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
