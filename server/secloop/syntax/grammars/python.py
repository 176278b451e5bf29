"""Python: functions and classes are scopes."""

from __future__ import annotations

import tree_sitter_python
from tree_sitter import Node

from secloop.syntax.grammars import Grammar, node_text


def _scope_name(node: Node) -> str | None:
    if node.type in ("function_definition", "class_definition"):
        return node_text(node.child_by_field_name("name"))
    return None


GRAMMAR = Grammar(tree_sitter_python.language, frozenset({"comment"}), "#", _scope_name, repaired=True)
