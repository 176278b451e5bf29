"""Lowers strings: what their text is in each of semgrep's dialects, and the pieces of f-strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.lowering import Lowering, Tree, children, lowers
from secloop.engine.native.nodes import Node

_ESCAPE = re.compile(r"\\([\\'\"abfnrtv\n])")
_ESCAPED = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\n": "",
}
# The literal parts of an f-string as semgrep's first parser cuts them; the quote of a triple-quoted one stands alone.
_PIECES: Final = {
    quote: re.compile(rb"\{\{|\\(?=\{|\Z)|(?:\\[^{]|[^{\\%b])+|%b" % (alone, alone or b"\\Z."), re.DOTALL)
    for quote, alone in (('"""', b'"'), ("'''", b"'"), ("", b""))
}
_NAMED: Final = re.compile(rb"\\N\{([A-Za-z_]\w*)\}")
# As the second one does: a quote of a triple-quoted string ends a piece, a backslash is one unless the string is raw.
_CUTS: Final = {
    (quote, raw): re.compile(
        rb"[^%b%b]*%b|[^%b%b]+|." % (quote, other, quote, quote, other)
        if quote
        else (rb".+" if raw else rb"\\|[^\\]+"),
        re.DOTALL,
    )
    for quote in (b"", b"'", b'"')
    for raw, other in ((True, b""), (False, rb"\\"))
}
# A format specification as it reads one: Python's tokens, of which not all are allowed.
SPECIFICATION: Final = re.compile(
    rb"[ ]*("
    rb"0[xX][0-9a-fA-F]+(?![jJlL])|0[oO][0-7]+(?![jJlL])|0[bB][01]+(?![jJlL])"
    rb"|(?:(?:\d+(?:_\d+)*)?\.\d+(?:_\d+)*|\d+(?:_\d+)*\.?)(?:[eE][-+]?\d+)?(?![jJlL])"
    rb"|(?:[A-Za-z_]|[^\x00-\x7f])(?:\w|[^\x00-\x7f])*"
    rb"|(?:<(?![<=>])|>(?![>=])|[-+%^:](?!=)|/(?![/=])|\.(?!\.\.)|,|=(?!=))"
    rb")[ ]*"
)
KEYWORDS: Final = frozenset(
    b"and as assert break class continue def del elif else except finally for from global if import in"
    b" is lambda not or pass raise return try while with yield None".split()
)


def unescaped(text: str) -> str:
    """What semgrep's first parser takes a string to be: the simple escapes resolved, in raw strings too."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _ESCAPED[found.group(1)], text)


@lowers("string")
def string(low: Lowering, tree: Tree) -> Node:
    """A string: a literal, one with a prefix around it, or an f-string."""
    inside = tree.children
    opening = low.text(inside[0])
    prefix = opening.rstrip("'\"")
    if "f" in prefix.lower():
        return _format_string(low, tree, prefix, opening[len(prefix) :])
    if opening == "`":
        return _backquoted(low, tree)
    start = inside[0].end_byte
    # In a raw string that ends in backslashes, tree-sitter (and so semgrep's second parser) takes them for a part of
    # the closing quotes.
    end = inside[-1].start_byte if low.modern else max(tree.end_byte - (len(opening) - len(prefix)), start)
    text = low.source[start:end].decode("utf-8", "replace")
    if low.modern:
        return _modern_string(low, tree, text)
    made = low.node(n.STRING, unescaped(text), (), tree)
    return low.node(n.ENCODED, prefix, (made,), tree) if prefix else made


def _modern_string(low: Lowering, tree: Tree, text: str) -> Node:
    """Its range is what is between the quotes, or the opening one if there is nothing or an escape in it."""
    pieces = list(string_pieces(low, tree))
    if len(pieces) != 1:
        return low.node(n.STRING, text, (), tree.children[0])
    return low.place(n.STRING, text, (), pieces[0].start, pieces[0].end)


def _backquoted(low: Lowering, tree: Tree) -> Node:
    """Python 2's ``repr``; tree-sitter does not look inside it."""
    return low.node(n.OTHER, "repr", (), tree)


@lowers("concatenated_string")
def _concatenated(low: Lowering, tree: Tree) -> Node:
    if low.modern:
        made = tuple(piece for child in children(tree) for piece in string_pieces(low, child))
        return low.around(n.CONCAT, "", (made,), made, tree)
    return low.node(n.CONCAT, "", (tuple(low.expression(child) for child in children(tree)),), tree)


def _format_string(low: Lowering, tree: Tree, prefix: str, quote: str) -> Node:
    pieces = string_pieces(low, tree) if low.modern else _pieces(low, tree, quote)
    return low.node(n.FORMAT, "f", (tuple(pieces),), tree)


def _pieces(low: Lowering, tree: Tree, quote: str) -> Iterator[Node]:
    cut = _PIECES[quote if len(quote) == 3 else ""]
    at = tree.children[0].end_byte
    for child in tree.children[1:]:
        if child.type == "interpolation" or child.type == "string_end":
            end = child.start_byte if child.type == "interpolation" else child.end_byte - len(quote)
            yield from _literal_pieces(low, cut, at, end)
            if child.type == "interpolation":
                yield _field(low, child)
            at = child.end_byte


def _literal_pieces(low: Lowering, cut: re.Pattern[bytes], start: int, end: int) -> Iterator[Node]:
    """The text between fields; the braces of ``\\N{DASH}`` are one for semgrep's first parser."""
    offset = low.offset
    for named in _NAMED.finditer(low.source, start, end):
        yield from _cut(low, cut, start, named.start(1) - 1)
        first, last = named.start(1) - offset, named.end(1) - offset
        name = low.place(n.NAME, named.group(1).decode(), (), first, last)
        yield low.place(n.FORMAT, "f", ((name,),), first - 1, last + 1)
        start = named.end()
    yield from _cut(low, cut, start, end)


def _field(low: Lowering, tree: Tree) -> Node:
    """``{x!r:>10}``: the value, and every token after it as a string."""
    pieces: list[Node] = []
    for child in tree.children:
        type_ = child.type
        if type_ == "=":
            pieces.append(low.node(n.STRING, "=", (), child))
        elif type_ == "type_conversion":
            start = child.start_byte - low.offset
            pieces.append(low.place(n.STRING, "!", (), start, start + 1))
            end = child.end_byte - low.offset
            pieces.append(low.place(n.STRING, low.text(child)[1:], (), start + 1, end))
        elif type_ == "format_specifier":
            pieces.extend(_specification(low, child))
        elif type_ != "{" and type_ != "}" and not child.is_extra:
            pieces.append(low.expression(child))
    return low.node(n.FORMAT, "f", (tuple(pieces),), tree)


def _specification(low: Lowering, tree: Tree) -> Iterator[Node]:
    offset, source = low.offset, low.source
    colon = tree.start_byte
    yield low.place(n.STRING, ":", (), colon - offset, colon + 1 - offset)
    for start, end, value in specification_parts(tree):
        for found in SPECIFICATION.finditer(source, start, end):
            text = found.group(1).decode("utf-8", "replace")
            yield low.place(n.STRING, text, (), found.start(1) - offset, found.end(1) - offset)
        if value is not None:
            yield low.expression(value)


def specification_parts(tree: Tree) -> Iterator[tuple[int, int, Tree | None]]:
    """The text of a format specification up to each nested field, and that field's value."""
    at = tree.start_byte + 1
    for child in tree.children:
        if child.type in ("format_expression", "interpolation"):
            yield at, child.start_byte, child.child_by_field_name("expression")
            at = child.end_byte
    yield at, tree.end_byte, None


def string_pieces(low: Lowering, tree: Tree) -> Iterator[Node]:
    """The pieces of a string for the second parser, which cuts at every escape.

    Of a replacement field only its values are left, without what encloses or formats them.
    """
    opening = low.text(tree.children[0]).lower()
    quote = opening[-1].encode() if opening.endswith(("'''", '"""')) else b""
    cut = _CUTS[quote, "r" in opening]
    escapes, fields = "r" not in opening, "f" in opening
    for child in tree.children:
        type_ = child.type
        if type_ == "interpolation":
            value = child.child_by_field_name("expression")
            if value is None:
                continue
            values = children(value) if value.type in ("expression_list", "pattern_list") else [value]
            for one in values:
                yield low.expression(one)
        elif type_ == "string_content":
            at = child.start_byte
            for special in child.children:
                if fields if special.type == "escape_interpolation" else escapes:
                    yield from _cut(low, cut, at, special.start_byte)
                    yield low.node(n.STRING, low.text(special), (), special)
                    at = special.end_byte
            yield from _cut(low, cut, at, child.end_byte)


def _cut(low: Lowering, cut: re.Pattern[bytes], start: int, end: int) -> Iterator[Node]:
    offset = low.offset
    for found in cut.finditer(low.source, start, end):
        text = found.group().decode("utf-8", "replace")
        yield low.place(n.STRING, text, (), found.start() - offset, found.end() - offset)
