"""Kinds of settings: how each is read from TOML, what is said when it is wrong, and its JSON Schema."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any, Protocol

from msgspec import Struct

from secloop.workspace.toml import Key

Schema = dict[str, Any]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Report(Protocol):
    """Told of everything that is wrong while a file is read, and knows its lines."""

    def wrong(self, key: Key, message: str) -> None:
        """Something is wrong at a key."""
        ...

    def line(self, key: Key) -> int:
        """The 1-based line of a key."""
        ...


class _Wrong:
    """The type of ``WRONG``."""


WRONG = _Wrong()
"""What reading a wrong value gives; it has been reported, and the default takes its place."""


class Kind(Protocol):
    """One kind of value."""

    def read(self, value: object, key: Key, report: Report) -> object:
        """The setting's value, or WRONG after reporting why."""
        ...

    def schema(self) -> Schema:
        """The JSON Schema of what ``read`` takes (a TOML date being a string)."""
        ...


def dotted(key: Key) -> str:
    """A key as a user writes it, e.g. ``waivers[2].expires`` counted from 1."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def nearest(name: str, names: Iterable[str]) -> str:
    """``; did you mean "…"?`` for the nearest of some names, else nothing."""
    import difflib  # only to word a mistake

    found = difflib.get_close_matches(name.lower().replace("_", "-"), list(names), n=1, cutoff=0.6)
    return f'; did you mean "{found[0]}"?' if found else ""


def _type_name(value: object) -> str:
    if isinstance(value, bool):
        return "a boolean"
    for kind, name in (
        (str, "a string"),
        (int, "an integer"),
        (float, "a float"),
        (Mapping, "a table"),
        (list, "an array"),
        (datetime.datetime, "a date with time"),
        (datetime.date, "a date"),
    ):
        if isinstance(value, kind):
            return name
    return "a time"


def _wrong_type(value: object, key: Key, expected: str, report: Report) -> _Wrong:
    report.wrong(key, f'"{dotted(key)}" must be {expected}, not {_type_name(value)}')
    return WRONG


class Flag(Struct, frozen=True):
    """true or false."""

    def read(self, value: object, key: Key, report: Report) -> object:
        return value if isinstance(value, bool) else _wrong_type(value, key, "true or false", report)

    def schema(self) -> Schema:
        return {"type": "boolean"}


class Number(Struct, frozen=True):
    """A number in an inclusive range; an integer if ``whole``."""

    least: float
    most: float
    whole: bool = False

    def read(self, value: object, key: Key, report: Report) -> object:
        kinds = (int,) if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            return _wrong_type(value, key, "an integer" if self.whole else "a number", report)
        if not self.least <= value <= self.most:  # which NaN is not either
            report.wrong(key, f'"{dotted(key)}" must be from {self.least:g} to {self.most:g}')
            return WRONG
        return value if self.whole else float(value)

    def schema(self) -> Schema:
        return {
            "type": "integer" if self.whole else "number",
            "minimum": self.least,
            "maximum": self.most,
        }


class Text(Struct, frozen=True):
    """A string.

    ``pattern`` must be found in it and ``forbidden`` must not (regexes that Python and JSON Schema read
    alike); ``expected`` says so in words, to follow "must be".
    """

    expected: str = "a string"
    pattern: str = ""
    forbidden: str = ""
    longest: int = 1_000

    def read(self, value: object, key: Key, report: Report) -> object:
        if not isinstance(value, str):
            return _wrong_type(value, key, self.expected, report)
        if len(value) > self.longest:
            report.wrong(key, f'"{dotted(key)}" is longer than {self.longest} characters')
            return WRONG
        if (self.pattern and not re.search(self.pattern, value)) or (
            self.forbidden and re.search(self.forbidden, value)
        ):
            report.wrong(key, f'"{dotted(key)}" must be {self.expected}')
            return WRONG
        return value

    def schema(self) -> Schema:
        schema: Schema = {"type": "string", "maxLength": self.longest}
        if self.pattern:
            schema["pattern"] = self.pattern
        if self.forbidden:
            schema["not"] = {"pattern": self.forbidden}
        return schema


class Choice(Struct, frozen=True):
    """One of some words, each standing for a value."""

    values: Mapping[str, object]

    def read(self, value: object, key: Key, report: Report) -> object:
        words = ", ".join(f'"{word}"' for word in self.values)
        if not isinstance(value, str):
            return _wrong_type(value, key, f"one of {words}", report)
        if value not in self.values:
            hint = nearest(value, self.values)
            report.wrong(key, f'"{dotted(key)}" must be one of {words}, not "{value[:60]}"{hint}')
            return WRONG
        return self.values[value]

    def schema(self) -> Schema:
        return {"enum": list(self.values)}


class Date(Struct, frozen=True):
    """A TOML date, or a string in the form YYYY-MM-DD."""

    def read(self, value: object, key: Key, report: Report) -> object:
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        if not isinstance(value, str):
            return _wrong_type(value, key, "a date such as 2030-12-31", report)
        try:
            if _DATE.fullmatch(value):
                return datetime.date.fromisoformat(value)
        except ValueError:
            pass  # Such as the 31st of February; reported below.
        report.wrong(key, f'"{dotted(key)}" must be a date such as 2030-12-31, not "{value[:60]}"')
        return WRONG

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": f"^{_DATE.pattern}$"}


class ListOf(Struct, frozen=True):
    """An array of one kind, read as a tuple."""

    item: Kind
    most: int = 1_000

    def read(self, value: object, key: Key, report: Report) -> object:
        if not isinstance(value, list):
            return _wrong_type(value, key, "an array", report)
        if len(value) > self.most:
            report.wrong(key, f'"{dotted(key)}" has more than {self.most} items')
            return WRONG
        items = [self.item.read(each, (*key, index), report) for index, each in enumerate(value)]
        return tuple(each for each in items if each is not WRONG)

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema(), "maxItems": self.most}


class MapOf(Struct, frozen=True):
    """A table with names of the user's choice and values of one kind."""

    item: Kind
    name: Text = Text()
    most: int = 1_000

    def read(self, value: object, key: Key, report: Report) -> object:
        if not isinstance(value, Mapping):
            return _wrong_type(value, key, "a table", report)
        if len(value) > self.most:
            report.wrong(key, f'"{dotted(key)}" has more than {self.most} keys')
            return WRONG
        read: dict[str, object] = {}
        for name, each in value.items():
            if self.name.read(name, (*key, name), report) is WRONG:
                continue
            item = self.item.read(each, (*key, name), report)
            if item is not WRONG:
                read[name] = item
        return read

    def schema(self) -> Schema:
        names = {key: value for key, value in self.name.schema().items() if key != "type"}
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": self.item.schema(),
            "maxProperties": self.most,
        }


