"""However deep code or a pattern nests, the engine follows it or leaves it to semgrep-core: nothing overflows a stack.

Compiled code does not count Python's frames, so this runs on a thread whose stack is the smallest one of any platform.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import pytest
from hostile_nesting import SHAPES
from native_rules import document, make_rule

from secloop.engine.cancel import NEVER
from secloop.engine.native.compiled import compiled
from secloop.engine.native.lowering import MAX_DEPTH
from secloop.engine.native.runner import run_task
from secloop.engine.task import Task

SMALL_STACK = 512 * 1024
T = TypeVar("T")

RULES = (
    make_rule("f(...)"),
    make_rule("f(<... $X ...>)", id="deep"),
    make_rule("$F(...)\n...\n$G(...)", id="statements"),
    make_rule({"patterns": [{"pattern": "$X"}, {"pattern-inside": "def $G(...): ..."}]}, id="inside"),
    make_rule(
        {
            "mode": "taint",
            "pattern-sources": [{"pattern": "input()"}],
            "pattern-sinks": [{"pattern": "f(...)"}],
        },
        id="taint",
    ),
)


def on_a_small_stack(call: Callable[[], T]) -> T:
    """What a call returns, made on a thread with a small stack."""
    results: list[T] = []
    before = threading.stack_size(SMALL_STACK)
    try:
        thread = threading.Thread(target=lambda: results.append(call()))
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    return results[0]


def defects(task: Task) -> list[str]:
    """The failures of a run but for those of searches that are out of proportion."""
    ran = on_a_small_stack(lambda: run_task(task, NEVER))
    return [failure.message for failure in ran.failures if failure.kind != "timeout"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("levels", [MAX_DEPTH - 10, MAX_DEPTH + 10, 1000])
def test_no_code_overflows(shape: str, levels: int) -> None:
    task = Task(document(SHAPES[shape](levels)), RULES)
    assert defects(task) == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("levels", [50, 1000])
def test_no_pattern_overflows(shape: str, levels: int) -> None:
    rule = make_rule(SHAPES[shape](levels), id=f"{shape} {levels}")
    made = on_a_small_stack(lambda: compiled(rule))
    if not isinstance(made, str):
        task = Task(document(SHAPES[shape](levels)), (rule,))
        assert defects(task) == []


@pytest.mark.parametrize("shape", ["attributes", "nested calls", "sums", "if"])
def test_the_bound_is_that_of_the_text_alone(shape: str) -> None:
    """Not of how many frames its caller has taken."""
    task = Task(document(SHAPES[shape](MAX_DEPTH + 10)), RULES)
    assert set(run_task(task, NEVER).refused) == {rule.id for rule in RULES}
