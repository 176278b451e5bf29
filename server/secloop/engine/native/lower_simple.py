"""Lowers the statements that take a line: assignments, returns, raises and their like."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.dialect import names_alias
from secloop.engine.native.errors import InvalidPattern
from secloop.engine.native.lower_expressions import bare_tuple
from secloop.engine.native.lower_imports import import_from
from secloop.engine.native.lower_types import type_expression
from secloop.engine.native.lowering import Lowering, Tree, children
from secloop.engine.native.nodes import Node

Statement: TypeAlias = "Callable[[Lowering, Tree], Node | None]"


def _expression_statement(low: Lowering, tree: Tree) -> Node | None:
    inside = children(tree)
    if not inside:
        return None
    if len(inside) > 1 or any(child.type == "," for child in tree.children):
        value = bare_tuple(low, tree)
    else:
        value = single(low, inside[0])
        if value.kind is n.VARIABLE:
            return value
    return low.place(n.EXPRESSION, "", (value,), value.start, value.end)


def single(low: Lowering, tree: Tree) -> Node:
    """An expression, an assignment or the declaration of a variable."""
    if tree.type == "assignment":
        return assignment(low, tree)
    return _right(low, tree)


def assignment(low: Lowering, tree: Tree) -> Node:
    """``a = b``, ``a = b = c``, ``a: int = b`` and ``a: int``."""
    targets: list[Node] = []
    kind: Tree | None = None
    value: Tree | None = tree
    while value is not None and value.type == "assignment":
        left = value.child_by_field_name("left")
        kind = value.child_by_field_name("type")
        value = value.child_by_field_name("right")
        if left is not None:
            targets.append(low.expression(left))
    if not targets:
        return low.node(n.OTHER, "damaged", (), tree)
    made = _right(low, value) if value is not None else None
    if kind is not None and len(targets) > 1 and low.pattern:
        raise InvalidPattern("only a single target can have a type")
    if kind is not None:
        return _annotated(low, targets[-1], type_expression(low, kind), made)
    if made is None:
        return low.node(n.OTHER, "damaged", tuple(targets), tree)
    listed = tuple(targets)
    goal = listed[0] if len(listed) == 1 else low.around(n.TUPLE, "", (listed,), listed, tree)
    return low.place(n.ASSIGN, "", (goal, made), goal.start, made.end)


def _right(low: Lowering, tree: Tree) -> Node:
    return _augmented(low, tree) if tree.type == "augmented_assignment" else low.expression(tree)


def _annotated(low: Lowering, goal: Node, kind: Node, value: Node | None) -> Node:
    if goal.kind is n.NAME or goal.kind is n.METAVARIABLE:
        start, end = goal.tokens or (goal.start, goal.end)
        name = low.place(n.IDENTIFIER if goal.kind is n.NAME else goal.kind, goal.text, (), start, end)
        return low.place(n.VARIABLE, goal.text, (name, kind, value), start, (value or kind).end)
    cast = low.place(n.CAST, "", (kind, goal), goal.start, kind.end)
    if value is None:
        return cast
    return low.place(n.ASSIGN, "", (cast, value), goal.start, value.end)


def _augmented(low: Lowering, tree: Tree) -> Node:
    left, right = tree.child_by_field_name("left"), tree.child_by_field_name("right")
    sign = tree.child_by_field_name("operator")
    if left is None or right is None or sign is None:
        return low.node(n.OTHER, "damaged", (), tree)
    low.enter()
    goal, value = low.expression(left), _right(low, right)
    low.depth -= 1
    return low.place(n.AUGMENTED, sign.type[:-1], (goal, value), goal.start, value.end)


def _return(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    if not inside:
        return low.node(n.RETURN, "", (None,), tree.children[0])
    value = low.expression(inside[0])
    return low.place(n.RETURN, "", (value,), tree.start_byte - low.offset, value.end)


def _raise(low: Lowering, tree: Tree) -> Node:
    cause = tree.child_by_field_name("cause")
    inside = [child for child in children(tree) if cause is None or child.id != cause.id]
    if not inside:
        return low.node(n.RAISE_NOTHING, "", (), tree.children[0])
    values = [low.expression(one) for one in _listed(inside)]
    start = tree.start_byte - low.offset
    made = low.place(n.RAISE, "", (values[0],), start, values[0].end)
    if cause is not None:
        source = low.expression(cause)
        return low.place(n.RAISE_FROM, "from", ((source,), made), start, source.end)
    if len(values) > 1:
        return low.place(
            n.RAISE_FROM, "arguments", (tuple(reversed(values[1:])), made), start, values[-1].end
        )
    return made


def _listed(trees: list[Tree]) -> list[Tree]:
    """The items of a list without parentheses, or the only one."""
    return children(trees[0]) if len(trees) == 1 and trees[0].type == "expression_list" else trees


def _assert(low: Lowering, tree: Tree) -> Node:
    made = tuple(low.expression(child) for child in children(tree))
    return low.place(n.ASSERT, "", (made,), tree.start_byte - low.offset, made[-1].end)


def _delete(low: Lowering, tree: Tree) -> Node:
    made = tuple(low.expression(child) for child in _listed(children(tree)))
    return low.around(n.DELETE, "", (made,), made, tree)


def _simple(kind: str) -> Statement:
    return lambda low, tree: low.node(kind, "", (), tree)


def _print(low: Lowering, tree: Tree) -> Node:
    """Python 2's statement is a call; where the text goes is lost."""
    keyword = tree.children[0]
    callee = low.name(keyword)
    made = tuple(low.expression(child) for child in children(tree) if child.type != "chevron")
    return _called(low, callee, made)


