"""Follows taint through a function until nothing changes any more."""

from __future__ import annotations

from typing import Final

from secloop.engine.native.taint import il
from secloop.engine.native.taint.cfg import EXIT, Condition, Graph
from secloop.engine.native.taint.state import State, joined, same_state
from secloop.engine.native.taint.transfer import Transfer

_VISITS: Final = 100
"""How often each point of a function may be visited, on average."""


class FlowExceeded(Exception):
    """Taint in a function does not settle in as many steps as allowed."""


def follow(graph: Graph, transfer: Transfer, start: State) -> list[State | None]:
    """The state after each point; None for one that is not reached.

    Raises:
        FlowExceeded: if it does not settle, which depends on the code and the rule alone.
    """
    states: list[State | None] = [None] * len(graph.actions)
    work = {0}
    left = _VISITS * len(graph.actions) + 1000
    while work:
        left -= 1
        if left < 0:
            raise FlowExceeded
        point = min(work)
        work.discard(point)
        before = states[point]
        after = _after(graph, transfer, states, point, start)
        if before is None or not same_state(before, after):
            states[point] = after
            work.update(graph.successors[point])
    return states


def _after(
    graph: Graph, transfer: Transfer, states: list[State | None], point: int, start: State
) -> State:
    if point == 0:
        return start
    incoming = [
        state for state in (states[each] for each in sorted(graph.predecessors[point], reverse=True)) if state is not None
    ]
    state = joined(incoming)
    if point == EXIT:
        return state
    action = graph.actions[point]
    if isinstance(action, il.Assign | il.Call | il.Special | il.Define):
        state = transfer.state = dict(state)
        transfer.instruction(action)
        return state
    if isinstance(action, il.Return | il.Throw | Condition):
        state = transfer.state = dict(state)
        if isinstance(action, il.Return):
            transfer.returned(action)
        else:
            transfer.value(action.value)
    return state
