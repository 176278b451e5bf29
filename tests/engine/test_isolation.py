"""A file or a rule that semgrep-core does not survive is an error of that file and rule alone."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from engine_samples import EVAL, SHELL, SLOW, TAINT, FaultyCore, found, results, ruleset, slow_call

from secloop.engine.analyze import Cancel, Cancelled, analyze
from secloop.engine.core import Core
from secloop.engine.semgrep import Limits, SemgrepRunner
from secloop.model import FileResult, ProblemKind
from secloop.syntax.document import Document

GOOD = "import subprocess\nx = input()\neval(x)\nsubprocess.run('a', shell=True)\n"
ALL_FOUND = [("eval", 3), ("taint", 3), ("shell", 4)]
RULES = ruleset(EVAL, SHELL, TAINT)


@pytest.fixture
def faulty(tmp_path: Path) -> FaultyCore:
    return FaultyCore(tmp_path)


def crowd(*broken: str) -> list[Document]:
    """Five good files with broken ones among them."""
    good = [Document(f"good{i}.py", GOOD) for i in range(5)]
    return [*good[:3], *(Document(f"bad{i}.py", text) for i, text in enumerate(broken)), *good[3:]]


def problems(file: FileResult) -> list[tuple[ProblemKind, str]]:
    return [(problem.kind, problem.rule_id) for problem in file.problems]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("die", ProblemKind.ENGINE_CRASH),
        ("exit", ProblemKind.ENGINE_CRASH),
        ("garbage", ProblemKind.ENGINE_CRASH),
        ("cut", ProblemKind.ENGINE_CRASH),
        ("hang", ProblemKind.TIMEOUT),
    ],
)
def test_a_rule_that_is_fatal_to_a_file_costs_only_itself(
    faulty: FaultyCore, fault: str, kind: ProblemKind
) -> None:
    runner = faulty.runner(silence=1.5, patient_silence=1.5)
    files = results(crowd(f"{GOOD}#! {fault} taint\n"), RULES, runner)
    assert {path: found(file) for path, file in files.items() if path != "bad0.py"} == {
        f"good{i}.py": ALL_FOUND for i in range(5)
    }
    assert problems(files["bad0.py"]) == [(kind, "taint")]
    assert files["bad0.py"].problems[0].path == "bad0.py"
    assert found(files["bad0.py"]) == [("eval", 3), ("shell", 4)]
    assert all(not file.problems for path, file in files.items() if path != "bad0.py")


def test_several_fatal_files(faulty: FaultyCore) -> None:
    files = results(crowd(f"{GOOD}#! die\n", f"{GOOD}#! exit eval\n"), RULES, faulty.runner(2))
    assert problems(files["bad0.py"]) == [(ProblemKind.ENGINE_CRASH, id) for id in ("eval", "shell", "taint")]
    assert problems(files["bad1.py"]) == [(ProblemKind.ENGINE_CRASH, "eval")]
    assert found(files["good4.py"]) == ALL_FOUND


def test_a_crash_that_does_not_come_again_leaves_no_trace(faulty: FaultyCore) -> None:
    file = results([Document("a.py", f"{GOOD}#! once\n")], RULES, faulty.runner())["a.py"]
    assert (found(file), file.problems) == (ALL_FOUND, ())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is watched on Linux only")
def test_a_process_that_grows_too_large_is_ended(faulty: FaultyCore) -> None:
    runner = faulty.runner(max_memory_mb=150, patient_max_memory_mb=150)
    file = results([Document("a.py", f"{GOOD}#! grow taint\n")], RULES, runner)["a.py"]
    assert problems(file) == [(ProblemKind.OUT_OF_MEMORY, "taint")]
    assert found(file) == [("eval", 3), ("shell", 4)]


def test_no_engine_is_a_problem_of_every_file_and_rule(tmp_path: Path) -> None:
    runner = SemgrepRunner(1, core=Core([str(tmp_path / "missing")]))
    file = results([Document("a.py", GOOD)], RULES, runner)["a.py"]
    assert problems(file) == [(ProblemKind.ENGINE_CRASH, id) for id in ("eval", "shell", "taint")]


def test_after_a_failure_patience_ends(faulty: FaultyCore) -> None:
    runner = faulty.runner(silence=0.5, patient_silence=0.5, patience=0.1)
    file = results([Document("a.py", f"{GOOD}#! hang\n")], RULES, runner)["a.py"]
    assert problems(file) == [(ProblemKind.TIMEOUT, id) for id in ("eval", "shell", "taint")]
    assert [rules for _, rules in faulty.runs] == [["eval", "shell", "taint"], ["eval"]]


def test_only_a_rule_that_failed_runs_alone(faulty: FaultyCore) -> None:
    runner = faulty.runner(rule_timeout=1, patient_rule_timeout=1)
    rules = ruleset(EVAL, SHELL, SLOW, TAINT)
    file = results([Document("a.py", GOOD + slow_call())], rules, runner)["a.py"]
    assert problems(file) == [(ProblemKind.TIMEOUT, "slow")]
    everything = ["eval", "shell", "slow", "taint"]
    others = ["eval", "shell", "taint"]
    assert [rules for _, rules in faulty.runs] == [everything, everything, others, ["slow"]]


# The real engine at its real limits.


def test_a_rule_that_runs_out_of_time_takes_no_other_rules_findings_along() -> None:
    runner = SemgrepRunner(1, Limits(rule_timeout=1, patient_rule_timeout=1))
    files = results(
        [Document("slow.py", GOOD + slow_call()), Document("good.py", GOOD)],
        ruleset(EVAL, SHELL, SLOW, TAINT),
        runner,
    )
    assert problems(files["slow.py"]) == [(ProblemKind.TIMEOUT, "slow")]
    assert found(files["slow.py"])[:3] == ALL_FOUND
    assert (found(files["good.py"]), files["good.py"].problems) == (ALL_FOUND, ())


def test_what_needs_patience_is_found() -> None:
    """The first limit is too short for anything; only the second one can decide."""
    runner = SemgrepRunner(1, Limits(rule_timeout=0.001))
    text = GOOD + slow_call(12)
    file = results([Document("a.py", text)], ruleset(EVAL, SHELL, SLOW, TAINT), runner)["a.py"]
    assert found(file) == [*ALL_FOUND, ("slow", 5)]
    assert not file.problems


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is watched on Linux only")
def test_a_rule_that_runs_out_of_memory_takes_no_other_rules_findings_along() -> None:
    limits = Limits(60, 200, patient_rule_timeout=60, patient_max_memory_mb=200)
    file = results(
        [Document("a.py", GOOD + slow_call())], ruleset(EVAL, SLOW, TAINT), SemgrepRunner(1, limits)
    )["a.py"]
    assert problems(file) == [(ProblemKind.OUT_OF_MEMORY, "slow")]
    assert found(file) == [("eval", 3), ("taint", 3)]


def test_a_rule_with_too_many_matches_takes_no_other_rules_findings_along() -> None:
    """Seen with semgrep-core: all findings of all rules in that file are gone."""
    many = {"id": "many", "languages": ["regex"], "pattern-regex": "m"}
    file = results([Document("a.py", GOOD + "m\n" * 10_050)], ruleset(TAINT, many))["a.py"]
    assert problems(file) == [(ProblemKind.TOO_MANY_MATCHES, "many")]
    assert found(file) == [("taint", 3)]


def test_nesting_deeper_than_any_stack_ends_in_a_result_or_a_problem() -> None:
    deep = "x = " + "[" * 20_000 + "eval(1)" + "]" * 20_000 + "\n"
    runner = SemgrepRunner(1, Limits(rule_timeout=1, patient_rule_timeout=1))
    files = results([Document("deep.py", GOOD + deep), Document("good.py", GOOD)], ruleset(EVAL), runner)
    assert (found(files["good.py"]), files["good.py"].problems) == ([("eval", 3)], ())
    assert files["deep.py"].problems or ("eval", 5) in found(files["deep.py"])


def test_killed_at_random_moments_it_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Document(f"{i}.py", GOOD + "y = 1\n" * i) for i in range(30)]
    undisturbed = results(documents, RULES)
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def record(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        process = popen(*arguments, **options)
        started.append(process)
        return process

    monkeypatch.setattr(subprocess, "Popen", record)
    over = threading.Event()
    kills = 0

    def killer() -> None:
        nonlocal kills
        while not over.wait(0.11) and kills < 12:
            for process in started[-2:]:
                if process.poll() is None:
                    process.kill()
                    kills += 1

    thread = threading.Thread(target=killer)
    thread.start()
    try:
        disturbed = results(documents, RULES)
    finally:
        over.set()
        thread.join()
    assert kills
    assert {path: file for path, file in disturbed.items() if not file.problems} == {
        path: file for path, file in undisturbed.items() if not disturbed[path].problems
    }
    assert {p.kind for file in disturbed.values() for p in file.problems} <= {ProblemKind.ENGINE_CRASH}


@pytest.mark.parametrize("count", [1, 8])
def test_cancelling_ends_the_processes_at_once(faulty: FaultyCore, count: int) -> None:
    cancel = Cancel()
    runner = faulty.runner(2)
    documents = [Document(f"{i}.py", f"{GOOD}#! hang\n") for i in range(count)]
    threading.Timer(1.0, cancel.cancel).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        list(analyze(documents, RULES, runner, cancel=cancel))
    assert time.monotonic() - start < 15  # the fault sleeps for a minute
    with pytest.raises(Cancelled):
        list(analyze([Document("b.py", GOOD)], RULES, runner, cancel=cancel))


def test_who_has_seen_enough_leaves_nothing_running(faulty: FaultyCore) -> None:
    documents = [Document("a.py", GOOD), *(Document(f"{i}.py", f"{GOOD}#! hang\n") for i in range(40))]
    start = time.monotonic()
    iterator = analyze(documents, ruleset(EVAL), SemgrepRunner(2, core=Core()))
    next(iterator)
    iterator.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 30
