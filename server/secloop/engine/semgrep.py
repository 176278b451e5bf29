"""Runs rules with semgrep-core: in batches where all goes well, alone where a rule or a file does not.

A document's result is what each of its rules finds in it alone (SPEC 6). Batches only save time: when
semgrep-core complains about a file, or dies, that file runs again, with what disturbs others alone.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from msgspec import Struct

from secloop.engine.batches import balanced
from secloop.engine.cancel import Cancel
from secloop.engine.compiler import SemgrepCompiler
from secloop.engine.core import Core
from secloop.engine.errors import LEFT_OUT, Effect
from secloop.engine.installed import core_version
from secloop.engine.limits import Limits
from secloop.engine.output import Complaint, MalformedOutput, Output, TargetOutput, read_output
from secloop.engine.process import Ended
from secloop.engine.result import NOTHING, EngineResult, Failure, merged
from secloop.engine.scopes import Scopes
from secloop.engine.standby import Standby
from secloop.engine.task import Task
from secloop.model import ProblemKind, Rule

__all__ = ["Limits", "SemgrepCompiler", "SemgrepRunner"]

_ATTEMPTS = 3
"""Runs of a rule alone on a file before a failure that may not be its own is a problem all the same."""
_ROUNDS = 2
"""Runs of a file's rules together under patient limits: of all, then of those that were not to blame."""
_LEAST_TOGETHER = 2
_ADVICE = "; exclude the file, or leave the rule out for it with per-path-ignores"


class _Died(Struct, frozen=True):
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
        standby: has a process ready for a document that comes alone, which changes nothing but time.
    """

    def __init__(
        self,
        jobs: int | None = None,
        limits: Limits | None = None,
        *,
        core: Core | None = None,
        standby: Standby | None = None,
    ) -> None:
        self.jobs = max(jobs or os.cpu_count() or 1, 1)
        self.limits = limits or Limits()
        self._core = core or Core()
        self._standby = standby

    @property
    def version(self) -> str:
        """The version of semgrep-core."""
        return core_version()

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        if len(tasks) == 1:
            yield 0, self._single(tasks[0], cancel)
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

    def _single(self, task: Task, cancel: Cancel) -> EngineResult:
        """The result of a task that comes alone: from the process that waits for it, if there is one."""
        if self._standby is None:
            return self._solve([task], cancel)[0]
        try:
            output = self._standby.run(task, self.limits, cancel)
            if output is None:
                return self._solve([task], cancel)[0]
            return self._results([task], output, cancel)[0]
        finally:
            self._standby.prepare(task.rules, self.limits)

    def _solve(self, tasks: Sequence[Task], cancel: Cancel) -> list[EngineResult]:
        """The result of each task: from one process if that goes well, else from several."""
        return self._results(tasks, self._attempt(tasks, self.limits, cancel), cancel)

    def _results(self, tasks: Sequence[Task], output: Output | _Died, cancel: Cancel) -> list[EngineResult]:
        """The result of each task, after a run of all of them."""
        if isinstance(output, _Died):
            return self._divide(tasks, output, cancel)
        results: list[EngineResult] = []
        for task, target in zip(tasks, output.targets.values(), strict=True):
            complaints = [*_of_the_run(output, task), *target.complaints]
            if any(complaint.treatment.effect is Effect.ISOLATE for complaint in complaints):
                results.append(self._isolated(task, cancel))
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

    def _isolated(self, task: Task, cancel: Cancel) -> EngineResult:
        """What each rule finds undisturbed: with the others where all get through, else alone.

        So a large file is not parsed anew for each rule.
        """
        results: list[EngineResult] = []
        suspects: tuple[Rule, ...] = ()
        rest = task.rules
        for _ in range(_ROUNDS):
            if len(rest) < _LEAST_TOGETHER:
                break
            group = Task(task.document, rest)
            output = self._attempt([group], self.limits.patient, cancel)
            blamed = _to_blame(output, group)
            if isinstance(output, Output) and not blamed:
                results.append(_result(group, *_said_of(output, group)))
                blamed, rest = (), ()
            suspects += blamed
            rest = tuple(rule for rule in rest if rule not in blamed)
        alone = Task(task.document, (*suspects, *rest))
        return merged([*results, self._rule_by_rule(alone, cancel)])

    def _rule_by_rule(self, task: Task, cancel: Cancel) -> EngineResult:
        """What each rule finds alone. Once one has failed for good, the others have limited time."""
        results: list[EngineResult] = []
        start = time.monotonic()
        failed = False
        for rule in task.rules:
            if failed and time.monotonic() - start > self.limits.patience:
                results.append(_not_run(rule))
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
                target, complaints = _said_of(output, task)
                result = _result(task, target, complaints)
                again = any(complaint.treatment.fleeting for complaint in complaints)
            if not again:
                break
        return result

    def _attempt(self, tasks: Sequence[Task], limits: Limits, cancel: Cancel) -> Output | _Died:
        """One process for all tasks."""
        rules = {rule.id: rule for task in tasks for rule in task.rules}
        scopes = Scopes([task.rules for task in tasks])
        definitions = [scopes.definition(rule) for rule in rules.values()]
        try:
            ended, names = self._core.scan(definitions, list(map(scopes.target, tasks)), limits, cancel)
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


def _said_of(output: Output, task: Task) -> tuple[TargetOutput, list[Complaint]]:
    """What a run of one task alone found and complained of."""
    (target,) = output.targets.values()
    return target, [*_of_the_run(output, task), *target.complaints]


def _to_blame(output: Output | _Died, task: Task) -> tuple[Rule, ...]:
    """The rules of a task that are to run alone after its run: those that were named, else all that it may be."""
    if isinstance(output, _Died):
        return task.rules
    _, complaints = _said_of(output, task)
    isolating = [complaint for complaint in complaints if complaint.treatment.effect is Effect.ISOLATE]
    named = {complaint.rule_id for complaint in isolating}
    if "" not in named:
        return tuple(rule for rule in task.rules if rule.id in named)
    # Whose data flow it was that ran out of time is not said.
    flows = tuple(rule for rule in task.rules if rule.definition.get("mode") == "taint" or rule.id in named)
    of_flow = all(complaint.treatment.fleeting for complaint in isolating if not complaint.rule_id)
    return flows if of_flow and flows else task.rules


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


def _not_run(rule: Rule) -> EngineResult:
    return _failed(rule, ProblemKind.TIMEOUT, "not run, the file's other rules took too long")


def _failed(rule: Rule, kind: ProblemKind, reason: str) -> EngineResult:
    return EngineResult(failures=(Failure(rule.id, kind.value, f"rule {rule.id}: {reason}"),))
