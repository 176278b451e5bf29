"""Lowers match statements and the patterns of their cases."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.lower_strings import string_pieces
from secloop.engine.native.lowering import Lowering, Tree, children
from secloop.engine.native.nodes import Node, Part


def match_statement(low: Lowering, tree: Tree) -> Node:
    """The subject is always a tuple for semgrep, and so is a case."""
    subjects = tuple(low.expression(child) for child in tree.children_by_field_name("subject"))
    subject = low.around(n.TUPLE, "", (subjects,), subjects, tree)
    body = tree.child_by_field_name("body")
    cases = tuple(_case(low, child) for child in (body or tree).named_children if child.type == "case_clause")
    end = cases[-1].end if cases else subject.end
    return low.place(n.MATCH, "", (subject, cases), tree.start_byte - low.offset, end)


def _case(low: Lowering, tree: Tree) -> Node:
    """The guard is lost in semgrep's tree."""
    patterns = tuple(_pattern(low, child) for child in tree.named_children if child.type == "case_pattern")
    made = low.around(n.PATTERN_TUPLE, "", (patterns,), patterns, tree)
    body = low.block(tree.child_by_field_name("consequence"), tree)
    return low.place(n.CASE, "", (made, body), tree.start_byte - low.offset, body.end)


def _pattern(low: Lowering, tree: Tree) -> Node:
    low.enter()
    made = _any_pattern(low, tree)
    low.depth -= 1
    return made


def _any_pattern(low: Lowering, tree: Tree) -> Node:
    type_ = tree.type
    inside = children(tree)
    if type_ == "case_pattern":
        negative = tree.children[0].type == "-"
        if not inside:
            return low.node(n.PATTERN_WILDCARD, "", (), tree)
        return _literal(low, inside[0], tree, negative=negative) if negative else _pattern(low, inside[0])
    if type_ in ("integer", "float", "true", "false", "none"):
        return _literal(low, tree, tree, negative=False)
    if type_ == "_":
        return low.node(n.PATTERN_WILDCARD, "", (), tree)
    if type_ == "dotted_name":
        if len(inside) == 1:
            return low.node(n.PATTERN_NAME, low.text(inside[0]), (), tree)
        return _other(low, tree, "attribute", tuple(low.identifier(child) for child in inside))
    if type_ == "class_pattern":
        patterns = tuple(_pattern(low, child) for child in inside[1:])
        name = ".".join(low.text(child) for child in children(inside[0]))
        return low.node(n.PATTERN_CLASS, name, (patterns,), tree)
    return _compound(low, tree, type_, inside)


def _compound(low: Lowering, tree: Tree, type_: str, inside: list[Tree]) -> Node:
    if type_ in ("tuple_pattern", "list_pattern"):
        kind = n.PATTERN_TUPLE if type_ == "tuple_pattern" else n.PATTERN_LIST
        return low.node(kind, "", (tuple(_pattern(low, child) for child in inside),), tree)
    if type_ == "string":
        return _other(low, tree, "string", _pieces(low, tree, n.FORMAT))
    if type_ == "concatenated_string":
        pieces = tuple(piece for child in inside for piece in _pieces(low, child, n.CONCAT))
        return _other(low, tree, "strings", pieces)
    if type_ == "union_pattern":
        return _union(low, tree)
    if type_ == "dict_pattern":
        return _record(low, tree)
    if type_ in ("identifier", "keyword_identifier"):
        return low.node(n.PATTERN_NAME, low.text(tree), (), tree)
    return _other(low, tree, type_.removesuffix("_pattern"), tuple(_pattern(low, child) for child in inside))


def _union(low: Lowering, tree: Tree) -> Node:
    """Alternatives, grouped from the right; neither a wildcard nor a minus is a named node there."""
    patterns: list[Node] = []
    negative = False
    for child in tree.children:
        if child.type == "-":
            negative = True
        elif child.type != "|" and not child.is_extra:
            patterns.append(_literal(low, child, child, negative=True) if negative else _pattern(low, child))
            negative = False
    low.allow(len(patterns))
    made = patterns[-1]
    for pattern in reversed(patterns[:-1]):
        made = low.place(n.PATTERN_OTHER, "or", (pattern, made), pattern.start, made.end)
    return made


def _record(low: Lowering, tree: Tree) -> Node:
    """A tuple of entries; semgrep does not read ``**rest`` in one."""
    entries = []
    keys = tree.children_by_field_name("key")
    values = tree.children_by_field_name("value")
    for key, value in zip(keys, values, strict=False):
        pair = (_pattern(low, key), _pattern(low, value))
        entries.append(low.place(n.PATTERN_OTHER, "keyword", pair, pair[0].start, pair[1].end))
    if not entries:
        return _other(low, tree, "record", ())
    return low.node(n.PATTERN_TUPLE, "", (tuple(entries),), tree)


def _pieces(low: Lowering, tree: Tree, kind: str) -> tuple[Node, ...]:
    """Every piece of a string between escapes is a string of its own there."""
    if kind is n.FORMAT:
        return tuple(low.node(kind, "f", ((piece,),), tree) for piece in string_pieces(low, tree))
    return tuple(
        low.place(kind, "", ((piece,),), piece.start, piece.end) for piece in string_pieces(low, tree)
    )


def _literal(low: Lowering, tree: Tree, whole: Tree, *, negative: bool) -> Node:
    made = low.expression(tree)
    text = made.text or "None"
    return low.node(n.PATTERN_LITERAL, f"-{text}" if negative else text, (), whole)


def _other(low: Lowering, tree: Tree, text: str, parts: tuple[Part, ...]) -> Node:
    return low.node(n.PATTERN_OTHER, text, parts, tree)
