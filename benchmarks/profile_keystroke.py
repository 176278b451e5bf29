"""``python benchmarks/profile_keystroke.py``: where the time between a keystroke and its diagnostics goes.

In process and without a client, on the file that ``make bench`` types into. ``--sort`` and ``--rows`` are those of
``pstats``; ``--broken`` profiles the keystrokes after which the file does not parse.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import inputs
from keystrokes import Keystroke, keystrokes

from secloop.lsp.diagnostics import file_diagnostics
from secloop.lsp.documents import Buffer
from secloop.lsp.settings import Settings
from secloop.lsp.views import TextView
from secloop.project import Engine, Project
from secloop.workspace.tree import DiskTree

_WARM_UP = 80
_MEASURED = 400


def main() -> None:
    """Profile and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", default="findings_20.py")
    parser.add_argument("--sort", default="tottime")
    parser.add_argument("--rows", type=int, default=30)
    parser.add_argument("--broken", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secloop-profile-") as folder:
        scratch = Path(folder).resolve()
        inputs.copy_rules(scratch, compact=True)
        source = next(one for one in inputs.sources(scratch) if one.name == options.source)
        project = Project.load(DiskTree(scratch), Engine())
        buffer = Buffer((scratch / source.name).as_uri(), source.text, 0, source.language)
        typed = keystrokes(source)
        for keystroke in islice(typed, _WARM_UP):
            press(project, buffer, keystroke)
        profile = cProfile.Profile()
        times = [
            press(project, buffer, keystroke, profile if keystroke.broken is options.broken else None)
            for keystroke in islice(typed, _MEASURED)
        ]
    print_times(islice(times, _MEASURED))
    pstats.Stats(profile).sort_stats(options.sort).print_stats(options.rows)


def press(project: Project, buffer: Buffer, key: Keystroke, profile: cProfile.Profile | None = None) -> float:
    """What the server does for a keystroke; returns its milliseconds."""
    if profile is not None:
        profile.enable()
    started = time.perf_counter()
    change = {"range": key.range, "text": key.text}
    buffer.change([change], buffer.version + 1, "utf-16")
    document = buffer.snapshot(key.path)
    project.later(document)
    found = project.evaluate_at_once(document)
    assert found is not None
    file_diagnostics(TextView(buffer, document, "utf-16"), found, project, Settings())
    taken = time.perf_counter() - started
    if profile is not None:
        profile.disable()
    return taken * 1000


def print_times(times: Iterator[float]) -> None:
    """Print the median and the 95th percentile; those that were profiled took longer for it."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    print(f"p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, the profiler's own time included")


if __name__ == "__main__":
    main()
