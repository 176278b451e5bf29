"""Matches lists of nodes: in order with ``...``, as the arguments of a call, or in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.match_bound import Bound, BoundKind, Env
from secloop.engine.native.match_compile import Compiler, chained
from secloop.engine.native.match_run import BINDING, FAIL, Envs, Matching, Run, bind
from secloop.engine.native.nodes import Node

ListMatching: TypeAlias = Callable[[Sequence[Node], Env, Run], Envs]
"""Matches a list of nodes, given what is bound so far."""
Dots: TypeAlias = Callable[[Node], bool]
"""Whether a pattern stands for any number of nodes."""

State: TypeAlias = tuple[int, Env]
"""The position after the last node taken, and what is bound."""


def is_dots(pattern: Node) -> bool:
    """Whether a pattern is ``...``."""
    return pattern.kind is n.ELLIPSIS


class Rest:
    """``...`` or ``$...X`` in a list.

    Attributes:
        name: the metavariable, or "" for ``...``.
        kind: as what it is bound.
    """

    __slots__ = ("kind", "name")

    def __init__(self, name: str = "", kind: BoundKind = BoundKind.ARGUMENTS) -> None:
        self.name = name
        self.kind = kind

    def bind(self, taken: Sequence[Node], env: Env) -> Envs:
        """Let it take nodes."""
        if not self.name:
            return (env,)
        return bind(self.name, Bound(self.kind, tuple(taken)), env)


Item: TypeAlias = "Rest | Matching"


def items(
    patterns: Sequence[Node], compiler: Compiler, dots: Dots = is_dots, rest: BoundKind | None = None
) -> list[Item]:
    """The compiled items of a list; ``rest`` says as what ``$...X`` is bound, if it may stand there."""
    made: list[Item] = []
    for pattern in patterns:
        if dots(pattern):
            made.append(Rest())
        elif pattern.kind is n.METAVARIABLE_ELLIPSIS and rest is not None:
            made.append(Rest(pattern.text, rest))
        else:
            made.append(compiler.compile(pattern))
    return made


def in_order(compiled: Sequence[Item], *, open_end: bool = False) -> ListMatching:
    """Matches a list item by item; with an open end what follows the last item does not matter."""
    if not any(isinstance(item, Rest) for item in compiled):
        return _fixed(compiled, open_end)
    last = len(compiled) - 1

    def match(codes: Sequence[Node], env: Env, run: Run) -> Envs:
        states: list[State] = [(0, env)]
        for at, item in enumerate(compiled):
            if isinstance(item, Rest) and at == last and not item.name:
                return _distinct(states)
            states = _advance(item, states, codes, run)
            if not states:
                return FAIL
        if open_end:
            return _distinct(states)
        return [env for position, env in states if position == len(codes)]

    return match


def _fixed(compiled: Sequence[Item], open_end: bool) -> ListMatching:
    matchings = [item for item in compiled if not isinstance(item, Rest)]
    length = len(matchings)

    def match(codes: Sequence[Node], env: Env, run: Run) -> Envs:
        if len(codes) != length and not (open_end and len(codes) > length):
            return FAIL
        envs: Envs = (env,)
        for matching, code in zip(matchings, codes, strict=False):
            envs = chained(matching, code, envs, run)
            if not envs:
                return FAIL
        return envs

    return match


def _advance(item: Item, states: list[State], codes: Sequence[Node], run: Run) -> list[State]:
    """What an item makes of each state: where in the list it can end, with what bound."""
    length = len(codes)
    if not isinstance(item, Rest):
        run.spend(len(states) * BINDING)
        return [
            (position + 1, env)
            for position, before in states
            if position < length
            for env in item(codes[position], before, run)
        ]
    ways = sum(length - position + 1 for position, _ in states)
    run.spend(ways * BINDING if item.name else ways)
    return list(skipped(item, states, codes))


def skipped(item: Rest, states: Sequence[State], codes: Sequence[Node]) -> Iterator[State]:
    """What ``...`` or ``$...X`` makes of each state."""
    length = len(codes)
    seen: set[tuple[int, int]] = set()
    for position, before in states:
        if item.name:
            for end in range(position, length + 1):
                for env in item.bind(codes[position:end], before):
                    yield end, env
            continue
        for end in range(position, length + 1):
            if (end, id(before)) in seen:
                break  # as all that follow are
            seen.add((end, id(before)))
            yield end, before


def _distinct(states: Sequence[State]) -> Envs:
    found = {id(env): env for _, env in states}
    return list(found.values())


def arguments(patterns: Sequence[Node], compiler: Compiler) -> ListMatching:
    """Matches the arguments of a call: positional ones in order, keywords wherever they are."""
    compiled = [
        _positional(item) if pattern.kind in _MATCH_KEYWORDS and not isinstance(item, Rest) else item
        for pattern, item in zip(patterns, items(patterns, compiler, rest=BoundKind.ARGUMENTS), strict=True)
    ]
    if not any(pattern.kind is n.KEYWORD for pattern in patterns):
        return in_order(compiled)
    keywords = [_keyword_name(pattern) for pattern in patterns]
    last = len(compiled) - 1

    def match(codes: Sequence[Node], env: Env, run: Run) -> Envs:
        # What is left of the arguments, in order, goes from item to item, since a keyword may be taken from anywhere.
        states: list[tuple[tuple[Node, ...], Env]] = [(tuple(codes), env)]
        for at, item in enumerate(compiled):
            made: list[tuple[tuple[Node, ...], Env]] = []
            run.spend(sum(len(left) + 1 for left, _ in states) * BINDING)
            for left, before in states:
                if isinstance(item, Rest):
                    if at == last and not item.name:
                        made.append(((), before))
                        continue
                    for end in range(len(left) + 1):
                        made.extend((left[end:], env) for env in item.bind(left[:end], before))
                    continue
                for position in _places(keywords[at], left):
                    rest = left[:position] + left[position + 1 :]
                    made.extend((rest, env) for env in item(left[position], before, run))
            states = made
        return [env for left, env in states if not left]

    return match


_MATCH_KEYWORDS: Final = frozenset((n.METAVARIABLE, n.TYPED_METAVARIABLE, n.DEEP, n.ATTRIBUTE_ELLIPSIS))
"""What would match a keyword argument as it does an expression."""


def _positional(matching: Matching) -> Matching:
    return lambda code, env, run: FAIL if code.kind is n.KEYWORD else matching(code, env, run)


_ANY_KEYWORD: Final = "$"


def _keyword_name(pattern: Node) -> str | None:
    """The name of a keyword argument, ``_ANY_KEYWORD`` for a metavariable, None for what is no keyword argument."""
    if pattern.kind is not n.KEYWORD:
        return None
    name = pattern.parts[0]
    assert isinstance(name, Node)
    return name.text if name.kind is n.IDENTIFIER else _ANY_KEYWORD


def _places(keyword: str | None, left: Sequence[Node]) -> Sequence[int]:
    """Where in what is left an argument of a pattern may be: the next one, or any keyword of that name."""
    if keyword is None:
        return (0,) if left else ()
    if keyword is _ANY_KEYWORD:
        return range(len(left))
    for position, code in enumerate(left):
        if code.kind is n.KEYWORD and code.text == keyword:
            return (position,)
    return ()


def in_any_order(matchings: Sequence[Matching], *, open_end: bool) -> ListMatching:
    """Matches each pattern with another node of a list; with an open end what is left over does not matter."""
    length = len(matchings)

    def match(codes: Sequence[Node], env: Env, run: Run) -> Envs:
        if len(codes) < length or (len(codes) > length and not open_end):
            return FAIL
        states: list[tuple[frozenset[int], Env]] = [(frozenset(), env)]
        for matching in matchings:
            run.spend(len(states) * len(codes) * BINDING)
            states = [
                (taken | {position}, env)
                for taken, before in states
                for position, code in enumerate(codes)
                if position not in taken
                for env in matching(code, before, run)
            ]
            if not states:
                return FAIL
        return [env for _, env in states]

    return match
