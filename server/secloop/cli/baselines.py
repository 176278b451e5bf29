"""``secloop check --write-baseline``: accept everything that is open now."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from secloop.cli.outputs import undecided
from secloop.cli.running import Request, run_checks, say
from secloop.model import Outcome
from secloop.policy.baseline import Entry, read_baseline, write_baseline
from secloop.project import DEFAULT_BASELINE, Check


def write(request: Request) -> int:
    """Write the baseline of the one root that was checked; 0 if it was written."""
    # Without the old baseline, so that what it accepts is written again and what is gone is not.
    checks = run_checks(replace(request, options=replace(request.options, baseline="")))
    if len(checks) != 1:
        roots = ", ".join(check.verdict.root for check in checks)
        undecided(f"each root has its own baseline: check one of them at a time ({roots})")
    (check,) = checks
    if check.verdict.outcome is Outcome.ERROR:
        problem = check.verdict.problems[0]
        undecided(
            f"nothing was written, since not everything could be checked: {problem.path}: {problem.message}"
        )
    target = _target(request, check)
    try:
        _write_whole(target, write_baseline(check.verdict.findings, keep=_unchecked(request, target, check)))
    except OSError as error:
        undecided(f"cannot write {target}: {error.strerror}")
    accepted = sum(finding.status.value == "open" for finding in check.verdict.findings)
    say(f"{accepted} finding{'' if accepted == 1 else 's'} accepted in {os.path.relpath(target)}")
    if not request.options.baseline and not check.project.file_baseline:
        say(f'to use it, add `baseline = "{DEFAULT_BASELINE}"` to secloop.toml')
    return 0


def _target(request: Request, check: Check) -> Path:
    if request.options.baseline:
        return Path.cwd() / request.options.baseline
    return check.project.root / (check.project.file_baseline or DEFAULT_BASELINE)


def _unchecked(request: Request, target: Path, check: Check) -> list[Entry]:
    """What an old baseline says of files that were not checked this time: it stays."""
    if not any(request.source.grouped().values()):
        return []  # The whole root was checked: what is not there any more is gone.
    try:
        old, problems = read_baseline(str(target), target.read_bytes())
    except FileNotFoundError:
        return []
    if problems:
        undecided(f"{problems[0].path}: {problems[0].message}")
    checked = {file.path for file in check.files}
    return [entry for entry in old.entries if entry.path not in checked]


def _write_whole(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(temporary, target)
