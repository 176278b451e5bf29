"""Lowers functions, classes, lambdas, their parameters and decorators."""

from __future__ import annotations

from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.lower_access import argument
from secloop.engine.native.lower_expressions import as_pattern
from secloop.engine.native.lower_types import type_expression
from secloop.engine.native.lowering import Lowering, Tree, children, lowers
from secloop.engine.native.nodes import Base, Node

MAX_AROUND: Final = 30
"""Levels around a chunk, which has all levels for itself; in real code there are less than ten."""

_NOTHING: tuple[Node, ...] = ()


def definition(low: Lowering, tree: Tree) -> Node:
    """A function or class with its decorators; a function outside any other is a chunk with a base of its own."""
    inner = tree.child_by_field_name("definition") if tree.type == "decorated_definition" else tree
    if inner is None or inner.type not in ("function_definition", "class_definition"):
        return low.node(n.OTHER, "damaged", (), tree)
    if inner.type == "class_definition":
        return _class(low, tree, inner)
    if low.inside:
        return _function(low, tree, inner)
    if low.depth > MAX_AROUND:
        raise TooDeep(f"a function nested more than {MAX_AROUND} levels deep")
    return low.reuse(tree) or chunk(low, tree, inner)


def chunk(low: Lowering, tree: Tree, inner: Tree) -> Node:
    """A function with a base of its own, and as deep wherever it stands."""
    outer, depth = low.base, low.depth
    low.depth = 0
    low.offset = tree.start_byte
    low.base = Base(low.offset, low.source[tree.start_byte : tree.end_byte])
    made = _function(low, tree, inner)
    low.base, low.offset, low.depth = outer, outer.offset, depth
    return made


def _function(low: Lowering, tree: Tree, inner: Tree) -> Node:
    name, body = inner.child_by_field_name("name"), inner.child_by_field_name("body")
    listed = inner.child_by_field_name("parameters")
    returns = inner.child_by_field_name("return_type")
    attributes = _decorators(low, tree)
    if not attributes and not low.modern and inner.children[0].type == "async":
        # Semgrep's second parser drops it always, the first one under a decorator.
        attributes = (low.node(n.MODIFIER, "async", (), inner.children[0]),)
    parts = (
        _identifier(low, name, inner),
        parameters(low, listed) if listed is not None else _NOTHING,
        type_expression(low, returns) if returns is not None else None,
        attributes,
    )
    low.inside += 1
    block = low.block(body, inner)
    low.inside -= 1
    start = _start(low, inner, attributes, "def")
    return low.place(n.FUNCTION, _text(parts[0]), (*parts, block), start, max(block.end, start))


def _start(low: Lowering, inner: Tree, attributes: tuple[Node, ...], keyword: str) -> int:
    """Where the first token is that semgrep keeps."""
    if attributes:
        return attributes[0].start
    for child in inner.children:
        if child.type == keyword:
            return child.start_byte - low.offset
    return inner.start_byte - low.offset


def _identifier(low: Lowering, name: Tree | None, tree: Tree) -> Node:
    return low.identifier(name) if name is not None else low.node(n.IDENTIFIER, "", (), tree)


def _text(part: n.Part) -> str:
    return part.text if isinstance(part, Node) else ""


def _decorators(low: Lowering, tree: Tree) -> tuple[Node, ...]:
    if tree.type != "decorated_definition":
        return _NOTHING
    made = tuple(decorator(low, child) for child in tree.children if child.type == "decorator")
    return tuple(_modifier(low, one) for one in made)


_MODIFIERS = {"staticmethod": "static", "abstractmethod": "abstract"}


def _modifier(low: Lowering, made: Node) -> Node:
    """``@staticmethod`` and ``@abstractmethod`` are keywords to semgrep, which loses their ``@``."""
    name, arguments = made.parts
    if arguments != () or made.text not in _MODIFIERS or not isinstance(name, Node):
        return made
    return low.place(n.MODIFIER, _MODIFIERS[made.text], (), name.start, made.end)


def decorator(low: Lowering, tree: Tree) -> Node:
    """``@a`` and ``@a(b)`` are named; of any other one, semgrep keeps an expression, a call made of ``@a.b``."""
    inside = children(tree)
    start = tree.start_byte - low.offset
    if not inside:
        return low.place(n.DECORATOR, "", (None, None), start, start + 1)
    value = inside[0]
    function = value.child_by_field_name("function") if value.type == "call" else None
    made = low.expression(value)
    if value.type == "identifier" and made.kind is not n.ELLIPSIS:
        name = _as_identifier(low, made)
        return low.place(n.DECORATOR, name.text, (name, _NOTHING), start, name.end)
    if function is not None and function.type == "identifier" and made.kind is n.CALL:
        callee, arguments = made.parts
        assert isinstance(callee, Node)
        name = _as_identifier(low, callee)
        return low.place(n.DECORATOR, name.text, (name, arguments), start, made.end)
    if value.type == "attribute":
        made = low.place(n.CALL, "", (made, _NOTHING), made.start, made.end)
    return low.place(n.DECORATOR, "", (made, None), start, made.end)


