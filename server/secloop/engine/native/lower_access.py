"""Lowers attributes, calls with their arguments, and subscripts."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.lowering import Lowering, Tree, children, lowers
from secloop.engine.native.nodes import Node


@lowers("attribute")
def _attribute(low: Lowering, tree: Tree) -> Node:
    return _postfix(low, tree)


@lowers("call")
def _call(low: Lowering, tree: Tree) -> Node:
    return _postfix(low, tree)


@lowers("subscript")
def _subscript(low: Lowering, tree: Tree) -> Node:
    return _postfix(low, tree)


_POSTFIX = {"attribute": "object", "call": "function", "subscript": "value"}


def _postfix(low: Lowering, tree: Tree) -> Node:
    """``a.b(c)[d]``: a loop and not a recursion, since fluent interfaces chain far."""
    chain = []
    while (field := _POSTFIX.get(tree.type)) is not None:
        below = tree.child_by_field_name(field)
        if below is None:
            break
        chain.append(tree)
        tree = below
    if not chain:
        return low.node(n.OTHER, "damaged", (), tree)
    low.allow(len(chain))
    starred = tree.type == "list_splat"  # the grammar reads ``*a.b(c)`` in a list as a call of ``*a.b``
    made = low.expression(children(tree)[0] if starred else tree)
    for link in reversed(chain):
        made = _LINKS[link.type](low, link, made)
    return low.place(n.SPREAD, "*", (None, made), made.start, made.end) if starred else made


def _attribute_of(low: Lowering, tree: Tree, value: Node) -> Node:
    name = tree.child_by_field_name("attribute")
    if name is None:
        return low.node(n.OTHER, "damaged", (value,), tree)
    made = low.identifier(name)
    end = name.end_byte - low.offset
    if made.kind is n.ELLIPSIS:
        return low.place(n.ATTRIBUTE_ELLIPSIS, "", (value,), value.start, end)
    return low.place(n.ATTRIBUTE, "", (value, made), value.start, end)


def _call_of(low: Lowering, tree: Tree, callee: Node) -> Node:
    return low.place(n.CALL, "", (callee, arguments(low, tree)), callee.start, tree.end_byte - low.offset)


def arguments(low: Lowering, call: Tree) -> tuple[Node, ...]:
    """The arguments of a call."""
    listed = call.child_by_field_name("arguments")
    if listed is None:
        return ()
    if listed.type == "generator_expression":
        return (_bare_generator(low, listed),)
    return tuple(argument(low, child) for child in children(listed))


def argument(low: Lowering, tree: Tree) -> Node:
    """One argument: here the stars are tokens, while in a list they are not."""
    type_ = tree.type
    if type_ == "keyword_argument":
        name, value = tree.child_by_field_name("name"), tree.child_by_field_name("value")
        if name is not None and value is not None:
            made, key = low.expression(value), low.identifier(name)
            if key.kind is n.TYPED_METAVARIABLE:
                kind = low.place(n.TYPE_EXPRESSION, "", (made,), made.start, made.end)
                return low.place(key.kind, key.text, (kind,), key.start, made.end)
            return low.place(n.KEYWORD, key.text, (key, made), key.start, made.end)
    if type_ in ("list_splat", "dictionary_splat"):
        inside = children(tree)
        if inside:
            star = low.node(n.OPERATOR, "*" if type_ == "list_splat" else "**", (), tree.children[0])
            made = low.expression(inside[0])
            return low.place(n.SPREAD, star.text, (star, made), star.start, made.end)
    made = low.expression(tree)
    if made.kind is n.SPREAD and made.parts[0] is None and isinstance(made.parts[1], Node):
        start = tree.start_byte - low.offset  # a call of what is starred, see ``_postfix``
        star = low.place(n.OPERATOR, "*", (), start, start + 1)
        return low.place(n.SPREAD, "*", (star, made.parts[1]), start, made.end)
    return made


def _bare_generator(low: Lowering, tree: Tree) -> Node:
    """``f(a for a in b)``: the parentheses are the call's, and semgrep's first parser takes it for a list's."""
    made = low.expression(tree)
    if low.modern:
        return made
    made.text = "list"
    clauses = made.parts[1]
    element = made.parts[0]
    assert isinstance(clauses, tuple)
    assert isinstance(element, Node)
    made.start = element.start
    made.end = clauses[-1].end if clauses else element.end
    return made


def _index_of(low: Lowering, tree: Tree, value: Node) -> Node:
    opening = next((child for child in tree.children if child.type == "["), tree)
    return index_in(low, tree.children_by_field_name("subscript"), value, tree, opening)


def index_in(low: Lowering, items: list[Tree], value: Node, tree: Tree, opening: Tree) -> Node:
    """What is in brackets; a comma after a single item says nothing to semgrep."""
    start, end = value.start, tree.end_byte - low.offset
    if len(items) == 1:
        return _indexed(low, items[0], value, start, end)
    if any(item.type == "slice" for item in items):
        parts = tuple(_indexed(low, item, value, start, None) for item in items)
        return low.place(n.SLICES, "", (parts,), start, max(part.end for part in parts))
    elements = tuple(low.expression(item) for item in items)
    index = low.around(n.TUPLE, "", (elements,), elements, tree)
    if low.modern:
        index.start, index.end = opening.start_byte - low.offset, end
    return low.place(n.INDEX, "", (value, index), start, end)


def _indexed(low: Lowering, item: Tree, value: Node, start: int, end: int | None) -> Node:
    """One of the indexes or slices in brackets; only the last one's range reaches the closing bracket."""
    if item.type == "slice":
        bounds = _bounds(low, item)
        last = max((bound.end for bound in bounds if bound is not None), default=value.end)
        return low.place(n.SLICE, "", (value, *bounds), start, last if end is None else end)
    made = low.expression(item)
    return low.place(n.INDEX, "", (value, made), start, made.end if end is None else end)


def _bounds(low: Lowering, tree: Tree) -> tuple[Node | None, Node | None, Node | None]:
    bounds: list[Node | None] = [None, None, None]
    place = 0
    for child in tree.children:
        if child.type == ":":
            place += 1
        elif not child.is_extra:
            bounds[min(place, 2)] = low.expression(child)
    if low.modern:
        bounds[2] = bounds[1] if place > 1 else None  # the second parser takes the upper bound for the step
    return bounds[0], bounds[1], bounds[2]


_LINKS = {"attribute": _attribute_of, "call": _call_of, "subscript": _index_of}


def called_type(low: Lowering) -> Node:
    """The call that ``low.called`` says."""
    assert low.called is not None
    keyword, listed = low.called
    low.called = None
    callee, arguments = low.name(keyword), tuple(argument(low, child) for child in children(listed))
    return low.place(n.CALL, "", (callee, arguments), callee.start, listed.end_byte - low.offset)
