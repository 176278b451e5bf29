"""Walks statements and definitions in the order in which semgrep declares names."""

from __future__ import annotations

from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.bindings import ENTITY, GLOBAL, MODULE
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.nodes import Node, Part
from secloop.engine.native.scope_expressions import (
    UNBOUND,
    bind_target,
    declare_parameters,
    label,
    node,
    nodes,
    visit,
)
from secloop.engine.native.scopes import Resolver, visits

MAX_BLOCKS: Final = 100
"""How deep blocks nest in what is followed; Python refuses more as well."""


@visits(n.PASS, n.BREAK, n.CONTINUE, n.IMPORT_ALL, n.MODIFIER, n.RAISE_NOTHING)
def _nothing(_: Resolver, __: Node) -> None:
    pass


@visits(n.BLOCK)
def _block(resolver: Resolver, block: Node) -> None:
    resolver.blocks += 1
    if resolver.blocks > MAX_BLOCKS:
        raise TooDeep(f"nested more than {MAX_BLOCKS} blocks deep")
    resolver.visit_part(block.parts[0])
    resolver.blocks -= 1


@visits(n.IF)
def _if(resolver: Resolver, statement: Node) -> None:
    """Each ``elif`` is inside the one before; there may be many."""
    while True:
        condition, then, otherwise = statement.parts
        visit(resolver, condition)
        visit(resolver, then)
        following = only_if(otherwise)
        if following is None:
            resolver.visit_part(otherwise)
            return
        statement = following


def only_if(block: Part) -> Node | None:
    """The IF that is all there is in a block."""
    if isinstance(block, Node):
        statements = nodes(block.parts[0])
        if len(statements) == 1 and statements[0].kind is n.IF:
            return statements[0]
    return None


@visits(n.VARIABLE)
def _variable(resolver: Resolver, statement: Node) -> None:
    name, type_, value = node(statement.parts[0]), statement.parts[1], statement.parts[2]
    resolver.visit_part(type_)
    resolver.visit_part(value)
    if resolver.member:
        label(resolver, name)
    else:
        declared = None if type_ is None else node(type_)
        name.resolved, name.type = resolver.declare(name.text, declared).resolved, declared
    if name.resolved is not None and name.resolved.kind is GLOBAL:
        resolver.chunk.stores.append(name.resolved)


@visits(n.GLOBAL)
def _global(resolver: Resolver, statement: Node) -> None:
    """Brings in what is declared already; of what is not, semgrep knows nothing."""
    name = node(statement.parts[0])
    label(resolver, name)
    text = name.text
    if statement.text == "global":
        resolver.use(text)
        found = resolver.globals.get(text)
    else:
        scopes = (scope for scope in reversed(resolver.outer) if scope is not resolver.globals)
        found = next((scope[text] for scope in scopes if text in scope), None)
    if found is not None:
        resolver.top[text] = found


@visits(n.FOR)
def _for(resolver: Resolver, statement: Node) -> None:
    target, iterable, body = statement.parts
    bind_target(resolver, node(target))
    visit(resolver, iterable)
    visit(resolver, body)


@visits(n.WITH_ITEM)
def _with_item(resolver: Resolver, item: Node) -> None:
    bind_target(resolver, node(item.parts[0]))
    visit(resolver, item.parts[1])


@visits(n.HANDLER)
def _handler(resolver: Resolver, handler: Node) -> None:
    type_, name, body = handler.parts
    if isinstance(name, Node):
        name.resolved = UNBOUND if resolver.member else resolver.declare(name.text).resolved
    resolver.visit_part(type_)
    visit(resolver, body)


@visits(n.CASE)
def _case(resolver: Resolver, case: Node) -> None:
    bind_target(resolver, node(case.parts[0]))
    visit(resolver, case.parts[1])


@visits(n.IMPORT)
def _import(resolver: Resolver, statement: Node) -> None:
    parts, alias = statement.parts
    if isinstance(alias, Node):
        resolver.import_as(alias, MODULE, tuple(part.text for part in nodes(parts)))


@visits(n.IMPORT_FROM)
def _import_from(resolver: Resolver, statement: Node) -> None:
    parts, imported = statement.parts
    path = tuple(part.text for part in nodes(parts))
    for item in nodes(imported):
        name, alias = node(item.parts[0]), item.parts[1]
        resolver.import_as(alias if isinstance(alias, Node) else name, ENTITY, (*path, name.text))


@visits(n.FUNCTION)
def _function(resolver: Resolver, function: Node) -> None:
    if resolver.define(function):
        return
    name, parameters, returns, decorators, body = function.parts
    label(resolver, name)
    resolver.visit_part(decorators)
    resolver.chunk.functions.append(function)
    scope, state = resolver.enter(), (resolver.function, resolver.member)
    resolver.function, resolver.member = True, False
    declare_parameters(resolver, nodes(parameters))
    resolver.visit_part(returns)
    visit(resolver, body)
    resolver.function, resolver.member = state
    resolver.leave(scope)


@visits(n.CLASS)
def _class(resolver: Resolver, statement: Node) -> None:
    name, bases, decorators, body = statement.parts
    label(resolver, name)
    resolver.visit_part(bases)
    resolver.visit_part(decorators)
    member, resolver.member = resolver.member, True
    visit(resolver, body)
    resolver.member = member


@visits(n.DECORATOR)
def _decorator(resolver: Resolver, decorator: Node) -> None:
    value, arguments = decorator.parts
    if isinstance(value, Node):
        if value.kind is n.IDENTIFIER:
            label(resolver, value)
            if value.resolved is not None and value.resolved.kind is GLOBAL:
                resolver.chunk.reads.append(value)
        else:
            visit(resolver, value)
    resolver.visit_part(arguments)


@visits(n.TYPE_ALIAS)
def _type_alias(resolver: Resolver, statement: Node) -> None:
    label(resolver, statement.parts[0])
    visit(resolver, statement.parts[1])
