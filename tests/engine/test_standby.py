"""A process that waits for a text finds what one started for it finds, and whatever befalls it is made good for."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from engine_samples import EVAL, SHELL, SLOW, TAINT, found, results, ruleset, slow_call

from secloop.engine.cancel import NEVER, Cancel, Cancelled
from secloop.engine.core import Core
from secloop.engine.installed import core_binary
from secloop.engine.limits import Limits
from secloop.engine.output import Output, TargetOutput
from secloop.engine.semgrep import SemgrepRunner
from secloop.engine.standby import Standby
from secloop.engine.task import Task
from secloop.model import FileResult, RuleSet
from secloop.syntax.document import Document

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing waits on Windows")

TEXT = "import subprocess\nx = input()\neval(x)\nsubprocess.run('a', shell=True)\n"
FOUND = [("eval", 3), ("taint", 3), ("shell", 4)]
RULES = ruleset(
    EVAL,
    SHELL,
    TAINT,
    {**EVAL, "id": "in-src", "paths": {"include": ["src/"]}},
    {"id": "same", "languages": ["python", "js"], "pattern": "$X == $X", "message": "$X is itself"},
    {"id": "key", "languages": ["regex"], "pattern-regex": "AKIA[A-Z0-9]{4}", "paths": {"exclude": ["*.md"]}},
    {"id": "html", "languages": ["js", "ts"], "pattern": "$E.innerHTML = $V"},
)
SIMPLE = ruleset(EVAL, SHELL, TAINT)


class Watched(Standby):
    """Counts the runs that a process was waiting for, and those of them that gave a result."""

    asked = used = 0

    def run(self, task: Task, limits: Limits, cancel: Cancel) -> Output | None:
        self.asked += self.process is not None
        output = super().run(task, limits, cancel)
        self.used += output is not None
        return output

    def ready(self) -> int:
        """The process that waits, as soon as there is one."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            process = self.process
            if process is not None:
                return process
            time.sleep(0.01)
        raise AssertionError("nothing waits")


def gone(process: int) -> bool:
    """Whether a process has ended."""
    try:
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def ends(process: int) -> bool:
    """Whether a process ends, within patience."""
    end = time.monotonic() + 30
    while time.monotonic() < end and not gone(process):
        time.sleep(0.02)
    return gone(process)


@pytest.fixture
def standby() -> Iterator[Watched]:
    made = Watched(Core())
    yield made
    made.close()


def check(standby: Standby, text: str, rules: RuleSet = SIMPLE, path: str = "a.py") -> FileResult:
    return results([Document(path, text)], rules, SemgrepRunner(1, standby=standby))[path]


def the_only_target(output: Output | None) -> TargetOutput:
    assert output is not None
    (target,) = output.targets.values()
    return target


TEXTS = {
    "src/a.py": "x = input()\neval(x)\nif x == x: pass\n",
    "b.py": "x = input()\neval(x)\ny = 'AKIA1234'\n",
    "src/broken.py": "eval('é')\nz = (\n",
    "crlf.py": "x = input()\r\neval('é', x)\r\nif 'ü' == 'ü': pass\r\n",
    "astral.py": "s = '\U0001f600'; eval(s)\n",
    "recovered.py": "eval('a')\ndef f(:\n    eval('b')\n",
    "page.js": "a.innerHTML = b; if (a == a) {}\n",
    "broken.js": "a.innerHTML = b; if (a == a) {\n",
    "page.ts": "const q: string = c; a.innerHTML = b;\n",
    "notes.txt": "AKIA1234\n",
}


@pytest.mark.parametrize("path", TEXTS)
def test_the_result_is_that_of_an_ordinary_run(standby: Watched, path: str) -> None:
    for text in (TEXTS[path], TEXTS[path] + "\n", "\n" + TEXTS[path] * 2):
        ordinary = results([Document(path, text)], RULES)[path]
        assert ordinary.matches or ordinary.partial
        check(standby, TEXTS[path], RULES, path)
        standby.ready()
        assert check(standby, text, RULES, path) == ordinary
    assert standby.used >= 3


