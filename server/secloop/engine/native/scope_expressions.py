"""Walks expressions, and what is assigned, in the order in which semgrep declares names."""

from __future__ import annotations

from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.bindings import GLOBAL, PARAMETER, Binding, Resolved, fresh
from secloop.engine.native.nodes import Node, Part
from secloop.engine.native.scopes import LITERAL_TYPES, SPECIAL, VISITS, Resolver, visits, walk_parts

UNBOUND: Final = Resolved(PARAMETER, (), -1)
"""What the names of ``*args``, ``**kwargs`` and of handlers in classes stand for; uses of them stand for nothing."""


def node(part: Part) -> Node:
    """A part that is a node."""
    assert isinstance(part, Node)
    return part


def nodes(part: Part) -> tuple[Node, ...]:
    """A part that is a list."""
    assert isinstance(part, tuple)
    return part


def visit(resolver: Resolver, part: Part) -> None:
    """Walk a part that is a node."""
    assert isinstance(part, Node)
    VISITS[part.kind](resolver, part)


@visits(*LITERAL_TYPES, n.ENCODED, n.ELLIPSIS, n.OPERATOR, n.IDENTIFIER)
def _nothing(_: Resolver, __: Node) -> None:
    pass


@visits(n.NAME)
def _name(resolver: Resolver, name: Node) -> None:
    text = name.text
    if text in SPECIAL:
        return
    found = resolver.top.get(text)
    if found is None:
        found = resolver.look_up(text)
        if found is None:
            name.resolved = name.type = None
            return
    name.resolved = resolved = found.resolved
    name.type = found.type
    if resolved.kind is GLOBAL:
        resolver.chunk.reads.append(name)


def label(resolver: Resolver, part: Part) -> None:
    """A name that is no expression: semgrep resolves it all the same."""
    assert isinstance(part, Node)
    found = resolver.top.get(part.text) or resolver.look_up(part.text)
    if found is None:
        part.resolved = part.type = None
    else:
        part.resolved = found.resolved
        part.type = found.type


@visits(n.ATTRIBUTE)
def _attribute(resolver: Resolver, attribute: Node) -> None:
    value, name = attribute.parts
    assert isinstance(value, Node)
    VISITS[value.kind](resolver, value)
    label(resolver, name)


@visits(n.CALL)
def _call(resolver: Resolver, call: Node) -> None:
    callee, arguments = call.parts
    assert isinstance(callee, Node)
    assert isinstance(arguments, tuple)
    VISITS[callee.kind](resolver, callee)
    for argument in arguments:
        VISITS[argument.kind](resolver, argument)


@visits(n.KEYWORD)
def _keyword(resolver: Resolver, keyword: Node) -> None:
    value = keyword.parts[1]
    assert isinstance(value, Node)
    VISITS[value.kind](resolver, value)


@visits(n.INDEX)
def _index(resolver: Resolver, index: Node) -> None:
    for part in index.parts:
        assert isinstance(part, Node)
        if part.kind is n.NAME or part.kind is n.INDEX:
            inner(resolver, part)
        else:
            VISITS[part.kind](resolver, part)


@visits(n.SLICES)
def _slices(resolver: Resolver, slices: Node) -> None:
    """All of them have the same object."""
    for position, item in enumerate(nodes(slices.parts[0])):
        value, *bounds = item.parts
        if not position:
            visit(resolver, value)
        for bound in bounds:
            if isinstance(bound, Node):
                (inner if item.kind is n.INDEX else visit)(resolver, bound)


def inner(resolver: Resolver, value: Node) -> None:
    """The object and the index of ``a[b]`` and what is assigned: semgrep only looks for globals inside them."""
    if value.kind is n.NAME:
        if value.text not in SPECIAL:
            label(resolver, value)
            if value.resolved is not None and value.resolved.kind is GLOBAL:
                resolver.chunk.bare.add(id(value))
    elif value.kind is n.INDEX:
        visit(resolver, value.parts[0])
        visit(resolver, value.parts[1])
    else:
        VISITS[value.kind](resolver, value)


@visits(n.CONCAT, n.FORMAT, n.CONDITIONAL)
def _fold(resolver: Resolver, folded: Node) -> None:
    resolver.chunk.folds.append(folded)
    for part in folded.parts:
        if isinstance(part, tuple):
            for piece in part:
                VISITS[piece.kind](resolver, piece)
        elif part is not None:
            VISITS[part.kind](resolver, part)


@visits(n.OPERATION)
def _operation(resolver: Resolver, operation: Node) -> None:
    resolver.chunk.folds.append(operation)
    operands = operation.parts[1]
    assert isinstance(operands, tuple)
    for operand in operands:
        VISITS[operand.kind](resolver, operand)


@visits(n.COMPREHENSION)
def _comprehension(resolver: Resolver, comprehension: Node) -> None:
    element, clauses = comprehension.parts
    scope = resolver.enter()
    for clause in nodes(clauses):
        VISITS[clause.kind](resolver, clause)
    visit(resolver, element)
    resolver.leave(scope)


