"""Switches the checks of an SSL context on where an assignment switches them off."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Rewrite, is_constant

TITLE = "Verify the other side's certificate"

_UNCHECKED = (
    "ssl.CERT_NONE",
    "ssl.CERT_OPTIONAL",
    "ssl.VerifyMode.CERT_NONE",
    "ssl.VerifyMode.CERT_OPTIONAL",
)


def rewrite(change: Rewrite) -> None:
    """``check_hostname = True``, ``verify_mode = ssl.CERT_REQUIRED``."""
    assign = change.find(cst.Assign, lambda node: _attribute(change, node) is not None, "assignment")
    if _attribute(change, assign) == "check_hostname":
        change.replace(assign.value, "True")
        return
    like = assign.value
    change.replace(assign.value, change.spell("ssl", "CERT_REQUIRED", like=like))
    change.drop_unused("ssl")


def _attribute(change: Rewrite, assign: cst.Assign) -> str | None:
    target = assign.targets[0].target
    if len(assign.targets) != 1 or not isinstance(target, cst.Attribute):
        return None
    name = target.attr.value
    if name == "check_hostname" and is_constant(assign.value, "False"):
        return name
    return name if name == "verify_mode" and change.names.means(assign.value, *_UNCHECKED) else None
