"""Runs Python with secloop as users have it: from a wheel with the compiled engine, in an environment of its own.

    python scripts/compiled.py -m pytest tests/native

The environment is in the user's cache folder, so that no compiled module is ever in the work tree, and is made anew when
anything that the wheel is made of has changed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from prerequisites import CACHE, debian_program

ROOT = Path(__file__).resolve().parent.parent
INPUTS = (
    "server",
    "rules",
    "templates",
    "hatch_build.py",
    "pyproject.toml",
    "requirements.lock",
    "README.md",
)


def python() -> Path:
    """The environment's interpreter, with the wheel of the work tree as it is."""
    folder = CACHE / f"compiled-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
    inside = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp, wanted = folder / "made-of", _digest()
    if not stamp.is_file() or stamp.read_text() != wanted:
        if sys.platform == "linux":
            debian_program("gcc", "gcc", "python3-dev", purpose="the compiled engine")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        environment = {**os.environ, "SECLOOP_COMPILE": "require"}
        command = [*pip, "-c", "requirements.lock", ".[dev,bench]"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        stamp.write_text(wanted)
    return inside


def _digest() -> str:
    """Of the interpreter and of every file that the wheel is made of."""
    found = hashlib.sha256(sys.version.encode())
    for place in INPUTS:
        path = ROOT / place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(f"\0{file.relative_to(ROOT).as_posix()}\0".encode() + file.read_bytes())
    return found.hexdigest()


if __name__ == "__main__":
    sys.exit(subprocess.run([str(python()), *sys.argv[1:]], cwd=ROOT).returncode)
