"""SARIF passes Microsoft's validator, GitHub's rules included. ``SARIF_MULTITOOL`` names its program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "reports"))
import report_samples

from secloop.reports import render


def complaints(log: str, folder: Path) -> list[str]:
    """What the validator says above the level of a note."""
    written, answer = folder / "report.sarif", folder / "answer.sarif"
    written.write_text(log, encoding="utf-8")
    tool = os.environ["SARIF_MULTITOOL"]
    command = [tool, "validate", str(written), "--rule-kind", "Sarif;Ghas", "--output", str(answer)]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    (run,) = json.loads(answer.read_text(encoding="utf-8-sig"))["runs"]
    assert run["invocations"][0]["executionSuccessful"]
    return [
        f"{result['ruleId']}: {result['message']}"
        for result in run.get("results", [])
        if result.get("level", "warning") in ("error", "warning")
    ]


@pytest.mark.parametrize("sample", ["ordinary", "hostile", "several_roots", "notebook"])
def test_microsofts_validator_has_no_complaint(sample: str, tmp_path: Path) -> None:
    made: Any = getattr(report_samples, sample)()
    found = complaints(render(made, "sarif"), tmp_path)
    # secloop has no web page that the log could name.
    assert [one for one in found if not one.startswith("SARIF2005")] == []


def test_the_validator_does_complain(tmp_path: Path) -> None:
    log = json.loads(render(report_samples.ordinary(), "sarif"))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b"
    assert complaints(json.dumps(log), tmp_path)
