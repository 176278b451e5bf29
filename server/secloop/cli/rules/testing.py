"""``secloop rules test``: whether rules find what the files beside them say."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from secloop.cli.rules.loading import (
    PATHS,
    analyzer,
    default_places,
    files_at,
    finish,
    load,
    open_engine,
    suites,
)
from secloop.cli.rules.text import report_lines


@click.command()
@PATHS
def test(paths: tuple[Path, ...]) -> None:
    """Run the tests beside the rules in PATHS (by default the rules of this folder's root).

    A test of X.yaml is a file X.* with comments such as `# ruleid: ID` and `# ok: ID` before lines that the
    rule must and must not find; X.fixed.py is what the fixes make of X.py.
    """
    from secloop.project.authoring import fixed
    from secloop.rules.testing import run_suites

    engine = open_engine()
    files = [file for path in paths or default_places() for file in files_at(path)]
    ruleset = load(files, engine)
    reports = run_suites(suites(files), ruleset, analyzer(engine), fixed)
    for line in report_lines(reports):
        click.echo(line)
    finish(ruleset.problems)
    if any(not report.passed for report in reports) or not any(report.targets for report in reports):
        sys.exit(1)
