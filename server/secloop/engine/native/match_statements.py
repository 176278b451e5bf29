"""Matches statements other than definitions and imports."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.match_bound import Bound, BoundKind, Env, of_name
from secloop.engine.native.match_compile import Compiler, node, nodes, optional
from secloop.engine.native.match_deep import implicitly_deep, in_any
from secloop.engine.native.match_expressions import ANONYMOUS, identifier, optional_matching
from secloop.engine.native.match_lists import Rest, arguments, in_any_order, in_order, is_dots
from secloop.engine.native.match_run import FAIL, Envs, Matching, Run, anything, bind
from secloop.engine.native.match_sequences import metavariable_statement
from secloop.engine.native.nodes import Node


def expression(pattern: Node, compiler: Compiler) -> Matching:
    """An expression as a statement: also what a statement returns or defines, and what is deeper in any of them."""
    inner = node(pattern.parts[0])
    if inner.kind is n.ELLIPSIS:
        return anything
    if inner.kind is n.METAVARIABLE:
        return metavariable_statement(inner.text)
    matching = compiler.compile(inner)
    defining = matching
    if compiler.options.go_deeper_expr:
        defining = in_any(matching)
        if compiler.options.implicit_deep_exprstmt:
            matching = implicitly_deep(matching)

    def match(code: Node, env: Env, run: Run) -> Envs:
        kind = code.kind
        if kind is n.EXPRESSION:
            return matching(node(code.parts[0]), env, run)
        if kind is n.RETURN:
            value = code.parts[0]
            return defining(value, env, run) if isinstance(value, Node) else FAIL
        if kind is n.VARIABLE and code.parts[2] is not None:
            return defining(as_assignment(code), env, run)
        return FAIL

    return match


def as_assignment(variable: Node) -> Node:
    """The assignment that the definition of a variable with a value is."""
    name, value = node(variable.parts[0]), node(variable.parts[2])
    target = Node(n.NAME, name.text, (), name.start, name.end, name.base)
    target.resolved = name.resolved
    target.constant = name.constant
    target.type = name.type
    return Node(n.ASSIGN, "", (target, value), variable.start, variable.end, variable.base)


def variable(pattern: Node, compiler: Compiler) -> Matching:
    """``x: int = 1``. Its type and its value may be absent in the pattern only where they are in the code."""
    name = identifier(node(pattern.parts[0]), compiler)
    kind = optional_matching(pattern.parts[1], compiler)
    value = optional_matching(pattern.parts[2], compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.VARIABLE:
            return FAIL
        envs = _maybe(value, optional(code.parts[2]), name(node(code.parts[0]), env, run), run)
        return envs if kind is None else _maybe(kind, optional(code.parts[1]), envs, run)

    return match


def _maybe(matching: Matching | None, code: Node | None, envs: Envs, run: Run) -> Envs:
    """What may be absent: both or none."""
    if matching is None or code is None:
        return envs if matching is None and code is None else FAIL
    return [made for env in envs for made in matching(code, env, run)]


def return_(pattern: Node, compiler: Compiler) -> Matching:
    """``return``; ``return ...`` matches one without a value too."""
    value = optional(pattern.parts[0])
    matching = None if value is None else compiler.compile(value)
    any_value = value is not None and value.kind is n.ELLIPSIS

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.RETURN:
            return FAIL
        if any_value:
            return (env,)
        return _maybe(matching, optional(code.parts[0]), (env,), run)

    return match


def if_(pattern: Node, compiler: Compiler) -> Matching:
    """``if``; without an ``else`` in the pattern the one in the code does not matter."""
    condition, then = compiler.compile(node(pattern.parts[0])), compiler.compile(node(pattern.parts[1]))
    otherwise = optional_matching(pattern.parts[2], compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.IF:
            return FAIL
        envs: Envs = [
            made
            for one in condition(node(code.parts[0]), env, run)
            for made in then(node(code.parts[1]), one, run)
        ]
        if otherwise is None or not envs:
            return envs
        return _maybe(otherwise, optional(code.parts[2]), envs, run)

    return match


def try_(pattern: Node, compiler: Compiler) -> Matching:
    """``try``; of the handlers, those of the pattern must be there."""
    body = compiler.compile(node(pattern.parts[0]))
    handlers = in_any_order([compiler.compile(one) for one in nodes(pattern.parts[1])], open_end=True)
    otherwise = optional_matching(pattern.parts[2], compiler)
    final = optional_matching(pattern.parts[3], compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.TRY:
            return FAIL
        envs: Envs = [
            made
            for one in body(node(code.parts[0]), env, run)
            for made in handlers(nodes(code.parts[1]), one, run)
        ]
        envs = _maybe(otherwise, optional(code.parts[2]), envs, run)
        return _maybe(final, optional(code.parts[3]), envs, run)

    return match


def handler(pattern: Node, compiler: Compiler) -> Matching:
    """``except E as e``; ``except ...`` is any."""
    caught = optional(pattern.parts[0])
    name = optional(pattern.parts[1])
    body = compiler.compile(node(pattern.parts[2]))
    any_kind = caught is not None and caught.kind is n.ELLIPSIS
    kind = None if caught is None else compiler.compile(caught)
    named = None if name is None else identifier(name, compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.HANDLER:
            return FAIL
        envs: Envs = (env,)
        if not any_kind:
            envs = _maybe(named, optional(code.parts[1]), envs, run)
            envs = _maybe(kind, optional(code.parts[0]), envs, run)
        return [made for one in envs for made in body(node(code.parts[2]), one, run)]

    return match


def assert_(pattern: Node, compiler: Compiler) -> Matching:
    """``assert``, as a call with arguments."""
    matching = arguments(nodes(pattern.parts[0]), compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        return matching(nodes(code.parts[0]), env, run) if code.kind is n.ASSERT else FAIL

    return match


def delete(pattern: Node, compiler: Compiler) -> Matching:
    """``del``: ``...`` stands for one target here."""
    matchings = [compiler.compile(one) for one in nodes(pattern.parts[0])]
    matching = in_order(matchings)

    def match(code: Node, env: Env, run: Run) -> Envs:
        return matching(nodes(code.parts[0]), env, run) if code.kind is n.DELETE else FAIL

    return match


def global_(pattern: Node, compiler: Compiler) -> Matching:
    """``global x`` and ``nonlocal x``, which are one."""
    name = identifier(node(pattern.parts[0]), compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        return name(node(code.parts[0]), env, run) if code.kind is n.GLOBAL else FAIL

    return match


def target_name(pattern: Node, _compiler: Compiler) -> Matching:
    """A name that a loop, a ``with`` or a comprehension assigns."""
    text = pattern.text

    def match(code: Node, env: Env, _run: Run) -> Envs:
        return (env,) if code.kind is n.PATTERN_NAME and code.text == text else FAIL

    return match


def target_list(pattern: Node, compiler: Compiler) -> Matching:
    """Several targets, in order."""
    kind = pattern.kind
    listed = [Rest() if is_dots(one) else _target(one, compiler) for one in nodes(pattern.parts[0])]
    matching = in_order(listed)

    def match(code: Node, env: Env, run: Run) -> Envs:
        return matching(nodes(code.parts[0]), env, run) if code.kind is kind else FAIL

    return match


def bind_target(name: str) -> Matching:
    """``$X`` as a target."""

    def match(code: Node, env: Env, _run: Run) -> Envs:
        if name == ANONYMOUS:
            return (env,)
        if code.kind is n.PATTERN_NAME:
            return bind(name, of_name(code), env)
        return bind(name, Bound(BoundKind.PATTERN, (code,)), env)

    return match


def clause(pattern: Node, compiler: Compiler) -> Matching:
    """What begins with a target: ``for``, ``with ... as`` and the ``for`` of a comprehension."""
    kind = pattern.kind
    goal = node(pattern.parts[0])
    matchings = [_target(goal, compiler), *(compiler.compile(node(part)) for part in pattern.parts[1:])]

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not kind:
            return FAIL
        envs: Envs = (env,)
        for matching, part in zip(matchings, code.parts, strict=True):
            envs = [made for one in envs for made in matching(node(part), one, run)]
            if not envs:
                return FAIL
        return envs

    return match


def _target(pattern: Node, compiler: Compiler) -> Matching:
    if pattern.kind is n.METAVARIABLE:
        return bind_target(pattern.text)
    return compiler.compile(pattern)
