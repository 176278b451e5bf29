"""Where the first and the last token of a piece of code are, as traces show it: brackets around it are not its own."""

from __future__ import annotations

import re
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node

_OWN_BRACKETS: Final = frozenset({n.TUPLE, n.PATTERN_TUPLE, n.COMPREHENSION})
_BETWEEN: Final = re.compile(rb"(?:[\s\\]|#[^\n]*)*")
"""What may stand between two tokens in brackets."""
_OPEN, _CLOSE = b"()"


def tokens_of(node: Node, source: bytes) -> tuple[int, int]:
    """The range from the first to the last token of a node."""
    start, end = node.span
    if start >= end or (source[start] != _OPEN and source[end - 1] != _CLOSE):
        return start, end
    if node.tokens is not None:
        return node.base.offset + node.tokens[0], node.base.offset + node.tokens[1]
    if node.kind is n.STRING:
        return start, end
    children = [child for child in node.children() if child.span[0] < child.span[1]]
    if node.kind not in _OWN_BRACKETS:
        start, end = _without_brackets(source, start, end, children)
    for child in children:
        low, high = child.span
        if low <= start or high >= end:
            first, last = tokens_of(child, source)
            if low <= start and first > start:
                start = first
            if high >= end and last < end:
                end = last
    return start, end


def _without_brackets(source: bytes, start: int, end: int, children: list[Node]) -> tuple[int, int]:
    """The range without the brackets before the first child, and as many at its end."""
    first = min((child.span[0] for child in children), default=end)
    layers = 0
    while start < first and source[start] == _OPEN:
        layers += 1
        start = _after_space(source, start + 1)
    if not layers:
        return start, end
    at = max((child.span[1] for child in children), default=start)
    ends = [at]
    while (at := _after_space(source, at)) < end:
        at += 1
        ends.append(at)
    return start, ends[max(len(ends) - 1 - layers, 0)]


def _after_space(source: bytes, at: int) -> int:
    found = _BETWEEN.match(source, at)
    return found.end() if found is not None else at


def is_bracketed(node: Node, source: bytes) -> bool:
    """Whether a list of elements begins and ends with brackets of its own."""
    start, end = node.span
    first = next((child.span[0] for child in node.children()), end)
    return source[start] in b"[(" and start < first
