"""Refuses regular expressions whose matching can take exponential time or a polynomial one of high degree.

PCRE gives up after a million steps and semgrep-core reads that as "no match" (SPEC 6), so a comment in the
checked code could switch such a rule off. The analysis builds the position automaton of a regex, in which
each path is one way for the matcher to go, and looks for texts that many paths can read and then fail
(ambiguity in the sense of Weber and Seidl, "On the degree of ambiguity of finite automata", 1991):

- two different ways around a cycle that read the same text double the work with each round: exponential;
- each cycle that hands its text over to a next one multiplies the work by the text's length: polynomial.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache

from secloop.rules.regex_automaton import TOO_COMPLEX, WORK, Automaton, Edge, automaton
from secloop.rules.regex_syntax import (
    Assertion,
    Choice,
    RegexSyntaxError,
    Repeat,
    Sequence,
    Tree,
    parse,
)

MAX_REGEX = 10_000
"""Longest regex, in characters."""
STEPS = 1_000_000
"""Steps after which PCRE gives up in semgrep-core (measured: after 179 `=` with ``.*.*.*=x``)."""
STEPS_A_WAY = 4
"""Steps that PCRE takes for each way, by a rule of thumb: groups take more than single characters."""
FINITE = 20_000
"""Most ways in which the parts of a regex that are not repeated without end may match one text."""
LENGTH = 300
"""The length of text that must not suffice to make PCRE give up: more than a long line of code."""

_DEGREE = 40
"""Degree from which on more loops no longer add steps to a text of ``LENGTH``."""


_EXPONENTIAL = (
    "takes exponential time: repeats in it can match the same text in many ways, as in `(a+)+`;"
    " make what is repeated start or end with something of its own"
)


class RegexError(ValueError):
    """A regular expression that is not accepted; the message completes "the regular expression R …"."""


@lru_cache(maxsize=4096)
def check_regex(regex: str) -> None:
    """Check a regex of a rule. Takes a bounded number of steps.

    Raises:
        RegexError: if it is not accepted.
    """
    if len(regex) > MAX_REGEX:
        raise RegexError(f"is longer than {MAX_REGEX:,} characters")
    try:
        tree = parse(regex)
        if _CHOICE.search(regex):
            for part in (tree, *_lookarounds(tree)):
                _Analysis(automaton(part)).check()
    except RegexSyntaxError as error:
        raise RegexError(str(error)) from None


_CHOICE = re.compile(r"[*+?{|]")
"""What a regex needs for there to be more than one way."""


def _lookarounds(tree: Tree) -> Iterator[Tree]:
    """The bodies of all lookarounds, which are matched on their own."""
    if isinstance(tree, Assertion) and tree.body is not None:
        yield tree.body
        yield from _lookarounds(tree.body)
    elif isinstance(tree, (Sequence, Choice)):
        for item in tree.items:
            yield from _lookarounds(item)
    elif isinstance(tree, Repeat):
        yield from _lookarounds(tree.item)


class _Analysis:
    """Looks for ambiguity among the positions after which the regex can still fail."""

    def __init__(self, whole: Automaton) -> None:
        self.choices = whole.choices
        self.entry = whole.entry
        self.edges: list[dict[int, Edge]] = [
            {}
            if position in whole.accepting
            else {after: edge for after, edge in edges.items() if after not in whole.accepting}
            for position, edges in enumerate(whole.edges)
        ]
        self.components = _components(self.edges)
        self.work = 0

    def check(self) -> None:
        loops = [part for part in self.components if self._is_loop(part)]
        for loop in loops:
            if self._is_ambiguous(frozenset(loop)):
                raise RegexError(_EXPONENTIAL)
        self._check_degree(loops)
        self._check_finite()

    def _is_loop(self, part: list[int]) -> bool:
        return len(part) > 1 or part[0] in self.edges[part[0]]

    def _spend(self, steps: int = 1) -> None:
        self.work += steps
        if self.work > WORK:
            raise RegexError(TOO_COMPLEX)

    def _is_ambiguous(self, loop: frozenset[int]) -> bool:
        """Whether two different ways lead around the loop with the same text."""
        after = {p: {q: e for q, e in self.edges[p].items() if q in loop} for p in loop}
        if any(edge.twice for edges in after.values() for edge in edges.values()):
            return True
        if len(loop) == 1:
            return False
        # Two ways that part at one position and, reading the same text, come together at one again.
        queue = deque((position, position) for position in loop)
        seen = set(queue)
        while queue:
            pair = queue.popleft()
            for following in self._pairs(after[pair[0]], after[pair[1]]):
                if pair[0] != pair[1] and following[0] == following[1]:
                    return True
                if following not in seen:
                    seen.add(following)
                    queue.append(following)
        return False

    def _pairs(self, first: dict[int, Edge], second: dict[int, Edge]) -> Iterator[tuple[int, int]]:
        for p, p_edge in first.items():
            for q, q_edge in second.items():
                self._spend()
                if p_edge.once & q_edge.once:
                    yield (p, q) if p <= q else (q, p)

    def _check_finite(self) -> None:
        """Bound the ways that come from no loop, as in `a?a?a?a?`, from each position to the end."""
        ways: dict[int, int] = {}
        for part in self.components:
            inside = set(part)
            most = 1
            for position in part:
                edges = self.edges[position].items()
                onward = [(edge, ways[after]) for after, edge in edges if after not in inside]
                most = max(most, self._most_ways(onward))
            ways.update(dict.fromkeys(part, most))
        entry = [(edge, ways[position]) for position, edge in self.entry.items()]
        if self._most_ways(entry) > FINITE:
            raise RegexError(_EXPONENTIAL)

    def _most_ways(self, onward: list[tuple[Edge, int]]) -> int:
        """The most ways that one character can open, of edges that each lead to a number of ways."""
        if len(onward) == 1 and not onward[0][0].twice:
            return onward[0][1]
        # Disjoint sets of characters, each with the number of ways that it opens.
        opened: list[tuple[int, int]] = []
        for edge, ways in onward:
            for chars in filter(None, (edge.once, edge.twice)):
                self._spend(len(opened) + 1)
                rest, split = chars, []
                for known, total in opened:
                    split += [(known & chars, total + ways), (known & ~chars, total)]
                    rest &= ~known
                opened = [each for each in (*split, (rest, ways)) if each[0]]
        return max((total for _, total in opened), default=1)

    def _check_degree(self, loops: list[list[int]]) -> None:
        """Estimate the steps on a text of ``LENGTH`` for each chain of loops that hand over one text."""
        handed: dict[tuple[int, int], int] = {}
        for i, first in enumerate(loops):
            for j, second in enumerate(loops):
                self._spend()
                length = self._handover(first, second) if i != j else None
                if length is not None:
                    handed[i, j] = length
        for length in sorted(set(handed.values())):
            pairs = [pair for pair, least in handed.items() if least <= length]
            if STEPS_A_WAY * self._ways(loops, pairs, LENGTH / length) > STEPS:
                raise RegexError(
                    "has repeats in a row that can match the same text, as in `.*.*.*=`:"
                    f" {LENGTH} characters of it would take more steps than PCRE makes;"
                    " use fewer, or classes that exclude each other"
                )

    def _ways(self, loops: list[list[int]], pairs: list[tuple[int, int]], rounds: float) -> float:
        """The most ways that a chain along the pairs has, each loop going round up to ``rounds`` times.

        Loops without end share the text, so that of their rounds only the order counts; counted ones
        are short.
        """
        counts = [self._count(loop) for loop in loops]
        endless = [count is None or count >= rounds for count in counts]
        factor = [rounds if count is None or count >= rounds else count + 1.0 for count in counts]
        best = {(i, int(endless[i])): factor[i] for i in range(len(loops))}
        grown = set(best)
        most = 0.0
        while grown:
            before, grown = grown, set()
            self._spend(len(pairs))
            for i, j in pairs:
                for _, number in [each for each in before if each[0] == i]:
                    self._spend()
                    key = (j, number + endless[j])
                    value = best[i, number] * factor[j]
                    if number < _DEGREE and value > best.get(key, 0.0):
                        best[key] = value
                        grown.add(key)
                        most = max(most, value / math.factorial(key[1]))
        return most

    def _count(self, loop: list[int]) -> int | None:
        """How often a loop goes round at most: None for without end."""
        return self.choices[loop[0]] if len(loop) == 1 else None

    def _handover(self, first: list[int], second: list[int]) -> int | None:
        """The length of the shortest text that leads round both loops and from the first to the second.

        None if there is none. Loops of one position, which are nearly all, need no search for their
        own part of it.
        """
        if len(first) == 1 and len(second) == 1:
            p, q = first[0], second[0]
            chars = self.edges[p][p].once & self.edges[q][q].once
            return self._distance(p, q, chars) if chars else None
        shortest = [self._common(p, q, frozenset(first), frozenset(second)) for p in first for q in second]
        return min((length for length in shortest if length is not None), default=None)

    def _distance(self, start: int, end: int, chars: int) -> int | None:
        """Length of the shortest text of certain characters between two positions; 1 if repeating one will do."""
        repeated = {start: chars}
        distance = {start: 0}
        queue = deque([start])
        while queue:
            position = queue.popleft()
            for after, edge in self.edges[position].items():
                self._spend()
                alone = edge.once & repeated[position] & ~repeated.get(after, 0)
                if alone or (edge.once & chars and after not in distance):
                    repeated[after] = repeated.get(after, 0) | alone
                    distance.setdefault(after, distance[position] + 1)
                    queue.append(after)
        return 1 if repeated.get(end) else distance.get(end)

    def _common(self, p: int, q: int, first: frozenset[int], second: frozenset[int]) -> int | None:
        """Length of the shortest text with p→p in the first loop, p→q, and q→q in the second."""
        start, end = (p, p, q), (p, q, q)
        distance = {start: 0}
        queue = deque([start])
        while queue:
            state = queue.popleft()
            for following in self._triples(state, first, second):
                if following not in distance:
                    distance[following] = distance[state] + 1
                    if following == end:
                        return distance[following]
                    queue.append(following)
        return None

    def _triples(
        self, state: tuple[int, int, int], first: frozenset[int], second: frozenset[int]
    ) -> Iterator[tuple[int, int, int]]:
        a, b, c = (self.edges[position] for position in state)
        for x, x_edge in a.items():
            if x not in first:
                continue
            for z, z_edge in c.items():
                chars = x_edge.once & z_edge.once if z in second else 0
                self._spend()
                if chars:
                    for y, y_edge in b.items():
                        self._spend()
                        if y_edge.once & chars:
                            yield x, y, z


def _components(edges: list[dict[int, Edge]]) -> list[list[int]]:
    """Strongly connected components (Tarjan's, without recursion), each after those that it leads to."""
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(edges)):
        if root in number:
            continue
        work: list[tuple[int, Iterator[int]]] = [(root, iter(edges[root]))]
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, following = work[-1]
            child = next(following, None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    found.append(_popped(stack, on_stack, node))
            elif child not in number:
                number[child] = low[child] = len(number)
                stack.append(child)
                on_stack.add(child)
                work.append((child, iter(edges[child])))
            elif child in on_stack:
                low[node] = min(low[node], number[child])
    return found


def _popped(stack: list[int], on_stack: set[int], until: int) -> list[int]:
    component: list[int] = []
    while True:
        node = stack.pop()
        on_stack.discard(node)
        component.append(node)
        if node == until:
            return component
