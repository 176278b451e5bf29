"""A context that verifies nothing becomes the default one, which verifies certificate and host name."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Use ssl.create_default_context"

_UNVERIFIED = ("ssl._create_unverified_context", "ssl._create_stdlib_context")
_KEPT = frozenset({"purpose", "cafile", "capath", "cadata"})
_REMOVED = frozenset({"protocol", "cert_reqs", "check_hostname"})


def rewrite(change: Rewrite) -> None:
    """Change the function, called or not; what only the unverified one takes goes."""
    function = change.reference_to(*_UNVERIFIED)
    call = change.source.parent(function)
    if isinstance(call, cst.Call) and call.func is function and call.args:
        kept = [_kept(change, arg) for arg in call.args]
        first, last = change.source.span(call.args[0])[0], change.source.full_span(call.args[-1].value)[1]
        change.replace_range(first, last, ", ".join(text for text in kept if text))
    change.replace(function, change.spell("ssl", "create_default_context", like=function))
    change.drop_unused("ssl")


def _kept(change: Rewrite, arg: cst.Arg) -> str:
    keyword = arg.keyword.value if arg.keyword else "protocol"
    if arg.star or keyword not in _KEPT | _REMOVED:
        raise Refused("the context has arguments that the default one does not take")
    return f"{keyword}={change.text(arg.value)}" if keyword in _KEPT else ""
