"""``secloop rules list``: the rules that apply here."""

from __future__ import annotations

from typing import Any

import click

from secloop.cli.outputs import show
from secloop.cli.rules.engines import summary as engines
from secloop.cli.rules.loading import FORMAT, as_json, finish, open_project
from secloop.cli.tables import number_of, table
from secloop.engine.native.plan import plan
from secloop.model import Rule, RuleSet
from secloop.reports.visible import one_line, visible


@click.command("list")
@FORMAT
def list_rules(form: str) -> None:
    """List the rules that apply in this folder's root."""
    ruleset = open_project().ruleset
    if form == "json":
        click.echo(as_json([{**summary(rule), "engine": plan(rule).engine} for rule in ruleset.rules]))
    else:
        show(_table(ruleset))
    finish(ruleset.problems)


def summary(rule: Rule) -> dict[str, Any]:
    """A rule without its definition, as plain data."""
    return {
        "id": rule.id,
        "severity": rule.severity.label,
        "confidence": rule.confidence.label,
        "languages": list(rule.languages),
        "message": rule.message,
        "fix": rule.has_fix,
        "path": rule.source.path,
        "line": rule.source.line,
        "origin": rule.source.origin,
        "digest": rule.digest,
        "metadata": dict(rule.metadata),
    }


def _table(ruleset: RuleSet) -> str:
    rules = ruleset.rules
    lines = table(
        [
            ("Rule", [one_line(rule.id) for rule in rules]),
            ("Severity", [rule.severity.label for rule in rules]),
            ("Confidence", [rule.confidence.label for rule in rules]),
            ("Languages", [", ".join(rule.languages) for rule in rules]),
            ("Fix", ["yes" if rule.has_fix else "" for rule in rules]),
            ("From", [_origin(rule) for rule in rules]),
            ("Engine", [plan(rule).engine for rule in rules]),
        ]
    )
    return "\n".join([*lines, "", number_of(len(rules), "rule"), *engines(rules), ""])


def _origin(rule: Rule) -> str:
    return "" if rule.source.origin == "bundled" else visible(rule.source.path)