def test_a_rule_that_runs_out_of_time_is_given_more(standby: Watched) -> None:
    runner = SemgrepRunner(1, Limits(rule_timeout=0.001), standby=standby)
    text = TEXT + slow_call(12)
    for _ in range(2):
        file = results([Document("a.py", text)], ruleset(EVAL, SHELL, SLOW, TAINT), runner)["a.py"]
        assert (found(file), file.problems) == ([*FOUND, ("slow", 5)], ())
        standby.ready()
    assert standby.used == 1


def test_a_process_that_has_not_read_its_rules_yet_takes_a_text_all_the_same(standby: Watched) -> None:
    for _ in range(10):
        task = Task(Document("a.py", TEXT), SIMPLE.rules)
        standby.prepare(task.rules, Limits())
        standby.ready()
        output = standby.run(task, Limits(), NEVER)
        assert len(the_only_target(output).found) == 3


def test_rules_that_are_not_needed_find_nothing(standby: Watched) -> None:
    standby.prepare(SIMPLE.rules, Limits())
    standby.ready()
    output = standby.run(Task(Document("a.py", TEXT), SIMPLE.rules[:1]), Limits(), NEVER)
    assert {match.rule_id for match in the_only_target(output).found} == {"eval"}


def test_what_a_text_needed_before_stays_prepared(standby: Watched) -> None:
    for text in (TEXT, "eval(1)\n", TEXT, "subprocess.run(a, shell=True)\n", TEXT):
        check(standby, text)
        standby.ready()
    assert standby.used == 4


def test_a_rule_of_other_paths_does_not_run(standby: Watched) -> None:
    check(standby, "eval(1)\n", RULES, "src/a.py")
    standby.ready()
    assert found(check(standby, "eval(1)\n", RULES, "b.py")) == [("eval", 1)]
    assert (standby.asked, standby.used) == (1, 0)


def test_changed_rules_are_not_those_prepared(standby: Watched) -> None:
    check(standby, TEXT)
    before = standby.ready()
    changed = ruleset({**EVAL, "pattern": "eval(...)"}, SHELL, TAINT)
    assert found(check(standby, "eval(1, 2)\n", changed)) == [("eval", 1)]
    assert standby.used == 0
    assert ends(before)


# What can befall a process that waits.

FAULTY = """
import os, signal, stat, subprocess, sys, time

def is_pipe(descriptor):
    try:
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:
        return False

# Its number is as high as whoever started this has files open.
for pipe in filter(is_pipe, sorted(int(name) for name in os.listdir("/dev/fd") if int(name) > 2)):
    os.read(pipe, 1)
    FAULT
sys.exit(subprocess.run([CORE, *sys.argv[1:]]).returncode)
"""
FAULTS = {
    "die": "os.kill(os.getpid(), signal.SIGKILL)",
    "exit": "sys.exit(2)",
    "exit after the result": "subprocess.run([CORE, *sys.argv[1:]]); sys.exit(2)",
    "garbage": 'print(\'{"version": "1.182.0", "results": [{}]}\'); sys.exit()',
    "nothing": "sys.exit()",
    "hang": "time.sleep(60)",
}


def faulty(folder: Path, fault: str) -> Core:
    """A semgrep-core that fails if it waited for its target."""
    script = folder / "core.py"
    script.write_text(FAULTY.replace("FAULT", FAULTS[fault]).replace("CORE", repr(str(core_binary()))))
    return Core([sys.executable, str(script)])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_process_that_fails_is_no_problem(tmp_path: Path, fault: str) -> None:
    core = faulty(tmp_path, fault)
    standby = Watched(core)
    runner = SemgrepRunner(1, Limits(silence=3.0), core=core, standby=standby)
    for _ in range(2):
        file = results([Document("a.py", TEXT)], SIMPLE, runner)["a.py"]
        assert (found(file), file.problems) == (FOUND, ())
        standby.ready()
    assert (standby.asked, standby.used) == (1, 0)
    standby.close()


