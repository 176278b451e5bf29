"""`secloop check --watch` and `secloop rules test --watch`: run again when something changes."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_repository import RULE, Repo


class Watcher:
    """The running command; its lines arrive as they are printed."""

    def __init__(self, repo: Repo, *arguments: str) -> None:
        command = [sys.executable, "-m", "secloop", *arguments, "--watch"]
        self.process = subprocess.Popen(
            command,
            cwd=repo.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def report(self) -> str:
        """What is printed until it waits for changes again."""
        lines = []
        while "watching for changes" not in "".join(lines):
            lines.append(self.lines.get(timeout=60))
        return "".join(lines)

    def report_with(self, word: str) -> None:
        """Wait for a report that has a word: one change may be told as two, so there may be others before."""
        while word not in self.report():
            pass


@pytest.fixture
def watcher(repo: Repo) -> Iterator[Watcher]:
    repo.write("a.py", "x = 1\n")
    yield from _watching(repo, "check", "--concise")


@pytest.fixture
def tester(repo: Repo) -> Iterator[Watcher]:
    repo.write(".secloop/rules/rules.py", "# ruleid: no-eval\neval(a)\n# ruleid: no-exec\nexec(a)\n")
    yield from _watching(repo, "rules", "test")


def _watching(repo: Repo, *arguments: str) -> Iterator[Watcher]:
    watcher = Watcher(repo, *arguments)
    yield watcher
    watcher.process.kill()
    watcher.process.wait()


def test_a_change_of_code_rules_or_policy_is_checked(repo: Repo, watcher: Watcher) -> None:
    watcher.report_with("pass")
    repo.write("a.py", "eval(x)\n")
    watcher.report_with("no-eval")
    repo.write("secloop.toml", 'bundled-rules = false\nignore = ["no-eval"]\n')
    watcher.report_with("pass")
    repo.write(".secloop/rules/more.yaml", "rules: [{id: x")
    watcher.report_with("error")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_an_interrupt_ends_it_with_the_last_verdict(repo: Repo, watcher: Watcher) -> None:
    watcher.report()
    repo.write("a.py", "eval(x)\n")
    watcher.report_with("no-eval")
    watcher.process.send_signal(signal.SIGINT)
    assert watcher.process.wait(timeout=30) == 1


def test_a_change_of_a_rule_or_its_test_is_tested(repo: Repo, tester: Watcher) -> None:
    tester.report_with("1 of 1 tested rule files passed")
    repo.write(".secloop/rules/rules.py", "# ruleid: no-eval\nf(a)\n# ruleid: no-exec\nexec(a)\n")
    tester.report_with("expected, not found")
    repo.write(".secloop/rules/rules.yaml", "rules: [{id: x")
    tester.report_with("rules.yaml")
    repo.write(".secloop/rules/rules.yaml", RULE.replace("pattern: eval($X)", "pattern: f($X)"))
    tester.report_with("1 of 1 tested rule files passed")


def test_a_test_that_cannot_be_read_ends_no_watching(repo: Repo, tester: Watcher) -> None:
    tester.report()
    repo.write(".secloop/rules/rules.py", b"# -*- coding: no-such-codec -*-\n")
    tester.report_with("cannot be read")
    repo.write(".secloop/rules/rules.py", "# ruleid: no-eval\neval(a)\n# ruleid: no-exec\nexec(a)\n")
    tester.report_with("passed")


def test_what_a_check_writes_itself_is_no_change(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    replace = os.replace

    def recorded(source: Path, target: Path) -> None:
        written.extend((str(source), str(target)))
        replace(source, target)

    def told(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        yield set()
        assert str(repo.root / "out.json") in written
        yield {(1, path) for path in written}
        yield {(1, str(repo.root / "a.py"))}

    monkeypatch.setattr(os, "replace", recorded)
    monkeypatch.setattr("watchfiles.watch", told)
    result = repo.run("check", "--watch", "--format", "json", "--output", "out.json")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("checked in") == 2
