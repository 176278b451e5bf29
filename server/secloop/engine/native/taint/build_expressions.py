"""Takes expressions apart: what has effects becomes instructions, in the order in which semgrep-core has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.nodes import Node
from secloop.engine.native.taint import il
from secloop.engine.native.taint.il import key_of
from secloop.engine.native.taint.tokens import is_bracketed

_DEPTH: Final = 200
"""How deep code may nest; what is deeper is not followed but reported."""
_LVALUES: Final = frozenset({n.NAME, n.ATTRIBUTE, n.INDEX})
_DIRECT: Final = frozenset({n.CALL, n.FORMAT, n.CONCAT, n.ENCODED, n.LAMBDA})
"""Expressions whose instruction assigns to the variable itself, with no temporary between."""


class ExpressionBuilder:
    """Translates the expressions of one function; statements go to ``out``."""

    def __init__(self, source: bytes) -> None:
        """``source`` is the text that the nodes are of: keywords in it are shown in traces."""
        self._source = source
        self.out: list[il.Statement] = []
        self._temporaries = 0
        self._depth = 0

    def temporary(self, token: Node | None = None, name: str = il.TEMPORARY) -> il.Lvalue:
        """A new variable that no code names; traces show it where there is a token for it."""
        self._temporaries += 1
        return il.Lvalue((name, -1 - self._temporaries), origin=token, token=token)

    @contextmanager
    def collected(self) -> Iterator[list[il.Statement]]:
        """Statements built meanwhile go to a list of their own."""
        outer = self.out
        inner: list[il.Statement] = []
        self.out = inner
        try:
            yield inner
        finally:
            self.out = outer

    def token(self, start: int, length: int, near: Node) -> Node:
        """A piece of text in the same chunk as a node, to be shown in traces."""
        offset = near.base.offset + start
        text = self._source[offset : offset + length].decode(errors="replace")
        return Node(n.IDENTIFIER, text, (), start, start + length, near.base)

    def keyword_in(self, word: bytes, node: Node) -> Node:
        """A keyword that a node begins with, but for brackets."""
        at = self._source.find(word, node.span[0])
        return self.token(at - node.base.offset, len(word), node)

    def keyword_between(self, word: bytes, left: Node, right: Node) -> Node | None:
        """A keyword between two nodes."""
        base = left.base.offset
        at = self._source.find(word, base + left.end, base + right.start)
        return None if at < 0 else self.token(at - base, len(word), left)

    def _closing(self, node: Node) -> Node | None:
        """The bracket that closes a target, if it has one."""
        return self.token(node.end - 1, 1, node) if is_bracketed(node, self._source) else None

    # Expressions.

    def expression(self, node: Node) -> il.Expression:
        """The value of an expression, after what it takes to have it."""
        self._depth += 1
        if self._depth > _DEPTH:
            raise TooDeep("expressions nest too deep to follow taint through them")
        try:
            return self._expression(node)
        finally:
            self._depth -= 1

    def _expression(self, node: Node) -> il.Expression:
        kind = node.kind
        if kind in _LVALUES:
            if kind is n.NAME and node.text == "cls":
                return il.Unknown(None, node)
            return il.Fetch(self.lvalue(node), node)
        if is_direct(node):
            target = self.temporary()
            self.assign_directly(target, node, node)
            # What the instruction is a source of is not once more a source where its result is used.
            return il.Fetch(target, None if kind is not n.LAMBDA else node)
        handler = _HANDLERS.get(kind)
        return handler(self, node) if handler is not None else il.Unknown(None, node)

    def _eval(self, node: Node) -> il.Expression:
        """``eval(...)`` is to semgrep no call but an operator, and its result has a name in traces."""
        target = self.temporary(child(node, 0))
        self.out.append(il.Special(target, "Eval", self._arguments(node), node))
        return il.Fetch(target, None)

    def _literal(self, node: Node) -> il.Expression:
        return il.Literal(node)

    def _operation(self, node: Node) -> il.Expression:
        operands = children_at(node, 1)
        if node.text in ("and", "or"):
            return self._lazy(node, operands)
        return il.Operation(node.text, tuple([self.expression(operand) for operand in operands]), node)

    def _lazy(self, node: Node, operands: tuple[Node, ...]) -> il.Expression:
        """``and`` and ``or``: the effects of an operand depend on the operands before it."""
        values: list[il.Expression] = []
        for operand in operands:
            with self.collected() as statements:
                value = self.expression(operand)
            if values and statements:
                before = values[0] if len(values) == 1 else il.Operation(node.text, tuple(values), None)
                self.out.append(il.If(before, statements, []))
            else:
                self.out += statements
            values.append(value)
        return il.Operation(node.text, tuple(values), node)

    def _comparisons(self, node: Node) -> il.Expression:
        operands = tuple([self.expression(operand) for operand in children_at(node, 1)])
        unknown: tuple[il.Expression, ...] = tuple([il.Unknown(None, None) for _ in children_at(node, 0)])
        return self._unknown_of("CmpOps", (*unknown, *operands), node)

    def _slices(self, node: Node) -> il.Expression:
        parts = tuple([self.expression(part) for part in children_at(node, 0)])
        receiver = child(children_at(node, 0)[0], 0)
        at = self._source.find(b"[", node.base.offset + receiver.end)
        return self._unknown_of("Slices", parts, node, self.token(at - node.base.offset, 1, node))

    def _unknown_of(
        self, name: str, parts: tuple[il.Expression, ...], node: Node, token: Node | None = None
    ) -> il.Expression:
        """What has no representation but is made of parts that have."""
        target = self.temporary(token, name)
        self.out.append(il.Assign(target, il.Composite(n.TUPLE, parts, None), None))
        return il.Unknown(il.Fetch(target, None), node)

    def _composite(self, node: Node) -> il.Expression:
        return il.Composite(
            node.kind, tuple([self.expression(element) for element in children_at(node, 0)]), node
        )

    def _dictionary(self, node: Node) -> il.Expression:
        entries = []
        for entry in children_at(node, 0):
            key, value = children_at(entry, 0)
            entries.append((self.expression(key), self.expression(value)))
        return il.Record(tuple(entries), node)

    def _spread(self, node: Node) -> il.Expression:
        value = self.expression(child(node, 1))
        argument = node.parts[0] is not None
        target = self.temporary(self.token(node.start, len(node.text), node) if argument else None)
        if node.text == "**" and argument:
            self.out.append(il.Call(target, il.Unknown(None, None), (value,), node, None))
        else:
            self.out.append(il.Special(target, "spread", (value,), node))
        return il.Fetch(target, node)

    def _comprehension(self, node: Node) -> il.Expression:
        """A loop. What the element takes to be evaluated follows the loop, as semgrep has it."""
        element = child(node, 0)
        with self.collected() as after:
            value = self.expression(element)
        result = self.temporary()
        self._clauses(children_at(node, 1), il.Assign(result, value, element))
        self.out += after
        if node.text in ("list", "generator"):
            kind = n.LIST if node.text == "list" else n.TUPLE
            return il.Composite(kind, (il.Fetch(result, None),), node)
        return il.Unknown(None, node)

    def _clauses(self, clauses: tuple[Node, ...], element: il.Assign) -> None:
        if not clauses:
            self.out.append(element)
            return
        first, rest = clauses[0], clauses[1:]
        if first.kind is n.COMPREHENSION_FOR:
            self.iterate(child(first, 0), child(first, 1), None, lambda: self._clauses(rest, element))
            return
        condition = self.expression(child(first, 0))
        with self.collected() as then:
            self._clauses(rest, element)
        self.out.append(il.If(condition, then, []))

    def iterate(
        self,
        target: Node,
        iterable: Node,
        token: Node | None,
        body: Callable[[], None],
        labels: tuple[il.Label, il.Label] | None = None,
    ) -> None:
        """A loop over the elements of an iterable."""
        proceed, leave = labels or (il.Label(), il.Label())
        with self.collected() as statements:
            body()
        values = self.expression(iterable)
        following = self.temporary(token)
        more = self.temporary()
        with self.collected() as inner:
            self.out.append(il.Special(following, "ForeachNext", (values,), None))
            self.assign_pattern(target, il.Fetch(following, None))
        inner += statements
        inner.append(proceed)
        inner.append(il.Special(more, "ForeachHasNext", (values,), None))
        self.out.append(il.Special(more, "ForeachHasNext", (values,), None))
        self.out.append(il.Loop(il.Fetch(more, None), inner))
        self.out.append(leave)

    def _conditional(self, node: Node) -> il.Expression:
        target = self.temporary()
        condition = self.expression(child(node, 0))
        with self.collected() as then:
            self.out.append(il.Assign(target, self.expression(child(node, 1)), None))
        with self.collected() as otherwise:
            self.out.append(il.Assign(target, self.expression(child(node, 2)), None))
        self.out.append(il.If(condition, then, otherwise))
        return il.Fetch(target, node)

    def _await(self, node: Node) -> il.Expression:
        value = self.expression(child(node, 0))
        target = self.temporary(self.keyword_in(b"await", node))
        self.out.append(il.Special(target, "Await", (value,), node))
        return il.Fetch(target, node)

    def _yield(self, node: Node) -> il.Expression:
        value = node.parts[0]
        operands = (self.expression(value),) if isinstance(value, Node) else ()
        self.out.append(il.Special(None, "Yield", operands, node))
        return il.Literal(None)

    def _assignment(self, node: Node) -> il.Expression:
        return self.assign(child(node, 0), child(node, 1), node)

    def _augmented(self, node: Node) -> il.Expression:
        target = child(node, 0)
        if target.kind not in _LVALUES:
            self.expression(child(node, 1))
            return il.Unknown(None, target)
        value = self.expression(child(node, 1))
        lvalue = self.lvalue(target)
        both = il.Operation(node.text, (il.Fetch(lvalue, target), value), node)
        self.out.append(il.Assign(lvalue, both, node))
        return il.Fetch(lvalue, target)

    def _cast(self, node: Node) -> il.Expression:
        self.expression(child(node, 1))
        return il.Unknown(None, node)

    # L-values.

    def lvalue(self, node: Node) -> il.Lvalue:
        """The l-value that an expression is, or a temporary that holds its value."""
        steps: list[Node] = []
        while node.kind is n.ATTRIBUTE or node.kind is n.INDEX:
            steps.append(node)
            node = child(node, 0)
            if len(steps) > _DEPTH:
                raise TooDeep("attributes nest too deep to follow taint through them")
        lvalue = self._base(node, steps[-1] if steps else None)
        for step in reversed(steps):
            lvalue = lvalue.extended(self._offset(step))
        return lvalue

    def _base(self, node: Node, step: Node | None) -> il.Lvalue:
        if node.kind is n.NAME and node.text != "cls":
            return variable(node)
        dot = None
        if step is not None and step.kind is n.ATTRIBUTE:
            dot = self.keyword_between(b".", node, child(step, 1))
        return self.held(self.expression(node), node, dot)

    def held(self, value: il.Expression, origin: Node | None, token: Node | None = None) -> il.Lvalue:
        """The l-value that a value is, or a temporary that it is put in."""
        if isinstance(value, il.Fetch):
            return value.lvalue
        target = self.temporary(token)
        self.out.append(il.Assign(target, value, origin))
        return target

    def _offset(self, node: Node) -> il.Offset:
        if node.kind is n.ATTRIBUTE:
            name = child(node, 1)
            return il.Offset(name.text, None, node, name)
        index = child(node, 1)
        value = self.expression(index)
        key: str | int | None = None
        if index.kind is n.STRING:
            key = index.text
        elif index.kind is n.INT:
            key = int(index.text) if index.text.isdecimal() else index.text
        return il.Offset(key, value, node, None)

    # Assignments.

    def assign(self, target: Node, value: Node, origin: Node) -> il.Expression:
        """``target = value``: the value of it all is the target's."""
        kind = target.kind
        if kind in _LVALUES and not (kind is n.NAME and target.text in ("cls", "self")):
            return self._assign_lvalue(target, value, origin)
        if kind is n.TUPLE or kind is n.LIST:
            holder = self.temporary(self._closing(target))
            self.assign_value(holder, value, origin, twice=True)
            return self._unpack(target, holder)
        holder = self.temporary(name="_FIXME")
        self.assign_value(holder, value, origin, twice=kind is n.NAME)
        if kind is not n.NAME:
            self.out.append(il.UnknownInstruction(target))
        return il.Unknown(None, target)

    def _assign_lvalue(self, target: Node, value: Node, origin: Node) -> il.Expression:
        lvalue = self.lvalue(target)
        if is_direct(value) and not lvalue.offsets:
            self.assign_directly(lvalue, value, origin)
            return il.Fetch(lvalue, target)
        result = self.expression(value)
        if not _is_variable(result, lvalue):
            self.out.append(il.Assign(lvalue, result, origin))
        return il.Fetch(lvalue, target)

    def assign_value(self, target: il.Lvalue, value: Node, origin: Node | None, *, twice: bool) -> None:
        """Assign a value to a variable; semgrep assigns what it has assigned directly once more."""
        if is_direct(value):
            self.assign_directly(target, value, origin or value)
            if twice:
                self.out.append(il.Assign(target, il.Fetch(target, None), origin))
            return
        self.out.append(il.Assign(target, self.expression(value), origin))

    def assign_directly(self, target: il.Lvalue | None, value: Node, origin: Node) -> None:
        """Have the instruction of a call, string or lambda assign to the target."""
        kind = value.kind
        if kind is n.CALL:
            self._call(target, value, origin)
        elif kind is n.LAMBDA:
            lambda_target = target or self.temporary(name="_FIXME_expected_void")
            self.out.append(il.Define(lambda_target, self.function_of_lambda(value), origin))
        elif kind is n.ENCODED:
            text = self.expression(child(value, 0))
            self.out.append(il.Call(target, il.Unknown(None, None), (text,), origin, value))
        else:
            pieces = tuple([self.expression(piece) for piece in children_at(value, 0)])
            self.out.append(il.Special(target, "Concat", pieces, origin, value))

    def _call(self, target: il.Lvalue | None, node: Node, origin: Node) -> None:
        callee = self.expression(child(node, 0))
        self.out.append(il.Call(target, callee, self._arguments(node), origin, node))

    def _arguments(self, node: Node) -> tuple[il.Expression, ...]:
        return tuple(
            [
                self.expression(child(argument, 1) if argument.kind is n.KEYWORD else argument)
                for argument in children_at(node, 1)
            ]
        )

    def function_of_lambda(self, node: Node) -> il.Function:
        """A lambda as a function."""
        body = child(node, 1)
        with self.collected() as statements:
            if body.kind is n.LAMBDA:
                self.assign_directly(None, body, body)  # To semgrep, it is a statement.
            else:
                self.out.append(il.Return(self.expression(body), body))
        return il.Function("lambda", node, children_at(node, 0), statements)

    def _unpack(self, target: Node, holder: il.Lvalue) -> il.Expression:
        parts: list[il.Expression] = []
        for position, element in enumerate(children_at(target, 0)):
            piece = il.Fetch(holder.extended(_position(position)), None)
            kind = element.kind
            if kind in _LVALUES and not (kind is n.NAME and element.text in ("cls", "self")):
                lvalue = self.lvalue(element)
                self.out.append(il.Assign(lvalue, piece, element))
                parts.append(il.Fetch(lvalue, element))
            elif kind is n.TUPLE or kind is n.LIST:
                inner = self.temporary(self._closing(element))
                self.out.append(il.Assign(inner, piece, element))
                parts.append(self._unpack(element, inner))
            else:
                unknown = self.temporary(name="_FIXME")
                self.out.append(il.Assign(unknown, piece, element))
                self.out.append(il.UnknownInstruction(element))
                parts.append(il.Unknown(None, element))
        return il.Composite(target.kind, tuple(parts), target)

    def assign_pattern(self, target: Node, value: il.Expression, origin: Node | None = None) -> None:
        """Assign to the target of a loop, a ``with`` or a comprehension, or to what is in such a one: the origin."""
        kind = target.kind
        if kind is n.PATTERN_NAME:
            self.out.append(il.Assign(variable(target), value, origin))
        elif kind is n.PATTERN_TUPLE or kind is n.PATTERN_LIST:
            holder = self.temporary(self._closing(target))
            self.out.append(il.Assign(holder, value, origin))
            for position, element in enumerate(children_at(target, 0)):
                piece = holder.extended(il.Offset(position, il.Literal(element), None, None))
                self.assign_pattern(element, il.Fetch(piece, element), element)
        else:
            self.out.append(il.UnknownInstruction(None))


