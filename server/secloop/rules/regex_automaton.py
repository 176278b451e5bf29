"""Builds the position automaton of a regex (Glushkov's), with the number of ways of each step.

Each path through it is one way for a backtracking matcher to go: ``regexes`` looks for texts with many.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct, field

from secloop.rules.charsets import Ranges
from secloop.rules.regex_syntax import (
    Assertion,
    Chars,
    Choice,
    RegexSyntaxError,
    Repeat,
    Sequence,
    Tree,
)

WORK = 200_000
"""Most elementary steps that one regex's analysis takes: under a second."""
TOO_COMPLEX = "is too complex to be checked; split it into simpler ones"
_POSITIONS = 12_000
_COPIES = 200
"""Most copies that an exact count of one character is written out to."""


class Edge(Struct):
    """The characters on which one position follows another, and those on which it does so in two ways."""

    once: int = 0
    twice: int = 0

    def add(self, chars: int, ways: int) -> None:
        self.twice |= chars if ways > 1 else self.once & chars
        self.once |= chars


class Automaton(Struct):
    """Positions are the characters of the regex (with counts written out); sets of characters are bit masks.

    ``choices`` is, for a position that repeats itself, how often at most: None for without end. ``blocked``
    holds the characters that cannot follow a position, since its possessive repeat would have taken them.
    After an ``accepting`` position nothing can fail any more. ``entry`` leads to where the regex can start.
    """

    chars: list[int] = field(default_factory=list)
    edges: list[dict[int, Edge]] = field(default_factory=list)
    choices: list[int | None] = field(default_factory=list)
    blocked: list[int] = field(default_factory=list)
    accepting: frozenset[int] = frozenset()
    entry: dict[int, Edge] = field(default_factory=dict)


class _Part(Struct, frozen=True):
    """Of a part of the regex: in how many ways it can start and end with each position, and be empty.

    ``ends`` are the positions after which the part's end follows unconditionally; ``free`` says whether it
    can be empty unconditionally. Ways count as 0, 1 or 2 (many).
    """

    first: dict[int, int]
    last: dict[int, int]
    empty: int
    ends: frozenset[int]
    free: bool


_NOTHING = _Part({}, {}, 1, frozenset(), True)


def automaton(tree: Tree) -> Automaton:
    """The automaton of a whole regex.

    Raises:
        RegexSyntaxError: if that would be too large.
    """
    return _Builder().build(tree)


