"""Matches functions, classes, their parameters and decorators."""

from __future__ import annotations

from collections.abc import Sequence

from secloop.engine.native import nodes as n
from secloop.engine.native.match_bound import Env
from secloop.engine.native.match_compile import Compiler, is_ellipsis, node, nodes, optional
from secloop.engine.native.match_expressions import identifier, optional_matching, parameter_list
from secloop.engine.native.match_lists import ListMatching, Rest, arguments, in_any_order, in_order, items
from secloop.engine.native.match_run import FAIL, Envs, Matching, Run, nothing
from secloop.engine.native.nodes import Node


def function(pattern: Node, compiler: Compiler) -> Matching:
    """``def``: what the pattern does not say about type and decorators does not matter."""
    name = identifier(node(pattern.parts[0]), compiler)
    parameters = parameter_list(nodes(pattern.parts[1]), compiler)
    returns = optional_matching(pattern.parts[2], compiler)
    decorators = _decorators(nodes(pattern.parts[3]), compiler)
    body = compiler.compile(node(pattern.parts[4]))

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.FUNCTION:
            return FAIL
        envs = name(node(code.parts[0]), env, run)
        envs = [made for one in envs for made in decorators(nodes(code.parts[3]), one, run)]
        envs = [made for one in envs for made in parameters(nodes(code.parts[1]), one, run)]
        if returns is not None:
            given = optional(code.parts[2])
            envs = FAIL if given is None else [made for one in envs for made in returns(given, one, run)]
        return [made for one in envs for made in body(node(code.parts[4]), one, run)]

    return match


def _decorators(patterns: Sequence[Node], compiler: Compiler) -> ListMatching:
    matchings = [compiler.compile(pattern) for pattern in patterns]
    if compiler.options.decorators_order_matters:
        between = [item for matching in matchings for item in (Rest(), matching)]
        return in_order(between, open_end=True)
    return in_any_order(matchings, open_end=True)


def parameter(pattern: Node, compiler: Compiler) -> Matching:
    """``a: int = 1``: what the pattern does not say about its type and default does not matter."""
    name = identifier(node(pattern.parts[0]), compiler)
    kind = optional_matching(pattern.parts[1], compiler)
    default = optional_matching(pattern.parts[2], compiler)
    alone = pattern.parts[0] if kind is None and default is None else None
    bare = _bare_star(node(alone), compiler) if alone is not None else nothing

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.PARAMETER:
            return bare(code, env, run)
        if (kind is not None and code.parts[1] is None) or (default is not None and code.parts[2] is None):
            return FAIL  # before anything is bound
        envs = name(node(code.parts[0]), env, run)
        for matching, part in ((default, code.parts[2]), (kind, code.parts[1])):
            if matching is not None:
                given = optional(part)
                envs = FAIL if given is None else [made for one in envs for made in matching(given, one, run)]
        return envs

    return match


def _bare_star(name: Node, compiler: Compiler) -> Matching:
    """``$X`` as a parameter takes a bare ``*`` or ``/`` and Python 2's ``(a, b)``, too."""
    if name.kind is not n.METAVARIABLE:
        return nothing
    matching = compiler.compile(name)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is n.PARAMETER_PATTERN or (code.kind is n.PARAMETER_REST and code.parts[0] is None):
            return matching(code, env, run)
        return FAIL

    return match


def parameter_rest(pattern: Node, compiler: Compiler) -> Matching:
    """``*args``, ``**kwargs``, ``*`` and ``/``."""
    stars, name_part = pattern.text, optional(pattern.parts[0])
    name = None if name_part is None else identifier(name_part, compiler)
    kind = optional_matching(pattern.parts[1], compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.PARAMETER_REST or code.text != stars:
            return FAIL
        given, given_kind = optional(code.parts[0]), optional(code.parts[1])
        if name is None or given is None:
            return (env,) if name is None and given is None else FAIL
        envs = name(given, env, run)
        if kind is not None:
            envs = FAIL if given_kind is None else [m for one in envs for m in kind(given_kind, one, run)]
        return envs

    return match


def class_(pattern: Node, compiler: Compiler) -> Matching:
    """``class``: its bases begin with the pattern's, its body has the pattern's statements in any order."""
    name = identifier(node(pattern.parts[0]), compiler)
    bases = in_order(items(nodes(pattern.parts[1]), compiler, _any_bases), open_end=True)
    decorators = _decorators(nodes(pattern.parts[2]), compiler)
    statements = nodes(node(pattern.parts[3]).parts[0])
    kept = [_member(one, compiler) for one in statements if not is_ellipsis(one)]
    open_end = compiler.options.implicit_ellipsis or len(kept) < len(statements)
    body = in_any_order(kept, open_end=open_end)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.CLASS:
            return FAIL
        envs = name(node(code.parts[0]), env, run)
        envs = [made for one in envs for made in decorators(nodes(code.parts[2]), one, run)]
        envs = [made for one in envs for made in bases(nodes(code.parts[1]), one, run)]
        members = nodes(node(code.parts[3]).parts[0])
        return [made for one in envs for made in body(members, one, run)]

    return match


def _member(statement: Node, compiler: Compiler) -> Matching:
    """``$...S`` is no member of any class."""
    if statement.kind is n.EXPRESSION and node(statement.parts[0]).kind is n.METAVARIABLE_ELLIPSIS:
        return nothing
    return compiler.compile(statement)


def _any_bases(pattern: Node) -> bool:
    if pattern.kind is n.TYPE_EXPRESSION:
        pattern = node(pattern.parts[0])
    return pattern.kind is n.ELLIPSIS


def decorator(pattern: Node, compiler: Compiler) -> Matching:
    """``@a(b)``; ``@a`` and ``@a()`` are one."""
    called = node(pattern.parts[0])
    if pattern.parts[1] is None:
        inner = compiler.compile(called)
        named = called.kind is not n.ELLIPSIS

        def match_expression(code: Node, env: Env, run: Run) -> Envs:
            if code.kind is not n.DECORATOR:
                return FAIL
            if code.parts[1] is None:
                return inner(node(code.parts[0]), env, run)
            return inner(as_call(code), env, run) if named else FAIL

        return match_expression
    name = identifier(called, compiler)
    callee = compiler.compile(called) if called.kind is n.METAVARIABLE else nothing
    matching = arguments(nodes(pattern.parts[1]), compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.DECORATOR:
            return FAIL
        value = node(code.parts[0])
        if code.parts[1] is not None:
            given = nodes(code.parts[1])
            return [made for one in name(value, env, run) for made in matching(given, one, run)]
        if value.kind is not n.CALL:
            return FAIL
        given = nodes(value.parts[1])
        return [made for one in callee(node(value.parts[0]), env, run) for made in matching(given, one, run)]

    return match


def as_call(named: Node) -> Node:
    """The call that a decorator ``@a`` or ``@a(b)`` is, of a name that may be imported."""
    label = node(named.parts[0])
    name = Node(n.NAME, label.text, (), label.start, label.end, label.base)
    name.resolved, name.constant = label.resolved, label.constant
    return Node(n.CALL, "", (name, named.parts[1]), label.start, named.end, named.base)


def modifier(pattern: Node, _compiler: Compiler) -> Matching:
    """``async``."""
    text = pattern.text

    def match(code: Node, env: Env, _run: Run) -> Envs:
        return (env,) if code.kind is n.MODIFIER and code.text == text else FAIL

    return match
