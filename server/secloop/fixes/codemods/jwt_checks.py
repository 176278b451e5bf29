"""Checks a token's expiry, audience and issuer again."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant, string_value

TITLE = "Check the token's claims"


def rewrite(change: Rewrite) -> None:
    """Turn the options ``verify_…`` that are off into ``True``."""
    call = change.call_to("jwt.decode", "jose.jwt.decode")
    options = change.argument(call, "options")
    if options is None or not isinstance(options.value, cst.Dict):
        raise Refused("the options are not written here")
    for element in options.value.elements:
        if not isinstance(element, cst.DictElement) or not is_constant(element.value, "False"):
            continue
        if (string_value(element.key) or "").startswith("verify_"):
            change.replace(element.value, "True")
