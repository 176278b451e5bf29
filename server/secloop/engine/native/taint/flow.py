"""Follows taint through a function until nothing changes any more."""

from __future__ import annotations

from typing import Final

from secloop.engine.native.taint import il
from secloop.engine.native.taint.cfg import ENTER, EXIT, Condition, Graph
from secloop.engine.native.taint.state import State, joined, same_state
from secloop.engine.native.taint.transfer import Transfer
from secloop.engine.native.taint.uses import Parameters, Uses

_VISITS: Final = 60
"""How often each point of a function may be visited, on average."""


class FlowExceeded(Exception):
    """Taint in a function does not settle in as many steps as allowed."""


def follow(graph: Graph, uses: Uses, transfer: Transfer, start: State) -> list[State | None]:
    """The state after each point; None for one that is not reached.

    Raises:
        FlowExceeded: if it does not settle, which depends on the code and the rule alone.
    """
    states: list[State | None] = [None] * len(graph.actions)
    work = {ENTER}
    left = _VISITS * len(graph.actions) + 1000
    while work:
        left -= 1
        if left < 0:
            raise FlowExceeded
        point = min(work)
        work.discard(point)
        before = states[point]
        after = start if point == ENTER else _after(graph, uses, transfer, states, point)
        if before is None or not same_state(before, after):
            states[point] = after
            work.update(graph.successors[point])
    return states


def _after(graph: Graph, uses: Uses, transfer: Transfer, states: list[State | None], point: int) -> State:
    before = sorted(graph.predecessors[point], reverse=True)
    state = joined([known for known in map(states.__getitem__, before) if known is not None])
    if point == EXIT:
        return state
    action = graph.actions[point]
    if isinstance(action, il.Assign | il.Call | il.Special | il.Define):
        state = transfer.state = dict(state)
        transfer.instruction(action)
    elif isinstance(action, il.Return | il.Throw | Condition):
        state = transfer.state = dict(state)
        if isinstance(action, il.Return):
            transfer.returned(action)
        else:
            transfer.value(action.value)
    for definition in uses.at.get(point, ()):
        parameters, inner, inner_uses = uses.graphs[definition]
        end = follow(inner, inner_uses, transfer, transfer.with_parameters(state, parameters))[EXIT]
        if end is not None and definition != point:
            state = joined([state, _without_parameters(end, parameters, state)])
    return state


def _without_parameters(end: State, parameters: Parameters, before: State) -> State:
    """What a lambda that is used leaves behind; its parameters are not seen after it."""
    own = {key for key, _ in parameters}
    kept = {key: cell for key, cell in end.items() if key not in own}
    return {**kept, **{key: before[key] for key in own if key in before}}
