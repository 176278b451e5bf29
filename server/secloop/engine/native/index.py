"""Where in a tree a pattern could match: its nodes by kind, its calls by name, the words in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Final, TypeAlias, TypeVar

from secloop.engine.native import nodes as n
from secloop.engine.native.encoded import encoded_value
from secloop.engine.native.match_bound import LITERALS, import_path
from secloop.engine.native.match_compile import node, nodes
from secloop.engine.native.match_deep import EXPRESSIONS
from secloop.engine.native.match_definitions import as_call
from secloop.engine.native.match_run import Flat
from secloop.engine.native.match_sequences import LOOP_ELSE, STATEMENTS, returned
from secloop.engine.native.match_statements import as_assignment
from secloop.engine.native.nodes import Node

Place: TypeAlias = tuple[tuple[Node, ...], int]
"""A statement, as the list it is in and its position."""
_T = TypeVar("_T")


class Index:
    """The nodes of a tree, found once for all patterns.

    It reads ``resolved`` and ``constant`` of the nodes, so names and constants come first. An index that was given
    the indexes of chunks looks things up in those too.

    Attributes:
        roots: what it was built from.
        words: every word a pattern could name: identifiers, components of the full names of what is imported, the
            values of strings, known ones included, after a quote, and the `shape` of what is not in all code.
        flattened: lists of statements with all that is below them put in, as far as they were needed.
    """

    __slots__ = (
        *(
            "_calls",
            "_imported",
            "_kinds",
            "_known",
            "_members",
            "_names",
            "_others",
            "_places",
            "_statements",
        ),
        *("flattened", "roots", "words"),
    )

    def __init__(self, *roots: Node, chunks: Sequence[Index] = ()) -> None:
        """Index what is below the roots, and the roots themselves.

        Args:
            roots: a MODULE, or any nodes that shall be searched: the nodes of a `Bound`, say.
            chunks: the indexes of function definitions in it, built before, whose nodes are taken over.
        """
        self.roots = roots
        self.flattened: dict[int, Flat] = {}
        self._kinds: dict[str, list[Node]] = {}
        self._calls: dict[str, list[Node]] = {}
        self._members: dict[str, list[Node]] = {}
        self._statements: dict[str, list[Place]] = {}
        self._places: dict[str, list[Place]] = {}
        self._names: dict[str, list[Node]] = {}
        self._imported: list[Node] = []
        self._known: list[Node] = []
        self._others: tuple[Index, ...] = tuple(chunks)
        builder = _Builder(self, {id(root) for chunk in chunks for root in chunk.roots})
        for root in roots:
            builder.build(root)
        self.words: set[str] = set(self._places)
        for chunk in chunks:
            self.words |= chunk.words

    def alone(self) -> Index:
        """The same without the chunks, but with their words: what is outside of them may have them inside."""
        return self._with((), self.words)

    def without(self) -> Index:
        """The same without the chunks."""
        return self._with((), set(self._places))

    def only(self, nodes: Sequence[Node]) -> Index:
        """The same as if it held these statements and nothing else, but with all words."""
        made = Index()
        for code in nodes:
            made._kinds.setdefault(code.kind, []).append(code)
        made.words = self.words
        return made

    def with_chunks(self, chunks: Sequence[Index]) -> Index:
        """The same with other chunks."""
        return self._with(chunks, set(self._places).union(*(chunk.words for chunk in chunks)))

    def _with(self, chunks: Sequence[Index], words: set[str]) -> Index:
        made = copy(self)
        made._others = tuple(chunks)
        made.words = words
        return made

    def kind(self, kind: str) -> Sequence[Node]:
        """The expressions or statements of a kind."""
        return _joined(self, lambda part: part._kinds.get(kind))

    def calls(self, name: str) -> Sequence[Node]:
        """The calls of what has a last name: of ``name``, of ``a.name``, and of names imported as either."""
        return _joined(self, lambda part: part._calls.get(name))

    def names(self, name: str) -> Sequence[Node]:
        """The names, as expressions, that are ``name`` or are imported for it."""
        return _joined(self, lambda part: part._names.get(name))

    @property
    def imported(self) -> Sequence[Node]:
        """The names that are short for an attribute."""
        return _joined(self, lambda part: part._imported)

    def members(self, name: str) -> Sequence[Node]:
        """The attributes of a name, and the names imported as one."""
        return _joined(self, lambda part: part._members.get(name))

    @property
    def known(self) -> Sequence[Node]:
        """The expressions other than literals that are known to be worth a literal."""
        return _joined(self, lambda part: part._known)

    def statements(self, *kinds: str) -> Sequence[Place]:
        """The places of statements of some kinds, or of any, that sequences of statements may begin with."""
        return [
            place
            for part in (self, *self._others)
            for kind in kinds or part._statements
            for place in part._statements.get(kind, ())
        ]

    def places(self, word: str) -> Sequence[Place]:
        """The places of the innermost statements that a word is in."""
        return _joined(self, lambda part: part._places.get(word))

    @property
    def expressions(self) -> Sequence[Node]:
        """All expressions."""
        return [
            code
            for part in (self, *self._others)
            for kind in part._kinds
            if kind in EXPRESSIONS
            for code in part._kinds[kind]
        ]


def _joined(index: Index, lookup: Callable[[Index], list[_T] | None]) -> Sequence[_T]:
    others = index._others
    if not others:
        return lookup(index) or ()
    found = [entries for part in (index, *others) if (entries := lookup(part))]
    return found[0] if len(found) == 1 else [entry for entries in found for entry in entries]


SHAPES: Final = frozenset(
    (
        *(
            n.ASSIGN,
            n.AUGMENTED,
            n.OPERATION,
            n.COMPARISONS,
            n.FORMAT,
            n.ENCODED,
            n.LAMBDA,
            n.COMPREHENSION,
            n.INDEX,
        ),
        *(
            n.SLICE,
            n.CONDITIONAL,
            n.AWAIT,
            n.YIELD,
            n.VARIABLE,
            n.IF,
            n.WHILE,
            n.FOR,
            n.RETURN,
            n.RAISE,
            n.ASSERT,
        ),
        *(n.DELETE, n.GLOBAL, n.TRY, n.WITH, n.WITH_ITEM, n.FUNCTION, n.CLASS, n.ASYNC),
    )
)
"""The kinds of nodes that are looked up like words."""


def shape(kind: str, text: str = "") -> str:
    """The word for there being a node of a kind; of operations, with an operator."""
    return f"<{kind} {text}>" if kind is n.OPERATION else f"<{kind}>"


_NOWHERE: Final[Place] = ((), 0)
_WORDS: Final = frozenset((n.NAME, n.IDENTIFIER, n.PATTERN_NAME))


class _Builder:
    """Fills an index."""

    __slots__ = ("chunks", "index", "kinds", "places", "seen", "shared", "silent")

    def __init__(self, index: Index, chunks: set[int]) -> None:
        self.index = index
        self.chunks = chunks
        self.kinds = index._kinds
        self.places = index._places
        self.shared: set[int] = set()
        self.silent: set[int] = set()
        self.seen: set[int] = set()

    def build(self, root: Node) -> None:
        """Index a tree. Nothing here recurses, since code may nest deeply."""
        stack: list[tuple[Node, Place]] = [(root, _NOWHERE)]
        while stack:
            code, place = stack.pop()
            kind = code.kind
            if self.shared and id(code) in self.shared:
                if id(code) in self.seen:
                    continue
                self.seen.add(id(code))
            if kind in _WORDS:
                self.word(code.text, place)
                if kind is n.NAME:
                    self.name(code, place)
                else:
                    self.label(code, place)
                continue
            if id(code) in self.chunks:
                continue
            if kind is n.SLICES:  # what is sliced is the same node in each of its parts
                self.shared.update(id(part.parts[0]) for part in nodes(code.parts[0]))
            if kind in EXPRESSIONS or kind in STATEMENTS or kind is n.DECORATOR:
                self.add(kind, code)
                if kind in SHAPES:
                    self.word(shape(kind, code.text), place)
            special = _SPECIAL.get(kind)
            if special is not None:
                special(self, code, place)
            if code.constant is not None:
                self.constant(code, place)
            self.children(code, place, stack)

    def children(self, code: Node, place: Place, stack: list[tuple[Node, Place]]) -> None:
        """Put what is below a node on the stack; of a list of statements each with its place."""
        kind = code.kind
        if kind is n.BLOCK or kind is n.MODULE or (kind is n.OTHER and code.text in LOOP_ELSE):
            for part in code.parts:
                if isinstance(part, tuple):
                    self.statement_list(part, stack, range(len(part)))
                elif part is not None:
                    stack.append((part, place))
            return
        if kind is n.CLASS:
            for part in code.parts[:3]:
                stack.extend(
                    (child, place) for child in (part if isinstance(part, tuple) else (part,)) if child
                )
            body = nodes(node(code.parts[3]).parts[0])
            self.statement_list(body, stack, range(1))
            return
        for part in code.parts:
            if part is None:
                continue
            if isinstance(part, tuple):
                for child in part:
                    stack.append((child, place))
            else:
                stack.append((part, place))

    def statement_list(self, codes: tuple[Node, ...], stack: list[tuple[Node, Place]], starts: range) -> None:
        """The statements of a list; sequences may begin where ``starts`` says: in a class only with the first."""
        for position, code in enumerate(codes):
            place = (codes, position)
            if position in starts:
                self.index._statements.setdefault(code.kind, []).append(place)
                stack.append((code, place))
            else:
                stack.append((code, _NOWHERE))

    def add(self, kind: str, code: Node) -> None:
        """An expression or statement."""
        known = self.kinds.get(kind)
        if known is None:
            self.kinds[kind] = [code]
        else:
            known.append(code)

    def word(self, text: str, place: Place) -> None:
        """A word and where it is."""
        known = self.places.get(text)
        if known is None:
            self.places[text] = [place]
        elif known[-1] is not place:
            known.append(place)

    def name(self, code: Node, place: Place) -> None:
        """A name as an expression, whose text is a word already."""
        self.add(n.NAME, code)
        self.index._names.setdefault(code.text, []).append(code)
        path = import_path(code)
        if path:
            for text in path:
                self.word(text, place)
            if len(path) == 1 and path[0] != code.text:
                self.index._names.setdefault(path[0], []).append(code)
            elif len(path) > 1:
                self.index._imported.append(code)
                self.index._members.setdefault(path[-1], []).append(code)
        if code.constant is not None:
            self.constant(code, place)

    def label(self, code: Node, place: Place) -> None:
        """What is a name as well where a condition reads it: it has the same words."""
        for text in import_path(code) or ():
            self.word(text, place)
        value = code.constant
        if value is not None and value.kind is n.STRING:
            self.word(f"'{value.text}", place)

    def constant(self, code: Node, place: Place) -> None:
        """What is worth a literal without being one."""
        if code.kind in LITERALS:
            return
        self.index._known.append(code)
        value = code.constant
        if value is not None and value.kind is n.STRING:
            self.word(f"'{value.text}", place)

    def string(self, code: Node, place: Place) -> None:
        """The value of a string is a word after a quote."""
        self.word(f"'{code.text}", place)

    def encoded(self, code: Node, place: Place) -> None:
        """So is what one with a prefix is worth."""
        self.word(f"'{encoded_value(code).text}", place)

    def call(self, code: Node, _place: Place) -> None:
        """A call by the last name of what is called."""
        callee = node(code.parts[0])
        if callee.kind is n.ATTRIBUTE:
            self.index._calls.setdefault(node(callee.parts[1]).text, []).append(code)
        elif callee.kind is n.NAME:
            self.index._calls.setdefault(callee.text, []).append(code)
            path = import_path(callee)
            if path and path[-1] != callee.text:
                self.index._calls.setdefault(path[-1], []).append(code)

    def attribute(self, code: Node, _place: Place) -> None:
        """An attribute by its name."""
        self.index._members.setdefault(node(code.parts[1]).text, []).append(code)

    def variable(self, code: Node, place: Place) -> None:
        """The definition of a variable is an assignment to a name, too."""
        if code.parts[2] is not None:
            assignment = as_assignment(code)
            self.add(n.ASSIGN, assignment)
            self.word(shape(n.ASSIGN), place)
            self.name(node(assignment.parts[0]), place)

    def lambda_(self, code: Node, place: Place) -> None:
        """A lambda may return its value."""
        statement = returned(code)
        if id(code) not in self.silent and statement.kind is n.RETURN:
            self.add(n.RETURN, statement)
            self.word(shape(n.RETURN), place)

    def function(self, code: Node, _place: Place) -> None:
        """What the lambdas in its defaults return is not looked at."""
        for parameter in nodes(code.parts[1]):
            self.silence(parameter)

    def silence(self, code: Node) -> None:
        """Leave what lambdas return alone."""
        self.silent.update(id(part) for part in code.walk() if part.kind is n.LAMBDA)

    def decorator(self, code: Node, place: Place) -> None:
        """``@a`` and ``@a(b)`` are a name and a call, too."""
        self.silence(code)
        if code.parts[1] is None:
            return
        call = as_call(code)
        self.name(node(call.parts[0]), place)
        self.add(n.CALL, call)
        self.call(call, place)


_SPECIAL: Final[dict[str, Callable[[_Builder, Node, Place], None]]] = {
    n.STRING: _Builder.string,
    n.ENCODED: _Builder.encoded,
    n.CALL: _Builder.call,
    n.ATTRIBUTE: _Builder.attribute,
    n.VARIABLE: _Builder.variable,
    n.LAMBDA: _Builder.lambda_,
    n.DECORATOR: _Builder.decorator,
    n.FUNCTION: _Builder.function,
}
