"""What a document's text is made of: its comments, scopes and tokens, in any language.

A function of the text alone, however the text was reached: a fresh parse of the whole, or for Python what equals
one (``incremental.py``). Languages without a grammar of ours get their comments from a small lexer (``lexer.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from tree_sitter import Language, Node, Parser, Tree, TreeCursor

from secloop.syntax.document import Document
from secloop.syntax.grammars import Grammar, grammar_for
from secloop.syntax.languages import languages_of
from secloop.syntax.lexer import Lexicon, lex_comments, lexicon_for

if TYPE_CHECKING:
    from secloop.syntax.incremental import Parsed, PythonText

_HASH = re.compile(b"#")
_INDENT = re.compile(r"[ \t]*\n[ \t]*")
_OPENING = re.compile(r"(?:<!--|\{#|/\*+|\(\*|\{-|#+|//+|--+|;+|%+)")
_CLOSING = ("-->", "#}", "*/", "*)", "-}")


class Comment(Struct, frozen=True):
    """One comment token: byte offsets in the document, its text without the markers, and whether
    nothing but white space stands before it on its line."""

    start: int
    end: int
    text: str
    alone: bool


class Syntax:
    """The comments, scopes and tokens of one document; everything is worked out when first asked for."""

    def __init__(self, document: Document) -> None:
        self._normalized = document.normalized
        languages = document_languages(document)
        self._grammar: Grammar | None = grammar_for(languages, document.path.endswith("x"))
        self._text: PythonText | None = None
        self._lexicon: Lexicon = lexicon_for(document.path, languages)

    @property
    def comment_prefix(self) -> str:
        """What starts a comment to the end of the line, empty if the language has none."""
        return self._grammar.comment_prefix if self._grammar else self._lexicon.prefix

    @property
    def has_grammar(self) -> bool:
        """Whether the text is parsed, so that ``broken`` and ``scope`` can tell anything."""
        return self._grammar is not None

    def follow(self, text: PythonText) -> None:
        """Parse, when it comes to that, from the version before: takes less time and gives the same."""
        self._text = text

    @cached_property
    def parsed(self) -> Parsed | None:
        """The tree of the normalized text without what does not parse, None for any language but Python."""
        if self._grammar is None or not self._grammar.repaired:
            return None
        from secloop.syntax.incremental import PythonText

        text, self._text = self._text or PythonText(), None
        return text.update(self._normalized.data)

    @cached_property
    def tree(self) -> Tree | None:
        """The tree of the normalized text with all its errors, None for a language without a grammar of ours."""
        if self._grammar is None:
            return None
        if self.parsed is not None and not self.parsed.damaged:
            return self.parsed.tree
        return Parser(Language(self._grammar.load())).parse(self._normalized.data)

    @cached_property
    def _parts(self) -> tuple[_Part, ...]:
        """The trees that the text has, one after the other: what does not parse has one of its own."""
        size = len(self._normalized.data)
        parsed = self.parsed
        if parsed is None:
            return (_Part(0, size, self.tree, 0),) if self.tree is not None else ()
        parts: list[_Part] = []
        at = 0
        for one in parsed.damaged:
            parts += (_Part(at, one.start, parsed.tree, 0), _Part(one.start, one.end, one.tree, one.start))
            at = one.end
        return (*parts, _Part(at, size, parsed.tree, 0))

    @property
    def broken(self) -> bool:
        """Whether the text has a syntax error."""
        if self.parsed is not None:
            return self.parsed.broken
        return self.tree is not None and self.tree.root_node.has_error

    @cached_property
    def errors(self) -> tuple[tuple[int, int], ...]:
        """The ranges that do not parse, as byte offsets of the *normalized* text: sorted, apart, never empty."""
        if not self.broken:
            return ()
        parsed = self.parsed
        tree = self.tree if parsed is None else parsed.tree
        damaged = [] if parsed is None else [(one.start, one.end) for one in parsed.damaged]
        found = damaged if tree is None else [*damaged, *_errors(tree.root_node)]
        return _apart(sorted(found), len(self._normalized.data))

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Every comment of the document in order."""
        if self._grammar is None:
            spans = lex_comments(self._lexicon, self._normalized.data.decode("utf-8"))
        else:
            spans = sorted(set(self._comment_spans(self._grammar.comment_types)))
        return tuple(self._comment(start, end) for start, end in spans)

    def _comment_spans(self, types: frozenset[str]) -> Iterator[tuple[int, int]]:
        if self.parsed is None:
            for part in self._parts:
                for node in _nodes(part.tree.root_node):
                    if node.type in types:
                        yield node.start_byte, node.end_byte
            return
        for part in self._parts:
            # A hundredth of a text's nodes are comments, and each starts with a sign that little else has.
            for sign in _HASH.finditer(self._normalized.data, part.start, part.end):
                at = sign.start() - part.offset
                found = part.tree.root_node.descendant_for_byte_range(at, at + 1)
                if found is not None and found.type in types:
                    yield found.start_byte + part.offset, found.end_byte + part.offset

    def _comment(self, start: int, end: int) -> Comment:
        data = self._normalized.data
        raw = data[start:end].decode("utf-8")
        opening = _OPENING.match(raw)
        text = raw[opening.end() :].strip() if opening else raw.strip()
        closing = next((mark for mark in _CLOSING if text.endswith(mark)), "")
        text = text.removesuffix(closing).rstrip("*" if closing == "*/" else "")
        before = data[data.rfind(b"\n", 0, start) + 1 : start]
        raw_end = start + len(raw.rstrip("\n").encode("utf-8"))
        original = self._normalized.original
        return Comment(original(start), original(raw_end), text.strip(), not before.strip())

    def scope(self, offset: int) -> str:
        """The qualified name of what encloses a byte offset: names joined by dots, empty at top level.

        What starts at the offset does not enclose it, so a whole function lies in its parent's scope.
        """
        if self._grammar is None:
            return ""
        at = self._normalized.from_original(offset)
        part = next((one for one in self._parts if one.start < at < one.end and one.offset), None)
        if part is None:
            return ".".join(_scope_names(self._parts[0].tree, at, self._grammar))
        # What does not parse lies in the scope of its start, which may hold all of it no more.
        outer = _scope_names(self._parts[0].tree, part.start, self._grammar)
        return ".".join((*outer, *_scope_names(part.tree, at - part.offset, self._grammar)))

    def tokens(self, start: int, end: int) -> str:
        """The tokens between two byte offsets joined by one space, without comments.

        Line ends inside a token (a long string) lose the white space around them, so that the
        result does not depend on indentation.
        """
        low, high = self._normalized.from_original(start), self._normalized.from_original(end)
        return " ".join(self._token_texts(low, high))

    def _token_texts(self, low: int, high: int) -> Iterator[str]:
        data = self._normalized.data
        if self._grammar is None:
            yield from data[low:high].decode("utf-8", "replace").split()
            return
        at = low
        for start, stop, type_ in self._leaf_spans(low, high, self._grammar.comment_types):
            start, stop = max(start, at), min(stop, high)
            # Text between leaves is white space, or what the grammar does not name.
            yield from data[at:start].decode("utf-8", "replace").split()
            if type_ not in self._grammar.comment_types and type_ != "line_continuation":
                text = _INDENT.sub("\n", data[start:stop].decode("utf-8", "replace")).strip()
                if text:
                    yield text
            at = max(at, stop)
        yield from data[at:high].decode("utf-8", "replace").split()

    def _leaf_spans(self, low: int, high: int, whole: frozenset[str]) -> Iterator[tuple[int, int, str]]:
        for part in self._parts:
            start, end = max(low, part.start), min(high, part.end)
            for leaf in _leaves(part.tree.root_node, start - part.offset, end - part.offset, whole):
                yield leaf.start_byte + part.offset, leaf.end_byte + part.offset, leaf.type


