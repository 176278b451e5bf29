"""Reads a literal without running it as code."""

from __future__ import annotations

from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Accept only literals"


def rewrite(change: Rewrite) -> None:
    """``eval(x)`` becomes ``ast.literal_eval(x)``."""
    call = change.call_to("eval", "builtins.eval")
    if len(call.args) != 1 or call.args[0].star or call.args[0].keyword is not None:
        raise Refused("eval is given names to use")
    change.replace(call.func, change.spell("ast", "literal_eval"))
    change.drop_unused("builtins")
