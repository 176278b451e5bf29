"""A fixed old protocol version becomes the negotiated TLS of a client (or of a server)."""

from __future__ import annotations

import re

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Negotiate TLS"

_OLD = tuple(
    f"ssl.{prefix}PROTOCOL_{version}"
    for prefix in ("", "_SSLMethod.")
    for version in ("SSLv2", "SSLv3", "SSLv23", "TLS", "TLSv1", "TLSv1_1", "TLSv1_2")
)
_CHOICES = (cst.Arg, cst.Assign, cst.AnnAssign, cst.Param, cst.Return, cst.IfExp, cst.BooleanOperation)
_SERVER = re.compile(r"server_side\s*=\s*True|Purpose\.CLIENT_AUTH")


def rewrite(change: Rewrite) -> None:
    """Change the constant, or give it to a context that names none."""
    side = "SERVER" if _SERVER.search(change.source.document.text) else "CLIENT"
    old = change.source.find(
        (cst.Name, cst.Attribute), change.where, lambda node: change.names.means(node, *_OLD)
    )
    if old is not None:
        arg = change.source.parent(old)
        call = change.source.parent(arg) if isinstance(arg, cst.Arg) else None
        if not isinstance(arg, _CHOICES):
            raise Refused("the code speaks of the protocol without choosing it")
        if isinstance(call, cst.Call) and change.names.means(call.func, "ssl.wrap_socket"):
            raise Refused("ssl.wrap_socket cannot check the server's name")
        change.replace(old, change.spell("ssl", f"PROTOCOL_TLS_{side}", like=old))
    else:
        call = change.call_to("ssl.SSLContext")
        if call.args:
            raise Refused("the context names no old protocol")
        change.add_argument(call, change.spell("ssl", f"PROTOCOL_TLS_{side}", like=call.func))
    change.drop_unused("ssl")
