"""``secloop rules explain``: how one rule runs."""

from __future__ import annotations

import click

from secloop.cli.rules.loading import FORMAT, as_json, open_project, the_rule
from secloop.cli.rules.plan import plan_page, plan_value


@click.command()
@click.argument("rule_id", metavar="ID")
@FORMAT
def explain(rule_id: str, form: str) -> None:
    """Show how one rule runs: in which engine and why, what code must hold for it to match, what it looks for."""
    rule = the_rule(rule_id, open_project().ruleset)
    value = plan_value(rule)
    click.echo(as_json(value) if form == "json" else plan_page(rule, value))
