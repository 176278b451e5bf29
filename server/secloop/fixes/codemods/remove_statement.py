"""Removes a call that stands on a line of its own, such as a debugger's."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Remove the line"


def rewrite(change: Rewrite) -> None:
    """Remove the line, or put ``pass`` in its place where the block would be empty."""
    call = change.source.find(cst.Call, change.where, lambda node: True)
    expression = change.source.parent(call) if call is not None else None
    line = change.source.parent(expression) if isinstance(expression, cst.Expr) else None
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        raise Refused("the call is not on a line of its own")
    block = change.source.parent(line)
    document = change.source.document
    first = document.position(change.source.span(line)[0]).line
    start = document.line_span(first)[0]
    alone = isinstance(block, cst.IndentedBlock) and len(block.body) == 1
    if alone or first == document.line_count or document.position(change.where[1]).line != first:
        change.replace_range(*change.source.span(line.body[0]), "pass")
    else:
        change.replace_range(start, document.line_starts[first], "")
