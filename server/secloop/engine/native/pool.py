"""Runs native rules on many documents, in several processes where there is enough to do for that to pay."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from secloop.engine.cancel import NEVER, Cancel, Cancelled
from secloop.engine.native.runner import NativeRunner, run_task
from secloop.engine.result import EngineResult
from secloop.engine.task import Task
from secloop.model import Rule
from secloop.syntax.document import Cell, Document
from secloop.syntax.source import release

_ENOUGH: Final = 2_500_000
"""Bytes of text below which one process is as fast: starting others takes as long as half a megabyte does."""
_BATCH: Final = 250_000
"""Bytes of text that a process gets at a time."""

_Row = tuple[int, str, str, tuple[Cell, ...], tuple[int, ...]]
"""A task on its way to another process: its number, a document's path, text and cells, and which rules."""


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
        if jobs < 2 or size < _ENOUGH:
            yield from self._single.run(tasks, cancel)
            return
        done: set[int] = set()
        try:
            for number, result in _pooled(tasks, jobs, cancel):
                done.add(number)
                yield number, result
        except BrokenProcessPool:  # one of the processes was killed: what is left is done here
            left = [number for number in range(len(tasks)) if number not in done]
            for place, result in self._single.run([tasks[number] for number in left], cancel):
                yield left[place], result


def _pooled(tasks: Sequence[Task], jobs: int, cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
    rules = tuple({id(rule): rule for task in tasks for rule in task.rules}.values())
    # Not by a fork, which threads that hold locks would not survive.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, _start, (rules,))
    try:
        batches = [pool.submit(_run, batch) for batch in _batches(tasks, rules)]
        stop = _Stop(batches)
        with cancel.watching(stop):
            for batch in as_completed(batches):
                if batch.cancelled():
                    raise Cancelled
                yield from batch.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


class _Stop:
    """Gives up what has not begun."""

    def __init__(self, batches: Sequence[Future[list[tuple[int, EngineResult]]]]) -> None:
        self._batches = batches

    def __call__(self) -> None:
        for batch in self._batches:
            batch.cancel()


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


_rules: tuple[Rule, ...] = ()


def _start(rules: tuple[Rule, ...]) -> None:
    global _rules
    _rules = rules
    # Trees are many small objects, and hold no cycles: looking for such takes a third of the time.
    gc.set_threshold(200_000, 5, 5)


def _run(batch: Sequence[_Row]) -> list[tuple[int, EngineResult]]:
    """Run some tasks, in another process."""
    found: list[tuple[int, EngineResult]] = []
    for number, path, text, cells, wanted in batch:
        document = Document(path, text, cells=cells)
        task = Task(document, tuple(_rules[place] for place in wanted))
        found.append((number, run_task(task, NEVER)))
        release(document)
    return found
