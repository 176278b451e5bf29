"""Switches the debugger off, which runs code for whoever reaches it."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant, string_value

TITLE = "Switch debug mode off"


def rewrite(change: Rewrite) -> None:
    """Remove ``debug=True``; an assignment gets ``False``."""
    assign = change.source.find(cst.Assign, change.where, _sets_debug)
    if assign is not None:
        change.replace(assign.value, "False")
        return
    call = change.find(cst.Call, lambda node: _debug(node) is not None, "call with debug=True")
    debug = _debug(call)
    if debug is None:
        raise Refused("the call has no debug=True")
    change.remove_argument(call, debug)


def _debug(call: cst.Call) -> cst.Arg | None:
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == "debug" and is_constant(arg.value, "True"):
            return arg
    return None


def _sets_debug(assign: cst.Assign) -> bool:
    target = assign.targets[0].target
    if not is_constant(assign.value, "True") or len(assign.targets) != 1:
        return False
    if isinstance(target, cst.Attribute):
        return target.attr.value == "debug"
    if isinstance(target, cst.Subscript) and len(target.slice) == 1:
        index = target.slice[0].slice
        return isinstance(index, cst.Index) and string_value(index.value) in ("DEBUG", "debug")
    return False
