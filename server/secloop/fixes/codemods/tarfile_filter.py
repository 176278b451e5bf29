"""Extracts an archive with the filter that keeps its members inside the folder."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, string_value

TITLE = 'Extract with filter="data"'


def rewrite(change: Rewrite) -> None:
    """Add ``filter="data"``, or put it in place of a filter that trusts the archive."""
    call = change.find(cst.Call, _extracts, "call of extract or extractall")
    given = change.argument(call, "filter")
    if given is not None and string_value(given.value) not in ("fully_trusted", "tar"):
        raise Refused("the call has a filter of its own")
    change.set_argument(call, "filter", '"data"')


def _extracts(call: cst.Call) -> bool:
    return isinstance(call.func, cst.Attribute) and call.func.attr.value in ("extract", "extractall")