_HANDLERS: Final = {
    n.OPERATION: ExpressionBuilder._operation,
    n.COMPARISONS: ExpressionBuilder._comparisons,
    n.SLICES: ExpressionBuilder._slices,
    n.TUPLE: ExpressionBuilder._composite,
    n.LIST: ExpressionBuilder._composite,
    n.SET: ExpressionBuilder._composite,
    n.DICT: ExpressionBuilder._dictionary,
    n.SPREAD: ExpressionBuilder._spread,
    n.COMPREHENSION: ExpressionBuilder._comprehension,
    n.CONDITIONAL: ExpressionBuilder._conditional,
    n.AWAIT: ExpressionBuilder._await,
    n.YIELD: ExpressionBuilder._yield,
    n.ASSIGN: ExpressionBuilder._assignment,
    n.AUGMENTED: ExpressionBuilder._augmented,
    n.CAST: ExpressionBuilder._cast,
    n.CALL: ExpressionBuilder._eval,
    **dict.fromkeys((n.INT, n.FLOAT, n.IMAGINARY, n.STRING, n.BOOL, n.NONE), ExpressionBuilder._literal),
}


def variable(node: Node) -> il.Lvalue:
    """The variable that a name is."""
    if node.text == "self":
        return il.Lvalue(il.SELF, origin=node, token=node)
    return il.Lvalue(key_of(node), origin=node, token=node)


def is_direct(node: Node) -> bool:
    """Whether an expression's instruction assigns to the variable itself."""
    if node.kind is n.CALL:
        callee = child(node, 0)
        return callee.kind is not n.NAME or callee.text != "eval"
    return node.kind in _DIRECT


def _is_variable(value: il.Expression, lvalue: il.Lvalue) -> bool:
    """Whether a value is that of a variable: nothing happens when it is assigned to it."""
    return (
        isinstance(value, il.Fetch)
        and not value.lvalue.offsets
        and not lvalue.offsets
        and value.lvalue.variable == lvalue.variable
    )


def _position(index: int) -> il.Offset:
    return il.Offset(index, il.Literal(None), None, None)


def child(node: Node, position: int) -> Node:
    """The node that is one of a node's parts."""
    part = node.parts[position]
    assert isinstance(part, Node)
    return part


def children_at(node: Node, position: int) -> tuple[Node, ...]:
    """The nodes that are one of a node's parts."""
    part = node.parts[position]
    assert isinstance(part, tuple)
    return part
