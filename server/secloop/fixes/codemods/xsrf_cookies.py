"""Switches Tornado's check against forged requests on."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant, string_value

TITLE = "Check for forged requests"

_NAME = "xsrf_cookies"


def rewrite(change: Rewrite) -> None:
    """Turn the argument, or the entry of the settings, into ``True``."""
    switches = [
        node.value
        for node in change.source.nodes
        if isinstance(node, (cst.Arg, cst.DictElement)) and _switched_off(node)
        if change.where[0] <= change.source.span(node)[0] < change.where[1]
    ]
    if len(switches) != 1:
        raise Refused("there is no single xsrf_cookies in the finding")
    change.replace(switches[0], "True")


def _switched_off(node: cst.Arg | cst.DictElement) -> bool:
    if not is_constant(node.value, "False"):
        return False
    if isinstance(node, cst.Arg):
        return node.keyword is not None and node.keyword.value == _NAME
    return string_value(node.key) == _NAME
