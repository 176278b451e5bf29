"""Switches off the argument that shows a debugger to clients."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant

TITLE = "Switch the debugger off"

_SWITCHES = frozenset({"debug", "evalex", "serve_traceback", "use_debugger"})


def rewrite(change: Rewrite) -> None:
    """Remove the arguments that are ``True``; off is the default of all but ``evalex``."""
    call = change.find(cst.Call, lambda node: bool(_switches(node)), "call that shows a debugger")
    switches = _switches(call)
    if len(switches) != 1:
        raise Refused("the call shows a debugger in more than one way")
    if switches[0].keyword is not None and switches[0].keyword.value == "evalex":
        change.replace(switches[0].value, "False")
    else:
        change.remove_argument(call, switches[0])


def _switches(call: cst.Call) -> list[cst.Arg]:
    return [
        arg
        for arg in call.args
        if arg.keyword is not None and arg.keyword.value in _SWITCHES and is_constant(arg.value, "True")
    ]
