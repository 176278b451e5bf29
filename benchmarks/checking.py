"""How long whole checks take, with an empty cache and again, and the memory they need."""

from __future__ import annotations

import contextlib
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import psutil
import tools
from memory import PeakMemory
from tools import Checker


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds, peak memory and what it found.

    ``stopped``: it was not over after the patience. ``failed``: its output was not the JSON that it should
    have been, so its time means nothing.
    """

    seconds: float
    megabytes: float
    findings: int = 0
    stopped: bool = False
    failed: bool = False

    @property
    def complete(self) -> bool:
        """Whether it did its work."""
        return not self.stopped and not self.failed


@dataclass(frozen=True)
class Checked:
    """What a tool took for a target: medians of several runs, ``cold`` with an empty cache, ``warm`` again.

    ``warm`` is None for a tool without a cache, and where the first run was stopped.
    """

    tool: str
    target: str
    command: str
    cold: Run
    warm: Run | None


def check(
    checker: Checker,
    target: str,
    scratch: Path,
    environment: Mapping[str, str],
    *,
    repeat: int,
    patience: float,
) -> Checked:
    """Run a checker on a target, in the scratch folder.

    Args:
        repeat: runs, of which the median counts.
        patience: seconds after which a run is stopped.
    """
    run = partial(_run, checker, target, scratch, environment, patience)
    caches = Path(environment["SECLOOP_CACHE_DIR"]).parent
    cold: list[Run] = []
    while len(cold) < repeat and all(run.complete for run in cold):
        shutil.rmtree(caches, ignore_errors=True)
        caches.mkdir()
        cold.append(run())
    warm: list[Run] = []
    if checker.cached and cold[-1].complete:
        warm = [run() for _ in range(max(repeat, 3))]
    return Checked(
        checker.name,
        target,
        tools.shown(checker.command(target), scratch),
        _median(cold),
        _median(warm) if warm else None,
    )


def _median(runs: Sequence[Run]) -> Run:
    seconds = statistics.median(run.seconds for run in runs)
    return replace(runs[-1], seconds=seconds, megabytes=max(run.megabytes for run in runs))


def _run(
    checker: Checker, target: str, scratch: Path, environment: Mapping[str, str], patience: float
) -> Run:
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        with (
            subprocess.Popen(
                checker.command(target),
                cwd=scratch,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
            ) as process,
            PeakMemory(process.pid) as peak,
        ):
            stopped, over = _wait(process, patience)
        output.seek(0)
        printed = output.read()
    run = Run(over - started, peak.megabytes, stopped=stopped)
    if stopped:
        return run
    try:
        return replace(run, findings=checker.count(printed))
    except (ValueError, KeyError):
        return replace(run, failed=True)


def _wait(process: subprocess.Popen[bytes], patience: float) -> tuple[bool, float]:
    """Wait for a process; whether it had to be stopped, and when it was over."""
    try:
        process.wait(patience)
        return False, time.perf_counter()
    except subprocess.TimeoutExpired:
        over = time.perf_counter()
        _stop(process.pid)
        return True, over


def _stop(pid: int) -> None:
    """Kill a process and all that it started."""
    family = psutil.Process(pid).children(recursive=True)
    for process in (*family, psutil.Process(pid)):
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(family, 5)
