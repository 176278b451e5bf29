"""Compiles a pattern to a matcher, which finds where the pattern matches in a tree's index."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from secloop.engine.native import match_deep as deeper
from secloop.engine.native import match_definitions as definitions
from secloop.engine.native import match_expressions as expressions
from secloop.engine.native import match_imports as imports
from secloop.engine.native import match_operators as operators
from secloop.engine.native import match_sequences as sequences
from secloop.engine.native import match_statements as statements
from secloop.engine.native import match_strings as strings
from secloop.engine.native import nodes as n
from secloop.engine.native.errors import Unsupported
from secloop.engine.native.index import Index
from secloop.engine.native.match_anchors import (
    Anchors,
    Candidates,
    Starts,
    anchors,
    candidates,
    is_any_statement,
    is_expression,
    starts,
)
from secloop.engine.native.match_bound import Bound, BoundKind, Env
from secloop.engine.native.match_compile import Compile, Compiler, leaf, nodes
from secloop.engine.native.match_options import Options
from secloop.engine.native.match_run import Envs, Matching, Run, StepsExceeded
from secloop.engine.native.nodes import Node

__all__ = [
    "Anchors",
    "Bound",
    "BoundKind",
    "Env",
    "Match",
    "Matcher",
    "Options",
    "StepsExceeded",
    "compile_pattern",
]


class Match(NamedTuple):
    """Where a pattern matched. Its span moves with the bases of its nodes."""

    first: Node
    last: Node
    env: Env

    @property
    def span(self) -> tuple[int, int]:
        """The byte range in the normalized text."""
        return self.first.span[0], self.last.span[1]


def _position(match: Match) -> tuple[int, int]:
    first, last = match.first, match.last
    return first.base.offset + first.start, last.base.offset + last.end


class Matcher(ABC):
    """A compiled pattern.

    Attributes:
        pattern: what it was compiled from.
        metavariables: the names, with their ``$``, that a match can bind; in order of appearance.
        anchors: what must be in an index for a match to be possible.
        chunk_local: every match lies inside one function definition outside of others (a chunk, decorators included) or
            wholly outside of them, and depends on nothing else of the file: it can be looked for in a chunk's own index
            and in that of the rest. False for what can span statements of the module or of a class body, and for
            classes, whose matches need an index of the whole module.
        head: finds the first statement of every match, and is like one that is ``chunk_local``; None if there is
            none like that.
    """

    __slots__ = ("_needed", "anchors", "chunk_local", "head", "metavariables", "pattern")

    def __init__(self, pattern: Node) -> None:
        self.pattern = pattern
        self.metavariables = tuple(dict.fromkeys(_metavariables(pattern)))
        self.anchors = anchors(pattern)
        self._needed = frozenset(self.anchors.words)
        self.head: Matcher | None = None
        self.chunk_local = is_expression(pattern) or pattern.kind in _LOCAL

    def find(self, index: Index) -> list[Match]:
        """All matches in document order; the same range several times if its metavariables can be bound differently.

        Raises:
            StepsExceeded: if the search is out of proportion, which depends on pattern and code alone.
        """
        if not self._needed <= index.words:
            return []
        found = list(self._found(index, Run(index.flattened)))
        if len(found) > 1:
            found.sort(key=_position)
        return found

    @abstractmethod
    def _found(self, index: Index, run: Run) -> Iterator[Match]:
        """The matches, in any order."""


class _NodeMatcher(Matcher):
    """A pattern that is one expression or statement."""

    __slots__ = ("_candidates", "_matching")

    def __init__(self, pattern: Node, matching: Matching, candidates: Candidates) -> None:
        super().__init__(pattern)
        self._matching = matching
        self._candidates = candidates

    def _found(self, index: Index, run: Run) -> Iterator[Match]:
        matching = self._matching
        empty: Env = {}
        codes = self._candidates(index)
        run.spend(len(codes))
        for code in codes:
            envs = matching(code, empty, run)
            if envs:
                for env in envs if len(envs) == 1 else _distinct(envs):
                    yield Match(code, code, env)


class _SequenceMatcher(Matcher):
    """A pattern that is a sequence of statements."""

    __slots__ = ("_sequence", "_starts")

    def __init__(self, pattern: Node, sequence: sequences.StatementSequence, starts: Starts) -> None:
        super().__init__(pattern)
        self._sequence = sequence
        self._starts = starts

    def _found(self, index: Index, run: Run) -> Iterator[Match]:
        for codes, at in self._starts(index):
            ends: dict[int, list[Env]] = {}
            for end, env in self._sequence.starting(codes, at, run):
                ends.setdefault(end, []).append(env)
            for end, envs in ends.items():
                for env in envs if len(envs) == 1 else _distinct(envs):
                    yield Match(codes[at], codes[end - 1], env)


def _distinct(envs: Envs) -> list[Env]:
    """Without what is bound in the same way twice."""
    envs = list({id(env): env for env in envs}.values())
    if len(envs) == 1:
        return envs
    found: dict[tuple[object, ...], Env] = {}
    for env in envs:
        key = tuple((name, bound.kind, bound.span, bound.text) for name, bound in sorted(env.items()))
        found.setdefault(key, env)
    return list(found.values())


def compile_pattern(pattern: Node, options: Options) -> Matcher:
    """Compile a pattern as `patterns.parse_pattern` returns it.

    Args:
        pattern: an expression, a statement, a DECORATOR, or a BLOCK of statements.
        options: of its rule.

    Raises:
        Unsupported: if it holds what only semgrep-core can match.
    """
    for name, default in _FIXED.items():
        if getattr(options, name) is not default:
            raise Unsupported(f"option {name}")
    compiler = Compiler(options, _KINDS)
    if pattern.kind is n.BLOCK:
        listed = nodes(pattern.parts[0])
        if sum(statement.kind is n.GLOBAL for statement in listed) > 1:
            raise Unsupported("several global names")
        return _sequence(pattern, listed, compiler)
    return _NodeMatcher(pattern, compiler.compile(pattern), candidates(pattern))


def _sequence(pattern: Node, listed: tuple[Node, ...], compiler: Compiler) -> Matcher:
    places = starts(listed)
    made = _SequenceMatcher(pattern, sequences.StatementSequence(listed, compiler), places)
    first = listed[0]
    # No definition of a function is below what an expression matches as a statement.
    if first.kind is n.EXPRESSION and not is_any_statement(first):
        alone = Node(n.BLOCK, "", ((first,),), first.start, first.end, first.base)
        made.head = _SequenceMatcher(alone, sequences.StatementSequence((first,), compiler), places)
    return made


_FIXED: Final[Mapping[str, bool]] = {
    "symbolic_propagation": False,
    "commutative_boolop": False,
    "vardef_assign": True,
    "attr_expr": True,
    "implicit_return": True,
    "unify_ids_strictly": True,
    "strict_mvar_name_binding": False,
    "constant_propagation": True,
}
"""Options that have to have their defaults."""

_LOCAL: Final = frozenset(
    (
        *(n.RETURN, n.RAISE, n.RAISE_NOTHING, n.RAISE_FROM, n.ASSERT, n.DELETE, n.GLOBAL, n.PASS, n.BREAK),
        *(
            n.CONTINUE,
            n.VARIABLE,
            n.IMPORT,
            n.IMPORT_FROM,
            n.IMPORT_ALL,
            n.FUNCTION,
            n.TYPE_ALIAS,
            n.DECORATOR,
        ),
    )
)
"""The statements that never hold a chunk, or are one."""


def _metavariables(pattern: Node) -> Iterator[str]:
    for part in pattern.walk():
        if part.kind in (n.METAVARIABLE, n.METAVARIABLE_ELLIPSIS, n.TYPED_METAVARIABLE):
            if part.text != expressions.ANONYMOUS:
                yield part.text
        elif part.kind is n.STRING and strings.METAVARIABLE_TEXT.match(part.text):
            yield part.text


_KINDS: Final[Mapping[str, Compile]] = {
    n.ELLIPSIS: expressions.ellipsis,
    n.METAVARIABLE: expressions.metavariable,
    n.TYPED_METAVARIABLE: expressions.typed_metavariable,
    n.METAVARIABLE_ELLIPSIS: expressions.lone_metavariable_ellipsis,
    n.NAME: expressions.name,
    n.IDENTIFIER: expressions.identifier,
    n.ATTRIBUTE: expressions.attribute,
    n.ATTRIBUTE_ELLIPSIS: expressions.attribute_ellipsis,
    n.CALL: expressions.call,
    n.KEYWORD: expressions.keyword,
    n.SPREAD: expressions.spread,
    n.TUPLE: expressions.ordered,
    n.LIST: expressions.ordered,
    n.SET: expressions.unordered,
    n.DICT: expressions.unordered,
    n.ASSIGN: expressions.assign,
    n.LAMBDA: expressions.lambda_,
    n.TYPE_EXPRESSION: expressions.type_expression,
    n.AUGMENTED: expressions.same_parts,
    n.INDEX: expressions.same_parts,
    n.SLICE: expressions.same_parts,
    n.SLICES: expressions.same_parts,
    n.COMPREHENSION: expressions.comprehension,
    n.COMPREHENSION_FOR: statements.clause,
    n.COMPREHENSION_IF: expressions.same_parts,
    n.CONDITIONAL: expressions.same_parts,
    n.AWAIT: expressions.same_parts,
    n.YIELD: expressions.same_parts,
    n.CAST: expressions.same_parts,
    n.WITH_ITEM: statements.clause,
    n.OPERATION: operators.operation,
    n.COMPARISONS: operators.comparisons,
    n.DEEP: deeper.deep,
    n.INT: strings.literal,
    n.FLOAT: strings.literal,
    n.IMAGINARY: strings.literal,
    n.STRING: strings.literal,
    n.BOOL: strings.literal,
    n.NONE: strings.literal,
    n.ENCODED: strings.encoded,
    n.CONCAT: strings.pieces,
    n.FORMAT: strings.pieces,
    n.PATTERN_NAME: statements.target_name,
    n.PATTERN_TUPLE: statements.target_list,
    n.PATTERN_LIST: statements.target_list,
    n.PATTERN_EXPRESSION: expressions.same_parts,
    n.EXPRESSION: statements.expression,
    n.VARIABLE: statements.variable,
    n.BLOCK: sequences.block,
    n.IF: statements.if_,
    n.WHILE: expressions.same_parts,
    n.FOR: statements.clause,
    n.RETURN: statements.return_,
    n.BREAK: leaf,
    n.CONTINUE: leaf,
    n.PASS: leaf,
    n.RAISE_NOTHING: leaf,
    n.RAISE: expressions.same_parts,
    n.RAISE_FROM: expressions.same_parts,
    n.ASSERT: statements.assert_,
    n.DELETE: statements.delete,
    n.GLOBAL: statements.global_,
    n.TRY: statements.try_,
    n.HANDLER: statements.handler,
    n.WITH: expressions.same_parts,
    n.ASYNC: expressions.same_parts,
    n.IMPORT: imports.import_,
    n.IMPORT_FROM: imports.import_from,
    n.IMPORT_ALL: imports.import_all,
    n.FUNCTION: definitions.function,
    n.PARAMETER: definitions.parameter,
    n.PARAMETER_REST: definitions.parameter_rest,
    n.CLASS: definitions.class_,
    n.DECORATOR: definitions.decorator,
    n.OTHER: sequences.otherwise,
    n.MODIFIER: definitions.modifier,
}
"""How each kind of node is compiled; patterns with any other one are Unsupported."""
