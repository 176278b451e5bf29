"""Where the parts of a taint rule match in a function: which of its pieces is a source, clean, a sink, ..."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from secloop.engine.native.hits import Hit
from secloop.engine.native.nodes import Node
from secloop.engine.native.taint.origins import Origin
from secloop.engine.native.taint.tokens import tokens_of

Item = TypeVar("Item")


class SpecMatch(Generic[Item]):
    """A match of one item of a rule.

    Attributes:
        identity: equal for matches that semgrep-core does not tell apart.
        choice: which of the item's alternatives it is of.
    """

    __slots__ = ("choice", "hit", "identity", "item")

    def __init__(self, item: Item, hit: Hit, choice: int = 0) -> None:
        self.item = item
        self.choice = choice
        self.hit = hit
        bindings = frozenset((name, bound.span, bound.text) for name, bound in hit.env.items())
        self.identity: object = (hit.start, hit.end, bindings)

    def __repr__(self) -> str:
        return f"{self.hit.start}-{self.hit.end}"


class Origins:
    """The nodes that the pieces of a function were made of, by where their tokens are: without brackets around.

    Attributes:
        evaluated: the ``id`` of those that are more than what an l-value begins with.
    """

    __slots__ = ("_nodes", "_starts", "evaluated")

    def __init__(self, origins: Iterable[Origin], source: bytes) -> None:
        found = list(origins)
        distinct = {id(node): node for node, _ in found}
        self.evaluated = {id(node) for node, whole in found if whole}
        ranged = [(tokens_of(node, source), node) for node in distinct.values()]
        self._nodes = sorted(ranged, key=lambda each: (each[0][0], -each[0][1]))
        self._starts = [span[0] for span, _ in self._nodes]

    def inside(self, start: int, end: int) -> list[Piece]:
        """The nodes inside a range with their own ranges, outer ones first."""
        found: list[Piece] = []
        for position in range(bisect_left(self._starts, start), len(self._nodes)):
            if self._starts[position] >= end:
                break
            piece = self._nodes[position]
            if piece[0][1] <= end:
                found.append(piece)
        return found


Piece = tuple[tuple[int, int], Node]
"""A node, and the range of its tokens."""
Table = dict[int, list[SpecMatch[Item]]]
"""Matches by the ``id`` of the node that they are of."""


def any_inside(matches: Sequence[SpecMatch[Item]], origins: Origins, table: Table[Item]) -> None:
    """Enter each match for all pieces inside it."""
    for match in matches:
        for _, node in origins.inside(match.hit.start, match.hit.end):
            table.setdefault(id(node), []).append(match)


def equal_pieces(matches: Sequence[SpecMatch[Item]], origins: Origins, table: Table[Item]) -> None:
    """Enter each match for pieces that are matched as a whole, with no brackets around them."""
    for match in matches:
        whole = match.hit.start, match.hit.end
        for span, node in origins.inside(*whole):
            if span == whole:
                table.setdefault(id(node), []).append(match)


def outermost(matches: Sequence[SpecMatch[Item]]) -> set[int]:
    """The ``id`` of those that lie in no other one of the same alternative."""
    return {
        id(match)
        for match in matches
        if not any(
            other.item is match.item and other.choice == match.choice and _surrounds(other, match)
            for other in matches
        )
    }


def _surrounds(outer: SpecMatch[Item], inner: SpecMatch[Item]) -> bool:
    one, other = outer.hit, inner.hit
    return one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start


def largest_inside(
    matches: Sequence[SpecMatch[Item]], origins: Origins, table: Table[Item], *, evaluated: bool = False
) -> None:
    """Enter the matches of one item for the largest pieces inside them: what lies in another such piece is none.

    ``evaluated``: what an l-value only begins with is no such piece.
    """
    inside = {id(match): origins.inside(match.hit.start, match.hit.end) for match in matches}
    if evaluated:
        known = origins.evaluated
        inside = {
            match: [each for each in pieces if id(each[1]) in known] for match, pieces in inside.items()
        }
    largest: set[int] = set()
    end, last = -1, (-1, -1)
    distinct = {id(piece[1]): piece for pieces in inside.values() for piece in pieces}
    for span, node in sorted(distinct.values(), key=lambda piece: (piece[0][0], -piece[0][1])):
        if span[1] <= end and span != last:
            continue
        end, last = span[1], span
        largest.add(id(node))
    for match in matches:
        for _, node in inside[id(match)]:
            if id(node) in largest:
                table.setdefault(id(node), []).append(match)
