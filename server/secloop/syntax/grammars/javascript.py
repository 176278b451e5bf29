"""JavaScript with JSX: functions, classes, methods and what a function is assigned to are scopes."""

from __future__ import annotations

import tree_sitter_javascript
from tree_sitter import Node

from secloop.syntax.grammars import Grammar, node_text

_NAMED = frozenset(
    {
        "function_declaration",
        "generator_function_declaration",
        "class_declaration",
        "abstract_class_declaration",
        "interface_declaration",
        "internal_module",
        "method_definition",
    }
)
_FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "function", "generator_function", "class", "class_expression"}
)
_ASSIGNMENTS = {
    "variable_declarator": ("name", "value"),
    "assignment_expression": ("left", "right"),
    "pair": ("key", "value"),
    "field_definition": ("property", "value"),
    "public_field_definition": ("name", "value"),
}


def scope_name(node: Node) -> str | None:
    """The name of a JavaScript or TypeScript scope."""
    if node.type in _NAMED:
        return node_text(node.child_by_field_name("name"))
    fields = _ASSIGNMENTS.get(node.type)
    if fields is not None:
        value = node.child_by_field_name(fields[1])
        if value is not None and value.type in _FUNCTIONS:
            return node_text(node.child_by_field_name(fields[0]))
    return None


COMMENT_TYPES = frozenset({"comment", "html_comment"})
GRAMMAR = Grammar(tree_sitter_javascript.language, COMMENT_TYPES, "//", scope_name)
