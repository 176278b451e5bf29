"""``secloop import``: one module a tool whose configuration becomes secloop's policy."""

from __future__ import annotations

from typing import ClassVar

import click

from secloop.cli.lazy import Commands, LazyGroup


class _Commands(LazyGroup):
    commands_by_name: ClassVar[Commands] = {
        "bandit": (
            "secloop.cli.importing.bandit",
            "import_bandit",
            "From .bandit, bandit.yaml or [tool.bandit], and `# nosec` comments.",
        ),
        "ruff": (
            "secloop.cli.importing.ruff",
            "import_ruff",
            "From ruff.toml or [tool.ruff]: its S rules, and `# noqa` comments.",
        ),
        "semgrep": (
            "secloop.cli.importing.semgrep",
            "import_semgrep",
            "From .semgrepignore and .semgrep rules, and `nosemgrep` comments.",
        ),
    }


@click.group("import", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def import_policy() -> None:
    """Write the policy of another tool's configuration to secloop.toml, and say what has no equivalent."""
