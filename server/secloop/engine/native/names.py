"""What the names of a text stand for, as semgrep sees it: one pass in document order, function by function.

Semgrep's scopes are not Python's. A name means what was last declared above it; functions and classes declare nothing;
an import anywhere holds from there to the end of the file, and assigning to an imported name declares nothing; the body
of a class declares nothing. Functions outside other functions are chunks: what they mean depends on their tree and on
the `Environment` of the names they use, so one that is unchanged in both is not resolved again.
"""

from __future__ import annotations

from secloop.engine.native import scope_statements as scope_statements  # registers how statements are walked
from secloop.engine.native.bindings import (
    ENTITY,
    GLOBAL,
    LOCAL,
    MODULE,
    PARAMETER,
    Binding,
    Chunk,
    Environment,
    Names,
    Resolved,
)
from secloop.engine.native.nodes import Node
from secloop.engine.native.scopes import ModuleResolver, resolved_chunk

__all__ = [
    "ENTITY",
    "GLOBAL",
    "LOCAL",
    "MODULE",
    "PARAMETER",
    "Binding",
    "Chunk",
    "Environment",
    "Names",
    "Resolved",
    "resolve",
    "resolve_chunk",
]


def resolve(module: Node, before: Names | None = None) -> Names:
    """Fill in ``resolved`` and ``type`` of the nodes of a module.

    Args:
        before: of an earlier version of the text. Those of its chunks that are nodes of ``module`` too are not resolved
            again if what they see is the same.

    Raises:
        TooDeep: if blocks nest too deep to follow.
    """
    names = Names(before)
    resolver = ModuleResolver(names, before)
    resolver.visit_part(module.parts[0])
    names.complete()
    return names


def resolve_chunk(names: Names, node: Node) -> Chunk:
    """Likewise of a chunk whose tree is another one now, and of nothing else. What it declares must be as it was.

    Raises:
        TooDeep: if blocks nest too deep to follow.
    """
    place = names.places[node]
    names.state = place.state
    chunk = names.chunks[node] = resolved_chunk(
        names, node, place.globals, dict(place.imported), place.member
    )
    names.renewed = [node]
    return chunk
