"""Gives each rule to the engine that its plan names: in process where that can be, else semgrep-core."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from secloop.engine.cancel import Cancel
from secloop.engine.native import VERSION
from secloop.engine.result import NOTHING, EngineResult, merged
from secloop.engine.task import Runner, Task

if TYPE_CHECKING:
    from secloop.model import Rule

_FEW = 20
"""Tasks up to which it pays to know at once which of their rules semgrep-core runs: it can start on them at once."""
_Results = Iterator[tuple[int, EngineResult]]


class CombinedRunner:
    """The ``Runner`` that every rule goes to.

    The native engine is loaded when there is something to run, since a check whose results are all known needs none.
    """

    def __init__(self, semgrep: Runner, native: Callable[[], Runner] | None = None) -> None:
        """``semgrep`` runs what ``native``, which is made when first needed, does not."""
        self.semgrep = semgrep
        self._make = native or _native
        self._native: Runner | None = None

    @property
    def version(self) -> str:
        """The versions of both."""
        return f"{self.semgrep.version}, native {VERSION}"

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> _Results:
        """See ``Runner.run``."""
        ours, theirs = _divided(tasks, _may_be_native if len(tasks) > _FEW else _is_native)
        waiting: dict[int, EngineResult] = {}
        stop = Cancel()
        with cancel.watching(stop.cancel):
            try:
                others = _in_background(_numbered(self.semgrep, theirs, stop)) if theirs else iter(())
                refused: dict[int, Task] = {}
                for number, result in _numbered(self.native, ours, cancel) if ours else ():
                    if result.refused:
                        refused[number] = _refused(ours[number], result)
                    if number in theirs or result.refused:
                        waiting[number] = replace(result, refused=())
                    else:
                        yield number, result
                for number, result in others:
                    if number in refused:
                        waiting[number] = merged([waiting[number], result])
                    else:
                        yield number, merged([waiting.pop(number, NOTHING), result])
                for number, result in _numbered(self.semgrep, refused, stop) if refused else ():
                    yield number, merged([waiting.pop(number), result])
            finally:
                # Whatever ended this, an error or a caller who has seen enough, leaves nothing running.
                stop.cancel()

    @property
    def native(self) -> Runner:
        """What runs the rules whose plan is native, and no other ones."""
        if self._native is None:
            self._native = self._make()
        return self._native


def _refused(task: Task, result: EngineResult) -> Task:
    """What is left of a task for the other engine."""
    return Task(task.document, tuple(rule for rule in task.rules if rule.id in result.refused))


def _native() -> Runner:
    from secloop.engine.native.runner import NativeRunner

    return NativeRunner()


def _divided(
    tasks: Sequence[Task], is_ours: Callable[[Rule], bool]
) -> tuple[dict[int, Task], dict[int, Task]]:
    """The tasks by number, with the rules that run natively and with the others."""
    ours: dict[int, Task] = {}
    theirs: dict[int, Task] = {}
    for number, task in enumerate(tasks):
        native = tuple(rule for rule in task.rules if is_ours(rule))
        if native:
            ours[number] = Task(task.document, native)
        if len(native) < len(task.rules):
            theirs[number] = Task(task.document, tuple(rule for rule in task.rules if not is_ours(rule)))
    return ours, theirs


def _is_native(rule: Rule) -> bool:
    from secloop.engine.native.compiled import compiled

    return not isinstance(compiled(rule), str)


def _may_be_native(rule: Rule) -> bool:
    """Whether the native engine can say that it does not run a rule: all that those of its languages tell.

    Of many tasks, the processes that run them say so, which would have to wait while the rules are compiled here too.
    """
    from secloop.engine.native.compiled import LANGUAGES

    return rule.languages in LANGUAGES


def _numbered(runner: Runner, tasks: dict[int, Task], cancel: Cancel) -> _Results:
    """The results of some of many tasks, by their numbers among all."""
    numbers = list(tasks)
    for position, result in runner.run(list(tasks.values()), cancel):
        yield numbers[position], result


def _in_background(results: _Results) -> _Results:
    """The same results, from another thread that starts at once."""
    done: queue.SimpleQueue[tuple[int, EngineResult] | BaseException | None] = queue.SimpleQueue()

    def work() -> None:
        try:
            for result in results:
                done.put(result)
            done.put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised where the results are read
            done.put(error)

    threading.Thread(target=work, name="secloop-engine-semgrep", daemon=True).start()
    return _received(done.get)


def _received(receive: Callable[[], tuple[int, EngineResult] | BaseException | None]) -> _Results:
    while (result := receive()) is not None:
        if isinstance(result, BaseException):
            raise result
        yield result
