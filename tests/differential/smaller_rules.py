"""Smaller rules made from a larger one, for reducing what shows a difference; semgrep-core may refuse some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace
from rule_corpus import comparable
from smaller_code import smaller_texts

from secloop.model import Rule

_PATTERNS = frozenset(
    {"pattern", "pattern-inside", "pattern-not", "pattern-not-inside", "inside", "not", "regex"}
)
_ALTERNATIVES = frozenset({"patterns", "pattern-either", "any", "all"})


def smaller_rules(rule: Rule) -> Iterator[Rule]:
    """Rules with something left out or simplified."""
    for definition in _smaller(dict(rule.definition), top=True):
        yield replace(comparable(definition), id=rule.id)


def _smaller(value: Any, *, top: bool = False) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from _smaller_mapping(value, top=top)
    elif isinstance(value, list):
        for at in range(len(value)):
            if len(value) > 1:
                yield value[:at] + value[at + 1 :]
        for at, item in enumerate(value):
            for less in _smaller(item):
                yield [*value[:at], less, *value[at + 1 :]]


def _smaller_mapping(value: dict[str, Any], *, top: bool) -> Iterator[dict[str, Any]]:
    for key, inner in value.items():
        rest = {other: each for other, each in value.items() if other != key}
        if top and key in {"id", "languages", "message", "severity", "mode"}:
            continue
        if key in _ALTERNATIVES and isinstance(inner, list):
            # One of several in place of all of them.
            yield from (
                {**rest, **item} for item in inner if isinstance(item, dict) and not rest.keys() & item.keys()
            )
        if rest:
            yield rest
        if key in _PATTERNS and isinstance(inner, str):
            yield from ({**rest, key: less} for less in _smaller_patterns(inner))
        else:
            yield from ({**rest, key: less} for less in _smaller(inner))


def _smaller_patterns(pattern: str) -> Iterator[str]:
    """A pattern is not Python, but near enough for the grammar to find its parts."""
    stand_in = pattern.replace("$", "\u0394").encode()
    for text in smaller_texts(stand_in):
        less = text.decode(errors="replace").replace("\u0394", "$").strip("\n")
        if less and less != pattern:
            yield less
    lines = pattern.splitlines()
    for at in range(len(lines)):
        if len(lines) > 1:
            yield "\n".join(lines[:at] + lines[at + 1 :])
