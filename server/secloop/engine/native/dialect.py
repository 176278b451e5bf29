"""Which of semgrep's two parsers reads a text: an older one of its own, or, where that fails, tree-sitter's.

They differ in the shape they give the same code, so one ``match`` statement changes how a whole file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import tree_sitter
import tree_sitter_python

from secloop.engine.native.lower_strings import KEYWORDS, SPECIFICATION, specification_parts
from secloop.engine.native.lowering import Tree, children

_QUERY: Final = """
[(match_statement) (splat_type)] @modern
(type_alias_statement) @alias
(function_definition type_parameters: (_)) @modern
(class_definition type_parameters: (_)) @modern
(subscript subscript: [(list_splat) (named_expression)]) @modern
(augmented_assignment operator: "@=") @modern
(lambda_parameters (keyword_separator)) @modern
(set (named_expression)) @modern
(if_clause (named_expression)) @modern
(yield (expression_list (list_splat))) @modern
(for_statement right: (expression_list (list_splat))) @modern
(for_in_clause right: (conditional_expression)) @modern
(assignment type: (_) right: [(expression_list) (yield)]) @modern
(default_parameter name: (tuple_pattern)) @modern
(interpolation expression: [(yield) (named_expression) (list_splat)]) @modern
(interpolation expression: (expression_list (list_splat))) @modern
(list_splat [(boolean_operator) (not_operator) (comparison_operator) (conditional_expression)]) @splat
(with_clause) @with
(interpolation (format_specifier)) @field
"""


@lru_cache(maxsize=1)
def _query() -> tree_sitter.Query:
    made: tree_sitter.Query = tree_sitter.Query(tree_sitter.Language(tree_sitter_python.language()), _QUERY)
    return made


@lru_cache(maxsize=1)
def _escapes() -> tree_sitter.Query:
    made: tree_sitter.Query = tree_sitter.Query(
        tree_sitter.Language(tree_sitter_python.language()), "(string_content (escape_sequence) @escape)"
    )
    return made


def is_modern(tree: tree_sitter.Tree, source: bytes) -> bool:
    """Whether semgrep's first parser refuses the text, so that its tree has the shape that the second one makes.

    A damaged text is read by the second one too; it is taken for what it is without the damage, so that a key typed
    in one function does not change what is found in all others.
    """
    return bool(modern_places(tree.root_node, source))


def modern_places(node: Tree, source: bytes) -> tuple[int, ...]:
    """Where a part of a text has what makes the first parser refuse all of it."""
    found = tree_sitter.QueryCursor(_query()).captures(node)
    places = [
        *found.get("modern", ()),
        *(each for each in found.get("alias", ()) if names_alias(each)),
        *(each for each in found.get("splat", ()) if _in_display(each)),
        *(each for each in found.get("with", ()) if _starts_with_tuple(each)),
        *(each for each in found.get("field", ()) if not _plain(each, source)),
    ]
    if source.find(b"\\N{", node.start_byte, node.end_byte) >= 0:
        escapes = tree_sitter.QueryCursor(_escapes()).captures(node).get("escape", ())
        places += (each for each in escapes if _names_no_name(each, source))
    return tuple(each.start_byte for each in places)


def _names_no_name(escape: Tree, source: bytes) -> bool:
    """``\\N{EM DASH}`` in an f-string, where the braces are taken for a replacement field."""
    text = source[escape.start_byte : escape.end_byte]
    if not text.startswith(b"\\N{"):
        return False
    opening = escape.parent.prev_sibling if escape.parent is not None else None
    while opening is not None and opening.type != "string_start":
        opening = opening.prev_sibling
    prefix = source[opening.start_byte : opening.end_byte].lower() if opening is not None else b""
    return b"f" in prefix and not text[3:-1].decode("utf-8", "replace").strip().isidentifier()


def names_alias(statement: Tree) -> bool:
    """Whether what tree-sitter takes for a type alias is one, and no assignment such as ``type(a).b = c``."""
    left = statement.child_by_field_name("left")
    inside = children(left) if left is not None else []
    return len(inside) > 0 and inside[0].type in ("identifier", "generic_type")


def _in_display(splat: Tree) -> bool:
    return splat.parent is not None and splat.parent.type in ("list", "tuple", "set")


def _starts_with_tuple(clause: Tree) -> bool:
    """``with (a, b) as c``: the parentheses are taken for those around the items."""
    items = children(clause)
    if any(child.type == "list_splat" for item in items for child in item.named_children):
        return True
    if not items or clause.children[0].type == "(":
        return False
    leftmost: Tree | None = items[0]
    while leftmost is not None and leftmost.type != "tuple":
        leftmost = leftmost.children[0] if leftmost.child_count else None
    return leftmost is not None and leftmost.named_child_count > 0


def _plain(field: Tree, source: bytes) -> bool:
    """Whether a format specification is made of tokens that the first parser allows there."""
    tokens = 0
    for child in field.children:
        if child.type == "type_conversion":
            tokens += 1
        elif child.type == "format_specifier":
            for text, value in _parts(child, source):
                if value is None:
                    return False
                tokens += text + value
    return tokens > 0


def _parts(specification: Tree, source: bytes) -> Iterator[tuple[int, int | None]]:
    """For each stretch of text: its number of tokens, and 1 if a field follows; None where it is not allowed."""
    first = True
    for start, end, value in specification_parts(specification):
        tokens = 0
        at = start
        for found in SPECIFICATION.finditer(source, start, end):
            word = found.group(1)
            if found.start() != at or word in KEYWORDS or (first and word == b"="):
                yield 0, None
                return
            at = found.end()
            tokens += 1
            first = False
        if at != end and source[at:end].strip(b" "):
            yield 0, None
            return
        nested = value is not None
        if nested and value is not None and not _bare(value):
            yield 0, None
            return
        first = first and not nested
        yield tokens, int(nested)


def _bare(value: Tree) -> bool:
    """Whether the field of a nested value has nothing but the value, and that is a single one."""
    field = value.parent
    return field is not None and field.named_child_count == 1 and value.type != "expression_list"
