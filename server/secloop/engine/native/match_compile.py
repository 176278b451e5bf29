"""What the compilers of patterns share: the options, and which of them compiles what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import Unsupported
from secloop.engine.native.match_bound import Env
from secloop.engine.native.match_options import Options
from secloop.engine.native.match_run import FAIL, Envs, Matching, Run
from secloop.engine.native.nodes import Node, Part

MAX_DEPTH: Final = 60
"""Levels that a pattern may nest; each takes a few frames of the stack when it is matched."""


class Compiler:
    """Compiles the parts of one pattern.

    Attributes:
        options: of its rule.
    """

    __slots__ = ("_depth", "_kinds", "options")

    def __init__(self, options: Options, kinds: Mapping[str, Compile]) -> None:
        self.options = options
        self._kinds = kinds
        self._depth = 0

    def compile(self, pattern: Node) -> Matching:
        """The matcher of an expression, a statement or whatever else is matched node by node.

        Raises:
            Unsupported: if it holds what only semgrep-core can match.
        """
        compile_kind = self._kinds.get(pattern.kind)
        if compile_kind is None:
            raise Unsupported(f"a pattern with {pattern.kind.replace('_', ' ')}")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unsupported("a pattern nested this deeply")
        made = compile_kind(pattern, self)
        self._depth -= 1
        return made


Compile: TypeAlias = "Callable[[Node, Compiler], Matching]"


def node(part: Part) -> Node:
    """A part that is a node."""
    assert isinstance(part, Node)
    return part


def nodes(part: Part) -> tuple[Node, ...]:
    """A part that is a list."""
    assert isinstance(part, tuple)
    return part


def optional(part: Part) -> Node | None:
    """A part that is a node or absent."""
    assert not isinstance(part, tuple)
    return part


def leaf(pattern: Node, _compiler: Compiler) -> Matching:
    """Matches a node of the same kind without parts."""
    kind = pattern.kind

    def match(code: Node, env: Env, _run: Run) -> Envs:
        return (env,) if code.kind is kind else FAIL

    return match


def is_ellipsis(pattern: Node) -> bool:
    """Whether a pattern is ``...``, as an expression or as a statement."""
    if pattern.kind is n.EXPRESSION:
        pattern = node(pattern.parts[0])
    return pattern.kind is n.ELLIPSIS


def chained(matching: Matching, code: Node, envs: Envs, run: Run) -> Envs:
    """All ways to match a node after each of the ways before."""
    if len(envs) == 1:
        return matching(code, envs[0], run)
    return [found for env in envs for found in matching(code, env, run)]