def _exec(low: Lowering, tree: Tree) -> Node:
    code = tree.child_by_field_name("code")
    made = (low.expression(code),) if code is not None else ()
    return _called(low, low.name(tree.children[0]), made)


def _called(low: Lowering, callee: Node, arguments: tuple[Node, ...]) -> Node:
    end = arguments[-1].end if arguments else callee.end
    call = low.place(n.CALL, "", (callee, arguments), callee.start, end)
    return low.place(n.EXPRESSION, "", (call,), call.start, end)


def _type_alias(low: Lowering, tree: Tree) -> Node:
    left, right = tree.child_by_field_name("left"), tree.child_by_field_name("right")
    if left is None or right is None:
        return low.node(n.OTHER, "damaged", (), tree)
    if not names_alias(tree):
        return _assigned_to_call(low, tree, left, right)
    name = left
    while name.type != "identifier" and name.named_child_count:
        name = name.named_children[0]
    made, kind = low.identifier(name), type_expression(low, right)
    return low.place(n.TYPE_ALIAS, made.text, (made, kind), made.start, kind.end)


def _assigned_to_call(low: Lowering, tree: Tree, left: Tree, right: Tree) -> Node:
    """``type(a).b = c``, which is no type alias."""
    first = left
    while first.type not in ("parenthesized_expression", "tuple") and first.child_count:
        first = first.children[0]
    low.called = (tree.children[0], first)
    goal = low.expression(left)
    low.called = None
    value = low.expression(right)
    made = low.place(n.ASSIGN, "", (goal, value), goal.start, value.end)
    return low.place(n.EXPRESSION, "", (made,), made.start, made.end)


def declarations(low: Lowering, tree: Tree) -> list[Node]:
    keyword = tree.children[0]
    start = keyword.start_byte - low.offset
    names = [low.identifier(child) for child in children(tree)]
    return [low.place(n.GLOBAL, keyword.type, (name,), start, name.end) for name in names]


SIMPLE: dict[str, Statement] = {
    "expression_statement": _expression_statement,
    "return_statement": _return,
    "raise_statement": _raise,
    "assert_statement": _assert,
    "delete_statement": _delete,
    "pass_statement": _simple(n.PASS),
    "break_statement": _simple(n.BREAK),
    "continue_statement": _simple(n.CONTINUE),
    "print_statement": _print,
    "exec_statement": _exec,
    "type_alias_statement": _type_alias,
    "import_from_statement": import_from,
    "future_import_statement": import_from,
}
"""How each type of tree-sitter's simple statements is lowered, but for those that become several nodes."""
