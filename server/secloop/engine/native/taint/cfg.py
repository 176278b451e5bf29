"""The graph of a function's instructions: which may follow which, exceptions included, as semgrep-core has it."""

from __future__ import annotations

from typing import Final, TypeAlias

from secloop.engine.native.taint import il

ENTER: Final = 0
EXIT: Final = 1


class Condition:
    """What is decided on at a branch."""

    __slots__ = ("value",)

    def __init__(self, value: il.Expression) -> None:
        self.value = value


class Branch:
    """The way that is taken where a condition holds, or where it does not."""

    __slots__ = ("holds", "value")

    def __init__(self, value: il.Expression, holds: bool) -> None:
        self.value = value
        self.holds = holds


class Step:
    """A point that does nothing, by what it is for."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


Action: TypeAlias = il.Instruction | il.Return | il.Throw | Condition | Branch | Step


class Graph:
    """What happens at each point, and the points before and after it."""

    __slots__ = ("actions", "predecessors", "successors")

    def __init__(self) -> None:
        self.actions: list[Action] = [Step("enter"), Step("exit")]
        self.predecessors: list[list[int]] = [[], []]
        self.successors: list[list[int]] = [[], []]

    def add(self, action: Action) -> int:
        """A new point."""
        self.actions.append(action)
        self.predecessors.append([])
        self.successors.append([])
        return len(self.actions) - 1

    def connect(self, source: int | None, target: int) -> None:
        """Let one point follow another, once."""
        if source is not None and target not in self.successors[source]:
            self.successors[source].append(target)
            self.predecessors[target].append(source)


def graph_of(statements: list[il.Statement]) -> Graph:
    """The graph of a function's statements."""
    builder = _GraphBuilder()
    last = builder.statements(statements, ENTER, None)
    builder.graph.connect(last, EXIT)
    builder.resolve()
    return builder.graph


class _GraphBuilder:
    def __init__(self) -> None:
        self.graph = Graph()
        self._labels: dict[il.Label, int] = {}
        self._jumps: list[tuple[int, il.Label]] = []

    def resolve(self) -> None:
        for source, label in self._jumps:
            target = self._labels.get(label)
            if target is not None:
                self.graph.connect(source, target)

    def statements(
        self, statements: list[il.Statement], before: int | None, handler: int | None
    ) -> int | None:
        """Connect a list of statements; the point at which it ends, or None if it never does."""
        pending: list[il.Label] = []
        for statement in statements:
            if isinstance(statement, il.Label):
                pending.append(statement)
                continue
            first = len(self.graph.actions)
            before = self._statement(statement, before, handler)
            for label in pending:
                self._labels[label] = first
            pending = []
        if pending:
            end = self.graph.add(Step("label"))
            self.graph.connect(before, end)
            for label in pending:
                self._labels[label] = end
            before = end
        return before

    def _statement(self, statement: il.Statement, before: int | None, handler: int | None) -> int | None:
        graph = self.graph
        if isinstance(statement, il.If):
            return self._if(statement, before, handler)
        if isinstance(statement, il.Loop):
            head, taken, left = self._branches(statement.condition, before)
            end = self.statements(statement.body, taken, handler)
            graph.connect(end, head)
            return left
        if isinstance(statement, il.Try):
            return self._try(statement, before, handler)
        if isinstance(statement, il.Goto):
            point = graph.add(Step("goto"))
            graph.connect(before, point)
            self._jumps.append((point, statement.label))
            return None
        if isinstance(statement, il.Other | il.Label):
            point = graph.add(Step("other"))
            graph.connect(before, point)
            return point
        point = graph.add(statement)
        graph.connect(before, point)
        if isinstance(statement, il.Return):
            graph.connect(point, EXIT)
            return None
        if isinstance(statement, il.Throw):
            # To semgrep it is the point before that goes on elsewhere.
            if handler is not None:
                graph.connect(before, handler)
            return None
        if isinstance(statement, il.Call) and handler is not None:
            graph.connect(point, handler)
        return point

    def _branches(self, condition: il.Expression, before: int | None) -> tuple[int, int, int]:
        graph = self.graph
        head = graph.add(Condition(condition))
        graph.connect(before, head)
        taken = graph.add(Branch(condition, True))
        left = graph.add(Branch(condition, False))
        graph.connect(head, taken)
        graph.connect(head, left)
        return head, taken, left

    def _if(self, statement: il.If, before: int | None, handler: int | None) -> int | None:
        _, taken, left = self._branches(statement.condition, before)
        then = self.statements(statement.then, taken, handler)
        otherwise = self.statements(statement.otherwise, left, handler)
        if then is None or otherwise is None:
            return otherwise if then is None else then
        join = self.graph.add(Step("join"))
        self.graph.connect(then, join)
        self.graph.connect(otherwise, join)
        return join

    def _try(self, statement: il.Try, before: int | None, handler: int | None) -> int | None:
        graph = self.graph
        start, caught, otherwise, final = (
            graph.add(Step(text)) for text in ("try", "catch", "else", "finally")
        )
        graph.connect(before, start)
        graph.connect(self.statements(statement.body, start, caught), otherwise)
        escape = final if statement.final else EXIT if handler is None else handler
        graph.connect(self.statements(statement.otherwise, otherwise, escape), final)
        for statements in statement.handlers:
            graph.connect(self.statements(statements, caught, escape), final)
        graph.connect(caught, escape)
        end = self.statements(statement.final, final, handler)
        if handler is not None:
            graph.connect(end, handler)
        return end
