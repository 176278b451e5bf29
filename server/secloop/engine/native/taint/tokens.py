"""Where the first and the last token of a piece of code are, as traces show it: brackets around it are not its own."""

from __future__ import annotations

from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node

_OWN_BRACKETS: Final = frozenset({n.TUPLE, n.PATTERN_TUPLE, n.COMPREHENSION})
_SPACE: Final = b" \t\r\n\f\\"


def tokens_of(node: Node, source: bytes) -> tuple[int, int]:
    """The range from the first to the last token of a node."""
    start, end = node.span
    if start >= end or (source[start] != 40 and source[end - 1] != 41):
        return start, end
    if node.kind not in _OWN_BRACKETS:
        start, end = _without_brackets(source, start, end)
    children = [child for child in node.children() if child.span[0] < child.span[1]]
    for child in children:
        low, high = child.span
        if low <= start or high >= end:
            first, last = tokens_of(child, source)
            if low <= start and first > start:
                start = first
            if high >= end and last < end:
                end = last
    return start, end


def _without_brackets(source: bytes, start: int, end: int) -> tuple[int, int]:
    while is_bracketed(source, start, end):
        start, end = start + 1, end - 1
        while start < end and source[start] in _SPACE:
            start += 1
        while end > start and source[end - 1] in _SPACE:
            end -= 1
    return start, end


def is_bracketed(source: bytes, start: int, end: int) -> bool:
    """Whether a range begins with the bracket that it ends with."""
    return end - start > 1 and source[start] == 40 and source[end - 1] == 41 and _closes(source, start, end)


def _closes(source: bytes, start: int, end: int) -> bool:
    """Whether the bracket at the start is closed by the last one and not before."""
    depth = 0
    for at in range(start, end):
        byte = source[at]
        if byte == 40:
            depth += 1
        elif byte == 41:
            depth -= 1
            if depth == 0:
                return at == end - 1
    return False
