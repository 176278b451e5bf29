"""Latency as the user feels it: in a real VS Code, from a key press until the squiggle is painted."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from inputs import copy_rules, sources
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from test_editors import vscode_environment  # noqa: E402 - it is beside the other scripts

SHORT = "def ping(host):\n    return host\n"
LONG = ("findings_0.py", "lines_10000.py")


def main() -> None:
    """Time a short file, one of 1,400 lines and one of 10,000, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        copy_rules(Path(folder), compact=False)
        texts = {
            "short.py": SHORT,
            **{one.name: one.text for one in sources(Path(folder)) if one.name in LONG},
        }
        files = [Path(folder) / name for name in texts]
        for file in files:
            file.write_text(texts[file.name], encoding="utf-8")
        command = ["node", str(ROOT / "benchmarks" / "editor_latency.mjs"), *map(str, files)]
        timed = subprocess.run(
            command, env=vscode_environment(), check=True, stdout=subprocess.PIPE, text=True
        )
    table = Table("file", "lines", "p50", "p95", "slowest", title="VS Code: key press → squiggle painted, ms")
    for line in timed.stdout.splitlines():
        result = json.loads(line)
        times = result["milliseconds"]
        p95 = statistics.quantiles(times, n=20)[-1]
        figures = (statistics.median(times), p95, max(times))
        table.add_row(result["name"], f"{result['lines']:,}", *(f"{figure:.0f}" for figure in figures))
    Console().print(table)


if __name__ == "__main__":
    main()
