"""Many documents are run in several processes, and find there what they find in one."""

from __future__ import annotations

import pytest
from native_rules import make_rule

from secloop.engine.cancel import NEVER, Cancel, Cancelled
from secloop.engine.native import pool
from secloop.engine.native.pool import PooledRunner
from secloop.engine.native.runner import NativeRunner
from secloop.engine.task import Task
from secloop.syntax.document import Cell, Document

RULES = (make_rule("eval($X)", message="eval of $X"), make_rule("exec(...)", id="s"))


def tasks(count: int) -> list[Task]:
    return [
        Task(Document(f"{n}.py", f"eval({n})\nexec(é)\n", cells=(Cell(0, 0, 5),)), RULES[: 1 + n % 2])
        for n in range(count)
    ]


@pytest.fixture
def small_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_ENOUGH", 1)
    monkeypatch.setattr(pool, "_BATCH", 50)


def test_the_same_is_found(small_jobs: None) -> None:
    todo = tasks(9)
    assert sorted(PooledRunner(2).run(todo, NEVER)) == sorted(NativeRunner().run(todo, NEVER))


def test_a_cancelled_run_ends(small_jobs: None) -> None:
    cancel = Cancel()
    running = PooledRunner(2).run(tasks(400), cancel)
    next(running)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(running)


def test_small_jobs_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_pooled", None)
    assert len(list(PooledRunner(2).run(tasks(9), NEVER))) == 9


def test_what_a_killed_process_leaves_is_done_here(small_jobs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> object:
        yield 0, next(iter(NativeRunner().run(tasks(1), NEVER)))[1]
        raise pool.BrokenProcessPool

    monkeypatch.setattr(pool, "_pooled", killed)
    todo = tasks(9)
    assert sorted(PooledRunner(2).run(todo, NEVER)) == sorted(NativeRunner().run(todo, NEVER))
