"""YAML: a key is the scope of what stands under it; list items have no name, so that they can move."""

from __future__ import annotations

import tree_sitter_yaml
from tree_sitter import Node

from secloop.syntax.grammars import Grammar, node_text


def _scope_name(node: Node) -> str | None:
    if node.type in ("block_mapping_pair", "flow_pair"):
        return node_text(node.child_by_field_name("key"))
    return None


GRAMMAR = Grammar(tree_sitter_yaml.language, frozenset({"comment"}), "#", _scope_name)
