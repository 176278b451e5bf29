"""Splits a constant shell command into arguments, if it is one plain command."""

from __future__ import annotations

import re
import shlex

from secloop.fixes.codemods.rewrite import Refused, quoted

_SHELL_SYNTAX = re.compile(r"[|&;<>()$`\\*?\[\]{}~#!\n\r\0]")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_BUILTINS = frozenset(
    (  # noqa: SIM905 (a list of them fills a screen)
        ". : [ alias bg bind break builtin case cd command continue declare dirs do done elif else esac "
        "eval exec exit export fg fi for function getopts hash help history if jobs let local logout "
        "popd pushd read readonly return select set shift shopt source suspend then time times trap type "
        "typeset ulimit umask unalias unset until wait while copy del dir md move rd ren start"
    ).split()
)
"""What only a shell knows, of POSIX and of Windows."""


def argument_list(command: str) -> str:
    """The command as code for a list of its arguments; refuses what needs a shell."""
    if _SHELL_SYNTAX.search(command):
        raise Refused("the command uses the shell's syntax")
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise Refused(f"the command cannot be split: {error}") from None
    if not words or not words[0]:
        raise Refused("the command is empty")
    if words[0] in _BUILTINS or _ASSIGNMENT.match(words[0]):
        raise Refused(f"{words[0]} is the shell's own")
    return "[" + ", ".join(map(quoted, words)) + "]"
