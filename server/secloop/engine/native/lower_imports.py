"""Lowers imports, in the shape semgrep gives dotted and relative names."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.lowering import Lowering, Tree, children
from secloop.engine.native.nodes import Node


def import_modules(low: Lowering, tree: Tree) -> list[Node]:
    """``import a.b as c, d``: one node for each module, all from the keyword on."""
    start = tree.start_byte - low.offset
    made = []
    for child in children(tree):
        name, alias = _aliased(low, child)
        parts = _dotted(low, name)
        end = (alias or parts[-1]).end
        made.append(low.place(n.IMPORT, _joined(parts), (parts, alias), start, end))
    return made


def import_from(low: Lowering, tree: Tree) -> Node:
    """``from a.b import c as d, e`` and ``from a import *``."""
    module = tree.child_by_field_name("module_name")
    names = tree.children_by_field_name("name")
    start = tree.start_byte - low.offset
    if module is not None:
        parts, text = _module(low, module)
    else:  # from __future__
        keyword = tree.children[1]
        parts, text = (low.node(n.IDENTIFIER, keyword.type, (), keyword),), keyword.type
    if not names:
        return import_all(low, tree, parts, text)
    imported = tuple(_imported(low, name) for name in names)
    return low.place(n.IMPORT_FROM, text, (parts, imported), start, imported[-1].end)


def import_all(low: Lowering, tree: Tree, parts: tuple[Node, ...], text: str) -> Node:
    """``from a import *``."""
    end = tree.end_byte
    for child in tree.named_children:
        if child.type == "wildcard_import":
            end = child.end_byte
    return low.place(n.IMPORT_ALL, text, (parts,), tree.start_byte - low.offset, end - low.offset)


def _imported(low: Lowering, tree: Tree) -> Node:
    name, alias = _aliased(low, tree)
    made = low.identifier(name)
    return low.place(n.IMPORTED, made.text, (made, alias), made.start, (alias or made).end)


def _aliased(low: Lowering, tree: Tree) -> tuple[Tree, Node | None]:
    if tree.type != "aliased_import":
        return tree, None
    name, alias = tree.child_by_field_name("name"), tree.child_by_field_name("alias")
    return name or tree, low.identifier(alias) if alias is not None else None


def _dotted(low: Lowering, tree: Tree) -> tuple[Node, ...]:
    inside = children(tree)
    return tuple(low.identifier(child) for child in inside) if inside else (low.identifier(tree),)


def _joined(parts: tuple[Node, ...]) -> str:
    return ".".join(part.text for part in parts)


def _module(low: Lowering, tree: Tree) -> tuple[tuple[Node, ...], str]:
    """The parts of a module's name; of more than one leading dot semgrep makes a ".." for each but the first."""
    if tree.type != "relative_import":
        parts = _dotted(low, tree)
        return parts, _joined(parts)
    prefix = tree.children[0]
    dots = prefix.child_count
    levels = ["."] if dots == 1 else [".."] * (dots - 1)
    first = low.node(n.IDENTIFIER, levels[0], (), prefix)
    made = [low.place(n.IDENTIFIER, level, (), first.start, first.end) for level in levels]
    for dot in made:
        dot.tokens = (first.start, first.start + 1)  # the first token of the dots
    text = "." * dots
    for child in children(tree):
        if child.type == "dotted_name":
            named = _dotted(low, child)
            made.extend(named)
            text += _joined(named)
    return tuple(made), text
