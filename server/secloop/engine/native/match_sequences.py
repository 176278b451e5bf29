"""Matches sequences of statements, with ``...`` between them, also into the bodies of statements."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import Unsupported
from secloop.engine.native.match_bound import Bound, BoundKind, Env
from secloop.engine.native.match_compile import Compiler, is_ellipsis, node, nodes
from secloop.engine.native.match_deep import EXPRESSIONS
from secloop.engine.native.match_expressions import ANONYMOUS
from secloop.engine.native.match_lists import Rest, State, skipped
from secloop.engine.native.match_run import BINDING, FAIL, Envs, Flat, Matching, Run, anything, bind
from secloop.engine.native.nodes import Node


class StatementSequence:
    """A compiled sequence of statements.

    Where ``...`` skips statements it also looks into those that follow, as if all that is below a statement came after
    it; what stands before the first ``...`` it does not look into.
    """

    __slots__ = ("_after", "_before", "_goes_deeper", "_open_end")

    def __init__(self, patterns: Sequence[Node], compiler: Compiler) -> None:
        made = [_item(pattern, compiler) for pattern in patterns]
        self._open_end = any(isinstance(item, Rest) for item in made)
        ellipses = [at for at, item in enumerate(made) if isinstance(item, Rest) and not item.name]
        split = ellipses[0] if ellipses else len(made)
        self._before, self._after = made[:split], made[split:]
        self._goes_deeper = bool(ellipses) and compiler.options.go_deeper_stmt

    def whole(self, codes: Sequence[Node], env: Env, run: Run) -> Envs:
        """Match a body from its first statement on: to the last one, unless something in it stands for any number."""
        end = len(codes)
        states = self._advance(self._before, codes, [(0, env)], run, False)
        made = [
            found
            for taken, found in self._advance(self._after, codes, states, run, False)
            if self._open_end or taken == end
        ]
        made.extend(found for _, found in self._deeper(codes, states, run, False))
        return made

    def starting(self, codes: Sequence[Node], at: int, run: Run) -> Iterator[State]:
        """All matches that begin with a statement of a list: position after the last statement, what is bound."""
        empty: Env = {}
        states = self._advance(self._before, codes, [(at, empty)], run, True)
        if not states:
            return
        for end, env in self._advance(self._after, codes, states, run, True):
            if end > at:
                yield end, env
        if self._goes_deeper:
            starts = flattened(codes, run).starts
            for end, env in self._deeper(codes, states, run, True):
                if end > starts[at]:
                    yield bisect_right(starts, end - 1), env

    def _deeper(self, codes: Sequence[Node], states: list[State], run: Run, open_end: bool) -> list[State]:
        """The matches in the list with what is below put in; positions are in that one."""
        if not self._goes_deeper or not states:
            return []
        flat = flattened(codes, run)
        states = [(flat.starts[taken], one) for taken, one in states if taken <= flat.last_compound]
        return self._advance(self._after, flat.nodes, states, run, open_end) if states else []

    def _advance(
        self,
        items: Sequence[Rest | Matching],
        codes: Sequence[Node],
        states: list[State],
        run: Run,
        open_end: bool,
    ) -> list[State]:
        last = len(items) - 1
        length = len(codes)
        for at, item in enumerate(items):
            if not isinstance(item, Rest):
                run.spend(len(states) * BINDING)
                states = [
                    (taken + 1, made)
                    for taken, before in states
                    if taken < length
                    for made in item(codes[taken], before, run)
                ]
            elif at == last and (item.name or not open_end):
                return [
                    (length, made) for taken, before in states for made in item.bind(codes[taken:], before)
                ]
            else:
                ways = sum(length - taken + 1 for taken, _ in states)
                run.spend(ways * BINDING if item.name else ways)
                states = list(skipped(item, states, codes))
            if not states:
                break
        return states


def _item(pattern: Node, compiler: Compiler) -> Rest | Matching:
    if is_ellipsis(pattern):
        return Rest()
    if pattern.kind is n.EXPRESSION and node(pattern.parts[0]).kind is n.METAVARIABLE_ELLIPSIS:
        return Rest(node(pattern.parts[0]).text, BoundKind.STATEMENTS)
    return compiler.compile(pattern)


def block(pattern: Node, compiler: Compiler) -> Matching:
    """A body: ``...`` is any, ``$S`` is bound to all of it."""
    statements = nodes(pattern.parts[0])
    if len(statements) == 1:
        only = statements[0]
        if is_ellipsis(only):
            return anything
        if only.kind is n.EXPRESSION and node(only.parts[0]).kind is n.METAVARIABLE:
            return _whole_body(node(only.parts[0]).text)
    sequence = StatementSequence(statements, compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        return sequence.whole(_statements(code), env, run)

    return match


def otherwise(pattern: Node, compiler: Compiler) -> Matching:
    """The ``else`` of a loop."""
    text = pattern.text
    if text not in LOOP_ELSE:
        raise Unsupported("a pattern with what is not known here")
    sequence = StatementSequence(nodes(pattern.parts[0]), compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.OTHER or code.text != text:
            return FAIL
        return sequence.whole(nodes(code.parts[0]), env, run)

    return match


def _whole_body(name: str) -> Matching:
    def match(code: Node, env: Env, run: Run) -> Envs:
        if name == ANONYMOUS:
            return (env,)
        statements = _statements(code)
        only = statements[0] if len(statements) == 1 else code
        return bind(name, Bound(BoundKind.STATEMENT, (only,)), env)

    return match


def _statements(code: Node) -> Sequence[Node]:
    return nodes(code.parts[0]) if code.kind is n.BLOCK else (code,)


def metavariable_statement(name: str) -> Matching:
    """``$S`` as a statement of a sequence."""

    def match(code: Node, env: Env, _run: Run) -> Envs:
        if name == ANONYMOUS:
            return (env,)
        return bind(name, Bound(BoundKind.STATEMENT, (code,)), env)

    return match


def flattened(codes: Sequence[Node], run: Run) -> Flat:
    """A list of statements with all that are below them put in."""
    known = run.flattened.get(id(codes))
    if known is not None:
        return known
    made: list[Node] = []
    starts: list[int] = []
    last_compound = -1
    for position, code in enumerate(codes):
        starts.append(len(made))
        if has_statements(code):
            last_compound = position
        _flatten(code, made)
    flat = Flat(made, starts, last_compound)
    if isinstance(codes, tuple):
        run.flattened[id(codes)] = flat
    return flat


LOOP_ELSE: Final = ("for else", "while else")
"""What is an OTHER that is a statement: it follows its loop."""
_COMPOUND: Final = frozenset((n.IF, n.WHILE, n.FOR, n.TRY, n.WITH, n.FUNCTION, n.CLASS, n.MATCH, n.BLOCK))


def has_statements(code: Node) -> bool:
    """Whether other statements are below a statement; those of a lambda do not count."""
    return code.kind in _COMPOUND or (code.kind is n.OTHER and code.text in LOOP_ELSE)


def _flatten(statement: Node, made: list[Node]) -> None:
    stack = [statement]
    while stack:
        code = stack.pop()
        made.append(code)
        if code.kind is n.BLOCK:
            stack.extend(reversed(nodes(code.parts[0])))
        elif code.kind is n.CLASS:
            stack.extend(reversed(nodes(node(code.parts[3]).parts[0])))
        elif code.kind not in _OPAQUE:
            inner: list[Node] = []
            for part in code.children():
                _below(part, inner)
            stack.extend(reversed(inner))


_OPAQUE: Final = frozenset((n.OTHER, n.ASYNC))
"""Kinds of statements whose own statements are not put in: semgrep has no node of their own for them."""
_CLAUSES: Final = frozenset((n.HANDLER, n.CASE))


def _below(part: Node, inner: list[Node]) -> None:
    """The statements in a part of a statement: a body, and what the lambdas in an expression return."""
    kind = part.kind
    if kind is n.BLOCK or kind in STATEMENTS:
        inner.append(part)
    elif kind in _CLAUSES:
        for child in part.children():
            _below(child, inner)
    elif kind in EXPRESSIONS:
        for code in part.walk():
            if code.kind is n.LAMBDA:
                inner.append(returned(code))


def returned(lambda_: Node) -> Node:
    """The statement that a lambda's value is: a return, or for what semgrep does not see returned, an expression."""
    value = node(lambda_.parts[1])
    kind = n.EXPRESSION if value.kind in _NOT_RETURNED or _is_in_braces(value) else n.RETURN
    return Node(kind, "", (value,), value.start, value.end, value.base)


def _is_in_braces(value: Node) -> bool:
    return value.kind is n.COMPREHENSION and value.text in ("set", "dict")


_NOT_RETURNED: Final = frozenset(
    (n.CONDITIONAL, n.YIELD, n.ASSIGN, n.LAMBDA, n.SLICE, n.SLICES, n.COMPARISONS, n.ELLIPSIS)
)
STATEMENTS: Final = frozenset(
    (
        *(n.EXPRESSION, n.VARIABLE, n.IF, n.WHILE, n.FOR, n.RETURN, n.BREAK, n.CONTINUE, n.PASS, n.RAISE),
        *(
            n.RAISE_NOTHING,
            n.RAISE_FROM,
            n.ASSERT,
            n.DELETE,
            n.GLOBAL,
            n.TRY,
            n.WITH,
            n.IMPORT,
            n.IMPORT_FROM,
        ),
        *(n.IMPORT_ALL, n.FUNCTION, n.CLASS, n.ASYNC, n.TYPE_ALIAS, n.MATCH),
    )
)
"""The kinds of nodes that are statements; OTHER can be one too."""
