"""What the store remembers of rules: JSON, checked when it is read, so that what does not fit is a miss."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import orjson

from secloop.model import Confidence, Problem, ProblemKind, Rule, RuleSet, RuleSource, Severity

if TYPE_CHECKING:
    from secloop.rules.load import Store

FORMAT = 2
"""Raised whenever what is stored, or any check that a stored rule has passed, changes."""

_RULESETS = "ruleset"
_PREFILTERS = "prefilter"


def get_ruleset(store: Store | None, key: str) -> RuleSet | None:
    """The rule set stored under a key."""
    value = _get_many(store, _RULESETS, [key]).get(key)
    try:
        return None if value is None else _ruleset(value)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def put_ruleset(store: Store | None, key: str, ruleset: RuleSet) -> None:
    """Store a rule set."""
    if store is not None:
        store.put_many(_RULESETS, {key: orjson.dumps(_ruleset_value(ruleset))})


def get_prefilters(store: Store | None, rules: Iterable[Rule], engine_version: str) -> dict[str, Any]:
    """The prefilters, by rule id, of those rules that compiled before."""
    keys = {rule.id: _prefilter_key(rule, engine_version) for rule in rules}
    stored = _get_many(store, _PREFILTERS, list(keys.values()))
    found = {rule_id: stored.get(key) for rule_id, key in keys.items()}
    return {
        rule_id: value["prefilter"]
        for rule_id, value in found.items()
        if isinstance(value, dict) and "prefilter" in value
    }


def put_prefilters(
    store: Store | None, rules: Iterable[Rule], engine_version: str, prefilters: Mapping[str, Any]
) -> None:
    """Store the prefilters of rules that compiled."""
    if store is not None:
        values = {
            _prefilter_key(rule, engine_version): orjson.dumps({"prefilter": prefilters[rule.id]})
            for rule in rules
        }
        store.put_many(_PREFILTERS, values)


def _prefilter_key(rule: Rule, engine_version: str) -> str:
    return hashlib.sha256(f"{FORMAT} {engine_version} {rule.digest}".encode()).hexdigest()


def _get_many(store: Store | None, namespace: str, keys: Sequence[str]) -> dict[str, Any]:
    """The values of keys; one that is not JSON is as good as absent."""
    values: dict[str, Any] = {}
    for key, data in ({} if store is None else store.get_many(namespace, keys)).items():
        try:
            values[key] = orjson.loads(data)
        except orjson.JSONDecodeError:
            continue
    return values


def _ruleset_value(ruleset: RuleSet) -> dict[str, Any]:
    return {
        "rules": [rule_value(rule) for rule in ruleset.rules],
        "problems": [
            [each.kind.value, each.message, each.path, each.line, each.rule_id] for each in ruleset.problems
        ],
        "digest": ruleset.digest,
        "prefilters": ruleset.prefilters,
    }


def rule_value(rule: Rule) -> list[Any]:
    """A rule as JSON."""
    return [
        rule.languages,
        int(rule.severity),
        int(rule.confidence),
        rule.definition,
        [rule.source.path, rule.source.line, rule.source.origin],
        rule.digest,
        rule.include,
        rule.exclude,
    ]


def _ruleset(value: Any) -> RuleSet:
    rules = tuple(rule_from(each) for each in value["rules"])
    prefilters = value["prefilters"]
    return RuleSet(
        rules=rules,
        problems=tuple(_problem(*each) for each in value["problems"]),
        digest=_text(value["digest"]),
        prefilters={rule.id: prefilters[rule.id] for rule in rules},
    )


def rule_from(value: Any) -> Rule:
    """The rule of what ``rule_value`` gave.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: if it is something else.
    """
    languages, severity, confidence, definition, (path, line, origin), digest, include, exclude = value
    return Rule(
        id=_text(definition["id"]),
        languages=_texts(languages),
        severity=Severity(severity),
        confidence=Confidence(confidence),
        message=_text(definition["message"]),
        definition=definition,
        source=RuleSource(_text(path), _number(line), _text(origin)),
        digest=_text(digest),
        include=_texts(include),
        exclude=_texts(exclude),
    )


def _problem(kind: str, message: str, path: str, line: int, rule_id: str) -> Problem:
    return Problem(ProblemKind(kind), _text(message), _text(path), _number(line), _text(rule_id))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(_text(value) for value in values)


def _number(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError("not a number")
    return value
