"""What matchers are: functions from a node and what is bound so far to all the ways to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from secloop.engine.native.match_bound import Bound, Env
from secloop.engine.native.nodes import Node

STEP_LIMIT: Final = 2_000_000
"""Steps that looking for one pattern in one file may take: seconds. Common patterns take thousands."""
BINDING: Final = 10
"""Steps that it takes to bind a metavariable in one more way: what it costs is memory."""


class StepsExceeded(Exception):
    """Matching a pattern takes more steps than allowed in a file: that rule has no result there, only an error."""


class Run:
    """One search for one pattern. Counts its steps, so that no pattern and no code can make it endless."""

    __slots__ = ("flattened", "steps")

    def __init__(self, flattened: dict[int, Flat]) -> None:
        """``flattened`` holds the flattened lists of statements found before in the same tree."""
        self.steps = 0
        self.flattened = flattened

    def spend(self, steps: int) -> None:
        """Count steps.

        Raises:
            StepsExceeded: if they are more than allowed.
        """
        self.steps += steps
        if self.steps > STEP_LIMIT:
            raise StepsExceeded(f"more than {STEP_LIMIT} steps")


class Flat:
    """A list of statements with all that are below them put in, each after the statement it is in.

    Attributes:
        nodes: the statements.
        starts: where each statement of the list itself stands in ``nodes``.
        last_compound: position in the list of the last statement that others are below of; -1 if there is none.
    """

    __slots__ = ("last_compound", "nodes", "starts")

    def __init__(self, nodes: Sequence[Node], starts: Sequence[int], last_compound: int) -> None:
        self.nodes = nodes
        self.starts = starts
        self.last_compound = last_compound


Envs: TypeAlias = Sequence[Env]
"""All ways to go on, in the order they were found; empty if there is none."""
Matching: TypeAlias = Callable[[Node, Env, Run], Envs]
"""Matches a node, given what is bound so far."""
FAIL: Final[Envs] = ()


def bind(name: str, bound: Bound, env: Env) -> Envs:
    """Bind a metavariable, or compare with what it is bound to; ``$_`` is never bound."""
    if name == "$_":
        return (env,)
    known = env.get(name)
    if known is None:
        return ({**env, name: bound},)
    return (env,) if known.equals(bound) else FAIL


def anything(_node: Node, env: Env, _run: Run) -> Envs:
    """Matches every node."""
    return (env,)


def nothing(_node: Node, _env: Env, _run: Run) -> Envs:
    """Matches no node."""
    return FAIL
