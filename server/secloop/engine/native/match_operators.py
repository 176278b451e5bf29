"""Matches operations: associative ones in other groupings, bitwise ones in other orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.match_bound import Env, of_expression
from secloop.engine.native.match_compile import Compiler, node, nodes
from secloop.engine.native.match_lists import arguments, is_dots
from secloop.engine.native.match_run import BINDING, FAIL, Envs, Matching, Run, bind
from secloop.engine.native.nodes import Node

_ASSOCIATIVE: Final = frozenset(("and", "or", "&", "|", "^"))
_COMMUTATIVE: Final = frozenset(("&", "|", "^"))
_SYMMETRIC: Final = frozenset(("==", "!="))


def operation(pattern: Node, compiler: Compiler) -> Matching:
    """An operator with its operands."""
    options, operator = compiler.options, pattern.text
    operands = nodes(pattern.parts[1])
    if options.ac_matching and operator in _ASSOCIATIVE:
        boolean = operator in ("and", "or")
        if operator in _COMMUTATIVE or (boolean and options.commutative_boolop):
            return _any_order(pattern, compiler)
        return _any_grouping(pattern, compiler)
    matching = _plain(pattern, compiler)
    if len(operands) == 2 and operator in _SYMMETRIC and (options.symmetric_eq or options.commutative_compop):
        return _either(matching, _plain(_swapped(pattern), compiler))
    if len(operands) == 1 and operator == "-":
        return _negative(matching, operands[0], compiler)
    if len(operands) == 2 and is_dots(operands[1]):
        return _leftmost(matching, operator)
    return matching


def _plain(pattern: Node, compiler: Compiler) -> Matching:
    operator = pattern.text
    operands = arguments(nodes(pattern.parts[1]), compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.OPERATION or code.text != operator:
            return FAIL
        return operands(nodes(code.parts[1]), env, run)

    return match


def _swapped(pattern: Node) -> Node:
    first, second = nodes(pattern.parts[1])
    parts = (pattern.parts[0], (second, first))
    return Node(n.OPERATION, pattern.text, parts, pattern.start, pattern.end, pattern.base)


def _either(first: Matching, second: Matching) -> Matching:
    def match(code: Node, env: Env, run: Run) -> Envs:
        return [*first(code, env, run), *second(code, env, run)]

    return match


def _negative(matching: Matching, operand: Node, compiler: Compiler) -> Matching:
    """``-$X`` takes a positive integer for its operand, and ``-1`` what is worth it."""
    if operand.kind in (n.METAVARIABLE, n.ELLIPSIS):
        inner = compiler.compile(operand)

        def match(code: Node, env: Env, run: Run) -> Envs:
            return inner(code, env, run) if code.kind is n.INT else matching(code, env, run)

        return match
    if operand.kind is not n.INT or not compiler.options.constant_propagation:
        return matching
    text = f"-{operand.text}"

    def match_value(code: Node, env: Env, run: Run) -> Envs:
        value = code.constant
        if value is not None and value.kind is n.INT and value.text == text:
            return (env,)
        return matching(code, env, run)

    return match_value


def _leftmost(matching: Matching, operator: str) -> Matching:
    """``a + ...``: also the leftmost operand of ``a + b + c``, where it does not match the whole."""

    def match(code: Node, env: Env, run: Run) -> Envs:
        while code.kind is n.OPERATION and code.text == operator:
            found = matching(code, env, run)
            if found:
                return found
            run.spend(1)
            code = nodes(code.parts[1])[0]
        return FAIL

    return match


def _operands(operation: Node) -> list[Node]:
    """The operands of an associative operation, whatever its grouping."""
    operator = operation.text
    made: list[Node] = []
    stack = [operation]
    while stack:
        code = stack.pop()
        if code.kind is n.OPERATION and code.text == operator:
            stack.extend(reversed(nodes(code.parts[1])))
        else:
            made.append(code)
    return made


def _combined(operation: Node, operands: Sequence[Node]) -> Node:
    """The operation on some operands only, which has the token of the whole one's operator."""
    if len(operands) == 1:
        return operands[0]
    sign = node(operation.parts[0])
    spans = [part.tokens or (part.start, part.end) for part in (sign, *operands)]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return Node(n.OPERATION, operation.text, (sign, tuple(operands)), start, end, operation.base)


def _any_grouping(pattern: Node, compiler: Compiler) -> Matching:
    """A metavariable takes one operand or several that stand next to each other, ``...`` any number."""
    operator = pattern.text
    wanted = [(operand, compiler.compile(operand)) for operand in _operands(pattern)]

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.OPERATION or code.text != operator:
            return FAIL
        given = _operands(code)
        states: list[tuple[int, Env]] = [(0, env)]
        for operand, matching in wanted:
            states = list(_grouped(operand, matching, states, code, given, run))
            run.spend(len(states) * BINDING)
        return [made for position, made in states if position == len(given)]

    return match


def _grouped(
    operand: Node, matching: Matching, states: list[tuple[int, Env]], code: Node, given: list[Node], run: Run
) -> Iterator[tuple[int, Env]]:
    seen: set[tuple[int, int]] = set()
    for position, env in states:
        if is_dots(operand):
            for end in range(position, len(given) + 1):
                if (end, id(env)) not in seen:
                    seen.add((end, id(env)))
                    yield end, env
        elif operand.kind is n.METAVARIABLE:
            for end in range(position + 1, len(given) + 1):
                combined = _combined(code, given[position:end])
                for made in bind(operand.text, of_expression(combined), env):
                    yield end, made
        elif position < len(given):
            for made in matching(given[position], env, run):
                yield position + 1, made


def _any_order(pattern: Node, compiler: Compiler) -> Matching:
    """Each operand of the pattern matches another one; metavariables take some of the others. The rest is left."""
    operator = pattern.text
    operands = [operand for operand in _operands(pattern) if not is_dots(operand)]
    fixed = [compiler.compile(operand) for operand in operands if operand.kind is not n.METAVARIABLE]
    names = [operand.text for operand in operands if operand.kind is n.METAVARIABLE]

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.OPERATION or code.text != operator:
            return FAIL
        given = _operands(code)
        states: list[tuple[tuple[int, ...], Env]] = [(tuple(range(len(given))), env)]
        for matching in fixed:
            states = [
                (tuple(one for one in left if one != place), made)
                for left, before in states
                for place in left
                for made in matching(given[place], before, run)
            ]
            run.spend(len(states) * len(given) * BINDING)
        for name in names:
            states = list(_subsets(name, states, code, given, run))
        return [made for _, made in states]

    return match


def _subsets(
    name: str, states: list[tuple[tuple[int, ...], Env]], code: Node, given: list[Node], run: Run
) -> Iterator[tuple[tuple[int, ...], Env]]:
    for left, env in states:
        for size in range(1, len(left) + 1):
            for taken in combinations(left, size):
                run.spend(BINDING)
                combined = _combined(code, [given[place] for place in taken])
                for made in bind(name, of_expression(combined), env):
                    yield tuple(place for place in left if place not in taken), made


def comparisons(pattern: Node, compiler: Compiler) -> Matching:
    """``a < b < c``: the operators, and the operands after the first."""
    signs = [sign.text for sign in nodes(pattern.parts[0])]
    operands = arguments(nodes(pattern.parts[1]), compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.COMPARISONS or [sign.text for sign in nodes(code.parts[0])] != signs:
            return FAIL
        return operands(nodes(code.parts[1]), env, run)

    return match