class _Builder:
    def __init__(self) -> None:
        self.automaton = Automaton()
        self.masks: dict[Ranges, int] = {}
        self.work = 0

    def build(self, tree: Tree) -> Automaton:
        sets = set(_sets(tree))
        bounds = sorted({edge for ranges in sets for low, high in ranges for edge in (low, high + 1)})
        bit = {bound: 1 << number for number, bound in enumerate(bounds)}
        self.masks = {ranges: sum(bit[high + 1] - bit[low] for low, high in ranges) for ranges in sets}
        whole = self._part(tree)
        self.automaton.accepting = whole.ends
        for position, ways in whole.first.items():
            edge = self.automaton.entry[position] = Edge()
            edge.add(self.automaton.chars[position], ways)
        return self.automaton

    def _spend(self, steps: int) -> None:
        self.work += steps
        if self.work > WORK:
            raise RegexSyntaxError(TOO_COMPLEX)

    def _part(self, tree: Tree) -> _Part:
        self._spend(1)
        if isinstance(tree, Chars):
            return self._position(tree)
        if isinstance(tree, Assertion):
            return _Part({}, {}, 1, frozenset(), False)
        if isinstance(tree, Sequence):
            part = _NOTHING
            for item in tree.items:
                part = self._joined(part, self._part(item))
            return part
        if isinstance(tree, Choice):
            return _either([self._part(item) for item in tree.items])
        return self._repeat(tree)

    def _position(self, tree: Chars) -> _Part:
        automaton = self.automaton
        position = len(automaton.chars)
        if position >= _POSITIONS:
            raise RegexSyntaxError(TOO_COMPLEX)
        automaton.chars.append(self.masks[tree.ranges])
        automaton.edges.append({})
        automaton.choices.append(None)
        automaton.blocked.append(0)
        return _Part({position: 1}, {position: 1}, 0, frozenset({position}), False)

    def _joined(self, left: _Part, right: _Part) -> _Part:
        self._link(left.last, right.first)
        return _Part(
            _plus(left.first, right.first, left.empty),
            _plus(right.last, left.last, right.empty),
            min(left.empty * right.empty, 2),
            right.ends | left.ends if right.free else right.ends,
            left.free and right.free,
        )

    def _link(self, last: dict[int, int], first: dict[int, int]) -> None:
        automaton = self.automaton
        self._spend(len(last) * len(first))
        for before, ways_out in last.items():
            edges = automaton.edges[before]
            for after, ways_in in first.items():
                chars = automaton.chars[after] & ~automaton.blocked[before]
                if chars:
                    edges.setdefault(after, Edge()).add(chars, ways_out * ways_in)

    def _repeat(self, tree: Repeat) -> _Part:
        low, high = tree.low, tree.high
        if high == 0:
            return _NOTHING
        if high is None:
            part = self._copies(tree.item, low - 1) if low > 1 else _NOTHING
            loop = self._loop(tree.item, None, tree.possessive)
            return self._joined(part, loop if low else _optional(loop))
        if isinstance(tree.item, Chars):
            if low > _COPIES:
                return self._loop(tree.item, high - low + 1, False)
            part = self._copies(tree.item, low)
            if high == low:
                return part
            rest = self._loop(tree.item, high - low, False) if high - low > 1 else self._part(tree.item)
            return self._joined(part, _optional(rest))
        if high <= 4 or high * _bits(tree.item) + math.log2(high - low + 1) <= 20:
            return self._joined(self._copies(tree.item, low), self._up_to(tree.item, high - low))
        loop = self._loop(tree.item, high, False)
        return loop if low else _optional(loop)

    def _copies(self, item: Tree, count: int) -> _Part:
        part = _NOTHING
        for _ in range(min(count, _POSITIONS)):
            part = self._joined(part, self._part(item))
        return part

    def _up_to(self, item: Tree, count: int) -> _Part:
        """``item{0,count}`` as ``(item(item…)?)?``, which has one way for each number."""
        part = _NOTHING
        for _ in range(count):
            part = _optional(self._joined(self._part(item), part))
        return part

    def _loop(self, item: Tree, choices: int | None, possessive: bool) -> _Part:
        """``item+``, with a bound on the number of rounds if it was counted."""
        part = self._part(item)
        counted_empty = choices is not None and part.empty
        # Unlike in `(a?)*`, any round of `(a?){9}` may be the empty one, so there are many ways to go on.
        for _ in range(2 if counted_empty else 1):
            self._link(part.last, part.first)
        if isinstance(item, Chars):
            (position,) = part.first
            self.automaton.choices[position] = choices
            if possessive:
                self.automaton.blocked[position] = self.automaton.chars[position]
        return part


def _sets(tree: Tree) -> Iterator[Ranges]:
    if isinstance(tree, Chars):
        yield tree.ranges
    elif isinstance(tree, (Sequence, Choice)):
        for item in tree.items:
            yield from _sets(item)
    elif isinstance(tree, Repeat):
        yield from _sets(tree.item)


def _plus(base: dict[int, int], more: dict[int, int], times: int) -> dict[int, int]:
    if not times:
        return base
    total = dict(base)
    for position, ways in more.items():
        total[position] = min(total.get(position, 0) + ways * times, 2)
    return total


def _either(parts: list[_Part]) -> _Part:
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for part in parts:
        first = _plus(first, part.first, 1)
        last = _plus(last, part.last, 1)
    return _Part(
        first,
        last,
        min(sum(part.empty for part in parts), 2),
        frozenset().union(*(part.ends for part in parts)),
        any(part.free for part in parts),
    )


def _optional(part: _Part) -> _Part:
    return _Part(part.first, part.last, min(part.empty + 1, 2), part.ends, True)


def _bits(tree: Tree) -> float:
    """Upper bound of the logarithm (base 2) of the ways in which a part can match one text."""
    if isinstance(tree, Sequence):
        return sum(map(_bits, tree.items))
    if isinstance(tree, Choice):
        return max(map(_bits, tree.items)) + math.log2(len(tree.items))
    if isinstance(tree, Repeat):
        if tree.high is None:
            return math.inf
        return tree.high * _bits(tree.item) + math.log2(tree.high - tree.low + 1)
    return 0.0
