"""Makes the engine's tree of tree-sitter's: the shape, the texts and the ranges that semgrep-core gives Python code."""

from __future__ import annotations

import tree_sitter

from secloop.engine.native import lower_operations, lower_strings  # noqa: F401 - they register what they lower
from secloop.engine.native import nodes as n
from secloop.engine.native.dialect import is_modern
from secloop.engine.native.lower_definitions import chunk
from secloop.engine.native.lower_statements import StatementLowering
from secloop.engine.native.lowering import Reuse
from secloop.engine.native.nodes import Node


def _nothing(_: tree_sitter.Node) -> Node | None:
    return None


def lower_module(
    tree: tree_sitter.Tree, source: bytes, reuse: Reuse = _nothing, *, modern: bool | None = None
) -> Node:
    """Lower a whole text.

    Every function that is not inside another one, with its decorators, is a chunk: its nodes have a base of their
    own at its first byte. Everything else shares one base at 0. What is damaged is left out.

    Args:
        tree: of ``source``, which has ``\\n`` line ends.
        reuse: asked for the node of each chunk; it may hand back one that was made of the same bytes in the same
            dialect, with its ``base.offset`` set, or None.
        modern: the dialect (``dialect.is_modern``) where it is known.

    Raises:
        TooDeep: if the text nests too deep to follow.
    """
    root = tree.root_node
    low = StatementLowering(source, is_modern(tree, source) if modern is None else modern, reuse)
    statements: list[Node] = []
    low.statements(root, statements, flat=True)
    return Node(n.MODULE, "", (tuple(statements),), 0, len(source), low.base)


def lower_chunk(tree: tree_sitter.Node, source: bytes, *, modern: bool = False) -> Node:
    """Lower a function, with its decorators, on its own.

    Raises:
        TooDeep: if it nests too deep to follow.
    """
    low = StatementLowering(source, modern, _nothing)
    inner = tree.child_by_field_name("definition") if tree.type == "decorated_definition" else tree
    return chunk(low, tree, inner or tree)
