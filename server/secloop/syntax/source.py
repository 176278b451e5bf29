"""What a document's text is made of: its comments, scopes and tokens, in any language.

Always a fresh parse of the whole text, so that it is a function of the text alone however the text
was reached. Languages without a grammar of ours get their comments from a small lexer (``lexer.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Language, Node, Parser, Tree, TreeCursor

from secloop.syntax.document import Document
from secloop.syntax.grammars import Grammar, grammar_for
from secloop.syntax.languages import languages_of
from secloop.syntax.lexer import Lexicon, lex_comments, lexicon_for

_INDENT = re.compile(r"[ \t]*\n[ \t]*")
_OPENING = re.compile(r"(?:<!--|\{#|/\*+|\(\*|\{-|#+|//+|--+|;+|%+)")
_CLOSING = ("-->", "#}", "*/", "*)", "-}")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment token: byte offsets in the document, its text without the markers, and whether
    nothing but white space stands before it on its line."""

    start: int
    end: int
    text: str
    alone: bool


class Syntax:
    """The comments, scopes and tokens of one document; everything is worked out when first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._normalized = document.normalized
        languages = document_languages(document)
        self._grammar: Grammar | None = grammar_for(languages, document.path.endswith("x"))
        self._lexicon: Lexicon = lexicon_for(document.path, languages)

    @property
    def comment_prefix(self) -> str:
        """What starts a comment to the end of the line, empty if the language has none."""
        return self._grammar.comment_prefix if self._grammar else self._lexicon.prefix

    @property
    def has_grammar(self) -> bool:
        """Whether the text is parsed, so that ``broken`` and ``scope`` can tell anything."""
        return self._grammar is not None

    @cached_property
    def tree(self) -> Tree | None:
        """The tree of the normalized text, None for a language without a grammar of ours."""
        if self._grammar is None:
            return None
        return Parser(Language(self._grammar.load())).parse(self._normalized.data)

    @property
    def broken(self) -> bool:
        """Whether the text has a syntax error."""
        return self.tree is not None and self.tree.root_node.has_error

    @cached_property
    def errors(self) -> tuple[tuple[int, int], ...]:
        """The ranges that do not parse, as byte offsets of the *normalized* text: sorted, apart, never empty."""
        if self.tree is None or not self.tree.root_node.has_error:
            return ()
        found: list[tuple[int, int]] = []
        stack = [self.tree.root_node]
        while stack:
            node = stack.pop()
            if node.is_error or node.is_missing:
                # What is missing has no width: the place where it is missed stands for it.
                found.append((node.start_byte, max(node.end_byte, node.start_byte + 1)))
            elif node.has_error:
                stack.extend(node.children)
        return _apart(sorted(found), len(self._normalized.data))

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Every comment of the document in order."""
        if self.tree is None or self._grammar is None:
            spans = lex_comments(self._lexicon, self._normalized.data.decode("utf-8"))
        else:
            types = self._grammar.comment_types
            spans = [
                (node.start_byte, node.end_byte) for node in _nodes(self.tree.root_node) if node.type in types
            ]
        return tuple(self._comment(start, end) for start, end in spans)

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
        if self.tree is None or self._grammar is None:
            return ""
        at = self._normalized.from_original(offset)
        names: list[str] = []
        cursor = self.tree.walk()
        # Down from the root: Node.parent starts there too, each time, which is quadratic when nested deep.
        while (node := cursor.node) is not None and node.start_byte <= at:
            if node.start_byte < at < node.end_byte:
                name = self._grammar.scope_name(node)
                if name:
                    names.append(name)
            if cursor.goto_first_child_for_byte(at) is None:
                break
        return ".".join(names)

    def tokens(self, start: int, end: int) -> str:
        """The tokens between two byte offsets joined by one space, without comments.

        Line ends inside a token (a long string) lose the white space around them, so that the
        result does not depend on indentation.
        """
        low, high = self._normalized.from_original(start), self._normalized.from_original(end)
        return " ".join(self._token_texts(low, high))

    def _token_texts(self, low: int, high: int) -> Iterator[str]:
        data = self._normalized.data
        if self.tree is None or self._grammar is None:
            yield from data[low:high].decode("utf-8", "replace").split()
            return
        at = low
        for leaf in _leaves(self.tree.root_node, low, high, self._grammar.comment_types):
            start, stop = max(leaf.start_byte, at), min(leaf.end_byte, high)
            # Text between leaves is white space, or what the grammar does not name.
            yield from data[at:start].decode("utf-8", "replace").split()
            if leaf.type not in self._grammar.comment_types and leaf.type != "line_continuation":
                text = _INDENT.sub("\n", data[start:stop].decode("utf-8", "replace")).strip()
                if text:
                    yield text
            at = max(at, stop)
        yield from data[at:high].decode("utf-8", "replace").split()


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
