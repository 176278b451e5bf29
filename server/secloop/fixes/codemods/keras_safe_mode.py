"""Loads a Keras model in safe mode, in which its layers run no code of the file."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, constant_keyword

TITLE = "Load in safe mode"


def rewrite(change: Rewrite) -> None:
    """Remove ``safe_mode=False``, since safe mode is the default."""
    call = change.find(cst.Call, lambda node: _unsafe(node) is not None, "call with safe_mode=False")
    unsafe = _unsafe(call)
    if unsafe is None:
        raise Refused("the call has no safe_mode=False")
    change.remove_argument(call, unsafe)


def _unsafe(call: cst.Call) -> cst.Arg | None:
    return constant_keyword(call, "safe_mode", "False")
