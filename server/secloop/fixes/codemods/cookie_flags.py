"""Sets a cookie that travels only encrypted, out of scripts' reach, and not with other sites' requests."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Rewrite, is_constant

TITLE = "Set the cookie secure, httponly and samesite"


def rewrite(change: Rewrite) -> None:
    """Add what is missing or switched off; values that the code computes stay."""
    call = change.find(cst.Call, _sets_cookie, "call of set_cookie")
    missing = []
    for keyword, value in (("secure", "True"), ("httponly", "True"), ("samesite", '"Lax"')):
        arg = change.argument(call, keyword)
        if arg is None:
            missing.append(f"{keyword}={value}")
        elif is_constant(arg.value, "False") or is_constant(arg.value, "None"):
            change.replace(arg.value, value)
    if missing:
        change.add_argument(call, ", ".join(missing))


def _sets_cookie(call: cst.Call) -> bool:
    return isinstance(call.func, cst.Attribute) and call.func.attr.value == "set_cookie"
