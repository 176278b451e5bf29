"""Which expressions are numbers or booleans for sure, as far as semgrep-core can tell."""

from __future__ import annotations

from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node

COMPARISONS: Final = frozenset({"==", "!=", "<>", "<", ">", "<=", ">=", "in", "not in", "is", "is not"})
_NUMBERS: Final = frozenset({n.INT, n.FLOAT})
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
    return (
        node.kind in _NUMBERS
        or _began_as(node, ("int", "float"))
        or (node.kind is n.NAME and node.constant is not None and node.constant.kind in _NUMBERS)
    )


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
    return node.kind is n.BOOL or _began_as(node, ("bool",))


def _began_as(node: Node, names: tuple[str, ...]) -> bool:
    kind = node.type
    return node.kind is n.NAME and kind is not None and kind.kind is n.NAME and kind.text in names
