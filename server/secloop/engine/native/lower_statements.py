"""Lowers statements other than definitions; what is damaged is left out and the rest kept."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.lower_cases import match_statement
from secloop.engine.native.lower_definitions import definition
from secloop.engine.native.lower_expressions import (
    as_pattern,
    target,
)
from secloop.engine.native.lower_imports import import_modules
from secloop.engine.native.lower_simple import SIMPLE, Statement, declarations, single
from secloop.engine.native.lower_types import type_expression
from secloop.engine.native.lowering import Lowering, Tree, children
from secloop.engine.native.nodes import Node


class StatementLowering(Lowering):
    """Lowers statements and, by its base class, expressions."""

    __slots__ = ()

    def block(self, tree: Tree | None, owner: Tree) -> Node:
        """The suite of a compound statement."""
        made: list[Node] = []
        self.enter()
        if tree is not None:
            self.statements(tree, made, flat=owner.type == "class_definition")
        self.depth -= 1
        return self.around(n.BLOCK, "", (tuple(made),), tuple(made), tree or owner)

    def statements(self, tree: Tree, into: list[Node], *, flat: bool = False) -> None:
        """The statements among the children of a module, a suite or an error.

        With ``flat`` ``global a, b`` is two statements, as at the top of a module or class, and not a block of two.
        """
        for child in tree.named_children:
            lower = _STATEMENTS.get(child.type)
            if child.has_error and (lower is None or not _sound(child)):
                _salvage(self, child, into)
            elif lower is not None:
                made = lower(self, child)
                if made is not None:
                    into.append(made)
            elif child.type in ("global_statement", "nonlocal_statement"):
                made_of = declarations(self, child)
                if flat or len(made_of) < 2:
                    into.extend(made_of)
                else:
                    into.append(self.around(n.BLOCK, "", (tuple(made_of),), tuple(made_of), child))
            elif child.type == "import_statement":
                into.extend(import_modules(self, child))
            elif tree.type == "ERROR" and self._is_line(child):
                value = single(self, child)
                into.append(self.place(n.EXPRESSION, "", (value,), value.start, value.end))

    def _is_line(self, tree: Tree) -> bool:
        """Whether an expression amid damage is all that its lines hold: a statement as it was before the damage."""
        if tree.type not in _LINES:
            return False
        start = self.source.rfind(b"\n", 0, tree.start_byte) + 1
        end = self.source.find(b"\n", tree.end_byte)
        after = self.source[tree.end_byte : end if end >= 0 else None].strip()
        return not self.source[start : tree.start_byte].strip() and (not after or after.startswith(b"#"))


def _sound(tree: Tree) -> bool:
    """Whether the damage of a compound statement is in its suites only."""
    if tree.type not in _COMPOUND:
        return False
    for child in tree.children:
        if child.has_error and child.type != "block" and not (child.type in _CLAUSES and _sound(child)):
            return False
        if child.is_missing:
            return False
    return True


def _salvage(low: StatementLowering, tree: Tree, into: list[Node]) -> None:
    """The intact statements in the suites of a damaged one, and in an error."""
    low.enter()
    if tree.type == "ERROR":
        low.statements(tree, into)
    else:
        for child in tree.children:
            if child.type == "block":
                low.statements(child, into)
            elif child.has_error and (child.type in _COMPOUND or child.type in _CLAUSES):
                _salvage(low, child, into)
    low.depth -= 1


def _if(low: Lowering, tree: Tree) -> Node:
    """An ``elif`` is an ``if`` in the block of the ``else``; from the last one up, since there may be many."""
    clauses = [tree]
    otherwise: Node | None = None
    for child in tree.children:
        if child.type == "elif_clause":
            clauses.append(child)
        elif child.type == "else_clause":
            otherwise = low.block(child.child_by_field_name("body"), child)
    for clause in reversed(clauses):
        condition = clause.child_by_field_name("condition")
        test = (
            low.expression(condition) if condition is not None else low.node(n.OTHER, "damaged", (), clause)
        )
        then = low.block(clause.child_by_field_name("consequence"), clause)
        start = clause.start_byte - low.offset
        made = low.place(n.IF, "", (test, then, otherwise), start, (otherwise or then).end)
        otherwise = low.place(n.BLOCK, "", ((made,),), made.start, made.end)
    return made


def _while(low: Lowering, tree: Tree) -> Node:
    condition = tree.child_by_field_name("condition")
    test = low.expression(condition) if condition is not None else low.node(n.OTHER, "damaged", (), tree)
    body = low.block(tree.child_by_field_name("body"), tree)
    made = low.place(n.WHILE, "", (test, body), tree.start_byte - low.offset, body.end)
    return _with_else(low, tree, made, "while")


def _for(low: Lowering, tree: Tree) -> Node:
    left, right = tree.child_by_field_name("left"), tree.child_by_field_name("right")
    if left is None or right is None:
        return low.node(n.OTHER, "damaged", (), tree)
    goal, values = target(low, left), low.expression(right)
    body = low.block(tree.child_by_field_name("body"), tree)
    keyword = next(child for child in tree.children if child.type == "for")
    made = low.place(n.FOR, "", (goal, values, body), keyword.start_byte - low.offset, body.end)
    return _asynchronous(low, tree, _with_else(low, tree, made, "for"))


def _with_else(low: Lowering, tree: Tree, loop: Node, text: str) -> Node:
    clause = tree.child_by_field_name("alternative")
    if clause is None:
        return loop
    block = low.block(clause.child_by_field_name("body"), clause)
    other = low.place(n.OTHER, f"{text} else", block.parts, block.start, block.end)
    return low.place(n.BLOCK, "", ((loop, other),), loop.start, block.end)


def _asynchronous(low: Lowering, tree: Tree, made: Node) -> Node:
    if low.modern or tree.children[0].type != "async":
        return made
    return low.place(n.ASYNC, "", (made,), made.start, made.end)


def _with(low: Lowering, tree: Tree) -> Node:
    items = [
        _with_item(low, item)
        for clause in tree.named_children
        if clause.type == "with_clause"
        for item in clause.named_children
        if item.type == "with_item"
    ]
    low.enter(len(items))
    made = low.block(tree.child_by_field_name("body"), tree)
    low.depth -= len(items)
    if not items:
        return made
    for position, item in enumerate(reversed(items)):
        if position:
            made = low.place(n.BLOCK, "", ((made,),), made.start, made.end)
        made = low.place(n.WITH, "", (item, made), item.start, made.end)
    return _asynchronous(low, tree, made)


def _with_item(low: Lowering, tree: Tree) -> Node:
    value = children(tree)[0]
    inner = value
    while inner.type == "parenthesized_expression" and children(inner):
        inner = children(inner)[0]
    if inner.type != "as_pattern":
        return low.expression(value)
    inside = children(inner)
    made = low.expression(inside[0])
    goal = as_pattern(low, low.expression(children(inside[-1])[0]))
    return low.place(n.WITH_ITEM, "", (goal, made), made.start, goal.end)


def _try(low: Lowering, tree: Tree) -> Node:
    body = low.block(tree.child_by_field_name("body"), tree)
    handlers: list[Node] = []
    otherwise = final = None
    for child in tree.named_children:
        if child.type in ("except_clause", "except_group_clause"):
            handlers.append(_handler(low, child))
        elif child.type == "else_clause":
            otherwise = low.block(child.child_by_field_name("body"), child)
        elif child.type == "finally_clause":
            final = low.block(next((one for one in child.children if one.type == "block"), None), child)
    last = final or otherwise or (handlers[-1] if handlers else body)
    parts = (body, tuple(handlers), otherwise, final)
    return low.place(n.TRY, "", parts, tree.start_byte - low.offset, last.end)


def _handler(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    body = low.block(next((one for one in inside if one.type == "block"), None), tree)
    values = [one for one in inside if one.type != "block"]
    name: Node | None = None
    kind: Node | None = None
    if values and values[0].type == "as_pattern":
        caught, goal = children(values[0])[0], children(values[0])[-1]
        kind = type_expression(low, caught)
        inside_goal = children(goal)
        if inside_goal and inside_goal[0].type == "identifier":
            name = low.identifier(inside_goal[0])
    elif values:
        if low.modern and len(values) > 2:
            values = [values[0], values[-1]]
        made = tuple(low.expression(value) for value in values)
        if low.pattern and len(made) == 1 and made[0].kind is n.ELLIPSIS:
            return low.place(n.HANDLER, "", (made[0], None, body), tree.start_byte - low.offset, body.end)
        if not (len(made) == 1 and made[0].kind is n.TUPLE):
            made = (low.around(n.TUPLE, "", (made,), made, tree),)
        kind = low.place(n.TYPE_EXPRESSION, "", made, made[0].start, made[0].end)
    return low.place(n.HANDLER, "", (kind, name, body), tree.start_byte - low.offset, body.end)


_STATEMENTS: dict[str, Statement] = {
    **SIMPLE,
    "if_statement": _if,
    "while_statement": _while,
    "for_statement": _for,
    "with_statement": _with,
    "try_statement": _try,
    "function_definition": definition,
    "class_definition": definition,
    "decorated_definition": definition,
    "match_statement": match_statement,
}
_LINES = frozenset(("call", "await", "augmented_assignment"))
"""What stands alone on its lines for its effect."""
_COMPOUND = frozenset(
    (
        "if_statement",
        "while_statement",
        "for_statement",
        "with_statement",
        "try_statement",
        "function_definition",
        "class_definition",
        "decorated_definition",
        "match_statement",
    )
)
_CLAUSES = frozenset(
    (
        "elif_clause",
        "else_clause",
        "except_clause",
        "except_group_clause",
        "finally_clause",
        "case_clause",
        *_COMPOUND,
    )
)
