"""The values that constants have, and what semgrep's two evaluators make of operations on them.

A value is a literal node, a CONSTANT of which only the type is known, or None. Semgrep evaluates a tree wherever it
matches one and for globals that are assigned once (`fold`), and, differently, along the flow of a function (`operate`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import add, and_, eq, floordiv, ge, gt, invert, le, lt, mul, ne, neg, or_, pos, sub, xor
from typing import Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Base, Node

Value: TypeAlias = "Node | None"

LITERALS: Final = frozenset((n.INT, n.FLOAT, n.IMAGINARY, n.STRING, n.BOOL, n.NONE))
_TYPES: Final = {n.STRING: "str", n.INT: "int", n.BOOL: "bool"}
_CONSTANTS: Final = {
    text: Node(n.CONSTANT, text, (), 0, 0, Base(0)) for text in ("str", "int", "bool", "any")
}
_LARGEST: Final = 2**63
MAX_LENGTH: Final = 10_000
"""Characters of a string that is put together; of a longer one only the type is known, for a few could fill memory."""
_COMPARISONS: Final[dict[str, Callable[[int, int], bool]]] = {
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
_ARITHMETIC: Final[dict[str, Callable[[int, int], int]]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "&": and_,
    "|": or_,
    "^": xor,
}
_UNARY: Final[dict[str, Callable[[int], int]]] = {"-": neg, "+": pos, "~": invert}


def type_of(value: Node) -> str:
    """The type of a value: str, int, bool or any."""
    return value.text if value.kind is n.CONSTANT else _TYPES.get(value.kind, "any")


def join(left: Value, right: Value) -> Value:
    """What is known of a value that is one or the other."""
    if left is None or right is None:
        return None
    if left is right or (left.kind is right.kind and left.text == right.text):
        return left
    type_ = type_of(left)
    return _CONSTANTS[type_ if type_ == type_of(right) else "any"]


def fold(node: Node, value_of: Callable[[Node], Value]) -> Value:
    """What the tree of an operation, string or conditional is worth, given its operands' values."""
    kind = node.kind
    if kind is n.OPERATION:
        operands = node.parts[1]
        assert isinstance(operands, tuple)
        return _fold_operation(node.text, [value_of(operand) for operand in operands])
    if kind is n.CONDITIONAL:
        _, then, otherwise = node.parts
        assert isinstance(then, Node)
        assert isinstance(otherwise, Node)
        return join(value_of(then), value_of(otherwise))
    pieces = node.parts[0]
    assert isinstance(pieces, tuple)
    return concatenation([value_of(piece) for piece in pieces], _printed) if pieces else None


def _printed(value: Node) -> bool:
    return value.kind is n.INT or value.kind is n.FLOAT


def concatenation(values: Sequence[Value], printed: Callable[[Node], bool]) -> Value:
    """Adjacent strings or the pieces of an f-string; it is found where its first piece is.

    Args:
        printed: which literals are taken for the string that they would be printed as.
    """
    texts = []
    known = True
    for value in values:
        if value is None:
            return None
        if value.kind is n.STRING or printed(value):
            texts.append(value.text)
        elif value.kind is n.CONSTANT and value.text == "str":
            known = False
        else:
            return None
    if not known:
        return _CONSTANTS["str"]
    first = values[0]
    assert first is not None
    if len(values) == 1 and first.kind is n.STRING:
        return first
    return _string("".join(texts), first)


def _string(text: str, place: Node) -> Node:
    if len(text) > MAX_LENGTH:
        return _CONSTANTS["str"]
    start, end = place.tokens or (place.start, place.end)
    return Node(n.STRING, text, (), start, end, place.base)