def _as_identifier(low: Lowering, name: Node) -> Node:
    if name.kind is not n.NAME:
        return name  # what stands for any name in a pattern
    return low.place(n.IDENTIFIER, name.text, (), name.start, name.end)


def parameters(low: Lowering, tree: Tree) -> tuple[Node, ...]:
    """The parameters of a function or lambda."""
    return tuple(_parameter(low, child) for child in children(tree))


def _parameter(low: Lowering, tree: Tree) -> Node:
    type_ = tree.type
    if type_ == "identifier" or type_ == "keyword_identifier":
        return low.parameter(tree)
    if type_ in ("list_splat_pattern", "dictionary_splat_pattern"):
        return _rest(low, tree, None)
    if type_ in ("keyword_separator", "positional_separator"):
        return low.node(n.PARAMETER_REST, tree.children[0].type, (None, None), tree)
    if type_ == "tuple_pattern":
        return low.node(n.PARAMETER_PATTERN, "", (as_pattern(low, low.expression(tree)),), tree)
    annotation = tree.child_by_field_name("type")
    kind = type_expression(low, annotation) if annotation is not None else None
    name = tree.child_by_field_name("name") or children(tree)[0]
    if name.type in ("list_splat_pattern", "dictionary_splat_pattern"):
        return _rest(low, name, kind)
    value = tree.child_by_field_name("value")
    default = low.expression(value) if value is not None else None
    if name.type == "tuple_pattern":
        return low.node(n.OTHER, "parameter", (low.expression(name), default), tree)
    made = low.identifier(name)
    last = default or kind or made
    return low.place(n.PARAMETER, made.text, (made, kind, default), made.start, last.end)


def _rest(low: Lowering, tree: Tree, kind: Node | None) -> Node:
    inside = children(tree)
    star = tree.children[0].type
    start = tree.start_byte - low.offset
    name = low.identifier(inside[0]) if inside else None
    last = kind or name
    end = last.end if last is not None else tree.end_byte - low.offset
    return low.place(n.PARAMETER_REST, star, (name, kind), start, end)


@lowers("lambda")
def _lambda(low: Lowering, tree: Tree) -> Node:
    listed, body = tree.child_by_field_name("parameters"), tree.child_by_field_name("body")
    made = parameters(low, listed) if listed is not None else _NOTHING
    if body is None:
        return low.node(n.OTHER, "damaged", (), tree)
    low.inside += 1
    value = low.expression(body)
    low.inside -= 1
    return low.place(n.LAMBDA, "", (made, value), tree.start_byte - low.offset, value.end)


def _class(low: Lowering, tree: Tree, inner: Tree) -> Node:
    name, body = inner.child_by_field_name("name"), inner.child_by_field_name("body")
    listed = inner.child_by_field_name("superclasses")
    made = _identifier(low, name, inner)
    bases = tuple(_base(low, child) for child in children(listed)) if listed is not None else _NOTHING
    attributes = _decorators(low, tree)
    block = low.block(body, inner)
    statements = block.parts[0]
    assert isinstance(statements, tuple)
    members = tuple(_member(low, statement) for statement in statements)
    block = low.place(n.BLOCK, "", (members,), block.start, block.end)
    start = _start(low, inner, attributes, "class")
    return low.place(n.CLASS, made.text, (made, bases, attributes, block), start, max(block.end, start))


def _base(low: Lowering, tree: Tree) -> Node:
    made = argument(low, tree)
    if made.kind is n.KEYWORD:
        return made
    return low.place(n.TYPE_EXPRESSION, "", (made,), made.start, made.end)


def _member(low: Lowering, statement: Node) -> Node:
    """``x = 1`` in a class is the definition of a variable, where the parentheses of ``(x)`` are lost."""
    if statement.kind is not n.EXPRESSION:
        return statement
    assign = statement.parts[0]
    assert isinstance(assign, Node)
    if assign.kind is not n.ASSIGN:
        return statement
    goal, value = assign.parts
    assert isinstance(goal, Node)
    assert isinstance(value, Node)
    if goal.kind is not n.NAME and goal.kind is not n.METAVARIABLE:
        return statement
    start, end = goal.tokens or (goal.start, goal.end)
    kind = n.IDENTIFIER if goal.kind is n.NAME else goal.kind
    name = low.place(kind, goal.text, (), start, end)
    return low.place(n.VARIABLE, name.text, (name, None, value), start, value.end)
