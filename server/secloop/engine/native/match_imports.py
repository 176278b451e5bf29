"""Matches imports, however they are written: ``import a.b`` and ``from a import b`` are one to semgrep."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from secloop.engine.native import nodes as n
from secloop.engine.native.match_bound import Bound, BoundKind, Env, of_label, of_name
from secloop.engine.native.match_compile import Compiler, node, nodes, optional
from secloop.engine.native.match_expressions import ANONYMOUS
from secloop.engine.native.match_run import FAIL, Envs, Matching, Run, bind
from secloop.engine.native.nodes import Node


def import_(pattern: Node, _compiler: Compiler) -> Matching:
    """``import a.b``: what imports it or something in it."""
    path, alias = nodes(pattern.parts[0]), optional(pattern.parts[1])

    def match(code: Node, env: Env, _run: Run) -> Envs:
        if code.kind is n.IMPORT:
            envs = _prefix(path, nodes(code.parts[0]), env)
            return [made for one in envs for made in _alias(alias, optional(code.parts[1]), one)]
        return FAIL if alias is not None else _normalized(path, code, env)

    return match


def import_from(pattern: Node, _compiler: Compiler) -> Matching:
    """``from a import b, c``: all of the names, among others if it is only one."""
    path, imported = nodes(pattern.parts[0]), nodes(pattern.parts[1])
    first = imported[0]
    single = len(imported) == 1
    normalized = (*path, node(first.parts[0])) if single and first.parts[1] is None else None

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is n.IMPORT_FROM:
            given = nodes(code.parts[1])
            envs = _prefix(path, nodes(code.parts[0]), env)
            if single:
                made = [found for one in envs for name in given for found in _name(first, name, one)]
            else:
                made = [found for one in envs for found in _names(imported, given, one, run)]
            if made:
                return made
        return FAIL if normalized is None else _normalized(normalized, code, env)

    return match


def import_all(pattern: Node, _compiler: Compiler) -> Matching:
    """``from a import *``."""
    path = nodes(pattern.parts[0])

    def match(code: Node, env: Env, _run: Run) -> Envs:
        return _prefix(path, nodes(code.parts[0]), env) if code.kind is n.IMPORT_ALL else FAIL

    return match


def _normalized(path: Sequence[Node], code: Node, env: Env) -> Envs:
    """Match the full names that an import gives."""
    if code.kind is n.IMPORT or code.kind is n.IMPORT_ALL:
        return _prefix(path, nodes(code.parts[0]), env)
    if code.kind is n.IMPORT_FROM:
        given = nodes(code.parts[0])
        return [
            made
            for name in nodes(code.parts[1])
            for made in _prefix(path, (*given, node(name.parts[0])), env)
        ]
    return FAIL


def _prefix(path: Sequence[Node], given: Sequence[Node], env: Env) -> Envs:
    """Match the first components of a dotted name; a metavariable at the end takes all that is left."""
    if len(path) > len(given):
        return FAIL
    envs: Envs = (env,)
    last = len(path) - 1
    for position, part in enumerate(path):
        if part.kind is n.METAVARIABLE:
            if part.text == ANONYMOUS:
                continue
            taken = tuple(given[position:]) if position == last else (given[position],)
            bound = Bound(BoundKind.MODULE, taken, ".".join(one.text for one in taken))
            envs = [made for one in envs for made in bind(part.text, bound, one)]
        elif part.text != given[position].text:
            return FAIL
    return envs


def _alias(pattern: Node | None, code: Node | None, env: Env) -> Envs:
    """``as x``: without it in the pattern, the one in the code does not matter."""
    if pattern is None:
        return (env,)
    return FAIL if code is None else _identifier(pattern, code, env, of_name)


def _name(pattern: Node, code: Node, env: Env) -> Envs:
    envs = _identifier(node(pattern.parts[0]), node(code.parts[0]), env, of_label)
    alias, given = optional(pattern.parts[1]), optional(code.parts[1])
    return [made for one in envs for made in _alias(alias, given, one)]


def _names(patterns: Sequence[Node], codes: Sequence[Node], env: Env, run: Run) -> Envs:
    """Each of the names is another one of the code's, in any order."""
    states: list[tuple[tuple[Node, ...], Env]] = [(tuple(codes), env)]
    for pattern in patterns:
        run.spend(len(states) * len(codes))
        states = [
            ((*left[:place], *left[place + 1 :]), made)
            for left, before in states
            for place, code in enumerate(left)
            for made in _name(pattern, code, before)
        ]
    return [made for _, made in states]


def _identifier(pattern: Node, code: Node, env: Env, bound: Callable[[Node], Bound]) -> Envs:
    if pattern.kind is n.METAVARIABLE:
        return (env,) if pattern.text == ANONYMOUS else bind(pattern.text, bound(code), env)
    return (env,) if pattern.text == code.text else FAIL
