"""Says in words why a rule does not fit the schema that the semgrep package ships."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from secloop.rules.nodes import Step
from secloop.rules.yaml import load_yaml
from secloop.syntax.languages import semgrep_package

if TYPE_CHECKING:
    import jsonschema_rs

_SHOWN = 60
"""Longest piece of a rule that a reason quotes."""


class SchemaError(Struct, frozen=True):
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


class _Breach(Struct, frozen=True):
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
    return -len(breach.steps), _KIND_RANK.get(breach.error.kind.name, 2)


_KIND_RANK = {"type": 0, "enum": 0, "const": 0, "additionalProperties": 0, "required": 1}


def _deepest(error: jsonschema_rs.ValidationError) -> _Breach:
    """Follow an error into the alternative that the rule came closest to.

    Alternatives that fail at this very place say only what else could have stood here; one that
    fails further down is the one the author meant.
    """
    context = getattr(error.kind, "context", None)
    if not context:
        return _Breach(error)
    if not all(context):
        return _Breach(error, _together(error.instance))
    here = len(error.instance_path)
    inner = [_deepest(each) for alternative in context for each in _meant(alternative, here)]
    deeper = [each for each in inner if len(each.steps) > here]
    if deeper:
        return min(deeper, key=_rank)
    wanted = tuple(sorted({name for each in inner for name in _required(each)}))
    return _Breach(error, wanted)


_EXCLUSIVE = frozenset(
    {"pattern", "patterns", "pattern-either", "pattern-regex", "match"}
    | {"regex", "all", "any", "not", "inside", "anywhere", "taint", "type", "types", "module", "modules"}
)
"""Keys of which the schema lets one stand at a place."""


def _together(instance: Any) -> tuple[str, ...]:
    """The keys that exclude one another, where more than one alternative fits."""
    return tuple(key for key in instance if key in _EXCLUSIVE) if isinstance(instance, Mapping) else ()


def _meant(
    alternative: list[jsonschema_rs.ValidationError], here: int
) -> Iterator[jsonschema_rs.ValidationError]:
    """The errors of an alternative, unless it already fails for lack of its own key."""
    if any(each.kind.name == "required" and len(each.instance_path) == here for each in alternative):
        yield from (each for each in alternative if each.kind.name == "required")
    else:
        yield from alternative


def _required(breach: _Breach) -> tuple[str, ...]:
    if breach.error.kind.name != "required":
        return breach.alternatives
    name = str(breach.error.kind.as_dict()["property"])
    return () if "internal" in name else (name,)


def _reason(error: jsonschema_rs.ValidationError, alternatives: tuple[str, ...]) -> str:
    steps = tuple(error.instance_path)
    tell = _REASONS.get(error.kind.name)
    if tell is not None:
        return tell(steps, error.instance, error.kind.as_dict())
    if not alternatives:
        return f"{_place(steps)}: {error.message[:200]}"
    if isinstance(error.instance, Mapping):
        return _misnamed(_place(steps), error.instance, alternatives)
    return (
        f"{_place(steps)} is {_type_name(error.instance)}, not a mapping with one of {_listed(alternatives)}"
    )


def _missing(steps: tuple[Step, ...], _: Any, details: Mapping[str, Any]) -> str:
    return f"{_place(steps)} lacks the key `{details['property']}`"


def _forbidden(steps: tuple[Step, ...], _: Any, __: Mapping[str, Any]) -> str:
    return f"`{steps[-1]}` is not allowed in a rule of this mode"


def _unexpected(steps: tuple[Step, ...], _: Any, details: Mapping[str, Any]) -> str:
    return f"{_place(steps)} has the unknown key {_listed(details['unexpected'])}"


def _no_option(steps: tuple[Step, ...], value: Any, details: Mapping[str, Any]) -> str:
    return f"{_place(steps)} is {_quoted(value)}, not one of {', '.join(map(str, details['options']))}"


def _wrong_type(steps: tuple[Step, ...], value: Any, details: Mapping[str, Any]) -> str:
    expected = " or ".join(_TYPE_NAMES.get(name, name) for name in details["types"])
    return f"{_place(steps)} is {_type_name(value)}, not {expected}"


def _unlike(steps: tuple[Step, ...], value: Any, details: Mapping[str, Any]) -> str:
    return f"{_place(steps)} is {_quoted(value)}, which does not match {details['pattern']}"


_REASONS: Mapping[str, Callable[[tuple[Step, ...], Any, Mapping[str, Any]], str]] = {
    "required": _missing,
    "falseSchema": _forbidden,
    "additionalProperties": _unexpected,
    "enum": _no_option,
    "type": _wrong_type,
    "pattern": _unlike,
}
_TYPE_NAMES = {
    "string": "a string",
    "array": "a list",
    "object": "a mapping",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
}


def _misnamed(where: str, instance: Mapping[str, Any], alternatives: tuple[str, ...]) -> str:
    present = [key for key in instance if key in alternatives]
    if len(present) > 1:
        return f"{where} has {_listed(present)}, of which it may have one"
    for key in instance:
        close = difflib.get_close_matches(key, alternatives, n=1)
        if close and not present:
            return f"{where} has the unknown key `{key}` (did you mean `{close[0]}`?)"
    return f"{where} needs one of {_listed(alternatives)}"


def _place(steps: tuple[Step, ...]) -> str:
    if not steps:
        return "the rule"
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"`{text.lstrip('.')}`"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _quoted(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _type_name(value: object) -> str:
    if isinstance(value, bool):
        return "a boolean"
    names = {str: "a string", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return names.get(type(value), "null")
