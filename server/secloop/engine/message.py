"""Fills the metavariables into a rule's message, with the text that stands in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"value\((\$[A-Z_][A-Z_0-9]*)\)|\$\.\.\.[A-Z_][A-Z_0-9]*|\$[A-Z_][A-Z_0-9]*|\$\d+")
_SPACE = re.compile(r"\s+")
_LONGEST = 120
"""Characters of a metavariable that a message shows: a message is a sentence, not a listing."""


def interpolate(template: str, bound: Mapping[str, str], values: Mapping[str, str]) -> str:
    """The message of a match.

    ``$X`` becomes the source text that X is bound to, on one line and shortened where it is long;
    ``value($X)`` the constant that is known to be in it, else the same; what is not bound stays. One
    pass over the template, so that a ``$Y`` in the source is never taken for a metavariable.
    """

    def replacement(place: re.Match[str]) -> str:
        inner = place.group(1)
        content = bound.get(place.group()) if inner is None else values.get(inner, bound.get(inner))
        return place.group() if content is None else _one_line(content)

    return _PLACE.sub(replacement, template)


def _one_line(content: str) -> str:
    line = _SPACE.sub(" ", content) if "\n" in content else content
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
