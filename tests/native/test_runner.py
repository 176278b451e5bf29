"""Whatever goes wrong inside the native engine is an error of that rule and file, in words, and the rest goes on."""

from __future__ import annotations

import pytest
from native_rules import document, make_rule

from secloop.engine.cancel import NEVER, Cancel, Cancelled
from secloop.engine.native.comparison import Comparison
from secloop.engine.native.runner import run_task
from secloop.engine.task import Task
from secloop.syntax.incremental import PythonText

COMPARED = {"metavariable-comparison": {"metavariable": "$X", "comparison": "$X > 0"}}
RULES = (
    make_rule({"patterns": [{"pattern": "eval($X)"}, COMPARED]}),
    make_rule({"pattern-regex": "T_[0-9]"}, id="s", languages=["regex"]),
)
TASK = Task(document("eval(1)  # T_1\n"), RULES)


@pytest.mark.parametrize(
    "error", [IndexError("list index out of range"), RecursionError("too deep"), MemoryError()]
)
def test_an_error_in_a_rule_is_its_own(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def holds(*_: object) -> bool:
        raise error

    monkeypatch.setattr(Comparison, "holds", holds)
    ran = run_task(TASK, NEVER)
    assert [found.rule_id for found in ran.found] == ["s"]
    (failure,) = ran.failures
    assert (failure.rule_id, failure.kind) == ("r", "engine-crash")
    assert type(error).__name__ in failure.message


def test_an_error_in_reading_the_code_is_that_of_each_rule_that_needs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def update(*_: object) -> object:
        raise KeyError("odd")

    monkeypatch.setattr(PythonText, "update", update)
    ran = run_task(Task(document("eval(2)  # T_1\n"), RULES), NEVER)
    assert [found.rule_id for found in ran.found] == ["s"]
    assert [(failure.rule_id, failure.kind) for failure in ran.failures] == [("r", "engine-crash")]


def test_being_cancelled_is_no_failure() -> None:
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run_task(TASK, cancel)
