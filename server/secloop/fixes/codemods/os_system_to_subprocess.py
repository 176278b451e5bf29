"""``os.system`` with a constant command becomes ``subprocess``, which needs no shell and reports failure."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.commands import argument_list
from secloop.fixes.codemods.rewrite import Refused, Rewrite, integer, string_value

TITLE = "Run the command with subprocess"


def rewrite(change: Rewrite) -> None:
    """``subprocess.run(…, check=True)`` as a statement, ``subprocess.call(…)`` as a truth value."""
    call = change.call_to("os.system")
    command = change.argument(call, "command", 0)
    text = string_value(command.value) if command is not None else None
    if text is None:
        raise Refused("the command is not a constant")
    words = argument_list(text)
    parent = change.source.parent(call)
    if isinstance(parent, cst.Expr):
        change.replace(call, f"{change.spell('subprocess', 'run')}({words}, check=True)")
    elif _only_zero_counts(call, parent):
        change.replace(call, f"{change.spell('subprocess', 'call')}({words})")
    else:
        raise Refused("what is done with the exit status is not plain to see")
    change.drop_unused("os")


def _only_zero_counts(call: cst.Call, parent: cst.CSTNode | None) -> bool:
    """Whether the status is only told apart from 0: the two functions encode others differently."""
    if isinstance(parent, (cst.If, cst.While, cst.IfExp)):
        return parent.test is call
    if isinstance(parent, cst.UnaryOperation):
        return isinstance(parent.operator, cst.Not)
    if isinstance(parent, cst.Comparison):
        return len(parent.comparisons) == 1 and _is_with_zero(parent.comparisons[0])
    return False


def _is_with_zero(target: cst.ComparisonTarget) -> bool:
    return isinstance(target.operator, (cst.Equal, cst.NotEqual)) and integer(target.comparator) == 0
