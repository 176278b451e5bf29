"""Runs the rules that this engine can run, in process; what it cannot run is left to semgrep-core."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from secloop.engine.cancel import Cancel
from secloop.engine.native.compiled import CompiledRule, compiled
from secloop.engine.native.conditions import NotCode
from secloop.engine.native.constants import propagate
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.evaluate import Code, evaluate
from secloop.engine.native.index import Index
from secloop.engine.native.interpolate import findings
from secloop.engine.native.lower import lower_module
from secloop.engine.native.match import StepsExceeded
from secloop.engine.native.names import resolve
from secloop.engine.native.regexes import RegexTimeout
from secloop.engine.result import NOTHING, EngineResult, Failure, merged
from secloop.engine.task import Runner, Task
from secloop.model import ProblemKind, Rule
from secloop.syntax.document import Document
from secloop.syntax.source import syntax_of

VERSION: Final = "1"
"""Changes whenever the same text and rules could give another result."""
_NO_TREE: Final = Index()


class NativeRunner:
    """The ``Runner`` for rules whose plan is native; each of its tasks has only such rules."""

    @property
    def version(self) -> str:
        """The version of this engine."""
        return f"native {VERSION}"

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        for number, task in enumerate(tasks):
            yield number, run_task(task, cancel)


def run_task(task: Task, cancel: Cancel) -> EngineResult:
    """What a task's rules, all of which have a native plan, find.

    Raises:
        Cancelled: if the token is cancelled.
    """
    text = _Text(task.document)
    results: list[EngineResult] = []
    for rule in task.rules:
        cancel.check()
        made = compiled(rule)
        if isinstance(made, str):
            raise ValueError(f"{rule.id} has no native plan: {made}")
        result = _run_rule(rule, made, text)
        if result is not NOTHING:
            results.append(result)
    return merged(results) if results else NOTHING


class _Text:
    """A document as the rules search it; what is costly is made when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.source = document.normalized.data
        self._code: Code | None = None
        self._text: Code | None = None
        self._error = ""

    def code(self, needs_tree: bool) -> Code:
        """The text, with its tree if that is needed.

        Raises:
            TooDeep: if it nests too deep.
        """
        if not needs_tree:
            self._text = self._text or Code(_NO_TREE, self.source)
            return self._text
        if self._error:
            raise TooDeep(self._error)
        if self._code is None:
            try:
                self._code = Code(_index(self.document), self.source)
            except TooDeep as error:
                self._error = str(error)
                raise
        return self._code


def _index(document: Document) -> Index:
    tree = syntax_of(document).tree
    assert tree is not None
    module = lower_module(tree, document.normalized.data)
    resolve(module)
    propagate(module)
    return Index(module)


def _run_rule(rule: Rule, made: CompiledRule, text: _Text) -> EngineResult:
    try:
        code = text.code(made.needs_tree)
        if made.needs_tree and not made.formula.possible(code.index):
            return NOTHING
        hits = evaluate(made.formula, code)
        return EngineResult(tuple(findings(rule, hits, text.source))) if hits else NOTHING
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
