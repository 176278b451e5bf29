"""Runs rules with semgrep-core: in batches where all goes well, alone where a rule or a file does not.

A document's result is what each of its rules finds in it alone (SPEC 6). Batches only save time: when
semgrep-core complains about a file, or dies, that file runs again rule by rule.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from secloop.engine.batches import balanced
from secloop.engine.cancel import Cancel
from secloop.engine.compiler import SemgrepCompiler
from secloop.engine.core import Core, Target, core_version, target_suffix
from secloop.engine.errors import LEFT_OUT, Effect
from secloop.engine.limits import Limits
from secloop.engine.output import Complaint, MalformedOutput, Output, TargetOutput, read_output
from secloop.engine.process import Ended
from secloop.engine.result import NOTHING, EngineResult, Failure, merged
from secloop.engine.task import Task
from secloop.model import ProblemKind, Rule
from secloop.syntax.source import document_languages

__all__ = ["Limits", "SemgrepCompiler", "SemgrepRunner"]

_ATTEMPTS = 3
"""Runs of a rule alone on a file before a failure that may not be its own is a problem all the same."""
_ADVICE = "; exclude the file, or leave the rule out for it with per-path-ignores"
_NOT_READ = ("fix", "fix-regex", "metadata", "paths")
"""Keys of a rule that say nothing about what it matches; ``paths`` are applied before (``selection``)."""


@dataclass(frozen=True, slots=True)
class _Died:
    """A run without a usable output; ``ours`` if it was secloop that ended it, at a limit."""

    kind: ProblemKind
    reason: str
    ours: bool = False

    @property
    def hung(self) -> bool:
        return self.kind is ProblemKind.TIMEOUT


class SemgrepRunner:
    """The ``Runner`` that every rule goes to.

    Args:
        jobs: processes to run at once; by default as many as there are processors.
        limits: see ``Limits``; they change how long a run takes, not what it finds.
        core: how semgrep-core is run.
    """

    def __init__(
        self, jobs: int | None = None, limits: Limits | None = None, *, core: Core | None = None
    ) -> None:
        self.jobs = max(jobs or os.cpu_count() or 1, 1)
        self.limits = limits or Limits()
        self._core = core or Core()

    @property
    def version(self) -> str:
        """The version of semgrep-core."""
        return core_version()

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        if len(tasks) == 1:
            yield 0, self._solve(tasks, cancel)[0]
            return
        batches = balanced(tasks, self.jobs)
        stop = Cancel()
        with cancel.watching(stop.cancel), ThreadPoolExecutor(self.jobs, "secloop-engine") as pool:
            running: dict[Future[list[EngineResult]], list[int]] = {}
            waiting = iter(batches)
            try:
                while True:
                    for batch in waiting:
                        running[pool.submit(self._solve, [tasks[i] for i in batch], stop)] = batch
                        if len(running) > self.jobs:
                            break
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        yield from zip(running.pop(future), future.result(), strict=True)
            finally:
                # Whatever ended this, an error or a caller who has seen enough, leaves no process behind.
                stop.cancel()

    def _solve(self, tasks: Sequence[Task], cancel: Cancel) -> list[EngineResult]:
        """The result of each task: from one process if that goes well, else from several."""
        output = self._attempt(tasks, self.limits, cancel)
        if isinstance(output, _Died):
            return self._divide(tasks, output, cancel)
        results: list[EngineResult] = []
        for task, target in zip(tasks, output.targets.values(), strict=True):
            complaints = [*_of_the_run(output, task), *target.complaints]
            if any(complaint.treatment.effect is Effect.ISOLATE for complaint in complaints):
                results.append(self._rule_by_rule(task, cancel))
            else:
                results.append(_result(task, target, complaints))
        return results

    def _divide(self, tasks: Sequence[Task], died: _Died, cancel: Cancel) -> list[EngineResult]:
        """Results of tasks that did not survive a common run, by isolating the one that is to blame."""
        if len(tasks) == 1:
            return [self._rule_by_rule(tasks[0], cancel)]
        # Finding who dies is quick by halves; waiting out a hang over and over is not.
        size = 1 if died.hung else (len(tasks) + 1) // 2
        return [
            result
            for start in range(0, len(tasks), size)
            for result in self._solve(tasks[start : start + size], cancel)
        ]

    def _rule_by_rule(self, task: Task, cancel: Cancel) -> EngineResult:
        """What each rule finds alone. Once one has failed for good, the others have limited time."""
        results: list[EngineResult] = []
        start = time.monotonic()
        failed = False
        for rule in task.rules:
            if failed and time.monotonic() - start > self.limits.patience:
                results.append(
                    _failed(rule, ProblemKind.TIMEOUT, "not run, the file's other rules took too long")
                )
                continue
            results.append(self._alone(Task(task.document, (rule,)), cancel))
            failed = failed or bool(results[-1].failures)
        return merged(results)

    def _alone(self, task: Task, cancel: Cancel) -> EngineResult:
        """What one rule finds in one document under patient limits; what fails is a failure."""
        result = NOTHING
        for _ in range(_ATTEMPTS):
            output = self._attempt([task], self.limits.patient, cancel)
            if isinstance(output, _Died):
                result = _failed(task.rules[0], output.kind, output.reason)
                again = not output.ours
            else:
                (target,) = output.targets.values()
                complaints = [*_of_the_run(output, task), *target.complaints]
                result = _result(task, target, complaints)
                again = any(complaint.treatment.fleeting for complaint in complaints)
            if not again:
                break
        return result

    def _attempt(self, tasks: Sequence[Task], limits: Limits, cancel: Cancel) -> Output | _Died:
        """One process for all tasks."""
        rules = {rule.id: rule for task in tasks for rule in task.rules}
        scopes = _Scopes(tasks)
        targets = [
            Target(
                task.document.normalized.data,
                target_suffix(task.document.path),
                _analyzers(task),
                f"/{scopes.of(task)}/x",
            )
            for task in tasks
        ]
        try:
            ended, names = self._core.scan(
                [scopes.definition(rule) for rule in rules.values()], targets, limits, cancel
            )
        except OSError as error:
            return _Died(ProblemKind.ENGINE_CRASH, f"semgrep-core cannot be run: {error}")
        if ended.hung:
            return _Died(ProblemKind.TIMEOUT, f"no sign of life for {limits.silence:g} s", ours=True)
        if ended.outgrown:
            return _Died(ProblemKind.OUT_OF_MEMORY, f"it needs over {limits.max_memory_mb:,} MiB", ours=True)
        documents = {name: task.document for name, task in zip(names, tasks, strict=True)}
        try:
            return read_output(ended.output, documents, rules)
        except MalformedOutput as error:
            return _Died(*_cause_of_death(ended, str(error)))


def _cause_of_death(ended: Ended, malformed: str) -> tuple[ProblemKind, str]:
    words = ended.stderr.splitlines()[-1][:200] if ended.stderr else ""
    if "out of memory" in ended.stderr.lower():
        return ProblemKind.OUT_OF_MEMORY, "semgrep-core ran out of memory"
    if ended.exit_code < 0:
        return ProblemKind.ENGINE_CRASH, f"semgrep-core was killed by signal {-ended.exit_code}"
    if ended.exit_code:
        return (
            ProblemKind.ENGINE_CRASH,
            f"semgrep-core exited with code {ended.exit_code}: {words or malformed}",
        )
    return ProblemKind.ENGINE_CRASH, f"semgrep-core's output could not be read: {words or malformed}"


class _Scopes:
    """Gives each document of a batch exactly its rules.

    Rules with ``paths:`` differ from file to file; a rule that runs where it does not apply could cost that
    file its time limit or make it partial. So documents with equal sets of such rules share a folder, as far
    as semgrep-core can see, and each such rule includes the folders of the sets that it is in.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._folders: dict[tuple[str, ...], int] = {}
        self._included: dict[str, list[str]] = {}
        for task in tasks:
            limited = _limited(task.rules)
            if limited not in self._folders:
                folder = self._folders[limited] = len(self._folders)
                for rule_id in limited:
                    self._included.setdefault(rule_id, []).append(f"/{folder}/")

    def of(self, task: Task) -> int:
        """The folder of a task's document."""
        return self._folders[_limited(task.rules)]

    def definition(self, rule: Rule) -> Mapping[str, Any]:
        """The rule as semgrep-core gets it."""
        definition = {key: value for key, value in rule.definition.items() if key not in _NOT_READ}
        if rule.id in self._included:
            definition["paths"] = {"include": self._included[rule.id]}
        return definition


