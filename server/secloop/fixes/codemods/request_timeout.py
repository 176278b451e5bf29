"""Gives an HTTP request a timeout, so that a silent server cannot hold the program forever."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant

TITLE = "Add a timeout of 10 seconds"

_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request"})


def rewrite(change: Rewrite) -> None:
    """Add ``timeout=10``, or put it in place of ``timeout=None``."""
    call = change.find(cst.Call, lambda node: _is_request(change, node), "request")
    timeout = change.argument(call, "timeout")
    if timeout is not None and not is_constant(timeout.value, "None"):
        raise Refused("the request has a timeout")
    change.set_argument(call, "timeout", "10")


def _is_request(change: Rewrite, call: cst.Call) -> bool:
    if isinstance(call.func, cst.Attribute):
        return call.func.attr.value in _METHODS
    return change.names.means(call.func, *(f"requests.{name}" for name in _METHODS))