def _fold_operation(operator: str, values: Sequence[Value]) -> Value:
    left = values[0]
    if left is None:
        return None
    if len(values) == 1:
        return _unary(operator, left)
    right = values[1]
    type_ = type_of(left)
    if operator == "*" and type_ == "str":
        return _CONSTANTS["str"]
    if right is None or type_ != type_of(right) or type_ == "any":
        return None
    if left.kind is n.CONSTANT or right.kind is n.CONSTANT:
        return _CONSTANTS[type_] if operator == "+" or (type_ == "int" and operator in _ARITHMETIC) else None
    if type_ == "str":
        return _string(left.text + right.text, left) if operator == "+" else None
    if type_ == "bool" and operator in ("==", "!="):
        return _boolean((left.text == right.text) is (operator == "=="), left)
    return _binary(operator, left, right)


def _unary(operator: str, operand: Node) -> Value:
    if operand.kind is n.INT and operator in _UNARY:
        number = _number(operand)
        return None if number is None else _integer(_UNARY[operator](number), operand)
    if operand.kind is n.BOOL and operator == "not":
        return _boolean(operand.text != "True", operand)
    return None


def _binary(operator: str, left: Node, right: Node) -> Value:
    """Two integers or two booleans."""
    if left.kind is n.BOOL:
        if operator == "and":
            return _boolean(left.text == right.text == "True", left)
        return _boolean("True" in (left.text, right.text), left) if operator == "or" else None
    one, other = _number(left), _number(right)
    if one is None or other is None:
        return None
    if operator in _COMPARISONS:
        return _boolean(_COMPARISONS[operator](one, other), left)
    result = _calculate(operator, one, other)
    return None if result is None else _integer(result, left)


def _calculate(operator: str, left: int, right: int) -> int | None:
    if operator in _ARITHMETIC:
        return _ARITHMETIC[operator](left, right)
    if operator == "//":
        return floordiv(left, right) if right else None
    if operator == "%":
        return left % right if left >= 0 and right > 0 else None
    if operator == "**":
        return left**right if 0 <= right < 64 else None
    if operator in ("<<", ">>") and 0 <= right < 64:
        return left << right if operator == "<<" else left >> right
    return None


def operate(operator: str, values: Sequence[Value], place: Node) -> Value:
    """What an operation is worth in the flow of a function. A sum of strings is found at its operator, ``place``."""
    left = values[0]
    if left is None:
        return None
    if len(values) == 1:
        return _operate_unary(operator, left)
    right = values[1]
    type_ = type_of(left)
    if operator == "*" and type_ == "str":
        return _CONSTANTS["str"]
    if right is None:
        return None
    if left.kind is n.CONSTANT or right.kind is n.CONSTANT:
        return _CONSTANTS[type_ if type_ == type_of(right) else "any"]
    if left.kind is not right.kind or type_ == "any":
        return None
    return _operate_literals(operator, left, right, place) or _CONSTANTS[type_]


def _operate_unary(operator: str, operand: Node) -> Value:
    if operator == "+" or operand.kind is n.CONSTANT:
        return operand
    known = _unary(operator, operand)
    if known is None and operand.kind in (n.INT, n.BOOL):
        return _CONSTANTS[type_of(operand)]
    return known


def _operate_literals(operator: str, left: Node, right: Node, place: Node) -> Value:
    if left.kind is n.STRING:
        return _string(left.text + right.text, place) if operator == "+" else None
    if operator == "/":
        one, other = _number(left), _number(right)
        if not one or not other or one % other:
            return None
        return _integer(one // other, left)
    if operator == "**" and left.text.startswith("-"):
        return None
    return _binary(operator, left, right)


def _number(value: Node) -> int | None:
    """Integers that take more than 64 bits are not calculated with."""
    try:
        number = int(value.text)
    except ValueError:
        return None
    return number if -_LARGEST <= number < _LARGEST else None


def _integer(number: int, place: Node) -> Value:
    if not -_LARGEST <= number < _LARGEST:
        return None
    return Node(n.INT, str(number), (), place.start, place.end, place.base)


def _boolean(value: bool, place: Node) -> Node:
    return Node(n.BOOL, str(value), (), place.start, place.end, place.base)
