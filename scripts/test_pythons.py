"""``make test-pythons``: run the tests on every supported Python that is present, and say which those are."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SUPPORTED = ("3.10", "3.11", "3.12", "3.13", "3.14")
ROOT = Path(__file__).resolve().parent.parent


def interpreter(version: str) -> str | None:
    """A working interpreter of that version, found as ``pythonX.Y`` or through the Windows launcher."""
    candidates = [[f"python{version}"], ["py", f"-{version}"]]
    for command in candidates:
        if shutil.which(command[0]) is None:
            continue
        asked = subprocess.run(
            [*command, "-c", "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"],
            capture_output=True,
            text=True,
        )
        words = asked.stdout.split("\n")
        if asked.returncode == 0 and words[0] == version:
            return words[1]
    return None


def run(version: str, python: str) -> bool:
    """Install secloop into a fresh environment of that Python and run the tests there."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        inside = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        pip = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-c", "requirements.lock", "-e", ".[dev]"], cwd=ROOT, check=True)
        command = [
            str(inside),
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--ignore=tests/validators",
            "--ignore=tests/compiled",
            "--ignore=tests/editors",
        ]
        return subprocess.run(command, cwd=ROOT).returncode == 0


def main() -> int:
    """Exit with 1 if the tests fail on any Python, 2 if none is present."""
    results: dict[str, str] = {}
    for version in SUPPORTED:
        python = interpreter(version)
        if python is None:
            results[version] = "not present"
            continue
        print(f"== Python {version} ({python})", flush=True)
        results[version] = "passed" if run(version, python) else "FAILED"
    for version, result in results.items():
        print(f"Python {version}: {result}")
    if "FAILED" in results.values():
        return 1
    return 0 if "passed" in results.values() else 2


if __name__ == "__main__":
    sys.exit(main())
