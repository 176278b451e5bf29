"""Sets of characters, and those that PCRE's escapes and classes name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

Ranges: TypeAlias = "tuple[tuple[int, int], ...]"
"""A set of code points: sorted, disjoint, inclusive ranges."""

MAX_CODE_POINT = 0x10FFFF


def union(sets: Iterable[Ranges]) -> Ranges:
    """All code points of several sets."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(each for ranges in sets for each in ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """All other code points."""
    kept: list[tuple[int, int]] = []
    at = 0
    for low, high in ranges:
        if low > at:
            kept.append((at, low - 1))
        at = high + 1
    if at <= MAX_CODE_POINT:
        kept.append((at, MAX_CODE_POINT))
    return tuple(kept)


def intersection(first: Ranges, second: Ranges) -> Ranges:
    """The code points of both."""
    return complement(union((complement(first), complement(second))))


@lru_cache(maxsize=1024)
def of(text: str) -> Ranges:
    """The characters of a text."""
    return union(((ord(char), ord(char)),) for char in text)


ANY: Ranges = ((0, MAX_CODE_POINT),)
DIGIT: Ranges = ((48, 57),)
LOWER: Ranges = ((97, 122),)
UPPER: Ranges = ((65, 90),)
_WORD = union((DIGIT, LOWER, UPPER, of("_")))
_SPACE = of("\t\n\v\f\r ")
_HORIZONTAL = union((of("\t \xa0\u1680\u180e\u202f\u205f\u3000"), ((0x2000, 0x200A),)))
_VERTICAL = of("\n\v\f\r\x85\u2028\u2029")
NOT_NEWLINE = complement(of("\n"))
NON_ASCII: Ranges = ((128, MAX_CODE_POINT),)

ESCAPES = {
    "d": DIGIT,
    "w": _WORD,
    "s": _SPACE,
    "h": _HORIZONTAL,
    "v": _VERTICAL,
    "R": _VERTICAL,
    "X": ANY,
    "C": ANY,
    "N": NOT_NEWLINE,
} | {
    "D": complement(DIGIT),
    "W": complement(_WORD),
    "S": complement(_SPACE),
    "H": complement(_HORIZONTAL),
    "V": complement(_VERTICAL),
}
_PUNCTUATION: Ranges = ((33, 47), (58, 64), (91, 96), (123, 126))
POSIX = {
    "alnum": union((DIGIT, LOWER, UPPER)),
    "alpha": union((LOWER, UPPER)),
    "ascii": ((0, 127),),
    "blank": of(" \t"),
    "cntrl": ((0, 31), (127, 127)),
    "digit": DIGIT,
    "graph": ((33, 126),),
    "lower": LOWER,
    "print": ((32, 126),),
    "punct": _PUNCTUATION,
    "space": _SPACE,
    "upper": UPPER,
    "word": _WORD,
    "xdigit": union((DIGIT, ((65, 70),), ((97, 102),))),
}


def category(name: str, negated: bool) -> Ranges:
    """A Unicode general category such as ``Lu``: exact in Latin-1, every character beyond."""
    latin = (
        ((code, code),) for code in range(256) if unicodedata.category(chr(code)).startswith(name) != negated
    )
    return union((*latin, ((256, MAX_CODE_POINT),)))


@lru_cache(maxsize=1024)
def folded(ranges: Ranges) -> Ranges:
    """With both cases of each letter; of letters beyond ASCII that is every such character, to be sure."""
    sets = [ranges]
    for letters, shift in ((LOWER, -32), (UPPER, 32)):
        sets.append(tuple((low + shift, high + shift) for low, high in intersection(ranges, letters)))
    if intersection(ranges, NON_ASCII):
        sets.append(NON_ASCII)
    return union(sets)
