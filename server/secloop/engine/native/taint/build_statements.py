"""Takes statements apart, function by function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node
from secloop.engine.native.taint import il
from secloop.engine.native.taint.build_expressions import (
    ExpressionBuilder,
    child,
    children_at,
    is_direct,
    variable,
)


class Builder(ExpressionBuilder):
    """Translates the statements of one function."""

    def __init__(self, source: bytes) -> None:
        """See `ExpressionBuilder`."""
        super().__init__(source)
        self._loops: list[tuple[il.Label, il.Label]] = []

    def statements(self, nodes: tuple[Node, ...]) -> None:
        """Translate statements in order."""
        for node in nodes:
            self.statement(node)

    def statement(self, node: Node) -> None:
        """Translate a statement."""
        handler = _STATEMENTS.get(node.kind)
        if handler is not None:
            handler(self, node)
        else:
            self.out.append(il.UnknownInstruction(node))

    def _block(self, node: Node) -> None:
        statements = children_at(node, 0)
        if len(statements) == 2 and statements[1].kind is n.OTHER and statements[1].text.endswith(" else"):
            self._loop(statements[0], statements[1])
            return
        self.statements(statements)

    def _expression_statement(self, node: Node) -> None:
        value = child(node, 0)
        kind = value.kind
        if kind is n.YIELD and isinstance(value.parts[0], Node):
            # To semgrep a generator returns what it yields, and goes no further.
            self.out.append(il.Return(self.expression(value.parts[0]), node))
        elif is_direct(value):
            self.assign_directly(None, value, value)
        elif kind is n.OPERATION:
            self._operation_statement(value)
        elif kind is n.AWAIT or kind is n.YIELD:
            self.expression(value)
        else:
            self._discard(value)

    def _operation_statement(self, node: Node) -> None:
        """``a + b`` alone is a method of ``a`` that is called with ``b``."""
        values = [self.expression(operand) for operand in children_at(node, 1)]
        receiver = self.held(values[0], None)
        method = il.Fetch(receiver.extended(il.Offset(node.text, None, None, None)), None)
        self.out.append(il.Call(None, method, tuple(values[1:]), node, node))

    def _discard(self, node: Node) -> None:
        before = len(self.out)
        result = self.expression(node)
        if isinstance(result, il.Fetch) and not result.lvalue.offsets and len(self.out) > before:
            return
        self.out.append(il.Assign(self.temporary(), result, None))

    def _variable(self, node: Node) -> None:
        value = node.parts[2]
        annotation = node.parts[1]
        target = variable(child(node, 0))
        result: il.Expression | None = None
        if isinstance(value, Node):
            if is_direct(value):
                self.assign_directly(target, value, node)
            else:
                result = self.expression(value)
        if isinstance(annotation, Node):
            self._annotation(annotation)
        if result is not None:
            self.out.append(il.Assign(target, result, node))

    def _annotation(self, node: Node) -> None:
        value = self.expression(child(node, 0))
        self.out.append(il.Assign(self.temporary(name="_type"), value, None))

    def _if(self, node: Node) -> None:
        condition = self.expression(child(node, 0))
        then = self._collect(child(node, 1))
        otherwise = node.parts[2]
        self.out.append(
            il.If(condition, then, self._collect(otherwise) if isinstance(otherwise, Node) else [])
        )

    def _collect(self, node: Node) -> list[il.Statement]:
        with self.collected() as statements:
            self.statement(node)
        return statements

    def _loop_alone(self, node: Node) -> None:
        self._loop(node, None)

    def _loop(self, node: Node, otherwise: Node | None) -> None:
        if node.kind is n.ASYNC:
            self.out.append(il.UnknownInstruction(None))
            node = child(node, 0)
        labels = il.Label(), il.Label()
        self._loops.append(labels)
        if node.kind is n.FOR:

            def body() -> None:
                self.statement(child(node, 2))

            self._for(node, body, otherwise, labels)
        else:
            self._while(node, otherwise, labels)

    def _for(
        self,
        node: Node,
        body: Callable[[], None],
        otherwise: Node | None,
        labels: tuple[il.Label, il.Label],
    ) -> None:
        def popped() -> None:
            body()
            self._loops.pop()

        target, iterable = child(node, 0), child(node, 1)
        self.iterate(target, iterable, self.keyword_between(b"in", target, iterable), popped, labels)
        if otherwise is not None:
            leave = self.out.pop()
            self._else(otherwise)
            self.out.append(leave)

    def _while(self, node: Node, otherwise: Node | None, labels: tuple[il.Label, il.Label]) -> None:
        with self.collected() as before:
            condition = self.expression(child(node, 0))
        body = self._collect(child(node, 1))
        self._loops.pop()
        self.out += before
        self.out.append(il.Loop(condition, [*body, labels[0], *before]))
        if otherwise is not None:
            self._else(otherwise)
        self.out.append(labels[1])

    def _else(self, node: Node) -> None:
        for part in node.children():
            self.statement(part)

    def _return(self, node: Node) -> None:
        value = node.parts[0]
        if isinstance(value, Node):
            self.out.append(il.Return(self.expression(value), node))
        else:
            self.out.append(il.Return(il.Literal(None), node))

    def _break(self, node: Node) -> None:
        if self._loops:
            self.out.append(il.Goto(self._loops[-1][1]))

    def _continue(self, node: Node) -> None:
        if self._loops:
            self.out.append(il.Goto(self._loops[-1][0]))

    def _raise(self, node: Node) -> None:
        self.out.append(il.Throw(self.expression(child(node, 0)), node))

    def _raise_nothing(self, node: Node) -> None:
        self.out.append(il.Throw(il.Unknown(None, None), node))

    def _raise_from(self, node: Node) -> None:
        self.out.append(il.UnknownInstruction(None))
        for part in node.children():
            if part.kind is n.RAISE:
                self.statement(part)

    def _assert(self, node: Node) -> None:
        arguments = tuple([self.expression(part) for part in children_at(node, 0)])
        self.out.append(il.Special(None, "Assert", arguments, node))

    def _try(self, node: Node) -> None:
        body = self._collect(child(node, 0))
        handlers: list[list[il.Statement]] = []
        for handler in children_at(node, 1):
            with self.collected() as statements:
                self.out.append(il.UnknownInstruction(None))
                self.statement(child(handler, 2))
            handlers.append(statements)
        otherwise, final = node.parts[2], node.parts[3]
        self.out.append(
            il.Try(
                body,
                handlers,
                self._collect(otherwise) if isinstance(otherwise, Node) else [],
                self._collect(final) if isinstance(final, Node) else [],
            )
        )

    def _with(self, node: Node) -> None:
        item = child(node, 0)
        holder = self.temporary()
        if item.kind is n.WITH_ITEM:
            value = self.expression(child(item, 1))
            self.out.append(il.Assign(holder, value, None))
            self.assign_pattern(child(item, 0), il.Fetch(holder, None))
        else:
            self.out.append(il.Assign(holder, self.expression(item), None))
        self.statement(child(node, 1))

    def _async(self, node: Node) -> None:
        inner = child(node, 0)
        if inner.kind is n.FOR or inner.kind is n.WHILE:
            self._loop(node, None)
            return
        self.out.append(il.UnknownInstruction(None))
        self.statement(inner)

    def _match(self, node: Node) -> None:
        self.expression(child(node, 0))
        leave = il.Label()
        cases = children_at(node, 1)
        labels = [il.Label() for _ in cases]
        chain: list[il.Statement] = [il.Goto(leave)]
        for label in reversed(labels):
            condition = il.Operation("or", (il.Unknown(None, None),), None)
            chain = [il.If(condition, [il.Goto(label)], chain)]
        self.out += chain
        for label, case in zip(labels, cases, strict=True):
            self.out.append(label)
            self.statement(child(case, 1))
            self.out.append(il.Goto(leave))
        self.out.append(leave)

    def _class(self, node: Node) -> None:
        for part in children_at(child(node, 3), 0):
            if part.kind is n.VARIABLE and isinstance(part.parts[2], Node):
                self.expression(part.parts[2])
        self.out.append(il.Other())

    def _other(self, node: Node) -> None:
        self.out.append(il.Other())


_STATEMENTS: Final = {
    n.BLOCK: Builder._block,
    n.EXPRESSION: Builder._expression_statement,
    n.VARIABLE: Builder._variable,
    n.IF: Builder._if,
    n.WHILE: Builder._loop_alone,
    n.FOR: Builder._loop_alone,
    n.RETURN: Builder._return,
    n.BREAK: Builder._break,
    n.CONTINUE: Builder._continue,
    n.RAISE: Builder._raise,
    n.RAISE_NOTHING: Builder._raise_nothing,
    n.RAISE_FROM: Builder._raise_from,
    n.ASSERT: Builder._assert,
    n.TRY: Builder._try,
    n.WITH: Builder._with,
    n.ASYNC: Builder._async,
    n.MATCH: Builder._match,
    n.CLASS: Builder._class,
    n.FUNCTION: Builder._other,
    n.IMPORT: Builder._other,
    n.IMPORT_FROM: Builder._other,
    n.IMPORT_ALL: Builder._other,
}
