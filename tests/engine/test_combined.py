"""Each rule goes to the engine of its plan, and the answer is one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from engine_samples import rule

from secloop.engine.cancel import NEVER, Cancel, Cancelled
from secloop.engine.combined import CombinedRunner
from secloop.engine.result import EngineResult, Failure, Found
from secloop.engine.task import Task
from secloop.model import Rule
from secloop.syntax.document import Document

NATIVE = rule({"id": "native", "pattern": "eval(...)"})
OTHER = rule({"id": "other", "pattern": "eval(...)", "languages": ["js", "python"]})

UNUSUAL = rule({"id": "unusual", "pattern": "eval(...)", "options": {"symbolic_propagation": True}})


class Recorded:
    """A runner that finds each rule once, at the start, and says what it was asked."""

    version = "recorded"

    def __init__(self, error: BaseException | None = None) -> None:
        self.asked: list[list[tuple[str, tuple[str, ...]]]] = []
        self.threads: list[str] = []
        self.error = error

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        self.threads.append(threading.current_thread().name)
        self.asked.append([(task.document.path, tuple(rule.id for rule in task.rules)) for task in tasks])
        for number in reversed(range(len(tasks))):
            cancel.check()
            if self.error is not None:
                raise self.error
            rules = tasks[number].rules
            found = tuple(Found(0, 1, rule.id, "m") for rule in rules)
            yield number, EngineResult(found, (Failure(rules[0].id, "unknown", "f"),))


def task(path: str, *rules: Rule) -> Task:
    return Task(Document(path, "eval(x)\n"), rules)


def ran(*tasks: Task, semgrep: Recorded, native: Recorded) -> dict[int, list[str]]:
    runner = CombinedRunner(semgrep, lambda: native)
    results = dict(runner.run(tasks, NEVER))
    assert all(len(result.failures) >= 1 for result in results.values())
    return {number: [found.rule_id for found in result.found] for number, result in results.items()}


def test_rules_are_divided_and_results_merged() -> None:
    semgrep, native = Recorded(), Recorded()
    tasks = (task("a.py", NATIVE), task("b.py", OTHER), task("c.py", NATIVE, OTHER))
    assert ran(*tasks, semgrep=semgrep, native=native) == {
        0: ["native"],
        1: ["other"],
        2: ["native", "other"],
    }
    assert native.asked == [[("a.py", ("native",)), ("c.py", ("native",))]]
    assert semgrep.asked == [[("b.py", ("other",)), ("c.py", ("other",))]]


def test_of_many_tasks_the_native_engine_says_itself_which_rules_it_does_not_run() -> None:
    semgrep = Recorded()
    many = [task(f"{number}.py", NATIVE, OTHER, UNUSUAL) for number in range(50)]
    runner = CombinedRunner(semgrep)
    results = dict(runner.run(many, NEVER))
    assert len(results) == 50
    for result in results.values():
        assert sorted(found.rule_id for found in result.found) == ["native", "other", "unusual"]
        assert result.refused == ()
    asked = [rules for batch in semgrep.asked for _, rules in batch]
    assert sorted(set(asked)) == [("other",), ("unusual",)]


def test_an_engine_that_has_nothing_to_do_is_not_asked() -> None:
    semgrep, native = Recorded(), Recorded()
    ran(task("a.py", NATIVE), semgrep=semgrep, native=native)
    ran(task("a.py", OTHER), semgrep=semgrep, native=native)
    assert (len(semgrep.asked), len(native.asked)) == (1, 1)


def test_semgrep_runs_meanwhile() -> None:
    semgrep, native = Recorded(), Recorded()
    ran(task("a.py", NATIVE, OTHER), semgrep=semgrep, native=native)
    assert semgrep.threads != native.threads


@pytest.mark.parametrize("error", [Cancelled(), RuntimeError("broken")])
def test_what_ends_an_engine_ends_the_run(error: BaseException) -> None:
    runner = CombinedRunner(Recorded(error), Recorded)
    with pytest.raises(type(error)):
        list(runner.run([task("a.py", OTHER)], NEVER))


def test_the_version_is_of_both() -> None:
    assert CombinedRunner(Recorded()).version.startswith("recorded, native ")
