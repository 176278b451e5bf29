"""Follows statements: what is known after each of them, and where the flow goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.constant_expressions import assign, node, nodes, store
from secloop.engine.native.constant_flow import (
    PATHS,
    Flow,
    Known,
    Values,
    Way,
    evaluate_parts,
    follows,
    read_before,
    read_together,
)
from secloop.engine.native.nodes import Node, Part
from secloop.engine.native.scope_statements import only_if


def follow(statements: Sequence[Node], known: Known, bare: set[int]) -> None:
    """Fill in the constants of a function's body or of a module's own code.

    Args:
        bare: the identities of the names of globals that are only worth what the flow assigns to them.
    """
    Flow(known, bare).run(statements)


follows(n.ASSERT)(evaluate_parts)


@follows(n.BLOCK)
def _block(flow: Flow, block: Node) -> None:
    """A block of a loop and its ``else`` is one statement."""
    statements = block.parts[0]
    assert isinstance(statements, tuple)
    if len(statements) == 2 and statements[1].kind is n.OTHER and statements[0].kind in _LOOPS:
        _LOOPS[statements[0].kind](flow, statements[0], statements[1].parts[0])
        return
    flow.run(statements)


@follows(n.ASYNC)
def _async(flow: Flow, statement: Node) -> None:
    flow.run((node(statement.parts[0]),))


@follows(n.EXPRESSION)
def _expression(flow: Flow, statement: Node) -> None:
    value = node(statement.parts[0])
    kind = value.kind
    if kind is n.ASSIGN:
        assign(flow, value)
        return
    flow.evaluate(value)
    if kind is n.CALL:
        callee = node(value.parts[0])
        if callee.kind is n.ATTRIBUTE:
            _forget(flow, callee)
            flow.throw()
    elif kind is n.OPERATION:
        left = nodes(value.parts[1])[0]
        if left.kind is n.NAME:
            _forget(flow, left)
        flow.throw()
    elif kind is n.YIELD:
        flow.reached = value.parts[0] is None


def _forget(flow: Flow, path: Node) -> None:
    """A method that is called as a statement may change its object. So are operators, for semgrep."""
    while path.kind in PATHS:
        path = node(path.parts[0])
    if path.kind is n.NAME and path.resolved is not None:
        flow.set(path.resolved, None)


@follows(n.VARIABLE)
def _variable(flow: Flow, statement: Node) -> None:
    name, type_, value = statement.parts
    if type_ is not None:
        flow.evaluate(node(type_))
    if value is not None:
        worth = flow.evaluate(node(value))
        if node(name).resolved is not None:
            flow.set(node(name).resolved, worth)


@follows(n.RETURN)
def _return(flow: Flow, statement: Node) -> None:
    evaluate_parts(flow, statement)
    flow.reached = False


@follows(n.RAISE, n.RAISE_NOTHING)
def _raise(flow: Flow, statement: Node) -> None:
    evaluate_parts(flow, statement)
    flow.throw()
    flow.reached = False


@follows(n.RAISE_FROM)
def _raise_from(flow: Flow, statement: Node) -> None:
    """The cause is lost."""
    _raise(flow, node(statement.parts[1]))


@follows(n.BREAK)
def _break(flow: Flow, _: Node) -> None:
    if flow.loops:
        flow.loops[-1].breaks.append(flow.keep())
    flow.reached = False


@follows(n.CONTINUE)
def _continue(flow: Flow, _: Node) -> None:
    if flow.loops:
        flow.loops[-1].continues.append(flow.keep())
    flow.reached = False


@follows(n.IF)
def _if(flow: Flow, statement: Node) -> None:
    """Each ``elif`` is inside the one before; there may be many."""
    ways: list[Way] = []
    while True:
        condition, then, otherwise = statement.parts
        flow.evaluate(node(condition))
        values = flow.keep()
        ways.append(flow.branch(values, then))
        following = only_if(otherwise)
        if following is None:
            break
        statement = following
        flow.resume(values)
    way = flow.branch(values, otherwise)
    for earlier in reversed(ways):
        flow.merge([earlier, way])
        way = flow.reached, flow.keep()


@follows(n.WHILE, n.FOR)
def _loop(flow: Flow, statement: Node) -> None:
    _LOOPS[statement.kind](flow, statement, None)


def _while(flow: Flow, statement: Node, otherwise: Part) -> None:
    """What is called in the condition is so before the loop, and at the end of each round."""
    condition, body = node(statement.parts[0]), statement.parts[1]
    named, early = flow.named, read_before(condition)
    flow.evaluate(condition)
    assigns = flow.named > named

    def tail() -> None:
        if not assigns:
            return
        before = [(name, name.constant) for name in early if name.constant is not None]
        flow.evaluate(condition)
        for name, constant in before:
            name.constant = constant

    flow.loop(lambda: flow.again(condition), early, body, otherwise, tail)


def _for(flow: Flow, statement: Node, otherwise: Part) -> None:
    target, iterable, body = node(statement.parts[0]), node(statement.parts[1]), statement.parts[2]
    flow.evaluate(iterable)
    flow.loop(lambda: store(flow, target, None), read_together(iterable), body, otherwise, lambda: None)


_LOOPS: Final[dict[str, Callable[[Flow, Node, Part], None]]] = {n.WHILE: _while, n.FOR: _for}


@follows(n.WITH)
def _with(flow: Flow, statement: Node) -> None:
    item, body = node(statement.parts[0]), statement.parts[1]
    if item.kind is n.WITH_ITEM:
        store(flow, node(item.parts[0]), flow.evaluate(node(item.parts[1])))
    else:
        flow.evaluate(item)
    flow.block(body)


@follows(n.TRY)
def _try(flow: Flow, statement: Node) -> None:
    """What no handler takes goes to ``finally``, or to the ``try`` outside; the end of a ``try`` can raise as well."""
    body, handlers, otherwise, final = statement.parts
    caught = _thrown(flow, lambda: flow.block(body))
    ways: list[Way] = []

    def rest() -> None:
        if flow.reached:
            flow.block(otherwise)
        ways.append((flow.reached, flow.keep()))
        if caught is not None:
            ways.extend(flow.branch(caught, handler.parts[2]) for handler in nodes(handlers))

    before = sum(map(len, flow.throws))
    if final is None:
        rest()
        escaped = caught
    else:
        ways.append((True, caught) if caught is not None else (False, {}))
        escaped = _thrown(flow, rest)
        if escaped is not None:
            ways.append((True, escaped))
    flow.merge(ways)
    if flow.reached:
        flow.block(final)
    if flow.reached and (caught is not None or escaped is not None or sum(map(len, flow.throws)) > before):
        flow.throw()
    if final is None and caught is not None and flow.throws:
        flow.throws[-1].append(caught)


def _thrown(flow: Flow, follow: Callable[[], None]) -> Values | None:
    """What is known where something is raised in what is followed, if anything is."""
    flow.throws.append([])
    follow()
    thrown = flow.throws.pop()
    return flow.meet(thrown) if thrown else None


@follows(n.MATCH)
def _match(flow: Flow, statement: Node) -> None:
    subject, cases = statement.parts
    for value in nodes(node(subject).parts[0]):
        if value.kind is not n.NAME:
            flow.evaluate(value)
    values = flow.keep()
    ways = [flow.branch(values, case.parts[1]) for case in nodes(cases)]
    flow.merge([*ways, (True, values)])
