"""What a pattern matches in a piece of code, as text."""

from __future__ import annotations

import textwrap

import tree_sitter
import tree_sitter_python

from secloop.engine.native import constants, names
from secloop.engine.native.index import Index
from secloop.engine.native.lower import lower_module
from secloop.engine.native.match import Match, Options, compile_pattern
from secloop.engine.native.nodes import Node
from secloop.engine.native.patterns import parse_pattern

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))


def tree(code: str) -> Node:
    """The tree of a text, its names and constants known."""
    source = code.encode()
    module = lower_module(_PARSER.parse(source), source)
    names.resolve(module)
    constants.propagate(module)
    return module


def find(pattern: str, code: str, **options: bool) -> list[Match]:
    """The matches of a pattern in a text, which is dedented like the pattern is."""
    matcher = compile_pattern(parse_pattern(textwrap.dedent(pattern)), Options.of(options))
    return matcher.find(Index(tree(textwrap.dedent(code))))


def found(pattern: str, code: str, **options: bool) -> list[str]:
    """The texts that a pattern matches, each once."""
    source = textwrap.dedent(code).encode()
    spans = dict.fromkeys(match.span for match in find(pattern, code, **options))
    return [source[start:end].decode() for start, end in spans]


def bound(pattern: str, code: str, name: str = "$X", **options: bool) -> list[str]:
    """The texts that a metavariable is bound to, match by match."""
    source = textwrap.dedent(code).encode()
    return [match.env[name].content(source) for match in find(pattern, code, **options)]


def lines(pattern: str, code: str, **options: bool) -> list[tuple[int, int]]:
    """The first and last lines, from 1 on, of what a pattern matches."""
    source = textwrap.dedent(code).encode()
    spans = dict.fromkeys(match.span for match in find(pattern, code, **options))
    return [(source.count(b"\n", 0, start) + 1, source.count(b"\n", 0, end) + 1) for start, end in spans]
