"""``secloop rules test``: whether rules find what the files beside them say."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from secloop.cli.outputs import UndecidedError
from secloop.cli.rules.loading import (
    PATHS,
    analyzer,
    default_places,
    files_at,
    load,
    open_engine,
    suites,
    tell,
)
from secloop.cli.rules.text import report_lines
from secloop.project import Engine


@click.command()
@PATHS
@click.option("-w", "--watch", is_flag=True, help="Test again whenever something changes.")
def test(paths: tuple[Path, ...], watch: bool) -> None:
    """Run the tests beside the rules in PATHS (by default the rules of this folder's root).

    A test of X.yaml is a file X.* with comments such as `# ruleid: ID` and `# ok: ID` before lines that the
    rule must and must not find; X.fixed.py is what the fixes make of X.py.
    """
    places = paths or tuple(default_places())
    engine = open_engine()
    if watch:
        sys.exit(_watch(places, engine))
    code = run_tests(places, engine)
    if code:
        sys.exit(code)


def run_tests(places: Sequence[Path], engine: Engine) -> int:
    """Test the rules at some places and print what that showed; returns the exit code."""
    from secloop.project.authoring import fixed
    from secloop.rules.testing import run_suites

    files = [file for path in places for file in files_at(path)]
    ruleset = load(files, engine)
    reports = run_suites(suites(files), ruleset, analyzer(engine), fixed)
    for line in report_lines(reports):
        click.echo(line)
    tell(ruleset.problems)
    if ruleset.problems:
        return 2
    return int(any(not report.passed for report in reports) or not any(report.targets for report in reports))


def _watch(places: Sequence[Path], engine: Engine) -> int:
    from secloop.cli.watching import clear, watch

    def once() -> int:
        clear()
        try:
            return run_tests(places, engine)
        except (
            UndecidedError
        ) as error:  # A file may be gone, or half written: the next change may bring it back.
            error.show()
            return error.exit_code

    # The tests of a rule file are beside it.
    folders = {path if path.is_dir() else path.parent for path in places}
    return watch(sorted(folders), once, "tested")
