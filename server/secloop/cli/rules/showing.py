"""``secloop rules show``: all that is known of one rule."""

from __future__ import annotations

import click

from secloop.cli.rules.listing import summary
from secloop.cli.rules.loading import FORMAT, as_json, open_project, the_rule


@click.command()
@click.argument("rule_id", metavar="ID")
@FORMAT
def show(rule_id: str, form: str) -> None:
    """Show one rule: what it finds, why that matters, examples from its tests, and its source."""
    project = open_project()
    rule = the_rule(rule_id, project.ruleset)
    if form == "json":
        click.echo(as_json({**summary(rule), "definition": dict(rule.definition)}))
    else:
        from secloop.cli.rules.text import rule_page
        from secloop.project.authoring import tests_of

        click.echo(rule_page(rule, tests_of(project, rule)))
