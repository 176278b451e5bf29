"""Runs the rules that this engine can run, in process; what it cannot run is left to semgrep-core."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from secloop.engine.cancel import Cancel
from secloop.engine.native.compiled import CompiledRule, compiled, select
from secloop.engine.native.conditions import NotCode
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.evaluate import Code, evaluate
from secloop.engine.native.incremental import NativeText, RecentTexts
from secloop.engine.native.index import Index
from secloop.engine.native.interpolate import findings
from secloop.engine.native.match import StepsExceeded
from secloop.engine.native.regexes import RegexTimeout
from secloop.engine.result import NOTHING, EngineResult, Failure, merged
from secloop.engine.task import Runner, Task
from secloop.model import ProblemKind, Rule

VERSION: Final = "1"
"""Changes whenever the same text and rules could give another result."""
_NO_TREE: Final = Index()


class NativeRunner:
    """The ``Runner`` for rules whose plan is native; each of its tasks has only such rules."""

    def __init__(self, texts: RecentTexts | None = None) -> None:
        """``texts`` are those that change, where the same ones are run again and again."""
        self._texts = texts

    @property
    def version(self) -> str:
        """The version of this engine."""
        return f"native {VERSION}"

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        for number, task in enumerate(tasks):
            text = self._texts.get(task.document) if self._texts is not None else NativeText()
            yield number, run_task(task, cancel, text)


def run_task(task: Task, cancel: Cancel, text: NativeText | None = None) -> EngineResult:
    """What a task's rules, all of which have a native plan, find.

    Args:
        text: the text that the document is a version of.

    Raises:
        Cancelled: if the token is cancelled.
    """
    selected = select(task.rules)
    results: list[EngineResult] = []
    code = selected.local.members | selected.wide.members
    if code:
        try:
            results = (text or NativeText()).run(task.document, selected, _run_rule, cancel)
        except TooDeep as error:
            failed = (rule for rule in task.rules if compiled(rule) in code)
            reason = f"the file is {error}"
            results = [_failed(rule, ProblemKind.ENGINE_CRASH, reason) for rule in failed]
    plain = Code(_NO_TREE, task.document.normalized.data)
    for rule, made in selected.textual:
        cancel.check()
        results.append(_run_rule(rule, made, plain))
    return merged([result for result in results if result is not NOTHING])


def _run_rule(rule: Rule, made: CompiledRule, code: Code) -> EngineResult:
    try:
        hits = evaluate(made.formula, code)
        return EngineResult(tuple(findings(rule, hits, code.source))) if hits else NOTHING
    except TooDeep as error:
        return _failed(rule, ProblemKind.ENGINE_CRASH, f"the file is {error}")
    except NotCode as error:
        return _failed(rule, ProblemKind.ENGINE_CRASH, str(error))
    except (StepsExceeded, RegexTimeout):
        return _failed(rule, ProblemKind.TIMEOUT, _TOO_LONG)


_TOO_LONG: Final = "it ran out of time; exclude the file, or leave the rule out for it with per-path-ignores"


def _failed(rule: Rule, kind: ProblemKind, reason: str) -> EngineResult:
    return EngineResult(failures=(Failure(rule.id, kind.value, f"rule {rule.id}: {reason}"),))


class CombinedRunner:
    """The ``Runner`` that every rule goes to: each to the engine that its plan names."""

    def __init__(self, semgrep: Runner, native: Runner | None = None) -> None:
        """``semgrep`` runs what ``native`` does not."""
        self.semgrep = semgrep
        self.native: Runner = native or NativeRunner()

    @property
    def version(self) -> str:
        """The versions of both."""
        return f"{self.semgrep.version}, {self.native.version}"

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        ours: dict[int, Task] = {}
        theirs: dict[int, Task] = {}
        for number, task in enumerate(tasks):
            native = tuple(rule for rule in task.rules if not isinstance(compiled(rule), str))
            if len(native) == len(task.rules):
                ours[number] = task
            elif not native:
                theirs[number] = task
            else:
                others = tuple(rule for rule in task.rules if isinstance(compiled(rule), str))
                ours[number], theirs[number] = Task(task.document, native), Task(task.document, others)
        waiting: dict[int, EngineResult] = {}
        stop = Cancel()
        with cancel.watching(stop.cancel):
            try:
                with _Background(lambda: _numbered(self.semgrep, theirs, stop), bool(theirs)) as semgrep:
                    for number, result in _numbered(self.native, ours, cancel):
                        if number in theirs:
                            waiting[number] = result
                        else:
                            yield number, result
                    for number, result in semgrep:
                        yield number, merged([waiting.pop(number, NOTHING), result])
            finally:
                stop.cancel()


def _numbered(runner: Runner, tasks: dict[int, Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
    """The results of some of many tasks, by their numbers among all."""
    numbers = list(tasks)
    if tasks:
        for position, result in runner.run(list(tasks.values()), cancel):
            yield numbers[position], result


class _Background:
    """Has another thread go through an iterator meanwhile."""

    def __init__(self, start: Callable[[], Iterator[tuple[int, EngineResult]]], needed: bool) -> None:
        self._start = start
        self._needed = needed
        self._results: queue.SimpleQueue[tuple[int, EngineResult] | BaseException | None] = (
            queue.SimpleQueue()
        )
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Iterator[tuple[int, EngineResult]]:
        if self._needed:
            self._thread = threading.Thread(target=self._run, name="secloop-engine-others", daemon=True)
            self._thread.start()
        else:
            self._results.put(None)
        return iter(self._next, None)

    def __exit__(self, *_: object) -> None:
        return

    def _run(self) -> None:
        try:
            for result in self._start():
                self._results.put(result)
        except BaseException as error:  # noqa: BLE001 - it is raised where the results are read
            self._results.put(error)
        else:
            self._results.put(None)

    def _next(self) -> tuple[int, EngineResult] | None:
        result = self._results.get()
        if isinstance(result, BaseException):
            raise result
        return result
