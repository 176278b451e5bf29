"""``python benchmarks/profile_start.py``: what a whole ``secloop check`` of one file takes, and where it goes.

Least of many runs of the file that ``make bench`` checks, since a busy machine only ever adds. ``--imports`` lists the
modules that take longest to import, ``--profile`` the functions that take longest to run; ``--cold`` has both look at
a check with an empty cache, ``--compact`` loads the compact rules of the tests too. Not for Windows.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import inputs
import tools

_RUNS = 20
_SHOWN = 30
_SOURCES = ("findings_20.py", "plain.py")
_PROFILED = """
import cProfile, pstats, sys
from secloop.cli.main import main
sys.argv = ["secloop", "check", sys.argv[1]]
with cProfile.Profile() as profile:
    try:
        main()
    except SystemExit:
        pass
pstats.Stats(profile, stream=sys.stderr).sort_stats("cumtime").print_stats(60)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=_RUNS)
    parser.add_argument("--compact", action="store_true")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--imports", action="store_true")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secloop-start-") as folder:
        scratch = Path(folder).resolve()
        inputs.copy_rules(scratch, compact=options.compact)
        for source in inputs.sources(scratch):
            if source.name in _SOURCES:
                (scratch / source.name).write_text(source.text, encoding="utf-8", newline="")
        start = _Start(scratch, options.runs)
        if options.imports:
            start.show_imports(cold=options.cold)
        elif options.profile:
            print(start.run([sys.executable, "-c", _PROFILED, _SOURCES[0]], cold=options.cold))
        else:
            start.show_times()


class _Start:
    """Runs commands in a folder, with a cache of its own."""

    def __init__(self, scratch: Path, runs: int) -> None:
        self._scratch = scratch
        self._runs = runs
        self._caches = scratch / "caches"
        self._environment: Mapping[str, str] = tools.environment(self._caches)

    def run(self, command: list[str], *, cold: bool) -> str:
        """What a command writes to standard error."""
        if cold:
            shutil.rmtree(self._caches, ignore_errors=True)
        ended = subprocess.run(
            command,
            cwd=self._scratch,
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        return ended.stderr

    def show_times(self) -> None:
        """The least time on the clock, and the least that the processor worked, of each."""
        self._show("python -c pass", [sys.executable, "-c", "pass"], cold=False)
        for name in _SOURCES:
            command = [*tools.program(tools.SECLOOP), "check", name]
            self._show(f"secloop check {name}, empty cache", command, cold=True)
            self._show(f"secloop check {name}, again", command, cold=False)

    def _show(self, title: str, command: list[str], *, cold: bool) -> None:
        clock, processor = [], []
        self.run(command, cold=cold)
        for _ in range(self._runs):
            started, worked = time.perf_counter(), _worked()
            self.run(command, cold=cold)
            clock.append(time.perf_counter() - started)
            processor.append(_worked() - worked)
        print(f"{title:<45} {min(clock) * 1000:4.0f} ms, processor {min(processor) * 1000:4.0f} ms")

    def show_imports(self, *, cold: bool) -> None:
        """Each module's own milliseconds, and those with what it imports: the least of a few runs."""
        command = [sys.executable, "-X", "importtime", "-m", "secloop", "check", _SOURCES[0]]
        self.run(command, cold=cold)
        least: dict[str, tuple[int, int]] = {}
        for _ in range(5):
            for line in self.run(command, cold=cold).splitlines():
                own, _, rest = line.removeprefix("import time:").partition("|")
                both, _, name = rest.partition("|")
                if own.strip().isdigit():
                    least[name.strip()] = min(
                        least.get(name.strip(), (sys.maxsize, 0)), (int(own), int(both))
                    )
        print(f"{sum(own for own, _ in least.values()) / 1000:.0f} ms, {len(least)} modules")
        for name, (own, both) in sorted(least.items(), key=lambda item: -item[1][0])[:_SHOWN]:
            print(f"{own / 1000:6.1f} {both / 1000:6.1f}  {name}")


def _worked() -> float:
    """Seconds that the processor has worked for ended children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
