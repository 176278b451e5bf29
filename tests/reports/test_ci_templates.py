"""The action, the hooks and the templates are valid, pinned, and let no input become a command."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
WORKFLOW = ROOT / "templates" / "github-workflow.yml"
GITLAB = ROOT / "templates" / "gitlab-ci.yml"


def load(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def steps() -> list[dict[str, Any]]:
    return [*load(ACTION)["runs"]["steps"], *load(WORKFLOW)["jobs"]["check"]["steps"]]


@pytest.mark.parametrize(
    ("file", "options"),
    [
        (ACTION, ["--builtin-schema", "vendor.github-actions"]),
        (WORKFLOW, ["--builtin-schema", "vendor.github-workflows"]),
        (GITLAB, ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
)
def test_files_are_valid_by_their_schemas(file: Path, options: list[str]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", *options, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pre_commit_accepts_the_hooks() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {hook["id"] for hook in load(ROOT / ".pre-commit-hooks.yaml")} == {"secloop", "secloop-staged"}


def test_no_expression_is_pasted_into_a_script() -> None:
    assert [step["run"] for step in steps() if "${{" in step.get("run", "")] == []


def test_every_action_is_pinned() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert used
    assert all(re.search(r"@v\d+$|@[0-9a-f]{40}$", name) for name in used)


def test_sarif_is_uploaded_also_after_a_failed_check() -> None:
    uploads = [step for step in steps() if "upload-sarif" in step.get("uses", "")]
    assert len(uploads) == 2
    assert all("!cancelled()" in step["if"] for step in uploads)


def test_the_gitlab_job_keeps_its_reports_when_it_fails() -> None:
    artifacts = load(GITLAB)["secloop"]["artifacts"]
    assert artifacts["when"] == "always"
    assert {"sast", "codequality"} <= set(artifacts["reports"])
