"""Asks for an address over TLS."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Ask over https"

_PLAIN = "http://"


def rewrite(change: Rewrite) -> None:
    """Change the scheme in the text, which may be an f-string."""
    kinds = (cst.SimpleString, cst.FormattedStringText)
    texts = [
        node
        for node in change.source.nodes
        if isinstance(node, kinds) and change.source.code(node).lstrip("rRbBuU\"'").startswith(_PLAIN)
        if change.where[0] <= change.source.span(node)[0] and change.source.span(node)[1] <= change.where[1]
    ]
    if len(texts) != 1:
        raise Refused("there is no single plain address in the finding")
    start = change.source.span(texts[0])[0] + len(change.text(texts[0]).split(_PLAIN, 1)[0].encode())
    change.replace_range(start, start + len(_PLAIN), "https://")
