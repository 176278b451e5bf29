"""``secloop rules``: one module a command, imported when it is run."""

from __future__ import annotations

from typing import ClassVar

import click

from secloop.cli.lazy import Commands, LazyGroup


class _Commands(LazyGroup):
    commands_by_name: ClassVar[Commands] = {
        "list": (
            "secloop.cli.rules.listing",
            "list_rules",
            "List the rules that apply in this folder's root.",
        ),
        "show": ("secloop.cli.rules.showing", "show", "Show one rule: what it finds, why, and where it is."),
        "docs": ("secloop.cli.rules.pages", "docs", "Write a page for each rule, and an index of them."),
        "explain": ("secloop.cli.rules.explaining", "explain", "Show how one rule runs."),
        "new": (
            "secloop.cli.rules.creating",
            "new_rule",
            "Write a rule that finds a piece of code, with its test.",
        ),
        "coverage": (
            "secloop.cli.rules.coverage",
            "coverage",
            "Show how many rules there are for each weakness, technology and language.",
        ),
        "try": (
            "secloop.cli.rules.trying",
            "try_pattern",
            "Show what a pattern matches, and which engine runs it.",
        ),
        "update": (
            "secloop.cli.rules.updating",
            "update",
            "Show what is different in rule packs from elsewhere, and accept it.",
        ),
        "validate": ("secloop.cli.rules.validating", "validate", "Check that rules load."),
        "lint": ("secloop.cli.rules.linting", "lint_rules", "Say what is amiss with rules that load."),
        "test": ("secloop.cli.rules.testing", "test", "Run the tests beside rules."),
    }


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def rules() -> None:
    """List, show, explain, try, lint, test and validate rules.

    Exit codes: 0 fine, 1 a test failed or something is amiss, 2 a rule is broken or something could not be read.
    """
