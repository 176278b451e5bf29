"""Evaluates expressions, and what assigning does, along the flow of a function."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.constant_flow import (
    EXPRESSIONS,
    PATHS,
    Flow,
    evaluate_parts,
    evaluates,
    is_pure,
)
from secloop.engine.native.constant_values import LITERALS, Value, concatenation, join, operate
from secloop.engine.native.nodes import Node, Part


def node(part: Part) -> Node:
    """A part that is a node."""
    assert isinstance(part, Node)
    return part


def nodes(part: Part) -> tuple[Node, ...]:
    """A part that is a list."""
    assert isinstance(part, tuple)
    return part


@evaluates(*LITERALS)
def _literal(_: Flow, literal: Node) -> Value:
    return literal


@evaluates(n.IDENTIFIER, n.OPERATOR, n.ELLIPSIS, n.ENCODED, n.SLICE)
def _nothing(_: Flow, __: Node) -> Value:
    return None


@evaluates(n.NAME)
def _name(flow: Flow, name: Node) -> Value:
    return flow.worth(name)


@evaluates(n.ATTRIBUTE)
def _attribute(flow: Flow, attribute: Node) -> Value:
    value = attribute.parts[0]
    assert isinstance(value, Node)
    EXPRESSIONS[value.kind](flow, value)
    return None


@evaluates(n.CALL)
def _call(flow: Flow, call: Node) -> Value:
    callee, arguments = call.parts
    assert isinstance(callee, Node)
    assert isinstance(arguments, tuple)
    values, named = flow.values, flow.named
    EXPRESSIONS[callee.kind](flow, callee)
    for argument in arguments:
        EXPRESSIONS[argument.kind](flow, argument)
    if flow.values is not values or flow.named != named:
        for child in call.children():
            flow.again(child)
    if flow.throws:
        flow.throw()
    return None


@evaluates(n.TUPLE, n.LIST, n.SET, n.DICT)
def _display(flow: Flow, display: Node) -> Value:
    """Elements are evaluated after all loops among them."""
    values, named = flow.values, flow.named
    elements = display.parts[0]
    assert isinstance(elements, tuple)
    for element in elements:
        EXPRESSIONS[element.kind](flow, element)
    if flow.values is not values or flow.named != named:
        flow.again(display)
    return None


@evaluates(n.SLICES)
def _slices(flow: Flow, slices: Node) -> Value:
    """Semgrep does not look into the bounds of slices."""
    for position, item in enumerate(nodes(slices.parts[0])):
        if not position:
            flow.evaluate(node(item.parts[0]))
        if item.kind is n.INDEX:
            flow.evaluate(node(item.parts[1]))
    return None


@evaluates(n.OPERATION)
def _operation(flow: Flow, operation: Node) -> Value:
    sign, operands = operation.parts
    assert isinstance(operands, tuple)
    left, named = operands[0], flow.named
    values = [EXPRESSIONS[left.kind](flow, left)]
    lazy = flow.keep() if operation.text in ("and", "or") else None
    for operand in operands[1:]:
        values.append(EXPRESSIONS[operand.kind](flow, operand))
    if lazy is not None and lazy is not flow.values:  # what the right operand does may not happen
        flow.resume(flow.meet([flow.values, lazy]))
    if flow.named != named:
        flow.again(operation)
    return operate(operation.text, values, node(sign))


@evaluates(n.CONDITIONAL)
def _conditional(flow: Flow, conditional: Node) -> Value:
    condition, then, otherwise = conditional.parts
    assert isinstance(condition, Node)
    assert isinstance(then, Node)
    assert isinstance(otherwise, Node)
    EXPRESSIONS[condition.kind](flow, condition)
    before = flow.keep()
    one = EXPRESSIONS[then.kind](flow, then)
    after = flow.keep()
    flow.resume(before)
    other = EXPRESSIONS[otherwise.kind](flow, otherwise)
    flow.resume(flow.meet([flow.values, after]))
    return join(one, other)


@evaluates(n.CONCAT, n.FORMAT)
def _string(flow: Flow, string: Node) -> Value:
    values = []
    for piece in nodes(string.parts[0]):
        values.append(EXPRESSIONS[piece.kind](flow, piece))
    if not values:
        return Node(n.STRING, "", (), string.start, string.end, string.base)
    return concatenation(values, lambda _: False)


@evaluates(n.COMPREHENSION)
def _comprehension(flow: Flow, comprehension: Node) -> Value:
    """A loop, after which nothing is known."""
    element, clauses = comprehension.parts
    for clause in nodes(clauses):
        if clause.kind is n.COMPREHENSION_FOR:
            flow.evaluate(node(clause.parts[1]))
            flow.forget()
        else:
            evaluate_parts(flow, clause)
    flow.evaluate(node(element))
    flow.forget()
    return None


@evaluates(n.LAMBDA)
def _lambda(flow: Flow, function: Node) -> Value:
    """Its body is followed where it stands, as if it was run, but calls in it raise nothing."""
    throws, flow.throws = flow.throws, []
    flow.evaluate(node(function.parts[1]))
    flow.throws = throws
    return None


def assign(flow: Flow, assignment: Node) -> Value:
    """``a = b``."""
    target, value = node(assignment.parts[0]), node(assignment.parts[1])
    worth = flow.evaluate(value)
    if target.kind is n.NAME and value.kind is n.NAME and target.resolved is value.resolved:
        target.constant, value.constant = value.constant, None  # ``a = a``: semgrep puts it there
        return worth
    store(flow, target, worth)
    return worth


@evaluates(n.ASSIGN)
def _named(flow: Flow, assignment: Node) -> Value:
    """``(a := b)``."""
    value = assign(flow, assignment)
    flow.named += 1
    target = node(assignment.parts[0])
    if target.kind is n.NAME:
        target.constant = value
    return value


@evaluates(n.AUGMENTED)
def _augmented(flow: Flow, assignment: Node) -> Value:
    target, value = node(assignment.parts[0]), node(assignment.parts[1])
    if target.kind is not n.NAME:
        flow.evaluate(value)
        store(flow, target, None)
        return None
    left = flow.worth(target)
    right = flow.evaluate(value)
    text = assignment.text
    sign = Node(n.OPERATOR, text, (), target.end + 1, target.end + 2 + len(text), assignment.base)
    worth = operate(text, [left, right], sign)
    if target.resolved is not None:
        flow.set(target.resolved, worth)
    return worth


def store(flow: Flow, target: Node, value: Value) -> None:
    """Assign to any target. What has a star, a type or stands in a pattern is not assigned, for semgrep."""
    kind = target.kind
    if kind is n.NAME or kind is n.PATTERN_NAME:
        if target.resolved is not None:
            target.constant = None
            flow.set(target.resolved, value)
    elif kind in PATHS:
        _store_inside(flow, target)
    elif kind is not n.CAST and kind is not n.PATTERN_EXPRESSION and kind is not n.SPREAD:
        for child in target.children():
            store(flow, child, None)


def _store_inside(flow: Flow, target: Node) -> None:
    """``a.b[c] = d``: nothing is known of ``a`` any more. What is in brackets is read after that, but for calls."""
    late = []
    while target.kind in PATHS:
        if target.kind is n.INDEX:
            index = node(target.parts[1])
            if is_pure(index):
                late.append(index)
            else:
                flow.evaluate(index)
        target = node(target.parts[0])
    flow.evaluate(target)
    if target.kind is n.NAME and target.resolved is not None:
        flow.set(target.resolved, None)
    for index in late:
        flow.again(index)
