"""Lowers what stands where code names a type."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.lower_access import index_in
from secloop.engine.native.lower_expressions import splat
from secloop.engine.native.lower_operations import operation, operator_of
from secloop.engine.native.lowering import Lowering, Tree, children, lowers
from secloop.engine.native.nodes import Node


@lowers("type")
def _type(low: Lowering, tree: Tree) -> Node:
    return low.expression(children(tree)[0])


@lowers("generic_type")
def _generic_type(low: Lowering, tree: Tree) -> Node:
    """``List[int]`` where a type stands."""
    inside = children(tree)
    value = low.expression(inside[0])
    items = [_unwrapped(child) for child in children(inside[1])]
    if low.modern and value.text == "type" and items:
        return low.expression(items[0])  # the second parser loses the name of this one
    return index_in(low, items, value, tree, inside[1])


def _unwrapped(tree: Tree) -> Tree:
    inside = children(tree)
    return inside[0] if tree.type == "type" and len(inside) == 1 else tree


@lowers("union_type")
def _union_type(low: Lowering, tree: Tree) -> Node:
    """``A | B | C``, which tree-sitter groups from the right here, and so does semgrep's second parser."""
    if low.modern:
        left, right = (low.expression(child) for child in children(tree))
        sign = next(child for child in tree.children if child.type == "|")
        return operation(low, low.node(n.OPERATOR, "|", (), sign), (left, right))
    operands: list[Node] = []
    signs: list[Tree] = []
    rest = [tree]
    while rest:
        part = rest.pop()
        if part.type == "|":
            signs.append(part)
        elif part.type in ("union_type", "type") or (
            part.type == "binary_operator" and operator_of(part) == "|"
        ):
            rest.extend(reversed([child for child in part.children if not child.is_extra]))
        else:
            operands.append(low.expression(part))
    low.allow(len(signs))
    made = operands[0]
    for token, operand in zip(signs, operands[1:], strict=False):
        made = operation(low, low.node(n.OPERATOR, "|", (), token), (made, operand))
    return made


@lowers("member_type")
def _member_type(low: Lowering, tree: Tree) -> Node:
    value, name = children(tree)
    made = low.expression(value)
    return low.place(n.ATTRIBUTE, "", (made, low.identifier(name)), made.start, name.end_byte - low.offset)


@lowers("splat_type")
def _splat_type(low: Lowering, tree: Tree) -> Node:
    return splat(low, tree)


def type_expression(low: Lowering, tree: Tree) -> Node:
    """Wherever code names a type."""
    made = low.expression(tree)
    return low.place(n.TYPE_EXPRESSION, "", (made,), made.start, made.end)
