"""Dockerfile: a flat list of instructions without scopes."""

from __future__ import annotations

import tree_sitter_containerfile
from tree_sitter import Node

from secloop.syntax.grammars import Grammar


def _no_scope(node: Node) -> None:
    return None


GRAMMAR = Grammar(tree_sitter_containerfile.language, frozenset({"comment"}), "#", _no_scope)