def _limited(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(rule.id for rule in rules if rule.include or rule.exclude)


def _analyzers(task: Task) -> tuple[str, ...]:
    """The languages to read the document as: for each rule the first of the document's that it is for."""
    languages = document_languages(task.document)
    return tuple(sorted({next(name for name in languages if name in rule.languages) for rule in task.rules}))


def _of_the_run(output: Output, task: Task) -> list[Complaint]:
    """What a run complained of in general that concerns a task, and the task's rules that it left out."""
    own = {rule.id for rule in task.rules}
    complaints = [c for c in output.complaints if not c.rule_id or c.rule_id in own]
    named = {complaint.rule_id for complaint in complaints}
    return complaints + [
        Complaint(LEFT_OUT, "", rule_id) for rule_id in sorted(own - output.rules_loaded - named)
    ]


def _result(task: Task, target: TargetOutput, complaints: Sequence[Complaint]) -> EngineResult:
    failures = [_failure(task, complaint) for complaint in complaints]
    return merged([EngineResult(tuple(target.found), tuple(failures), tuple(target.partial))])


def _failure(task: Task, complaint: Complaint) -> Failure:
    rule_id = complaint.rule_id or (task.rules[0].id if len(task.rules) == 1 else "")
    subject = f"rule {rule_id}: " if rule_id else ""
    return Failure(
        rule_id,
        complaint.treatment.kind.value,
        f"{subject}{complaint.treatment.why}{_detail(task, complaint)}",
    )


_OUR_FILE = re.compile(r"\S*secloop-[^\s/\\]+[/\\]\S*")


def _detail(task: Task, complaint: Complaint) -> str:
    """What there is to say beside why: what to do about a limit, else semgrep-core's words."""
    if complaint.treatment.effect is Effect.ISOLATE:
        return _ADVICE if len(task.rules) == 1 else ""
    # Our temporary file has another name each time, and is no use to anybody.
    words = _OUR_FILE.sub(task.document.path, complaint.message)
    return f" ({words})" if words else ""


def _failed(rule: Rule, kind: ProblemKind, reason: str) -> EngineResult:
    return EngineResult(failures=(Failure(rule.id, kind.value, f"rule {rule.id}: {reason}"),))