def test_a_process_that_died_waiting_is_no_problem(standby: Watched) -> None:
    check(standby, TEXT)
    psutil.Process(standby.ready()).kill()
    file = check(standby, TEXT)
    assert (found(file), file.problems) == (FOUND, ())
    assert (standby.asked, standby.used) == (1, 0)


@pytest.mark.parametrize("pattern", ["secloop-*/*/target*", "secloop-*/*", "secloop-*"])
def test_files_that_vanish_are_no_problem(
    standby: Watched, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pattern: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    check(standby, TEXT)
    standby.ready()
    time.sleep(0.5)
    (vanishing,) = tmp_path.glob(pattern)
    vanishing.unlink() if vanishing.is_symlink() else shutil.rmtree(vanishing)
    file = check(standby, TEXT)
    assert (found(file), file.problems) == (FOUND, ())
    assert standby.asked == 1


def test_what_cannot_be_prepared_is_no_problem(tmp_path: Path) -> None:
    standby = Watched(Core([str(tmp_path / "missing")]))
    file = check(standby, TEXT)
    assert (found(file), file.problems) == (FOUND, ())
    assert standby.process is None
    standby.close()


# Cancellation, and company.


def test_cancelled_before_it_leaves_what_waits(standby: Watched) -> None:
    standby.prepare(SIMPLE.rules, Limits())
    before = standby.ready()
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(Cancelled):
        standby.run(Task(Document("a.py", TEXT), SIMPLE.rules), Limits(), cancel)
    assert standby.process == before


def test_cancelled_while_it_runs_it_ends_at_once(tmp_path: Path) -> None:
    core = faulty(tmp_path, "hang")
    standby = Watched(core)
    standby.prepare(SIMPLE.rules, Limits())
    process = standby.ready()
    cancel = Cancel()
    threading.Timer(1.0, cancel.cancel).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        standby.run(Task(Document("a.py", TEXT), SIMPLE.rules), Limits(), cancel)
    assert time.monotonic() - start < 15
    assert ends(process)
    standby.close()


def test_documents_at_once(standby: Watched) -> None:
    documents = [Document(path, text * copies) for path, text in TEXTS.items() for copies in (1, 2)][:12]
    alone = [results([document], RULES)[document.path] for document in documents]
    runner = SemgrepRunner(1, standby=standby)
    with ThreadPoolExecutor(3) as pool:
        for _ in range(2):
            assert alone == list(
                pool.map(lambda document: results([document], RULES, runner)[document.path], documents)
            )


# Ends.


def test_what_nobody_asks_for_ends() -> None:
    standby = Watched(Core(), idle=0.3)
    standby.prepare(SIMPLE.rules, Limits())
    assert ends(standby.ready())
    assert standby.process is None
    standby.close()


def test_after_close_nothing_waits(standby: Watched) -> None:
    standby.prepare(SIMPLE.rules, Limits())
    process = standby.ready()
    standby.close()
    assert ends(process)
    assert (found(check(standby, TEXT)), standby.asked) == (FOUND, 0)
    time.sleep(0.5)
    assert standby.process is None


OWNER = """
import sys, time
from engine_samples import EVAL, ruleset
from secloop.engine.core import Core
from secloop.engine.limits import Limits
from secloop.engine.standby import Standby
standby = Standby(Core())
standby.prepare(ruleset(EVAL).rules, Limits())
while standby.process is None:
    time.sleep(0.01)
print(standby.process, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("delay", [0, 1.0])
def test_what_waits_does_not_outlive_its_owner(delay: float) -> None:
    """However that ends: nothing of it runs when it is killed."""
    path = [str(Path(__file__).parent), *sys.path]
    script = f"import sys; sys.path[:0] = {path!r}\n{OWNER}"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        process = int(owner.stdout.readline())
        time.sleep(delay)
        assert not gone(process)
        owner.send_signal(signal.SIGKILL)
    assert ends(process)
