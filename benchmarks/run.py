"""``make bench``: what secloop and its peers take on the same files, side by side, and the project's targets.

Everything is measured here and now, in a scratch folder with caches of its own, on real code of the packages
that this environment has. ``--quick`` takes about two minutes and leaves the environment as a whole out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import halves
import inputs
import opened
import psutil
import tables
import tools
from checking import Checked, check
from latency import Latency, measure
from opened import Opened
from rich.console import Console
from targets import Target, targets

RESULTS = Path(__file__).resolve().parent.parent / "bench-results" / "latest.json"
PACKAGES = "packages"


class Plan:
    """How much is measured."""

    def __init__(self, quick: bool, pack: bool) -> None:
        self.pack = pack
        self.edits = 60 if quick else 120
        self.typed = 150 if quick else 600
        self.slow_edits = 3 if quick else 10
        self.repeat = 3 if quick else 5
        self.patience = 20.0 if quick else 180.0
        self.sources = (
            {"findings_20.py", "plain.py", "app.js" if pack else "lines_10000.py"} if quick else None
        )
        self.opened = 50
        self.packages = not quick


def main() -> int:
    """Measure, print and write everything; returns 0 also where a target was missed: a benchmark reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about two minutes instead of fifteen")
    parser.add_argument(
        "--pack", action="store_true", help="the bundled rules alone, without the compact ones of the tests"
    )
    given = parser.parse_args()
    plan = Plan(given.quick, given.pack)
    console = Console()
    if not console.is_terminal:
        console = Console(width=150)
    machine = _machine()
    for name, value in machine.items():
        console.print(f"{name}: {value}", highlight=False)
    with tempfile.TemporaryDirectory(prefix="secloop-bench-") as folder:
        scratch = Path(folder).resolve()
        latencies, memories, checks = _measure(plan, scratch, console)
        compared = _halves(plan, scratch, console) if plan.pack else None
    largest = PACKAGES if plan.packages else inputs.TREE
    reached = targets(latencies, memories, checks, largest, pack=plan.pack)
    for table in (
        tables.latency_table(latencies),
        tables.opened_table(memories),
        tables.check_table(checks),
        *([tables.halves_table(compared)] if compared is not None else []),
        tables.target_table(reached),
    ):
        console.print()
        console.print(table)
    _write(machine, latencies, memories, checks, compared, reached)
    console.print(f"\nWritten to {RESULTS.relative_to(RESULTS.parent.parent)}", highlight=False)
    return 0


def _machine() -> dict[str, str]:
    """What the figures depend on, without anything that names this machine."""
    memory = psutil.virtual_memory().total / 2**30
    found = {
        "machine": f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": ", ".join(f"{name} {version}" for name, version in tools.versions().items()),
    }
    if hasattr(os, "getloadavg"):
        found["load before"] = f"{os.getloadavg()[0]:.1f}"
    return found


def _measure(
    plan: Plan, scratch: Path, console: Console
) -> tuple[list[Latency], list[Opened], list[Checked]]:
    caches = scratch / "caches"
    caches.mkdir()
    environment = tools.environment(caches)
    inputs.copy_rules(scratch, compact=not plan.pack)
    sources = inputs.sources(scratch)
    servers = tools.servers(scratch)
    latencies = []
    for source in sources:
        for server in servers:
            if plan.sources is not None and source.name not in plan.sources:
                continue
            if server.languages and source.language not in server.languages:
                continue
            console.print(f"$ {server.title}  # {source.name}", highlight=False)
            edits = plan.edits if server.versioned else plan.slow_edits
            latencies.append(measure(server, source, scratch, environment, edits))
    files = inputs.opened_sources(scratch, plan.opened)
    memories = [opened.measure(server, files, scratch, environment) for server in servers if server.versioned]
    checks = []
    for target, repeat in _targets(plan, sources, scratch):
        for checker in (one for one in tools.CHECKERS if one.reads(target)):
            console.print(f"$ {tools.shown(checker.command(target), scratch)}", highlight=False)
            # A peer without a cache that takes seconds shows the same the second time.
            runs = repeat if checker.cached else 1
            checks.append(check(checker, target, scratch, environment, repeat=runs, patience=plan.patience))
    return latencies, memories, checks


def _targets(plan: Plan, sources: list[inputs.Source], scratch: Path) -> list[tuple[str, int]]:
    """Put what is checked into the scratch folder: names, and how often each is checked."""
    found = []
    for source in sources:
        if source.name in ("findings_20.py", "app.js"):
            (scratch / source.name).write_text(source.text, encoding="utf-8", newline="")
            found.append((source.name, plan.repeat))
    inputs.copy_packages(scratch / PACKAGES)
    tree = scratch / inputs.TREE
    (scratch / PACKAGES / inputs.TREE).rename(tree)
    found.append((inputs.TREE, 1))
    if plan.packages:
        found.append((PACKAGES, 1))
    return found


def _halves(plan: Plan, scratch: Path, console: Console) -> halves.Halves:
    console.print("the whole pack and half of it", highlight=False)
    empty = scratch / "empty"
    empty.mkdir()
    return halves.compare(empty, inputs.sources(scratch), inputs.site_packages(), plan.typed, plan.repeat)


def _write(
    machine: dict[str, str],
    latencies: list[Latency],
    memories: list[Opened],
    checks: list[Checked],
    compared: halves.Halves | None,
    reached: list[Target],
) -> None:
    value: dict[str, Any] = {
        "measured": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        **machine,
        "latency": [_latency(one) for one in latencies],
        "opened": [asdict(one) for one in memories],
        "check": [asdict(one) for one in checks],
        "halves": None if compared is None else asdict(compared),
        "targets": [asdict(one) for one in reached],
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def _latency(one: Latency) -> dict[str, Any]:
    row: dict[str, Any] = {"file": one.source.name, "lines": one.source.lines, "server": one.server}
    if one.reason:
        return {**row, "reason": one.reason}
    return {
        **row,
        "edits": len(one.milliseconds),
        "p50_ms": one.percentile(50),
        "p95_ms": one.percentile(95),
        "max_ms": max(one.milliseconds, default=0.0),
        "broken_edits": len(one.broken),
        "broken_p50_ms": one.percentile(50, broken=True),
        "broken_p95_ms": one.percentile(95, broken=True),
        "open_ms": one.opened,
        "findings": one.findings,
        "peak_mb": one.megabytes,
    }


if __name__ == "__main__":
    sys.exit(main())
