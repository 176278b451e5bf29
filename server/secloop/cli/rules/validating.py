"""``secloop rules validate``: whether rules load."""

from __future__ import annotations

from pathlib import Path

import click

from secloop.cli.rules.engines import summary
from secloop.cli.rules.loading import PATHS, files_at, finish, load, open_engine, open_project
from secloop.cli.tables import number_of


@click.command()
@PATHS
def validate(paths: tuple[Path, ...]) -> None:
    """Check that rules load: those in PATHS, or all that apply in this folder's root.

    Rules in Semgrep's language load as they are; what leaves some of them to semgrep-core is said.
    """
    if paths:
        ruleset = load([file for path in paths for file in files_at(path)], open_engine())
        finish(ruleset.problems)
    else:
        project = open_project()
        ruleset = project.ruleset
        finish((*project.problems, *ruleset.problems))
    click.echo(f"{number_of(len(ruleset.rules), 'rule')} {'is' if len(ruleset.rules) == 1 else 'are'} valid")
    for line in summary(ruleset.rules):
        click.echo(f"  {line}")