@visits(n.COMPREHENSION_FOR)
def _comprehension_for(resolver: Resolver, clause: Node) -> None:
    target, iterable = clause.parts
    bind_target(resolver, node(target))
    visit(resolver, iterable)


@visits(n.LAMBDA)
def _lambda(resolver: Resolver, function: Node) -> None:
    parameters, body = function.parts
    scope, state = resolver.enter(), (resolver.function, resolver.member)
    resolver.function, resolver.member = True, False
    declare_parameters(resolver, nodes(parameters))
    visit(resolver, body)
    resolver.function, resolver.member = state
    resolver.leave(scope)


def declare_parameters(resolver: Resolver, parameters: tuple[Node, ...]) -> None:
    """All of them are declared before any default value or annotation."""
    for parameter in parameters:
        name = parameter.parts[0] if parameter.parts else None
        if parameter.kind is n.PARAMETER:
            type_ = parameter.parts[1]
            assert isinstance(name, Node)
            assert type_ is None or isinstance(type_, Node)
            binding = resolver.top[name.text] = Binding(Resolved(PARAMETER, (), fresh()), type_)
            name.resolved, name.type = binding.resolved, type_
        elif parameter.kind is n.PARAMETER_REST and isinstance(name, Node):
            name.resolved = UNBOUND
        elif parameter.kind is n.PARAMETER_PATTERN:
            bind_target(resolver, node(name))
    for parameter in parameters:
        if parameter.kind is n.PARAMETER or parameter.kind is n.PARAMETER_REST:
            for part in parameter.parts[1:]:
                if part is not None:
                    visit(resolver, part)


@visits(n.ASSIGN)
def _assign(resolver: Resolver, assignment: Node) -> None:
    """The target is declared first, but for a name that means nothing yet."""
    target, value = node(assignment.parts[0]), node(assignment.parts[1])
    if target.kind is not n.NAME:
        _stored(resolver, target)
        inner(resolver, value)
        return
    known = resolver.look_up(target.text) is not None
    if known:
        resolver.assign(target, value)
    (inner if value.kind is n.NAME else visit)(resolver, value)
    if not known:
        resolver.assign(target, value, anew=True)


@visits(n.AUGMENTED)
def _augmented(resolver: Resolver, assignment: Node) -> None:
    _stored(resolver, node(assignment.parts[0]))
    inner(resolver, node(assignment.parts[1]))


def _stored(resolver: Resolver, target: Node) -> None:
    """``a[b] = c`` counts as an assignment to ``a``; as an element of a tuple it does not."""
    if target.kind is not n.INDEX:
        _left(resolver, target)
        return
    value, index = node(target.parts[0]), target.parts[1]
    if value.kind is n.NAME:
        resolver.assign(value)
    else:
        _left(resolver, value)
    reads = resolver.chunk.reads
    before = len(reads)
    visit(resolver, index)
    resolver.chunk.bare.update(id(name) for name in reads[before:])
    del reads[before:]


def _left(resolver: Resolver, target: Node) -> None:
    """The left side of an assignment: all names in it but those in brackets are declared."""
    kind = target.kind
    if kind is n.NAME:
        resolver.assign(target)
    elif kind is n.ATTRIBUTE:
        name = node(target.parts[1])
        _base(resolver, node(target.parts[0]), read=True)
        found = resolver.declared_here(name.text)
        name.resolved, name.type = (None, None) if found is None else (found.resolved, found.type)
    elif kind is n.INDEX:
        _base(resolver, node(target.parts[0]), read=False)
        inner(resolver, node(target.parts[1]))
    elif kind is n.LAMBDA or kind is n.COMPREHENSION:
        VISITS[kind](resolver, target)
    else:
        for child in target.children():
            _left(resolver, child)


def _base(resolver: Resolver, value: Node, *, read: bool) -> None:
    """The ``a`` of ``a.b = c``: declared, but not assigned."""
    if value.kind is not n.NAME:
        _left(resolver, value)
        return
    _without_stores(resolver, value)
    if read and value.resolved is not None and value.resolved.kind is GLOBAL:
        resolver.chunk.reads.append(value)


def _without_stores(resolver: Resolver, target: Node) -> None:
    stores = resolver.chunk.stores
    before = len(stores)
    _left(resolver, target)
    del stores[before:]


def bind_target(resolver: Resolver, target: Node) -> None:
    """A pattern of Python: its names are always declared anew."""
    kind = target.kind
    if kind is n.PATTERN_NAME:
        if resolver.member:
            label(resolver, target)
        else:
            target.resolved = resolver.declare(target.text).resolved
    elif kind is n.PATTERN_EXPRESSION:
        _without_stores(resolver, node(target.parts[0]))
    elif kind is n.PATTERN_OTHER and target.text == "as_pattern":
        for part in list(target.children())[:-1]:
            bind_target(resolver, part)
    elif kind.startswith("pattern"):
        if kind is n.PATTERN_CLASS and "." not in target.text:
            label(resolver, target)
        for child in target.children():
            bind_target(resolver, child)
    else:
        walk_parts(resolver, target)
