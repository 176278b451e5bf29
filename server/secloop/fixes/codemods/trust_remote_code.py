"""Loads a model without running the code that lies beside it."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, constant_keyword

TITLE = "Do not run the model's code"


def rewrite(change: Rewrite) -> None:
    """Remove ``trust_remote_code=True``."""
    call = change.find(cst.Call, lambda node: _trust(node) is not None, "call that trusts remote code")
    trust = _trust(call)
    if trust is None:
        raise Refused("the call does not trust remote code")
    change.remove_argument(call, trust)


def _trust(call: cst.Call) -> cst.Arg | None:
    return constant_keyword(call, "trust_remote_code", "True")
