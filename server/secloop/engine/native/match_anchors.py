"""Where a pattern can match at all: the words it needs, and the nodes of an index that are worth a try."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.index import SHAPES, Index, Place, shape
from secloop.engine.native.match_compile import is_ellipsis, node, nodes
from secloop.engine.native.match_deep import EXPRESSIONS
from secloop.engine.native.match_strings import is_plain_string
from secloop.engine.native.nodes import Node

Candidates: TypeAlias = Callable[[Index], Sequence[Node]]
"""The nodes of an index that a pattern is tried on."""
Starts: TypeAlias = Callable[[Index], Sequence[Place]]
"""The places that a sequence of statements is tried from."""


class Anchors(NamedTuple):
    """What an index must hold for a pattern to be able to match: all of these words, as `Index.words` has them."""

    words: tuple[str, ...]

    def in_index(self, index: Index) -> bool:
        """Whether a match is possible at all."""
        return index.words.issuperset(self.words)


_ANY: Final = frozenset((n.METAVARIABLE, n.ELLIPSIS, n.TYPED_METAVARIABLE, n.DEEP, n.ATTRIBUTE_ELLIPSIS))
_IMPORTS: Final = (n.IMPORT, n.IMPORT_FROM, n.IMPORT_ALL)
_VALUES: Final = frozenset((n.INT, n.FLOAT, n.IMAGINARY, n.STRING, n.BOOL, n.NONE))


def words(pattern: Node) -> Iterator[str]:
    """The words that code must have for a pattern to match."""
    stack = [pattern]
    while stack:
        part = stack.pop()
        if part.kind is n.TYPED_METAVARIABLE:  # a literal has its type without a word of it
            continue
        stack.extend(part.children())
        if part.kind is n.NAME or part.kind is n.IDENTIFIER or part.kind is n.PATTERN_NAME:
            yield part.text
        elif part.kind is n.STRING and is_plain_string(part.text):
            yield f"'{part.text}"
        elif part.kind in SHAPES and not _signs(part):
            yield shape(part.kind, part.text)


def _signs(part: Node) -> bool:
    """Whether an operation may match a number, too."""
    return part.kind is n.OPERATION and part.text == "-" and len(nodes(part.parts[1])) == 1


def anchors(pattern: Node) -> Anchors:
    """The words of a pattern, each once."""
    return Anchors(tuple(dict.fromkeys(words(pattern))))


def candidates(pattern: Node) -> Candidates:
    """The nodes that a pattern of one node is tried on."""
    kind = pattern.kind
    if kind in _ANY:
        return lambda index: index.expressions
    if kind is n.NAME:
        return lambda index: index.names(pattern.text)
    if kind is n.CALL:
        name = _last_name(node(pattern.parts[0]))
        return (lambda index: index.kind(n.CALL)) if name is None else (lambda index: index.calls(name))
    if kind is n.ATTRIBUTE:
        return _attributes(pattern)
    if kind in _VALUES:
        return lambda index: [
            *index.kind(kind),
            *(index.kind(n.ENCODED) if kind is n.STRING else ()),
            *index.known,
        ]
    if kind is n.OPERATION:
        return lambda index: [*index.kind(n.OPERATION), *_signed(pattern, index)]
    return of_kinds(*_kinds(pattern))


def of_kinds(*kinds: str) -> Candidates:
    """The nodes of some kinds."""
    if len(kinds) == 1:
        return lambda index: index.kind(kinds[0])
    return lambda index: [code for kind in kinds for code in index.kind(kind)]


def _kinds(pattern: Node) -> Sequence[str]:
    kind = pattern.kind
    if kind in _IMPORTS:
        return _IMPORTS
    if kind is n.CONCAT:
        return (n.CONCAT, n.FORMAT)
    if kind is n.LIST:
        return (n.LIST, n.COMPREHENSION)
    if kind is n.DICT or kind is n.SET:
        return (n.SET, n.DICT, n.COMPREHENSION)
    return (kind,)


def _last_name(callee: Node) -> str | None:
    if callee.kind is n.NAME:
        return callee.text
    if callee.kind is n.ATTRIBUTE:
        member = node(callee.parts[1])
        return member.text if member.kind is n.IDENTIFIER else None
    return None


def _attributes(pattern: Node) -> Candidates:
    name = _last_name(pattern)
    if name is None:
        return lambda index: [*index.kind(n.ATTRIBUTE), *index.imported]
    return lambda index: index.members(name)


def _signed(pattern: Node, index: Index) -> Sequence[Node]:
    """What an operation of a sign can match, too: numbers, and what is worth one."""
    if not _signs(pattern):
        return ()
    return [*index.kind(n.INT), *(code for code in index.known if code.kind is not n.OPERATION)]


def starts(statements: Sequence[Node]) -> Starts:
    """The places that a sequence is tried from: what its first statement can match."""
    first = statements[0]
    if first.kind is n.EXPRESSION:
        if is_any_statement(first):
            return lambda index: index.statements()
        needed = tuple(dict.fromkeys(words(first)))
        if needed:
            return lambda index: _rarest(needed, index)
        return lambda index: index.statements(n.EXPRESSION, n.RETURN, n.VARIABLE)
    kinds = _kinds(first)
    return lambda index: index.statements(*kinds)


def is_any_statement(pattern: Node) -> bool:
    """Whether what is written as an expression matches statements of any kind."""
    return is_ellipsis(pattern) or node(pattern.parts[0]).kind in (n.METAVARIABLE, n.METAVARIABLE_ELLIPSIS)


def _rarest(needed: Sequence[str], index: Index) -> Sequence[Place]:
    """The places of the word that is at the fewest."""
    best = min((index.places(word) for word in needed), key=len)
    found = {(id(place[0]), place[1]): place for place in best if place[0]}
    return list(found.values())


def is_expression(pattern: Node) -> bool:
    """Whether a pattern is matched with expressions."""
    return pattern.kind in EXPRESSIONS or pattern.kind in _ANY or pattern.kind is n.METAVARIABLE_ELLIPSIS
