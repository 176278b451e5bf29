"""A constant command run through a shell becomes a list of arguments run without one."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.commands import argument_list
from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant, string_value

TITLE = "Run the command without a shell"

_FUNCTIONS = tuple(f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen"))


def rewrite(change: Rewrite) -> None:
    """Split the command and remove ``shell=True``."""
    call = change.call_to(*_FUNCTIONS)
    shell = change.argument(call, "shell")
    if shell is None or not (is_constant(shell.value, "True") or getattr(shell.value, "value", "") == "1"):
        raise Refused("the call has no shell=True")
    if change.argument(call, "executable") is not None:
        raise Refused("the call names the shell to use")
    command = change.argument(call, "args", 0)
    if command is None:
        raise Refused("the call has no command")
    if not isinstance(command.value, (cst.List, cst.Tuple)):
        text = string_value(command.value)
        if text is None:
            raise Refused("the command is not a constant")
        change.replace(command.value, argument_list(text))
    change.remove_argument(call, shell)
