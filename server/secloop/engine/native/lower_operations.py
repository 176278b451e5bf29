"""Lowers operations, as each of semgrep's parsers groups them."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.lowering import Lowering, Tree, children, lowers, operator
from secloop.engine.native.nodes import Node


@lowers("binary_operator", "boolean_operator")
def _binary(low: Lowering, tree: Tree) -> Node:
    """``a + b + c``: the left ones in a loop, since long sums are common.

    For semgrep's first parser ``a and b and c`` is one operation, with the first operator's token, and operators
    such as ``*`` are grouped from the right.
    """
    chain = []
    while tree.type in ("binary_operator", "boolean_operator"):
        left = tree.child_by_field_name("left")
        if left is None:
            break
        chain.append(tree)
        tree = left
    low.allow(len(chain))
    made = low.expression(tree)
    chain.reverse()
    at = 0
    while at < len(chain):
        count = 1 if low.modern else _alike(chain, at)
        signs = [_sign(low, link) for link in chain[at : at + count]]
        rights = tuple(_right(low, link) for link in chain[at : at + count])
        if count > 1 and chain[at].type == "boolean_operator":
            made = operation(low, signs[0], (made, *rights))
        else:
            made = _from_right(low, signs, (made, *rights))
        at += count
    return made


def _alike(chain: list[Tree], at: int) -> int:
    """How many operations from one on are grouped together."""
    sign = operator_of(chain[at])
    group = _MULTIPLICATIVE if sign in _MULTIPLICATIVE else {sign} if sign in ("and", "or") else ()
    end = at + 1
    while end < len(chain) and operator_of(chain[end]) in group:
        end += 1
    return end - at


def operator_of(link: Tree) -> str:
    sign = link.child_by_field_name("operator")
    return sign.type if sign is not None else ""


_MULTIPLICATIVE = frozenset(("*", "/", "%", "//", "@"))


def _sign(low: Lowering, link: Tree) -> Node:
    sign = link.child_by_field_name("operator") or link
    return low.node(n.OPERATOR, sign.type, (), sign)


def _right(low: Lowering, link: Tree) -> Node:
    right = link.child_by_field_name("right")
    return low.expression(right) if right is not None else low.node(n.OTHER, "damaged", (), link)


def _from_right(low: Lowering, signs: list[Node], operands: tuple[Node, ...]) -> Node:
    made = operands[-1]
    for sign, left in zip(reversed(signs), reversed(operands[:-1]), strict=True):
        made = operation(low, sign, (left, made))
    return made


def operation(low: Lowering, sign: Node, operands: tuple[Node, ...]) -> Node:
    start = min(sign.start, operands[0].start)
    return low.place(n.OPERATION, sign.text, (sign, operands), start, operands[-1].end)


@lowers("unary_operator", "not_operator")
def _unary(low: Lowering, tree: Tree) -> Node:
    argument = tree.child_by_field_name("argument")
    if argument is None:
        return low.node(n.OTHER, "damaged", (), tree)
    token = tree.children[0]
    return operation(low, low.node(n.OPERATOR, token.type, (), token), (low.expression(argument),))


@lowers("comparison_operator")
def _comparison(low: Lowering, tree: Tree) -> Node:
    operands = children(tree)
    signs = []
    for sign in tree.children_by_field_name("operators"):
        text = " ".join(low.text(sign).split())
        signs.append(operator(low, "!=" if text == "<>" else text, sign))
    if len(operands) == 2 and len(signs) == 1:
        return operation(low, signs[0], (low.expression(operands[0]), low.expression(operands[1])))
    kept = tuple(low.expression(operand) for operand in operands[1:])
    return low.place(n.COMPARISONS, "", (tuple(signs), kept), signs[0].start, kept[-1].end)


@lowers("conditional_expression")
def _conditional(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    if len(inside) != 3:
        return low.node(n.OTHER, "damaged", (), tree)
    then, condition, otherwise = (low.expression(child) for child in inside)
    return low.place(n.CONDITIONAL, "", (condition, then, otherwise), then.start, otherwise.end)


@lowers("await")
def _await(low: Lowering, tree: Tree) -> Node:
    """``await a ** b`` is a power of what is awaited; tree-sitter, and semgrep's second parser, take it otherwise."""
    inside = children(tree)[0]
    power = (
        inside
        if not low.modern and inside.type == "binary_operator" and operator_of(inside) == "**"
        else None
    )
    awaited = power.child_by_field_name("left") if power is not None else inside
    value = low.expression(awaited or inside)
    made = low.place(n.AWAIT, "", (value,), tree.start_byte - low.offset, value.end)
    return made if power is None else operation(low, _sign(low, power), (made, _right(low, power)))


@lowers("yield")
def _yield(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    start = tree.start_byte - low.offset
    if not inside:
        return low.node(n.YIELD, "", (None,), tree.children[0])
    value = low.expression(inside[0])
    spelled = "from" if any(child.type == "from" for child in tree.children) else ""
    return low.place(n.YIELD, spelled, (value,), start, value.end)
