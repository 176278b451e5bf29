"""Matches literals: by value, and strings also by ``"..."``, ``"$X"`` and ``"=~/regex/"``."""

from __future__ import annotations

import re
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.encoded import encoded_value
from secloop.engine.native.match_bound import LITERALS, Bound, BoundKind, Env, same_literal
from secloop.engine.native.match_compile import Compiler, node, nodes
from secloop.engine.native.match_lists import Item, Rest, in_order
from secloop.engine.native.match_run import FAIL, Envs, Matching, Run, bind
from secloop.engine.native.nodes import Node
from secloop.engine.native.regexes import compile_regex

METAVARIABLE_TEXT: Final = re.compile(r"\$[A-Z_][A-Z_0-9]*\Z")
_REGEX_TEXT: Final = re.compile(r"=~/(.*)/([ims]*)\Z", re.DOTALL)


def literal(pattern: Node, compiler: Compiler) -> Matching:
    """A literal matches whatever is known to have its value."""
    kind, text = pattern.kind, pattern.text
    constants = compiler.options.constant_propagation
    if kind is n.STRING and (special := _special(text)) is not None:
        return special

    def match(code: Node, env: Env, _run: Run) -> Envs:
        if code.kind is kind:
            return (env,) if code.text == text or same_literal(code, pattern) else FAIL
        value = _value(code, constants)
        return (env,) if value is not None and same_literal(value, pattern) else FAIL

    return match


def _value(code: Node, constants: bool) -> Node | None:
    """The literal that an expression is worth."""
    if code.kind in LITERALS:
        return code
    if code.kind is n.ENCODED:
        return encoded_value(code)
    return code.constant if constants else None


def _special(text: str) -> Matching | None:
    """A string pattern that matches more than one string."""
    if text == "...":
        return _any_string
    if METAVARIABLE_TEXT.match(text):
        return _text_metavariable(text)
    found = _REGEX_TEXT.match(text)
    return _regex(found.group(1), found.group(2)) if found else None


def is_plain_string(text: str) -> bool:
    """Whether a string pattern stands for itself only."""
    return text != "..." and METAVARIABLE_TEXT.match(text) is None and _REGEX_TEXT.match(text) is None


def _string_value(code: Node) -> Node | None:
    value = _value(code, True)
    return value if value is not None and value.kind is n.STRING else None


def _any_string(code: Node, env: Env, _run: Run) -> Envs:
    value = _value(code, True)
    if value is None or not (value.kind is n.STRING or (value.kind is n.CONSTANT and value.text == "str")):
        return FAIL
    return (env,)


def _text_metavariable(name: str) -> Matching:
    def match(code: Node, env: Env, _run: Run) -> Envs:
        value = _string_value(code)
        if value is None:
            return FAIL
        return bind(name, Bound(BoundKind.TEXT, (_where_text_is(value),), value.text), env)

    return match


def _where_text_is(value: Node) -> Node:
    """A string where its text first is in its literal; the whole literal if escapes make its text another one."""
    text = value.text
    start, end = value.tokens or (value.start, value.end)
    encoded = text.encode()
    found = value.base.source[start:end].find(encoded)
    if found >= 0:
        start, end = start + found, start + found + len(encoded)
    return Node(n.STRING, text, (), start, end, value.base)


def _regex(text: str, flags: str) -> Matching:
    regex = compile_regex(f"(?{flags}){text}" if flags else text, multiline=False)

    def match(code: Node, env: Env, _run: Run) -> Envs:
        value = _string_value(code)
        if value is None or next(regex.finditer(value.text.encode()), None) is None:
            return FAIL
        return (env,)

    return match


def encoded(pattern: Node, compiler: Compiler) -> Matching:
    """``b"..."``: a string of the same prefix."""
    prefix, inner = pattern.text, compiler.compile(node(pattern.parts[0]))

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.ENCODED or code.text != prefix:
            return FAIL
        return inner(node(code.parts[0]), env, run)

    return match


def pieces(pattern: Node, compiler: Compiler) -> Matching:
    """An f-string, a field of one, or adjacent strings: piece by piece; a piece "..." stands for any number.

    What is no f-string in the pattern may be one in the code.
    """
    kinds = (n.FORMAT,) if pattern.kind is n.FORMAT else (n.FORMAT, n.CONCAT)
    matching = in_order([_piece(one, compiler) for one in nodes(pattern.parts[0])])

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind not in kinds:
            return FAIL
        return matching(nodes(code.parts[0]), env, run)

    return match


def _piece(pattern: Node, compiler: Compiler) -> Item:
    """What stands for any expression stands for no string here, not even for one in braces."""
    if pattern.kind is n.STRING and pattern.text == "...":
        return Rest()
    matching = compiler.compile(pattern)
    if pattern.kind is not n.METAVARIABLE and pattern.kind is not n.ELLIPSIS:
        return matching
    return lambda code, env, run: FAIL if code.kind is n.STRING else matching(code, env, run)
