"""Whether code nests so deeply that recursive parsers could run out of stack, which would end the process."""

from __future__ import annotations

from secloop.syntax.document import Document
from secloop.syntax.source import syntax_of

_MAX_DEPTH = 1_000
"""libcst's parser dies at 1,250 nested parentheses on a stack of 8 MB."""
_CHAINS = frozenset({"concatenated_string", "if_statement", "comparison_operator"})
"""What is flat to tree-sitter and nested to others."""


def too_deep(document: Document) -> bool:
    """Whether a document nests too deeply to be given to libcst or to Python's compiler."""
    tree = syntax_of(document).tree
    if tree is None:
        return False
    cursor = tree.walk()
    depth = 0
    while True:
        node = cursor.node
        if depth > _MAX_DEPTH or (
            node is not None and node.type in _CHAINS and node.child_count > _MAX_DEPTH
        ):
            return True
        if cursor.goto_first_child():
            depth += 1
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return False
            depth -= 1
