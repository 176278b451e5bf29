"""Bounds what a code pattern may ask of semgrep-core, whose work can grow with a power or factorial of it.

The bounds are wide of what written rules hold; within them the engine's own limits decide (SPEC 6).
"""

from __future__ import annotations

import re

MAX_LENGTH = 10_000
"""Longest pattern, in characters."""
MAX_ELLIPSES = 50
"""Most ``...`` in a pattern."""
MAX_BRIDGES = 10
"""Most ``...`` that stand between metavariables.

Each may multiply the work by the length of the code: three ``$A = $B`` with ``...`` between were too much for
60 statements.
"""
MAX_DEEP = 5
"""Deepest nesting of ``<... ...>``."""
MAX_UNORDERED = 6
"""Most metavariables as names of keyword arguments, attributes or keys, as decorators, or in a set.

They match in any order, so the work is their factorial: six took 0.9 s, seven ran out of time, and nine did
not even stop then.
"""

_MARK = re.compile(r"<\.\.\.|\.\.\.>|\$?\.\.\.|\$[A-Z_][A-Z_0-9]*")
_UNORDERED = re.compile(
    r"@\$[A-Z_]"
    r"|[({\[,]\s*\$[A-Z_][A-Z_0-9]*\s*(?:=(?![=>])|:(?![:=]))"
    r"|[{,]\s*\$[A-Z_][A-Z_0-9]*\s*(?=[,}])"
    # Attributes of an element, and keys of a YAML mapping.
    r"|(?<=[\w\"'}]) +\$[A-Z_][A-Z_0-9]*=(?!=)"
    r"|^[ \t-]*\$[A-Z_][A-Z_0-9]*:(?![:=])",
    re.MULTILINE,
)


def excess(pattern: str) -> str | None:
    """Which bound a pattern exceeds, as a reason not to load its rule, or None."""
    if len(pattern) > MAX_LENGTH:
        return f"the pattern is longer than {MAX_LENGTH:,} characters"
    ellipses, bridges, deepest = _ellipses(pattern)
    if ellipses > MAX_ELLIPSES:
        return f"the pattern has more than {MAX_ELLIPSES} ellipses"
    if bridges > MAX_BRIDGES:
        return f"the pattern has more than {MAX_BRIDGES} ellipses between metavariables"
    if deepest > MAX_DEEP:
        return f"the pattern nests `<... ...>` deeper than {MAX_DEEP}"
    if sum(1 for _ in _UNORDERED.finditer(pattern)) > MAX_UNORDERED:
        return f"the pattern has more than {MAX_UNORDERED} metavariables that may match in any order"
    return None


def _ellipses(pattern: str) -> tuple[int, int, int]:
    """How many ellipses there are, how many stand between metavariables, and how deep ``<... ...>`` nests."""
    ellipses = bridges = depth = deepest = 0
    pending = met = False
    for found in _MARK.finditer(pattern):
        mark = found[0]
        if mark == "...>":
            depth -= 1
        elif mark.endswith("..."):
            ellipses += 1
            pending = met
            depth += mark == "<..."
            deepest = max(deepest, depth)
        else:
            bridges += pending
            pending, met = False, True
    return ellipses, bridges, deepest
