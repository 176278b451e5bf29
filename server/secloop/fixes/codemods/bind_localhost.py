"""Listens on the local interface only."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Rewrite, quoted, string_value

TITLE = "Listen on the local interface only"

_LOCAL = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 (what it replaces)


def rewrite(change: Rewrite) -> None:
    """Change the address, whatever the place it is written in."""
    address = change.find(
        cst.SimpleString, lambda node: string_value(node) in _LOCAL, "address of all interfaces"
    )
    local = _LOCAL[string_value(address) or ""]
    change.replace(address, f"'{local}'" if address.quote == "'" else quoted(local))
