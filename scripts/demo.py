"""``make demo``: check the deliberately vulnerable sample app; exits 0 exactly when its verdict is the expected fail."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

APP = "examples/vulnerable-app"
# The sample's waiver expires one day; a fixed date keeps the demo the same on every day.
COMMAND = [sys.executable, "-m", "secloop", "check", APP, "--as-of", "2026-11-01"]


def main() -> int:
    """Show the report and the fixes, then compare the verdict with the expected one."""
    root = Path(__file__).resolve().parent.parent
    print(f"$ secloop check {APP} --show-suppressed", flush=True)
    shown = subprocess.run([*COMMAND, "--show-suppressed"], cwd=root).returncode
    print(f"\n$ secloop check {APP} --fix --dry-run", flush=True)
    subprocess.run([*COMMAND, "--fix", "--dry-run", "--quiet"], cwd=root)
    answer = subprocess.run(
        [*COMMAND, "--format", "json"], cwd=root, capture_output=True, text=True, encoding="utf-8"
    )
    verdict = json.loads(answer.stdout)
    statuses = {finding["status"] for finding in verdict["findings"]}
    expected = (
        shown == answer.returncode == 1
        and verdict["verdict"] == "fail"
        and statuses == {"open", "suppressed", "waived"}
        and any(finding["trace"] for finding in verdict["findings"])
    )
    print(
        "\nDemo: the expected failing verdict appeared."
        if expected
        else f"\nDemo: unexpected verdict: {answer.stderr}"
    )
    return 0 if expected else 1


if __name__ == "__main__":
    sys.exit(main())
