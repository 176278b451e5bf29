"""Removes the arguments that switch the check of a server's certificate off."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant, string_value

TITLE = "Verify the server's certificate"

_SWITCHES = ("verify", "ssl", "verify_ssl")


def rewrite(change: Rewrite) -> None:
    """Remove ``verify=False`` and its like, so that the safe default holds."""
    call = change.find(cst.Call, lambda node: bool(_off(change, node)), "call that switches verification off")
    found = _off(change, call)
    if len(found) != 1:
        raise Refused("the call switches verification off in several ways")
    change.remove_argument(call, found[0])


def _off(change: Rewrite, call: cst.Call) -> list[cst.Arg]:
    return [
        arg for arg in call.args if arg.keyword is not None and _is_off(change, arg.keyword.value, arg.value)
    ]


def _is_off(change: Rewrite, keyword: str, value: cst.BaseExpression) -> bool:
    if keyword in _SWITCHES:
        return is_constant(value, "False")
    if keyword == "cert_reqs":
        return change.names.means(value, "ssl.CERT_NONE") or string_value(value) in ("CERT_NONE", "NONE")
    return False
