"""The pieces of code that taint is followed through one by one: functions, the module's own code, bodies of classes."""

from __future__ import annotations

from collections.abc import Iterator

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node
from secloop.engine.native.taint import il
from secloop.engine.native.taint.build_statements import Builder
from secloop.engine.native.taint.cfg import Graph, graph_of
from secloop.engine.native.taint.il import key_of
from secloop.engine.native.taint.matches import Origins
from secloop.engine.native.taint.origins import origins_of
from secloop.engine.native.taint.uses import Parameters, Uses, named


class Unit:
    """A piece of code, made ready once for all rules.

    Attributes:
        graph: of its instructions.
        origins: the nodes that these were made of, those of parameters and of lambdas included.
        parameters: the identifiers of its parameters, by their variables.
        defaults: the parameters' default values, as pieces of their own.
        sees_globals: whether taint of global variables can be in it from the start.
    """

    __slots__ = ("defaults", "graph", "node", "origins", "parameters", "sees_globals", "uses")

    def __init__(
        self,
        node: Node,
        body: list[il.Statement],
        parameters: Parameters,
        defaults: list[Assigned],
        sees_globals: bool,
        source: bytes,
    ) -> None:
        self.node = node
        self.graph: Graph = graph_of(body)
        self.uses = Uses(self.graph)
        self.parameters = parameters
        self.defaults = defaults
        self.sees_globals = sees_globals
        nodes = [*origins_of(self.graph), *((name, True) for _, name in parameters)]
        for inner, graph in self.uses.inner():
            nodes += [*origins_of(graph), *((name, True) for _, name in inner)]
        self.origins = Origins(nodes, source)


class Assigned:
    """A value that a variable has from the start: of a parameter's default, or of a global variable."""

    __slots__ = ("key", "token", "unit")

    def __init__(self, key: il.VarKey, token: Node, unit: Unit) -> None:
        self.key = key
        self.token = token
        self.unit = unit


class Units:
    """All units of a module.

    Attributes:
        globals: the variables of the module that are assigned to once, in document order.
    """

    __slots__ = ("all", "globals")

    def __init__(self, module: Node, source: bytes) -> None:
        self.all: list[Unit] = [unit_of(node, source) for node in _owners(module)]
        self.globals = _globals(module, source)


def _owners(module: Node) -> Iterator[Node]:
    for node in module.walk():
        if node.kind is n.FUNCTION or node.kind is n.CLASS or node is module:
            yield node


def unit_of(node: Node, source: bytes) -> Unit:
    """The unit that a function, a class or a module is."""
    builder = Builder(source)
    if node.kind is n.FUNCTION:
        builder.statement(_node(node.parts[4]))
        parameters = _nodes(node.parts[1])
        return Unit(node, builder.out, named(parameters), _defaults(parameters, source), True, source)
    builder.statements(_nodes(node.parts[0] if node.kind is n.MODULE else _node(node.parts[3]).parts[0]))
    return Unit(node, builder.out, [], [], False, source)


def _defaults(parameters: tuple[Node, ...], source: bytes) -> list[Assigned]:
    defaults: list[Assigned] = []
    for parameter in parameters:
        default = parameter.parts[2] if parameter.kind is n.PARAMETER else None
        if isinstance(default, Node):
            name = _node(parameter.parts[0])
            defaults.append(_assigned(key_of(name), name, default, source, None))
    return defaults


def _assigned(key: il.VarKey, name: Node, value: Node, source: bytes, origin: Node | None) -> Assigned:
    builder = Builder(source)
    target = il.Lvalue(key, token=name)
    builder.assign_value(target, value, origin, twice=False)
    itself = [(key, name)] if origin is not None else []
    return Assigned(key, name, Unit(value, builder.out, itself, [], True, source))


def _globals(module: Node, source: bytes) -> list[Assigned]:
    stores: dict[il.VarKey, int] = {}
    assigned: list[tuple[il.VarKey, Node, Node]] = []
    for node, outside in _assignments(module):
        for target in _targets(node):
            if target.resolved is None or target.resolved.kind != "global":
                continue
            key = key_of(target)
            stores[key] = stores.get(key, 0) + 1
            if outside and node.kind is n.ASSIGN and target is node.parts[0]:
                assigned.append((key, target, node))
    return [
        _assigned(key, target, _node(node.parts[1]), source, node)
        for key, target, node in assigned
        if stores[key] == 1
    ]


def _assignments(module: Node) -> Iterator[tuple[Node, bool]]:
    """What stores in variables, and whether it is in no other assignment."""
    stack: list[tuple[Node, bool]] = [(module, True)]
    while stack:
        node, outside = stack.pop()
        if node.kind in _STORES:
            yield node, outside
        inner = outside and node.kind is not n.ASSIGN
        stack.extend((child, inner) for child in reversed(list(node.children())))


def _targets(node: Node) -> Iterator[Node]:
    if node.kind is n.PATTERN_NAME:
        yield node
        return
    stack = [_node(node.parts[0])]
    while stack:
        target = stack.pop()
        if target.kind in (n.NAME, n.IDENTIFIER):
            yield target
        elif target.kind in (n.TUPLE, n.LIST):
            stack.extend(target.children())


_STORES = frozenset({n.ASSIGN, n.AUGMENTED, n.VARIABLE, n.PATTERN_NAME})


def _node(part: object) -> Node:
    assert isinstance(part, Node)
    return part


def _nodes(part: object) -> tuple[Node, ...]:
    assert isinstance(part, tuple)
    return part
