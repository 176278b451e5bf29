"""Collects the nodes that a function's instructions were made of."""

from __future__ import annotations

from collections.abc import Iterator

from secloop.engine.native.nodes import Node
from secloop.engine.native.taint import il
from secloop.engine.native.taint.cfg import Condition, Graph


def origins_of(graph: Graph) -> Iterator[Node]:
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


def _some(*nodes: Node | None) -> Iterator[Node]:
    for node in nodes:
        if node is not None:
            yield node


def _of(expression: il.Expression) -> Iterator[Node]:
    if expression.origin is not None:
        yield expression.origin
    if isinstance(expression, il.Fetch):
        yield from _of_lvalue(expression.lvalue)
    elif isinstance(expression, il.Composite):
        for element in expression.elements:
            yield from _of(element)
    elif isinstance(expression, il.Operation):
        for operand in expression.operands:
            yield from _of(operand)
    elif isinstance(expression, il.Record):
        for key, value in expression.entries:
            yield from _of(key)
            yield from _of(value)
    elif isinstance(expression, il.Unknown) and expression.partial is not None:
        yield from _of(expression.partial)


def _of_lvalue(lvalue: il.Lvalue) -> Iterator[Node]:
    if lvalue.origin is not None:
        yield lvalue.origin
    for offset in lvalue.offsets:
        if offset.origin is not None:
            yield offset.origin
        if offset.index is not None:
            yield from _of(offset.index)
