"""Many documents are run in several processes, and find there what they find in one."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import psutil
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
    started: list[subprocess.Popen[bytes]] = []

    class Mortal(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self)
            if len(started) == 1:
                self.kill()

    monkeypatch.setattr(subprocess, "Popen", Mortal)
    todo = tasks(9)
    running = PooledRunner(2).run(todo, NEVER)
    found = [next(running)]
    started[1].kill()
    assert sorted([*found, *running]) == sorted(NativeRunner().run(todo, NEVER))


def test_no_process_is_left(small_jobs: None) -> None:
    others = set(psutil.Process().children())  # of tests that ran before, in the same process
    running = PooledRunner(2).run(tasks(400), NEVER)
    next(running)
    workers = set(psutil.Process().children()) - others
    running.close()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=30)
    assert not alive
    assert set(psutil.Process().children()) <= others


def test_nothing_of_the_current_folder_is_imported(
    small_jobs: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("multiprocessing", "pickle", "gc", "signal", "typing", "secloop", "runpy", "site", "re"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\n")
    monkeypatch.chdir(tmp_path)
    todo = tasks(9)
    assert sorted(PooledRunner(2).run(todo, NEVER)) == sorted(NativeRunner().run(todo, NEVER))
    assert not (tmp_path / "ran").exists()
