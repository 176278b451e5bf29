"""What names and expressions are known to be worth, as semgrep propagates constants.

A global that is assigned once has its value wherever it is read, also in functions. Everything else follows the flow of
one function (`constant_flow`), or of the module's own code. Operations are worth what their operands are.
"""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.constant_flow import Known
from secloop.engine.native.constant_statements import follow
from secloop.engine.native.constant_values import LITERALS, Value, fold
from secloop.engine.native.encoded import encoded_value
from secloop.engine.native.names import Chunk, Names, Resolved, resolve
from secloop.engine.native.nodes import Base, Node


class Constants:
    """The constants of a module.

    Attributes:
        known: the values of globals that are assigned once, by their identity. Such a node stands for the same value in
            the trees of later versions, and is moved to where it stands in them.
        chunks: by its FUNCTION node, which of them each chunk can see: equal tuples mean equal values.
        renewed: the chunks whose constants were not taken over from an earlier version.
    """

    __slots__ = ("chunks", "known", "renewed")

    def __init__(self) -> None:
        self.known: Known = {}
        self.chunks: dict[Node, tuple[Node | None, ...]] = {}
        self.renewed: list[Node] = []


def propagate(module: Node, names: Names | None = None, before: Constants | None = None) -> Constants:
    """Fill in ``constant`` of the nodes of a module.

    Args:
        names: what `names.resolve` returned for it; resolved again if not given.
        before: of the version that ``names`` was resolved after. What is outside of chunks must be nodes that have no
            constants.

    Raises:
        TooDeep: if that is out of proportion.
    """
    if names is None:
        names = resolve(module)
    constants = Constants()
    _find_known(names, constants, before)
    earlier = {} if before is None else before.chunks
    renewed = set(names.renewed)
    for node, chunk in names.chunks.items():
        seen = _seen(chunk, constants.known)
        constants.chunks[node] = seen
        if node in renewed or earlier.get(node) != seen:
            constants.renewed.append(node)
            if node in earlier:
                for part in node.walk():
                    part.constant = None
            _work_out(chunk, constants.known)
    _fill(names.module, constants.known)
    statements = module.parts[0]
    assert isinstance(statements, tuple)
    follow(statements, constants.known, names.module.bare)
    _fold(names.module)
    return constants


def propagate_chunk(node: Node, names: Names, constants: Constants) -> None:
    """Likewise of a chunk whose tree is another one now, and of nothing else. What it assigns must be as it was.

    Raises:
        TooDeep: if that is out of proportion.
    """
    chunk = names.chunks[node]
    constants.chunks[node] = _seen(chunk, constants.known)
    constants.renewed = [node]
    _work_out(chunk, constants.known)


def _work_out(chunk: Chunk, known: Known) -> None:
    _fill(chunk, known)
    for function in chunk.functions:
        body = function.parts[4]
        assert isinstance(body, Node)
        follow((body,), known, chunk.bare)
    _fold(chunk)


def _seen(chunk: Chunk, known: Known) -> tuple[Node | None, ...]:
    """The values of the globals that a chunk can see."""
    return tuple(known.get(variable) for variable in chunk.variables)


def _find_known(names: Names, constants: Constants, before: Constants | None) -> None:
    stores: dict[int, int] = {}
    for chunk in (names.module, *names.chunks.values()):
        for resolved in chunk.stores:
            stores[id(resolved)] = stores.get(id(resolved), 0) + 1
    known = constants.known
    for resolved, value in names.module.assigned:
        if stores[id(resolved)] == 1:
            worth = _worth(value, known)
            if worth is not None:
                known[id(resolved)] = _publish(resolved, worth, before)


def _worth(node: Node, known: Known) -> Value:
    """What an expression is worth on its own, but for the globals in it."""
    operations = []
    stack = [node]
    while stack:
        part = stack.pop()
        if part.kind in _FOLDED:
            operations.append(part)
            stack.extend(part.children())
    values: dict[Node, Value] = {}

    def value_of(operand: Node) -> Value:
        if operand.kind is n.NAME:
            return None if operand.resolved is None else known.get(id(operand.resolved))
        return values[operand] if operand in values else _value(operand)

    for operation in reversed(operations):
        values[operation] = fold(operation, value_of)
    return value_of(node)


_FOLDED = frozenset((n.OPERATION, n.CONCAT, n.FORMAT, n.CONDITIONAL))


def _publish(resolved: Resolved, value: Node, before: Constants | None) -> Node:
    """The node of a value for other chunks to hold: that of the earlier version, if it still is the value.

    It has a base of its own, so that what is made of it in a chunk moves with it.
    """
    start, end = value.span
    inside = value.tokens and (value.tokens[0] - value.start, value.tokens[1] - value.start)
    source = value.base.source[value.start : value.end]
    node = None if before is None else before.known.get(id(resolved))
    if (
        node is None
        or (node.kind, node.text, node.tokens) != (value.kind, value.text, inside)
        or node.base.source != source
    ):
        node = Node(value.kind, value.text, (), 0, end - start, Base(start, source))
        node.tokens = inside
    node.base.offset = start
    return node


def _fill(chunk: Chunk, known: Known) -> None:
    """Put the values of globals where they are read."""
    for node in chunk.reads:
        node.constant = known.get(id(node.resolved))


def _fold(chunk: Chunk) -> None:
    """Put values into operations, inner ones first."""
    for node in reversed(chunk.folds):
        node.constant = fold(node, _value)


def _value(node: Node) -> Value:
    """What an operand is worth, once names are filled in."""
    if node.kind in LITERALS:
        return node
    return encoded_value(node) if node.kind is n.ENCODED else node.constant
