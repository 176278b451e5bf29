"""Collects the nodes that a function's instructions were made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from secloop.engine.native.nodes import Node
from secloop.engine.native.taint import il
from secloop.engine.native.taint.cfg import Condition, Graph

Origin: TypeAlias = "tuple[Node, bool]"
"""A node, and whether it is evaluated by itself: what an l-value begins with is not, but is a part of that."""


def origins_of(graph: Graph) -> Iterator[Origin]:
    """The nodes, some of them several times."""
    for action in graph.actions:
        if isinstance(action, il.Assign):
            yield from _some(action.origin)
            yield from _of_lvalue(action.target)
            yield from _of(action.value)
        elif isinstance(action, il.Call):
            yield from _some(action.origin, action.call)
            if action.target is not None:
                yield from _of_lvalue(action.target)
            yield from _of(action.callee)
            for argument in action.arguments:
                yield from _of(argument)
        elif isinstance(action, il.Special):
            yield from _some(action.origin, action.call)
            if action.target is not None:
                yield from _of_lvalue(action.target)
            for operand in action.operands:
                yield from _of(operand)
        elif isinstance(action, il.Return | il.Throw | Condition):
            yield from _of(action.value)


def _some(*nodes: Node | None) -> Iterator[Origin]:
    for node in nodes:
        if node is not None:
            yield node, True


def _of(expression: il.Expression) -> Iterator[Origin]:
    for part in il.walk(expression):
        yield from _some(part.origin)
        if isinstance(part, il.Fetch):
            yield from _own(part.lvalue)


def _of_lvalue(lvalue: il.Lvalue) -> Iterator[Origin]:
    yield from _own(lvalue)
    for index in lvalue.indexes():
        yield from _of(index)


def _own(lvalue: il.Lvalue) -> Iterator[Origin]:
    nodes = [lvalue.origin, *(offset.origin for offset in lvalue.offsets)]
    for node in nodes[:-1]:
        if node is not None:
            yield node, False
    yield from _some(nodes[-1])
