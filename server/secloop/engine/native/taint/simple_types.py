"""Which expressions are numbers or booleans for sure, as far as semgrep-core can tell."""

from __future__ import annotations

from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node

COMPARISONS: Final = frozenset({"==", "!=", "<>", "<", ">", "<=", ">=", "in", "not in", "is", "is not"})
_NUMBERS: Final = {n.INT: "int", n.FLOAT: "float"}
_ARITHMETIC: Final = frozenset({"+", "-", "*"})


def is_number(node: Node | None) -> bool:
    """Whether an expression is a number: a literal, a variable that began as one, or arithmetic with one of these."""
    if node is None:
        return False
    if node.kind is n.OPERATION:
        operands = node.parts[1]
        if node.text not in _ARITHMETIC or not isinstance(operands, tuple) or len(operands) != 2:
            return False
        left, right = operands
        return _is_plain_number(right) or (node.text != "*" and _is_plain_number(left))
    return _is_plain_number(node)


def _is_plain_number(node: Node) -> bool:
    return _number_type(node) != ""


def _number_type(node: Node) -> str:
    """``int`` or ``float``, if it is one of these whichever way a condition goes, else nothing."""
    if node.kind is n.CONDITIONAL:
        one, other = (_number_type(part) for part in node.parts[1:] if isinstance(part, Node))
        return one if one == other else ""
    kind = _kind(node)
    if kind in _NUMBERS:
        return _NUMBERS[kind]
    if kind is n.CONSTANT and node.constant is not None and node.constant.text == "int":
        return "int"
    began = not _is_constant(node) and _began_as(node, ("int", "float"))
    return node.type.text if began and node.type is not None else ""


def is_boolean(node: Node | None) -> bool:
    """Whether an expression is a boolean: a comparison, a negation, or a choice between one and something."""
    if node is None:
        return False
    if node.kind is n.OPERATION:
        if node.text in COMPARISONS or node.text == "not":
            return True
        operands = node.parts[1]
        return (
            node.text == "or"
            and isinstance(operands, tuple)
            and len(operands) == 2
            and any(map(is_boolean, operands))
        )
    return _kind(node) is n.BOOL or (not _is_constant(node) and _began_as(node, ("bool",)))


def _began_as(node: Node, names: tuple[str, ...]) -> bool:
    kind = node.type
    return node.kind is n.NAME and kind is not None and kind.kind is n.NAME and kind.text in names


def _kind(node: Node) -> str:
    return node.constant.kind if node.kind is n.NAME and node.constant is not None else node.kind


def _is_constant(node: Node) -> bool:
    """Whether a variable is known to be a number or a boolean here: that counts more than what it began as."""
    return node.kind is n.NAME and (_kind(node) in _NUMBERS or _kind(node) is n.BOOL)
