"""Says in words why a rule does not fit the schema that the semgrep package ships."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from secloop.rules.yaml import Step, load_yaml
from secloop.syntax.languages import semgrep_package

if TYPE_CHECKING:
    import jsonschema_rs

_SHOWN = 60
"""Longest piece of a rule that a reason quotes."""


@dataclass(frozen=True, slots=True)
class SchemaError:
    """Where in a rule the schema is broken, and a reason."""

    steps: tuple[Step, ...]
    reason: str


def schema_error(definition: Mapping[str, Any]) -> SchemaError | None:
    """The most telling breach of semgrep's ``rule_schema_v1.yaml`` by one rule, or None when it fits."""
    validator = _validator()
    if validator.is_valid(definition):
        return None
    return min((_deepest(error) for error in validator.iter_errors(definition)), key=_rank).told()


@lru_cache(maxsize=1)
def _validator() -> jsonschema_rs.Validator:
    # Only needed when a rule is new: a warm load never imports the validator.
    import jsonschema_rs

    data = (semgrep_package() / "semgrep_interfaces" / "rule_schema_v1.yaml").read_bytes()
    schema = load_yaml(data).plain()
    one_rule = schema["properties"]["rules"]["items"]
    return jsonschema_rs.Draft7Validator({"$defs": schema["$defs"], **one_rule})


@dataclass(frozen=True, slots=True)
class _Breach:
    """One error of the validator: of the kinds that carry alternatives, with those told apart."""

    error: jsonschema_rs.ValidationError
    alternatives: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(self.error.instance_path)

    def told(self) -> SchemaError:
        return SchemaError(self.steps, _reason(self.error, self.alternatives))


def _rank(breach: _Breach) -> tuple[int, int]:
    """Smaller is more telling: deep in the rule first, then concrete complaints before `not allowed here`."""
    return -len(breach.steps), _KIND_RANK.get(breach.error.kind.name, 1)


_KIND_RANK = {"type": 0, "enum": 0, "const": 0, "additionalProperties": 0, "falseSchema": 2, "oneOf": 2, "anyOf": 2}


def _deepest(error: jsonschema_rs.ValidationError) -> _Breach:
    """Follow an error into the alternative that the rule came closest to.

    Alternatives that fail at this very place say only what else could have stood here; one that
    fails further down is the one the author meant.
    """
    context = getattr(error.kind, "context", None)
    if not context:
        return _Breach(error)
    here = len(error.instance_path)
    inner = [_deepest(each) for alternative in context for each in _meant(alternative, here)]
    deeper = [each for each in inner if len(each.steps) > here]
    if deeper:
        return min(deeper, key=_rank)
    wanted = tuple(sorted({name for each in inner for name in _required(each)}))
    return _Breach(error, wanted)


def _meant(
    alternative: list[jsonschema_rs.ValidationError], here: int
) -> Iterator[jsonschema_rs.ValidationError]:
    """The errors of an alternative, unless it already fails for lack of its own key."""
    if any(each.kind.name == "required" and len(each.instance_path) == here for each in alternative):
        yield from (each for each in alternative if each.kind.name == "required")
    else:
        yield from alternative


def _required(breach: _Breach) -> tuple[str, ...]:
    if breach.error.kind.name == "required":
        return (str(breach.error.kind.property),)
    return breach.alternatives


def _reason(error: jsonschema_rs.ValidationError, alternatives: tuple[str, ...]) -> str:
    kind = error.kind.name
    where = _place(tuple(error.instance_path))
    instance = error.instance
    if kind == "required":
        return f"{where} lacks the key `{error.kind.property}`"
    if kind == "falseSchema":
        return f"`{error.instance_path[-1]}` is not allowed in a rule of this mode"
    if kind == "additionalProperties":
        return f"{where} has the unknown key {_named(error.kind.unexpected)}"
    if kind == "enum":
        options = ", ".join(str(option) for option in error.kind.options)
        return f"{where} is {_quoted(instance)}, not one of {options}"
    if kind == "type":
        return f"{where} is {_type_name(instance)}, not {' or '.join(error.kind.types)}"
    if kind == "pattern":
        return f"{where} is {_quoted(instance)}, which does not match {error.kind.pattern}"
    if alternatives and isinstance(instance, Mapping):
        return _misnamed(where, instance, alternatives)
    if alternatives:
        return f"{where} is {_type_name(instance)}, not a mapping with one of {_listed(alternatives)}"
    return f"{where}: {error.message[:200]}"


def _misnamed(where: str, instance: Mapping[str, Any], alternatives: tuple[str, ...]) -> str:
    for key in instance:
        close = difflib.get_close_matches(key, alternatives, n=1)
        if key not in alternatives and close:
            return f"{where} has the unknown key `{key}` (did you mean `{close[0]}`?)"
    present = [key for key in instance if key in alternatives]
    if len(present) > 1:
        return f"{where} has {_listed(present)}, of which it may have one"
    return f"{where} needs one of {_listed(alternatives)}"


def _place(steps: tuple[Step, ...]) -> str:
    if not steps:
        return "the rule"
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"`{text.lstrip('.')}`"


def _named(names: list[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _quoted(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _type_name(value: object) -> str:
    if isinstance(value, bool):
        return "a boolean"
    names = {str: "a string", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return names.get(type(value), "null")
