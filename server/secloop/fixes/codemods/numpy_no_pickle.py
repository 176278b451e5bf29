"""Loads arrays without unpickling objects."""

from __future__ import annotations

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant

TITLE = "Refuse pickled objects"

_POSITIONS = {"numpy.load": 2, "numpy.lib.format.read_array": 1}


def rewrite(change: Rewrite) -> None:
    """Remove ``allow_pickle=True``, which is off unless asked for."""
    call = change.call_to(*_POSITIONS)
    (function,) = change.names.resolve(call.func)
    allow = change.argument(call, "allow_pickle", _POSITIONS[function])
    if allow is None or not is_constant(allow.value, "True"):
        raise Refused("the call does not allow pickles")
    if allow.keyword is None:
        change.replace(allow.value, "False")
    else:
        change.remove_argument(call, allow)