class _Part(Struct, frozen=True):
    """A range of a normalized text, and the tree of what is in it, whose offsets count from ``offset``."""

    start: int
    end: int
    tree: Tree
    offset: int


def document_languages(document: Document) -> tuple[str, ...]:
    """Ids of the languages of a document (see ``languages.languages_of``)."""
    cached: tuple[str, ...] | None = document.__dict__.get("_languages")
    if cached is None:
        first_line = document.text[:300].split("\n", 1)[0].split("\r", 1)[0]
        cached = languages_of(document.path, first_line)
        document.__dict__["_languages"] = cached
    return cached


def syntax_of(document: Document) -> Syntax:
    """The syntax of a document, kept with it: a document is immutable, so it is worked out once."""
    cached: Syntax | None = document.__dict__.get("_syntax")
    if cached is None:
        cached = Syntax(document)
        document.__dict__["_syntax"] = cached
    return cached


def release(document: Document) -> None:
    """Let go of what was worked out of a document's text: a tree weighs many times the text."""
    document.__dict__.pop("_syntax", None)


def _apart(ranges: list[tuple[int, int]], size: int) -> tuple[tuple[int, int], ...]:
    """Sorted ranges, those that touch made one, none beyond the end of the text."""
    result: list[tuple[int, int]] = []
    for start, end in ranges:
        start, end = max(min(start, size - 1), 0), min(end, size)
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return tuple(result)


def _errors(root: Node) -> Iterator[tuple[int, int]]:
    stack = [root] if root.has_error else []
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            # What is missing has no width: the place where it is missed stands for it.
            yield node.start_byte, max(node.end_byte, node.start_byte + 1)
        elif node.has_error:
            stack.extend(node.children)


def _scope_names(tree: Tree, at: int, grammar: Grammar) -> Iterator[str]:
    """The names of what encloses a place, from the outside in."""
    cursor = tree.walk()
    # Down from the root: Node.parent starts there too, each time, which is quadratic when nested deep.
    while (node := cursor.node) is not None and node.start_byte <= at:
        if node.start_byte < at < node.end_byte:
            name = grammar.scope_name(node)
            if name:
                yield name
        if cursor.goto_first_child_for_byte(at) is None:
            break


def _nodes(root: Node) -> Iterator[Node]:
    """Every node in document order, without recursion: hostile nesting is deep."""
    cursor = root.walk()
    while True:
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _leaves(root: Node, low: int, high: int, whole: frozenset[str]) -> Iterator[Node]:
    """The leaves (and the nodes of types in ``whole``) that overlap a byte range, in order.

    Costs what lies in the range and the depth, not the size of the file.
    """
    cursor = root.walk()
    if high <= low:
        return
    while True:
        node = cursor.node
        assert node is not None
        if node.end_byte > low and node.type not in whole and _descend(cursor, node, low):
            continue
        if low < node.end_byte and node.start_byte < high:
            yield node
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
        if cursor.node is not None and cursor.node.start_byte >= high:
            return


def _descend(cursor: TreeCursor, node: Node, low: int) -> bool:
    """Go to the first child that reaches beyond an offset; false for a leaf."""
    if node.start_byte < low:
        return cursor.goto_first_child_for_byte(low) is not None
    return cursor.goto_first_child()
