"""Where lambdas are used: it is there that what they do is looked at, and where they are if nothing uses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node
from secloop.engine.native.taint import il
from secloop.engine.native.taint.cfg import Condition, Graph, graph_of

Parameters = list[tuple[il.VarKey, Node]]
"""The identifiers of parameters, by their variables."""


class Uses:
    """The lambdas to look at, by the point of a graph where they are used."""

    __slots__ = ("at", "graphs")

    def __init__(self, graph: Graph) -> None:
        self.graphs: dict[int, tuple[Parameters, Graph, Uses]] = {}
        self.at: dict[int, list[int]] = {}
        defined: dict[il.VarKey, int] = {}
        for point, action in enumerate(graph.actions):
            if isinstance(action, il.Define):
                inner = graph_of(action.function.body)
                self.graphs[point] = named(action.function.parameters), inner, Uses(inner)
                if not action.target.offsets:
                    defined[action.target.variable] = point
        if not defined:
            return
        used: set[int] = set()
        for point, action in enumerate(graph.actions):
            for key in dict.fromkeys(_variables(action)):
                definition = defined.get(key)
                if definition is not None:
                    used.add(definition)
                    self.at.setdefault(point, []).append(definition)
        for definition in self.graphs:
            if definition not in used:
                self.at.setdefault(definition, []).append(definition)

    def inner(self) -> Iterator[tuple[Parameters, Graph]]:
        """The parameters and graphs of all lambdas, those in lambdas too."""
        for parameters, graph, uses in self.graphs.values():
            yield parameters, graph
            yield from uses.inner()


def named(parameters: Iterable[Node]) -> Parameters:
    """Those parameters of a function that semgrep follows."""
    found: Parameters = []
    for parameter in parameters:
        name = parameter.parts[0] if parameter.parts else None
        if not isinstance(name, Node) or parameter.kind not in (n.PARAMETER, n.PARAMETER_REST):
            continue
        if parameter.kind is n.PARAMETER_REST and parameter.text == "**":
            continue
        found.append((il.key_of(name), name))
    return found


def _variables(action: object) -> Iterator[il.VarKey]:
    if isinstance(action, il.Assign | il.Return | il.Throw | Condition):
        yield from _in(action.value)
    elif isinstance(action, il.Call):
        yield from _in(action.callee)
        for argument in action.arguments:
            yield from _in(argument)
    elif isinstance(action, il.Special):
        for operand in action.operands:
            yield from _in(operand)


def _in(expression: il.Expression) -> Iterator[il.VarKey]:
    for part in il.walk(expression):
        if isinstance(part, il.Fetch):
            yield part.lvalue.variable
