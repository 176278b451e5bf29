"""Lowers match statements and the patterns of their cases."""

from __future__ import annotations

from secloop.engine.native import nodes as n
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
    type_ = tree.type
    inside = children(tree)
    if type_ == "case_pattern":
        negative = tree.children[0].type == "-"
        if not inside:  # _
            return low.node(n.PATTERN_WILDCARD, "", (), tree)
        return _literal(low, inside[0], negative) if negative else _pattern(low, inside[0])
    if type_ in ("integer", "float", "true", "false", "none"):
        return _literal(low, tree, False)
    if type_ == "dotted_name":
        if len(inside) == 1:
            text = low.text(inside[0])
            return low.node(n.PATTERN_WILDCARD if text == "_" else n.PATTERN_NAME, text, (), tree)
        return _other(low, tree, "attribute", tuple(low.identifier(child) for child in inside))
    if type_ == "class_pattern":
        patterns = tuple(_pattern(low, child) for child in inside[1:])
        return low.node(n.PATTERN_CLASS, low.text(inside[0]), (patterns,), tree)
    return _compound(low, tree, type_, inside)


def _compound(low: Lowering, tree: Tree, type_: str, inside: list[Tree]) -> Node:
    if type_ in ("tuple_pattern", "list_pattern"):
        kind = n.PATTERN_TUPLE if type_ == "tuple_pattern" else n.PATTERN_LIST
        return low.node(kind, "", (tuple(_pattern(low, child) for child in inside),), tree)
    if type_ in ("string", "concatenated_string"):
        return _other(low, tree, type_, (low.expression(tree),))
    if type_ in ("identifier", "keyword_identifier"):
        return low.node(n.PATTERN_NAME, low.text(tree), (), tree)
    return _other(low, tree, type_, tuple(_pattern(low, child) for child in inside))


def _literal(low: Lowering, tree: Tree, negative: bool) -> Node:
    made = low.expression(tree)
    if negative:
        made.text = f"-{made.text}"
    return low.node(n.PATTERN_LITERAL, "", (made,), tree)


def _other(low: Lowering, tree: Tree, text: str, parts: tuple[Part, ...]) -> Node:
    return low.node(n.PATTERN_OTHER, text, parts, tree)
