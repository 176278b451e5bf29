"""``secloop check --write-baseline``: accept everything that is open now."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from secloop.cli.outputs import undecided
from secloop.cli.running import Request, run_checks, say
from secloop.model import Outcome
from secloop.policy.baseline import Entry, read_baseline, write_baseline
from secloop.project import DEFAULT_BASELINE, Check
from secloop.workspace.writing import write_whole


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
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, write_baseline(check.verdict.findings, keep=_unchecked(request, target, check)))
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
    """What an old baseline says of files that were not checked now, or of rules that a flag left out: it stays."""
    some_files = any(request.source.grouped().values())
    left_out = _left_out(request, check)
    if not some_files and not left_out:
        return []  # All was checked: what is not there any more is gone.
    try:
        old, problems = read_baseline(str(target), target.read_bytes())
    except FileNotFoundError:
        return []
    if problems:
        undecided(f"{problems[0].path}: {problems[0].message}")
    checked = {file.path for file in check.files}
    return [
        entry for entry in old.entries if entry.rule in left_out or (some_files and entry.path not in checked)
    ]


def _left_out(request: Request, check: Check) -> frozenset[str]:
    options = request.options
    if options.select is None and options.ignore is None and options.min_confidence is None:
        return frozenset()
    ran = {rule.id for rule in check.project.active.rules}
    return frozenset(rule.id for rule in check.project.ruleset.rules) - ran
