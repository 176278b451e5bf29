"""Parts of a rule's definition: alternatives, what is left with one of them alone, and without a sanitizer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from secloop.model import Rule
from secloop.rules.digest import rule_digest
from secloop.rules.lint.model import Steps
from secloop.rules.read import build_rule

_ALTERNATIVES = frozenset({"pattern-either", "any", "pattern-sources", "pattern-sinks", "sources", "sinks"})
_ROLES = _ALTERNATIVES - {"pattern-either", "any"}
_SANITIZERS = frozenset({"pattern-sanitizers", "sanitizers"})
_PROPAGATORS = frozenset({"pattern-propagators", "propagators"})
_NEGATIVE = frozenset({"pattern-not", "pattern-not-inside", "pattern-not-regex", "not"})
_NO_CODE = frozenset(
    {"id", "message", "metadata", "paths", "languages", "options", "severity", "fix", "fix-regex"}
)


class Part(Struct, frozen=True):
    """A part of a definition, and where it stands."""

    steps: Steps
    value: Any
    languages: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The part's content: equal parts of several rules have the same, if they play one role in one language."""
        role = next((step for step in self.steps if step in _ROLES), "")
        return json.dumps([self.languages, role, self.value], sort_keys=True)

    @property
    def words(self) -> str:
        """The part in a few words, for messages."""
        text = (
            next(_positive(self.value), json.dumps(self.value))
            if not isinstance(self.value, str)
            else self.value
        )
        line = " ".join(text.split())
        return line if len(line) <= 80 else f"{line[:77]}..."


def alternatives(definition: Mapping[str, Any]) -> Iterator[Part]:
    """Every item of a list of which one is enough, the outer ones first; not of what must not match."""
    for key, value in definition.items():
        if key not in _NO_CODE:
            for steps, part in _alternatives(value, (key,), key in _ALTERNATIVES):
                yield Part(steps, part, _languages(definition))


def _alternatives(value: Any, steps: Steps, of_list: bool) -> Iterator[tuple[Steps, Any]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            if of_list and len(value) > 1:
                yield (*steps, index), item
            yield from _alternatives(item, (*steps, index), False)
    elif isinstance(value, Mapping):
        for key, child in value.items():
            if key not in _NEGATIVE | _SANITIZERS | _PROPAGATORS:
                yield from _alternatives(child, (*steps, key), key in _ALTERNATIVES)


def sanitizers(definition: Mapping[str, Any]) -> Iterator[Part]:
    """What takes the taint off data, in either of the two syntaxes."""
    for outer in ((), ("taint",)):
        holder = definition.get(outer[0], {}) if outer else definition
        for key in sorted(_SANITIZERS & set(holder)):
            for index, item in enumerate(holder[key]):
                yield Part((*outer, key, index), item, _languages(definition))


def _languages(definition: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(definition["languages"]))


def with_only(rule: Rule, part: Part, name: str) -> Rule:
    """The rule with an alternative alone, and alone with each alternative that it is in."""
    return _variant(rule, _narrowed(rule.definition, part.steps, False), name)


def without(rule: Rule, part: Part, name: str) -> Rule:
    """The rule without an item of a list; without the list if it was its only one."""
    return _variant(rule, _removed(rule.definition, part.steps), name)


def at(value: Any, steps: Steps) -> Any:
    """The part of a definition that steps lead to."""
    for step in steps:
        value = value[step]
    return value


def _variant(rule: Rule, definition: Mapping[str, Any], name: str) -> Rule:
    definition = {**definition, "id": name}
    return build_rule(definition, rule.source, rule_digest(definition))


def _narrowed(value: Any, steps: Steps, of_list: bool) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(value, list):
        assert isinstance(step, int)
        item = _narrowed(value[step], rest, False)
        return [item] if of_list else [*value[:step], item, *value[step + 1 :]]
    return {**value, step: _narrowed(value[step], rest, step in _ALTERNATIVES)}


def _removed(value: Any, steps: Steps) -> Any:
    step, rest = steps[0], steps[1:]
    if not rest:
        assert isinstance(step, int)
        return [*value[:step], *value[step + 1 :]]
    if isinstance(value, list):
        assert isinstance(step, int)
        return [*value[:step], _removed(value[step], rest), *value[step + 1 :]]
    left = _removed(value[step], rest)
    return {key: left if key == step else child for key, child in value.items() if key != step or left}


def positive_texts(definition: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a pattern or regex that has to match."""
    return _positive({key: value for key, value in definition.items() if key not in _NO_CODE})


def _positive(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            if key not in _NEGATIVE:
                yield from _positive(child)
    elif isinstance(value, list):
        for child in value:
            yield from _positive(child)