class Setting(Struct, frozen=True):
    """A key of a table: its kind and what it means, for the schema."""

    kind: Kind
    about: str


class Table(Struct, frozen=True):
    """A table with fixed keys, read as a struct whose field names are the keys with ``_`` for ``-``.

    ``one_of``: of these optional keys at least one must be there. A field ``line`` of the struct that
    is no setting takes the line where the table stands.
    """

    model: type[Struct]
    settings: Mapping[str, Setting]
    one_of: tuple[str, ...] = ()

    def read(self, value: object, key: Key, report: Report) -> object:
        if not isinstance(value, Mapping):
            return _wrong_type(value, key, "a table", report)
        given: dict[str, object] = {}
        for name, each in value.items():
            setting = self.settings.get(name)
            if setting is None:
                where = f' in "{dotted(key)}"' if key else ""
                report.wrong((*key, name), f'unknown key "{name[:60]}"{where}{nearest(name, self.settings)}')
                continue
            read = setting.kind.read(each, (*key, name), report)
            if read is not WRONG:
                given[name.replace("-", "_")] = read
        missing = [name for name in self._required() if name not in value]
        for name in missing:
            report.wrong(key, f'"{dotted(key)}" needs "{name}"')
        if self.one_of and not any(name in value for name in self.one_of):
            names = ", ".join(f'"{name}"' for name in self.one_of)
            report.wrong(key, f'"{dotted(key)}" needs at least one of {names}')
            return WRONG
        if any(name.replace("-", "_") not in given for name in self._required()):
            return WRONG
        if "line" in self.model.__struct_fields__:
            given["line"] = report.line(key)
        return self.model(**given)

    def _required(self) -> list[str]:
        model = self.model
        required = model.__struct_fields__[: -len(model.__struct_defaults__) or None]
        return [name.replace("_", "-") for name in required]

    def _defaults(self) -> dict[str, object]:
        defaults = self.model.__struct_defaults__
        names = self.model.__struct_fields__[len(self.model.__struct_fields__) - len(defaults) :]
        return {name.replace("_", "-"): default for name, default in zip(names, defaults, strict=True)}

    def schema(self) -> Schema:
        defaults = self._defaults()
        properties: Schema = {}
        for name, setting in self.settings.items():
            properties[name] = {"description": setting.about, **setting.kind.schema()}
            default = _plain(defaults.get(name))
            if default is not None:
                properties[name]["default"] = default
        schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
        if self._required():
            schema["required"] = self._required()
        if self.one_of:
            schema["anyOf"] = [{"required": [name]} for name in self.one_of]
        return schema


def _plain(default: object) -> object:
    """A default as JSON, or None where there is none to show."""
    if isinstance(default, IntEnum):
        return default.name.lower()
    return (
        default if isinstance(default, (bool, int, float)) or (default and isinstance(default, str)) else None
    )
