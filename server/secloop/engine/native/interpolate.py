"""Makes findings of matches as semgrep-core reports them: sorted, and equal ones with equal messages once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from secloop.engine.message import interpolate
from secloop.engine.native.hits import Hit, TextBound, TracedHit
from secloop.engine.native.match import Bound, BoundKind
from secloop.engine.native.nodes import Node
from secloop.engine.result import Found
from secloop.model import Rule

_GROUP: Final = re.compile(r"\$[0-9]+")
_LITERALS: Final = re.compile(rb"[rRbBuUfF]{0,2}[\"'].*|[0-9.].*|True|False|None", re.DOTALL)


def findings(rule: Rule, hits: Iterable[Hit], source: bytes) -> list[Found]:
    """The findings of a rule's matches in a text."""
    kept: dict[tuple[int, int, str], Hit] = {}
    for hit in sorted(hits, key=_order):
        kept.setdefault((hit.start, hit.end, _reported_message(rule.message, hit, source)), hit)
    return [_found(rule, hit, source) for hit in kept.values()]


def _order(hit: Hit) -> tuple[int, int, list[tuple[int, int, str]]]:
    """The order in which semgrep-core keeps the first of equal matches."""
    places = [(*_place(hit, bound), name) for name, bound in hit.env.items()]
    places += ((*_place(hit, old), name) for name, bound in hit.env.items() for old in _shadowed(bound))
    return hit.start, hit.end, sorted(places)


def _shadowed(bound: Bound) -> Iterator[Bound]:
    """What else the metavariable was bound to."""
    while isinstance(bound, TextBound) and bound.shadowed is not None:
        bound = bound.shadowed
        yield bound


def _place(hit: Hit, bound: Bound) -> tuple[int, int]:
    """Where a metavariable is: one that took nothing is where the match starts."""
    return bound.span or (hit.start, hit.start)


def _reported_message(template: str, hit: Hit, source: bytes) -> str:
    """The message as semgrep-core fills it in, which tells matches of one range apart."""
    if "$" not in template:
        return template
    for name in sorted(hit.env, key=lambda name: (-len(name), name)):
        if name in template:
            bound = hit.env[name]
            start, end = _place(hit, bound)
            content = source[start:end].decode(errors="replace")
            if start == end:
                continue
            value = _value(bound, source)
            template = template.replace(f"value({name})", content if value is None else value)
            template = template.replace(name, content)
    return template


def _found(rule: Rule, hit: Hit, source: bytes) -> Found:
    metavariables: list[tuple[str, str, int, int]] = []
    contents: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, first in sorted(hit.env.items()):
        # Of two that semgrep-core reports under one name, its reader sees the one that is further on in the text.
        bound = max((first, *_shadowed(first)), key=lambda each: _place(hit, each))
        row = (name, *_content(name, hit, bound, source))
        metavariables.append(row)
        contents[name] = row[1]
        value = _value(bound, source)
        if value is not None:
            values[name] = value
    message = interpolate(rule.message, contents, values)
    trace = hit.trace if isinstance(hit, TracedHit) else ()
    return Found(hit.start, hit.end, rule.id, message, tuple(metavariables), trace)


def _content(name: str, hit: Hit, bound: Bound, source: bytes) -> tuple[str, int, int]:
    """What a metavariable holds, and where; see ``output.read_output`` for what has no place."""
    start, end = _place(hit, bound)
    if isinstance(bound, TextBound):
        if end > len(source) or (start == end and bound.text):
            return bound.text, -1, -1
        content = source[start:end].decode("utf-8", "replace")
        misplaced = _GROUP.fullmatch(name) is not None and content != bound.text
        return (bound.text, -1, -1) if misplaced else (content, start, end)
    return source[start:end].decode("utf-8", "replace"), start, end


def _value(bound: Bound, source: bytes) -> str | None:
    """The constant that is known to be in what a metavariable is bound to: as written, "" if it was worked out."""
    constant = known_constant(bound)
    if constant is None:
        return None
    start, end = constant.span
    written = source[start:end]
    return written.decode("utf-8", "replace") if _LITERALS.fullmatch(written) else ""


def known_constant(bound: Bound) -> Node | None:
    """The constant that a name, which is what a metavariable is bound to, is known to be worth."""
    if bound.kind is not BoundKind.NAME or len(bound.nodes) != 1:
        return None
    return bound.nodes[0].constant
