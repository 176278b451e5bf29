"""Lowers statements other than definitions; what is damaged is left out and the rest kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.dialect import names_alias
from secloop.engine.native.lower_cases import match_statement
from secloop.engine.native.lower_definitions import definition
from secloop.engine.native.lower_expressions import (
    as_pattern,
    bare_tuple,
    target,
)
from secloop.engine.native.lower_imports import import_from, import_modules
from secloop.engine.native.lower_types import type_expression
from secloop.engine.native.lowering import Lowering, Tree, children
from secloop.engine.native.nodes import Node

Statement: TypeAlias = "Callable[[Lowering, Tree], Node | None]"


class StatementLowering(Lowering):
    """Lowers statements and, by its base class, expressions."""

    __slots__ = ()

    def block(self, tree: Tree | None, owner: Tree) -> Node:
        """The suite of a compound statement."""
        made: list[Node] = []
        self.depth += 1
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
                made_of = _global(self, child)
                if flat or len(made_of) < 2:
                    into.extend(made_of)
                else:
                    into.append(self.around(n.BLOCK, "", (tuple(made_of),), tuple(made_of), child))
            elif child.type == "import_statement":
                into.extend(import_modules(self, child))
            elif tree.type == "ERROR" and self._is_line(child):
                value = _value(self, child)
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
    if tree.type == "ERROR":
        low.statements(tree, into)
        return
    for child in tree.children:
        if child.type == "block" or (child.has_error and (child.type in _COMPOUND or child.type in _CLAUSES)):
            (low.statements if child.type == "block" else lambda t, i: _salvage(low, t, i))(child, into)


def _expression_statement(low: Lowering, tree: Tree) -> Node | None:
    inside = children(tree)
    if not inside:
        return None
    if len(inside) > 1 or any(child.type == "," for child in tree.children):
        value = bare_tuple(low, tree)
    else:
        value = _value(low, inside[0])
        if value.kind is n.VARIABLE:
            return value
    return low.place(n.EXPRESSION, "", (value,), value.start, value.end)


def _value(low: Lowering, tree: Tree) -> Node:
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
    goal, value = low.expression(left), _right(low, right)
    return low.place(n.AUGMENTED, sign.type[:-1], (goal, value), goal.start, value.end)


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
    made = low.block(tree.child_by_field_name("body"), tree)
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
        name = low.identifier(goal)
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


def _global(low: Lowering, tree: Tree) -> list[Node]:
    keyword = tree.children[0]
    start = keyword.start_byte - low.offset
    names = [low.identifier(child) for child in children(tree)]
    return [low.place(n.GLOBAL, keyword.type, (name,), start, name.end) for name in names]


_STATEMENTS: dict[str, Statement] = {
    "expression_statement": _expression_statement,
    "if_statement": _if,
    "while_statement": _while,
    "for_statement": _for,
    "with_statement": _with,
    "try_statement": _try,
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
    "function_definition": definition,
    "class_definition": definition,
    "decorated_definition": definition,
    "match_statement": match_statement,
    "import_from_statement": import_from,
    "future_import_statement": import_from,
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
