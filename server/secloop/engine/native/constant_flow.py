"""Follows the flow of a function's statements, and fills in what its variables are known to be worth where it passes.

It flows as in semgrep: loops forget what they do not assign on every way round, a comprehension is a loop, conditions
are not evaluated, only calls and ``raise`` lead to handlers, and a statement ``yield x`` ends the function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.constant_values import LITERALS, Value, concatenation, join, operate
from secloop.engine.native.names import GLOBAL
from secloop.engine.native.nodes import Node, Part

Known: TypeAlias = "dict[int, Node]"
"""The values of globals by the identity of what their names are resolved to."""
Values: TypeAlias = "dict[int, Node]"
"""The values of variables, likewise; of one that is missing nothing is known."""

_ROUNDS: Final = 20
"""How often a loop is gone round at most: values only become less precise, in three steps."""


def follow(statements: Sequence[Node], known: Known, bare: set[int]) -> None:
    """Fill in the constants of a function's body or of a module's own code.

    Args:
        bare: the identities of the names of globals that are only worth what the flow assigns to them.
    """
    _Flow(known, bare).run(statements)


class _Loop:
    """Where ``break`` and ``continue`` lead."""

    __slots__ = ("breaks", "continues")

    def __init__(self) -> None:
        self.breaks: list[Values] = []
        self.continues: list[Values] = []


class _Flow:
    """The state along the flow.

    Attributes:
        values: what is known here.
        reached: whether the flow comes here at all.
        throws: what is known where an exception can be raised, for each ``try`` around the place.
    """

    __slots__ = ("bare", "known", "loops", "reached", "throws", "values")

    def __init__(self, known: Known, bare: set[int]) -> None:
        self.known = known
        self.bare = bare
        self.values: Values = {}
        self.reached = True
        self.loops: list[_Loop] = []
        self.throws: list[list[Values]] = []

    # Statements.

    def run(self, statements: Sequence[Node]) -> None:
        """Follow statements as far as the flow goes."""
        position = 0
        while position < len(statements) and self.reached:
            statement = statements[position]
            position += 1
            if statement.kind is n.BLOCK:
                self.block(statement)
            else:
                handle = _STATEMENTS.get(statement.kind)
                if handle is not None:
                    handle(self, statement)

    def block(self, node: Part) -> None:
        """Follow a block; one of a loop and its ``else`` is one statement."""
        if node is None:
            return
        assert isinstance(node, Node)
        statements = node.parts[0]
        assert isinstance(statements, tuple)
        if len(statements) == 2 and statements[1].kind in _LOOP_ELSE:
            _LOOPS[statements[0].kind](self, statements[0], statements[1].parts[0])
        else:
            self.run(statements)

    def branch(self, values: Values, *parts: Part) -> tuple[bool, Values]:
        """Follow blocks from a copy of some values; returns whether their end is reached, and with what."""
        self.values, self.reached = dict(values), True
        for part in parts:
            self.block(part)
        return self.reached, self.values

    def merge(self, ways: Sequence[tuple[bool, Values]]) -> None:
        """Go on where several ways meet."""
        reached = [values for reached, values in ways if reached]
        self.reached = bool(reached)
        self.values = _meet(reached) if reached else {}

    def throw(self) -> None:
        """An exception can be raised here."""
        if self.throws:
            self.throws[-1].append(dict(self.values))

    def last(self, names: Sequence[Node], values: Values) -> None:
        """What is evaluated at the end of a round says what the names in it are worth of which nothing was known."""
        for name in names:
            if name.constant is None and name.resolved is not None:
                name.constant = values.get(id(name.resolved))

    def loop(self, head: Callable[[], None], repeated: Sequence[Node], body: Part, otherwise: Part) -> None:
        """Go round a loop until what is known at its head does not change.

        Args:
            head: evaluates what is evaluated before each round.
            repeated: the names that are read at the end of each one.
            otherwise: the statements of its ``else``.
        """
        before = self.values
        known: Values = {}
        marks = [len(throws) for throws in self.throws]
        for _ in range(_ROUNDS):
            loop = _Loop()
            self.loops.append(loop)
            for throws, mark in zip(self.throws, marks, strict=True):
                del throws[mark:]
            self.values, self.reached = dict(known), True
            head()
            left = dict(self.values)
            self.block(body)
            self.loops.pop()
            rounds = [*loop.continues, self.values] if self.reached else loop.continues
            after = _meet([before, *rounds])
            if _equal(after, known):
                break
            known = after
        if rounds:
            self.last(repeated, _meet(rounds))
        self.values, self.reached = left, True
        if isinstance(otherwise, tuple):
            self.run(otherwise)
        self.merge([(self.reached, self.values), *((True, values) for values in loop.breaks)])

    # Values.

    def set(self, resolved: object, value: Value) -> None:
        """A variable is assigned."""
        if value is None:
            self.values.pop(id(resolved), None)
        else:
            self.values[id(resolved)] = value

    def worth(self, node: Node) -> Value:
        """What a name is worth, which is filled in."""
        resolved = node.resolved
        if resolved is None:
            return None
        value = self.values.get(id(resolved))
        if resolved.kind is GLOBAL:
            known = self.known.get(id(resolved))
            if known is not None and id(node) not in self.bare:
                node.constant = known if value is None or known.kind is not n.CONSTANT else value
                return known if value is None else value
        node.constant = value
        return value

    def evaluate(self, node: Node) -> Value:
        """What an expression is worth, with all names in it filled in."""
        return _EXPRESSIONS[node.kind](self, node)

    def evaluate_part(self, part: Part) -> None:
        """Evaluate what may be a list or missing."""
        if part is None:
            return
        if isinstance(part, tuple):
            for node in part:
                _EXPRESSIONS[node.kind](self, node)
        else:
            _EXPRESSIONS[part.kind](self, part)

    def again(self, node: Node) -> None:
        """Evaluate anew the names that are read with an expression as a whole, after all calls in it."""
        kind = node.kind
        if kind is n.NAME:
            self.worth(node)
        elif kind in _PURE:
            for child in node.children():
                self.again(child)

    def store(self, target: Node, value: Value) -> None:
        """Assign to any target."""
        kind = target.kind
        if kind is n.NAME or kind is n.PATTERN_NAME:
            if target.resolved is not None:
                target.constant = None
                self.set(target.resolved, value)
        elif kind in _PATHS:
            self.store_inside(target)
        elif kind is not n.CAST and kind is not n.PATTERN_EXPRESSION:
            for child in target.children():
                if child.kind is not n.SPREAD:  # what has a star is not assigned, for semgrep
                    self.store(child, None)

    def store_inside(self, target: Node) -> None:
        """``a.b[c] = d``: nothing is known of ``a`` any more. Its last name in brackets is read after that."""
        names = []
        while target.kind in _PATHS:
            if target.kind is n.INDEX:
                index = _node(target.parts[1])
                if index.kind is n.NAME or index.kind in _PURE:
                    names.append(index)
                else:
                    self.evaluate(index)
            target = _node(target.parts[0])
        if target.kind is n.NAME:
            self.worth(target)
            if target.resolved is not None:
                self.set(target.resolved, None)
        else:
            self.evaluate(target)
        for name in names:
            self.again(name)


_PURE: Final = frozenset(
    (n.ATTRIBUTE, n.INDEX, n.OPERATION, n.TUPLE, n.LIST, n.SET, n.DICT, n.KEYWORD, n.COMPARISONS)
)
"""Expressions that semgrep evaluates together with what they are part of."""
_PATHS: Final = frozenset((n.ATTRIBUTE, n.INDEX))


def _node(part: Part) -> Node:
    assert isinstance(part, Node)
    return part


def _meet(ways: Sequence[Values]) -> Values:
    """What is known whichever way was taken."""
    known = dict(ways[0])
    for way in ways[1:]:
        for variable, value in list(known.items()):
            both = join(value, way.get(variable))
            if both is None:
                del known[variable]
            else:
                known[variable] = both
    return known


def _equal(left: Values, right: Values) -> bool:
    if left.keys() != right.keys():
        return False
    return all(value.kind is right[key].kind and value.text == right[key].text for key, value in left.items())


# Statements.


def _expression(flow: _Flow, node: Node) -> None:
    value = _node(node.parts[0])
    kind = value.kind
    if kind is n.CALL:
        flow.evaluate(value)
        callee = _node(value.parts[0])
        if callee.kind is n.ATTRIBUTE:
            _forget(flow, callee)
            flow.throw()
    elif kind is n.ASSIGN:
        _assign(flow, value)
    elif kind is n.OPERATION:
        flow.evaluate(value)
        operands = value.parts[1]
        assert isinstance(operands, tuple)
        if operands[0].kind is n.NAME:
            _forget(flow, operands[0])
        flow.throw()
    elif kind is n.YIELD:
        flow.evaluate(value)
        flow.reached = value.parts[0] is None
    else:
        flow.evaluate(value)


def _forget(flow: _Flow, path: Node) -> None:
    """A method that is called as a statement may change its object. So are operators, for semgrep."""
    while path.kind in _PATHS:
        path = _node(path.parts[0])
    if path.kind is n.NAME and path.resolved is not None:
        flow.set(path.resolved, None)


def _assign(flow: _Flow, node: Node) -> Value:
    target, value = _node(node.parts[0]), _node(node.parts[1])
    worth = flow.evaluate(value)
    if target.kind is n.NAME and value.kind is n.NAME and target.resolved is value.resolved:
        target.constant, value.constant = value.constant, None
        return worth
    flow.store(target, worth)
    return worth


def _variable(flow: _Flow, node: Node) -> None:
    name, type_, value = node.parts
    flow.evaluate_part(type_)
    if value is not None:
        worth = flow.evaluate(_node(value))
        if _node(name).resolved is not None:
            flow.set(_node(name).resolved, worth)


def _return(flow: _Flow, node: Node) -> None:
    flow.evaluate_part(node.parts[0])
    flow.reached = False


def _raise(flow: _Flow, node: Node) -> None:
    if node.kind is not n.RAISE_NOTHING:
        flow.evaluate_part(node.parts[0])
    flow.throw()
    flow.reached = False


def _raise_from(flow: _Flow, node: Node) -> None:
    _raise(flow, _node(node.parts[1]))


def _break(flow: _Flow, _: Node) -> None:
    if flow.loops:
        flow.loops[-1].breaks.append(flow.values)
    flow.reached = False


def _continue(flow: _Flow, _: Node) -> None:
    if flow.loops:
        flow.loops[-1].continues.append(flow.values)
    flow.reached = False


def _if(flow: _Flow, node: Node) -> None:
    condition, then, otherwise = node.parts
    flow.evaluate_part(condition)
    values = flow.values
    flow.merge([flow.branch(values, then), flow.branch(values, otherwise)])


def _while(flow: _Flow, node: Node, otherwise: Part = None) -> None:
    """What is called in the condition is so before the loop, and at the end of each round, which does not show."""
    condition, body = _node(node.parts[0]), node.parts[1]
    flow.evaluate(condition)
    flow.loop(lambda: flow.again(condition), list(_apart(condition)), body, otherwise)


def _for(flow: _Flow, node: Node, otherwise: Part = None) -> None:
    target, iterable, body = node.parts
    flow.evaluate_part(iterable)
    flow.loop(lambda: flow.store(_node(target), None), list(_together_with(_node(iterable))), body, otherwise)


def _together_with(node: Node) -> Iterator[Node]:
    """The names that are read with an expression as a whole."""
    if node.kind is n.NAME:
        yield node
    elif node.kind in _PURE:
        for child in node.children():
            yield from _together_with(child)


def _apart(node: Node) -> Iterator[Node]:
    """The names that are read before an expression as a whole."""
    if node.kind in _PURE:
        for child in node.children():
            yield from _apart(child)
    elif node.kind is not n.NAME:
        yield from (name for name in node.walk() if name.kind is n.NAME)


def _with(flow: _Flow, node: Node) -> None:
    item, body = node.parts
    value = _node(item)
    if value.kind is n.WITH_ITEM:
        flow.store(_node(value.parts[0]), flow.evaluate(_node(value.parts[1])))
    else:
        flow.evaluate(value)
    flow.block(body)


def _try(flow: _Flow, node: Node) -> None:
    body, handlers, otherwise, final = node.parts
    assert isinstance(handlers, tuple)
    flow.throws.append([])
    flow.block(body)
    thrown = flow.throws.pop()
    throws = len(flow.throws[-1]) if flow.throws else 0
    if flow.reached:
        flow.block(otherwise)
    again = bool(thrown) or (bool(flow.throws) and len(flow.throws[-1]) > throws)
    ways = [(flow.reached, flow.values)]
    if thrown:
        caught = _meet(thrown)
        ways += [flow.branch(caught, handler.parts[2]) for handler in handlers]
        ways.append((True, caught))
    flow.merge(ways)
    if flow.reached:
        flow.block(final)
    if flow.reached and again:
        flow.throw()


def _match(flow: _Flow, node: Node) -> None:
    subject, cases = node.parts
    assert isinstance(cases, tuple)
    for child in _node(subject).children():
        if child.kind is not n.NAME:
            flow.evaluate(child)
    values = flow.values
    ways = [flow.branch(values, case.parts[1]) for case in cases]
    flow.merge([*ways, (True, values)])


def _inner(flow: _Flow, node: Node) -> None:
    flow.run((_node(node.parts[0]),))


def _parts(flow: _Flow, node: Node) -> Value:
    for part in node.parts:
        flow.evaluate_part(part)
    return None


_LOOP_ELSE: Final = ("other", "loop_else")
_LOOPS: Final[dict[str, Callable[[_Flow, Node, Part], None]]] = {n.WHILE: _while, n.FOR: _for}
_STATEMENTS: Final[dict[str, Callable[[_Flow, Node], object]]] = {
    n.EXPRESSION: _expression,
    n.VARIABLE: _variable,
    n.RETURN: _return,
    n.RAISE: _raise,
    n.RAISE_NOTHING: _raise,
    n.RAISE_FROM: _raise_from,
    n.BREAK: _break,
    n.CONTINUE: _continue,
    n.IF: _if,
    n.WHILE: _while,
    n.FOR: _for,
    n.WITH: _with,
    n.TRY: _try,
    n.MATCH: _match,
    n.ASYNC: _inner,
    n.ASSERT: _parts,
}


# Expressions.


def _literal(_: _Flow, node: Node) -> Value:
    return node


def _nothing(_: _Flow, __: Node) -> Value:
    return None


def _attribute(flow: _Flow, node: Node) -> Value:
    flow.evaluate(_node(node.parts[0]))
    return None


def _call(flow: _Flow, node: Node) -> Value:
    callee, arguments = node.parts
    assert isinstance(arguments, tuple)
    values = flow.values
    flow.evaluate(_node(callee))
    for argument in arguments:
        _EXPRESSIONS[argument.kind](flow, argument)
    if flow.values is not values:
        for child in node.children():
            flow.again(child)
    if flow.throws:
        flow.throw()
    return None


def _index(flow: _Flow, node: Node) -> Value:
    for part in node.parts:
        flow.evaluate(_node(part))
    return None


def _together(flow: _Flow, node: Node) -> Value:
    """Elements are evaluated after all loops among them."""
    values = flow.values
    _parts(flow, node)
    if flow.values is not values:
        flow.again(node)
    return None


def _slices(flow: _Flow, node: Node) -> Value:
    items = node.parts[0]
    assert isinstance(items, tuple)
    for position, item in enumerate(items):
        if not position:
            flow.evaluate(_node(item.parts[0]))
        if item.kind is n.INDEX:
            flow.evaluate(_node(item.parts[1]))
    return None


def _operation(flow: _Flow, node: Node) -> Value:
    sign, operands = node.parts
    assert isinstance(operands, tuple)
    if node.text == "and" or node.text == "or":
        return _lazily(flow, node.text, operands, _node(sign))
    return operate(node.text, [flow.evaluate(operand) for operand in operands], _node(sign))


def _lazily(flow: _Flow, operator: str, operands: Sequence[Node], sign: Node) -> Value:
    """What the right operand does may not happen."""
    left = flow.evaluate(operands[0])
    values = dict(flow.values)
    worth = operate(operator, [left, *(flow.evaluate(operand) for operand in operands[1:])], sign)
    if values != flow.values:
        flow.values = _meet([flow.values, values])
    return worth


def _conditional(flow: _Flow, node: Node) -> Value:
    condition, then, otherwise = (_node(part) for part in node.parts)
    flow.evaluate(condition)
    before = dict(flow.values)
    one = flow.evaluate(then)
    after, flow.values = flow.values, before
    other = flow.evaluate(otherwise)
    if flow.values != after:
        flow.values = _meet([flow.values, after])
    return join(one, other)


def _string(flow: _Flow, node: Node) -> Value:
    pieces = node.parts[0]
    assert isinstance(pieces, tuple)
    values = [flow.evaluate(piece) for piece in pieces]
    if not values:
        return Node(n.STRING, "", (), node.start, node.end, node.base)
    return concatenation(values, lambda _: False)


def _named(flow: _Flow, node: Node) -> Value:
    value = _assign(flow, node)
    target = _node(node.parts[0])
    if target.kind is n.NAME:
        target.constant = value
    return value


def _augmented(flow: _Flow, node: Node) -> Value:
    target, value = _node(node.parts[0]), _node(node.parts[1])
    if target.kind is not n.NAME:
        flow.evaluate(value)
        flow.store(target, None)
        return None
    left = flow.worth(target)
    right = flow.evaluate(value)
    sign = Node(n.OPERATOR, node.text, (), target.end + 1, target.end + 2 + len(node.text), node.base)
    worth = operate(node.text, [left, right], sign)
    if target.resolved is not None:
        flow.set(target.resolved, worth)
    return worth


def _comprehension(flow: _Flow, node: Node) -> Value:
    """A loop, after which nothing is known."""
    element, clauses = node.parts
    assert isinstance(clauses, tuple)
    for clause in clauses:
        if clause.kind is n.COMPREHENSION_FOR:
            flow.evaluate(_node(clause.parts[1]))
            flow.values = {}
        else:
            _parts(flow, clause)
    flow.evaluate_part(element)
    flow.values = {}
    return None


def _lambda(flow: _Flow, node: Node) -> Value:
    """Its body is followed where it stands, as if it was run, but calls in it raise nothing."""
    throws, flow.throws = flow.throws, []
    flow.evaluate(_node(node.parts[1]))
    flow.throws = throws
    return None


class _Expressions(dict[str, Callable[[_Flow, Node], Value]]):
    """How each kind of expression is evaluated."""

    def __missing__(self, kind: str) -> Callable[[_Flow, Node], Value]:
        self[kind] = _parts
        return _parts


_EXPRESSIONS: Final = _Expressions(
    {
        n.NAME: _Flow.worth,
        n.ATTRIBUTE: _attribute,
        n.CALL: _call,
        n.INDEX: _index,
        n.SLICES: _slices,
        **dict.fromkeys((n.TUPLE, n.LIST, n.SET, n.DICT), _together),
        n.OPERATION: _operation,
        n.CONDITIONAL: _conditional,
        n.CONCAT: _string,
        n.FORMAT: _string,
        n.ASSIGN: _named,
        n.AUGMENTED: _augmented,
        n.COMPREHENSION: _comprehension,
        n.LAMBDA: _lambda,
        **dict.fromkeys(LITERALS, _literal),
        **dict.fromkeys((n.IDENTIFIER, n.OPERATOR, n.ELLIPSIS, n.ENCODED, n.SLICE), _nothing),
    }
)
