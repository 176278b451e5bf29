"""Matches an expression wherever it is in another one: ``<... e ...>``, and expression statements in sequences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.match_bound import Env
from secloop.engine.native.match_compile import Compiler, node, nodes
from secloop.engine.native.match_run import Envs, Matching, Run
from secloop.engine.native.nodes import Node, Part

EXPRESSIONS: Final = frozenset(
    (
        *(
            n.NAME,
            n.INT,
            n.FLOAT,
            n.IMAGINARY,
            n.STRING,
            n.BOOL,
            n.NONE,
            n.ELLIPSIS,
            n.ENCODED,
            n.CONCAT,
            n.FORMAT,
        ),
        *(
            n.CALL,
            n.SPREAD,
            n.ATTRIBUTE,
            n.INDEX,
            n.SLICE,
            n.SLICES,
            n.OPERATION,
            n.OPERATOR,
            n.COMPARISONS,
            n.TUPLE,
        ),
        *(
            n.LIST,
            n.SET,
            n.DICT,
            n.COMPREHENSION,
            n.LAMBDA,
            n.CONDITIONAL,
            n.AWAIT,
            n.YIELD,
            n.ASSIGN,
            n.AUGMENTED,
        ),
        *(n.CAST, n.WITH_ITEM),
    )
)
"""The kinds of nodes that are expressions."""

_NOT_LOOKED_INTO: Final = frozenset(
    (
        *(n.TYPE_EXPRESSION, n.PARAMETER, n.PARAMETER_REST, n.PARAMETER_PATTERN, n.PATTERN_EXPRESSION),
        *(n.PATTERN_TUPLE, n.PATTERN_LIST),
    )
)


def below(expression: Node) -> Iterator[Node]:
    """The expressions in an expression, itself first, in document order."""
    stack = [expression]
    while stack:
        code = stack.pop()
        if code.kind in _NOT_LOOKED_INTO:
            continue
        if code.kind in EXPRESSIONS:
            yield code
            if code.kind is n.WITH_ITEM:
                continue
        stack.extend(reversed(list(code.children())))


def deep(pattern: Node, compiler: Compiler) -> Matching:
    """``<... e ...>``: in any expression below, in lambdas and comprehensions too."""
    inner = compiler.compile(node(pattern.parts[0]))
    return in_any(inner) if compiler.options.go_deeper_expr else inner


def in_any(inner: Matching) -> Matching:
    """In any expression below, the whole included."""

    def match(code: Node, env: Env, run: Run) -> Envs:
        return _each(inner, below(code), env, run)

    return match


def implicitly_deep(inner: Matching) -> Matching:
    """In any expression that is evaluated whenever the whole one is, as far as semgrep looks for them."""

    def match(code: Node, env: Env, run: Run) -> Envs:
        return _each(inner, _always_evaluated(code), env, run)

    return match


def _each(inner: Matching, codes: Iterable[Node], env: Env, run: Run) -> Envs:
    made: list[Env] = []
    for code in codes:
        run.spend(1)
        made.extend(inner(code, env, run))
    return made


_ONLY_VALUE: Final = frozenset((n.ASSIGN, n.AUGMENTED, n.KEYWORD, n.SPREAD))
_ALL: Final = frozenset(
    (
        *(
            n.CALL,
            n.TUPLE,
            n.LIST,
            n.SET,
            n.DICT,
            n.CONCAT,
            n.FORMAT,
            n.ENCODED,
            n.AWAIT,
            n.YIELD,
            n.ATTRIBUTE,
        ),
        n.OPERATION,
    )
)


def _always_evaluated(expression: Node) -> Iterator[Node]:
    stack = [expression]
    while stack:
        code = stack.pop()
        kind = code.kind
        if kind in EXPRESSIONS:
            yield code
        if kind in _ONLY_VALUE:
            stack.append(node(code.parts[1]))
        elif kind in _ALL:
            stack.extend(reversed(list(_listed(code.parts))))


def _listed(parts: tuple[Part, ...]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, Node):
            yield part
        elif part is not None:
            yield from nodes(part)
