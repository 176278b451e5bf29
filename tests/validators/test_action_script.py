"""The action's script, run by the bash that a runner has: no input becomes a command or an option."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

ACTION = Path(__file__).parents[2] / "action.yml"


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_actions_script_hands_every_input_over_as_it_is(tmp_path: Path, code: int) -> None:
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    program = bin_folder / "secloop"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > arguments\necho > "a b.sarif"\nexit {code}\n')
    program.chmod(0o755)
    steps = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    check = next(step for step in steps if step.get("id") == "check")
    outputs = tmp_path / "outputs"
    environment = {
        "PATH": "/usr/bin:/bin",
        "BIN": str(bin_folder),
        "FOLDER": ".",
        "PATHS": "src folder\n$(touch pwned)\n-x.py\n",
        "ARGS": "--jobs 2\n--select * `touch pwned`",
        "DIFF": "--output=x; touch pwned",
        "POLICY_FROM": "",
        "FAIL_ON": "high",
        "SARIF": "a b.sarif",
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_STEP_SUMMARY": "summary.md",
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", check["run"]]
    done = subprocess.run(command, cwd=tmp_path, env=environment, timeout=60)
    assert done.returncode == code
    assert (tmp_path / "arguments").read_text().splitlines()[-14:] == [
        *("--output", "summary.md", "--diff=--output=x; touch pwned", "--fail-on=high"),
        *("--jobs", "2", "--select", "*", "`touch", "pwned`"),
        *("--", "src folder", "$(touch pwned)", "-x.py"),
    ]
    assert not (tmp_path / "pwned").exists()
    assert outputs.read_text().splitlines() == [f"exit-code={code}", "sarif-file=./a b.sarif"]
