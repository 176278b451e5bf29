"""Groups of commands that are imported only when one of them is run (Click's documented pattern)."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import ClassVar

import click

Commands = Mapping[str, tuple[str, str, str]]
"""By name: the module, the attribute in it, and a line of help, so that ``--help`` imports no command."""


class LazyGroup(click.Group):
    """A group whose commands are in modules of their own; subclasses say which."""

    commands_by_name: ClassVar[Commands] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands_by_name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands_by_name:
            return None
        module, attribute, _ = self.commands_by_name[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in self.commands_by_name.items()])
