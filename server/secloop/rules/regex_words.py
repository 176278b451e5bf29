"""Which words a regex matches as a whole, if they are few."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Final

from secloop.rules.regex_syntax import (
    Assertion,
    Chars,
    Choice,
    RegexSyntaxError,
    Repeat,
    Sequence,
    Tree,
    parse,
)

_MOST: Final = 256
"""How many words are listed at most."""


def whole_words(regex: str) -> frozenset[str] | None:
    """All that a regex can match that is written as ``^(a|b)$``; None if that are many, or it is written otherwise.

    ``$`` is taken for the end of the text, which it is where there are no line ends.
    """
    if not regex.endswith("$"):
        return None
    try:
        tree = parse(regex)
    except RegexSyntaxError:
        return None
    if not isinstance(tree, Sequence) or tree.items[-1:] != (Assertion(),):
        return None
    start = 1 if tree.items[0] == Assertion() and regex.startswith("^") else 0
    words = _words(Sequence(tree.items[start:-1]))
    return None if words is None else frozenset(words)


def _words(tree: Tree) -> set[str] | None:
    if isinstance(tree, Chars):
        return _characters(tree)
    if isinstance(tree, Choice):
        return _either(map(_words, tree.items))
    if isinstance(tree, Sequence):
        return _in_a_row(map(_words, tree.items))
    if isinstance(tree, Repeat) and tree.high is not None and tree.high <= _MOST:
        repeated = _words(tree.item)
        return _either(_in_a_row([repeated] * count) for count in range(tree.low, tree.high + 1))
    return None


def _characters(tree: Chars) -> set[str] | None:
    if sum(last - first + 1 for first, last in tree.ranges) > _MOST:
        return None
    return {chr(code) for first, last in tree.ranges for code in range(first, last + 1)}


def _either(parts: Iterable[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for part in parts:
        if part is None or len(found) + len(part) > _MOST:
            return None
        found |= part
    return found


def _in_a_row(parts: Iterable[set[str] | None]) -> set[str] | None:
    found = {""}
    for part in parts:
        if part is None or len(found) * len(part) > _MOST:
            return None
        found = {start + end for start, end in product(found, part)}
    return found
