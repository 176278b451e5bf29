"""What secloop needs to know of a language beyond its grammar: comments and named scopes.

A language is one module here with a ``GRAMMAR``, and one line in the table below.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any

from msgspec import Struct
from tree_sitter import Node


class Grammar(Struct, frozen=True):
    """A tree-sitter language and how to read it.

    Attributes:
        load: gives the tree-sitter language capsule.
        comment_types: node types that are comments.
        comment_prefix: starts a comment that runs to the end of its line.
        scope_name: the name that a node gives to what it encloses, None if it opens no scope.
        repaired: whether a broken text is repaired before it is parsed (``incremental.py``).
    """

    load: Callable[[], Any]
    comment_types: frozenset[str]
    comment_prefix: str
    scope_name: Callable[[Node], str | None]
    repaired: bool = False


_MODULES = {
    "python": "python",
    "python2": "python",
    "python3": "python",
    "js": "javascript",
    "ts": "typescript",
    "yaml": "yaml",
    "dockerfile": "dockerfile",
}


def node_text(node: Node | None) -> str:
    """The source text of a node, empty for None."""
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""


@cache
def grammar_for(languages: tuple[str, ...], tsx: bool) -> Grammar | None:
    """The grammar for a file in these of semgrep's languages, or None if we carry none.

    ``tsx`` says that a TypeScript file may hold JSX, which is another grammar.
    """
    for language in languages:
        module = _MODULES.get(language)
        if module is not None:
            name = "TSX_GRAMMAR" if module == "typescript" and tsx else "GRAMMAR"
            grammar = getattr(importlib.import_module(f"{__name__}.{module}"), name)
            assert isinstance(grammar, Grammar)
            return grammar
    return None
