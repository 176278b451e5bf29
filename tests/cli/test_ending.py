"""How a run ends that is told to end: quickly, quietly, with nothing left behind, and never with a verdict's exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_repository import Repo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and descriptors of POSIX")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def _start(repo: Repo, *arguments: str, **streams: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "secloop", "check", "--no-cache", *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen(command, cwd=repo.root, text=True, encoding="utf-8", **streams)


def _engines(temporary: Path) -> list[str]:
    """The processes that read files of a temporary folder."""
    running = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in running.splitlines() if f"-rules {temporary.resolve()}" in line]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_the_engines_and_removes_their_files(
    repo: Repo, temporary: Path, number: int, code: int
) -> None:
    for index in range(40):  # In a language that semgrep-core runs, for long enough to be seen at it.
        repo.write(f"{index}.js", "function f(x) {\n  return [eval(x), exec(x)];\n}\n" * 1000)
    process = _start(repo, "-j", "2", "-o", "report.txt")
    while process.poll() is None and not (_engines(temporary) and list(temporary.glob("*/*/targets.json"))):
        time.sleep(0.02)
    process.send_signal(number)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (code, "")
    assert "Traceback" not in errors
    assert not list(temporary.iterdir())
    assert not _engines(temporary)


def test_a_reader_that_goes_is_no_failed_check(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    reading, writing = os.pipe()
    os.close(reading)
    process = _start(repo, stdout=writing)
    os.close(writing)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (141, "")


def test_a_closed_standard_output_still_leaves_the_exit_code(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    for closed in (">&-", "2>&-", "<&- >&- 2>&-"):
        command = f'exec "$0" -m secloop check {closed}'
        done = subprocess.run(["sh", "-c", command, sys.executable], cwd=repo.root, capture_output=True)
        assert (done.returncode, done.stderr) == (1, b"")


def test_a_closed_standard_input_is_not_an_empty_text(repo: Repo) -> None:
    command = 'exec "$0" -m secloop check --stdin --stdin-filename a.py <&-'
    done = subprocess.run(["sh", "-c", command, sys.executable], cwd=repo.root, capture_output=True)
    assert (done.returncode, done.stderr) == (2, b"Error: standard input is closed\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_a_full_disk_is_said(repo: Repo) -> None:
    with open("/dev/full", "w") as full:
        process = _start(repo, stdout=full.fileno())
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (
        2,
        "Error: cannot write to standard output: No space left on device\n",
    )
