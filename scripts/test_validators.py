"""The part of ``make test-all`` that needs programs from other registries: Microsoft's SARIF validator and pre-commit.

The validator is installed from npm into the user's cache folder, outside of the work tree, once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from prerequisites import CACHE, npm

ROOT = Path(__file__).resolve().parent.parent
MULTITOOL_VERSION = "5.7.0"
_SYSTEMS = {"linux": "linux", "darwin": "darwin", "win32": "win32"}


def sarif_multitool() -> Path:
    """The validator's program, installed if it is not there yet.

    Raises:
        SystemExit: with words, if it cannot be had: the run then fails, it does not skip.
    """
    package = f"@microsoft/sarif-multitool-{_SYSTEMS[sys.platform]}"
    folder = CACHE / f"sarif-multitool-{MULTITOOL_VERSION}"
    program = folder / "node_modules" / package / "Sarif.Multitool"
    if not program.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm(), "install", "--no-audit", "--no-fund", "--silent", f"{package}@{MULTITOOL_VERSION}"]
        subprocess.run([*command, "--prefix", str(folder)], check=True)
    program.chmod(0o755)
    return program


def main() -> int:
    """Run the tests below ``tests/validators``; the exit code is pytest's."""
    environment = {**os.environ, "SARIF_MULTITOOL": str(sarif_multitool())}
    command = [sys.executable, "-m", "pytest", "tests/validators", "-q"]
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
