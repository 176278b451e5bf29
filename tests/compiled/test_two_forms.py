"""The engine's two forms, compiled and as Python, say the same of real code and of code that nests as deep as one likes.

Runs where secloop is installed from a wheel (``make test-compiled``); the other form is the work tree's own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from hostile_nesting import SHAPES

ROOT = Path(__file__).resolve().parents[2]
RULES = [
    *sorted((ROOT / "rules/python").rglob("*.yaml")),
    *sorted((ROOT / "tests/differential/rules").glob("*.yaml")),
]
FILES = 300


def definitions() -> list[dict[str, Any]]:
    """Every rule for Python: the pack's, and those that use each operator."""
    found = [
        each
        for path in RULES
        if not path.name.endswith(".test.yaml")
        for each in yaml.safe_load(path.read_bytes())["rules"]
    ]
    return [
        {**each, "id": f"{number}-{each['id']}"}
        for number, each in enumerate(found)
        if "python" in each["languages"]
    ]


def real_files() -> list[str]:
    """Files of the environment, the same ones on every run."""
    found = sorted(Path(sysconfig.get_path("purelib")).rglob("*.py"))
    small = [str(path) for path in found if 2_000 < path.stat().st_size < 40_000]
    return small[:: max(1, len(small) // FILES)]


def says(form: Path | None, rules: Path, files: Path) -> dict[str, Any]:
    """What the form in a folder, or the installed one, says."""
    environment = {**os.environ, "PYTHONPATH": str(form or "")}
    command = [sys.executable, str(Path(__file__).with_name("findings_of.py")), str(rules), str(files)]
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, cwd=rules.parent)
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


@pytest.mark.timeout(600)
def test_both_forms_say_the_same(tmp_path: Path) -> None:
    files = real_files()
    for name, code in SHAPES.items():
        for levels in (20, 115, 125, 1000):
            path = tmp_path / f"{name} {levels}.py"
            path.write_text(code(levels))
            files.append(str(path))
    (tmp_path / "rules.json").write_text(json.dumps(definitions()))
    (tmp_path / "files.json").write_text(json.dumps(files))
    compiled, pure = (
        says(form, tmp_path / "rules.json", tmp_path / "files.json") for form in (None, ROOT / "server")
    )
    assert (compiled.pop("compiled"), pure.pop("compiled")) == (True, False)
    assert compiled["refused"] == pure["refused"]
    different = {
        name: (compiled["files"][name], pure["files"][name])
        for name in files
        if compiled["files"][name] != pure["files"][name]
    }
    assert different == {}
    assert sum(len(found) for found, _, _ in pure["files"].values()) > 1000
