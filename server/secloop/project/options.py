"""What a caller may ask that changes the outcome, and how it overrides the configuration."""

from __future__ import annotations

import datetime
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from secloop.model import Confidence, Severity
from secloop.workspace.settings import Config


class Options(Struct, frozen=True):
    """What a caller may ask that changes the outcome: `check`'s flags and the options of `secloop/verdict`.

    None leaves to the configuration what it says. ``fail_on`` is a severity's name or ``never``. ``diff`` and
    ``policy_from`` are git revisions. ``baseline`` is a path relative to the root, or absolute. ``as_of`` is the UTC date on which waivers are judged, today if None.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    fail_on: str | None = None
    min_confidence: str | None = None
    strict_parsing: bool | None = None
    baseline: str | None = None
    diff: str | None = None
    policy_from: str | None = None
    as_of: datetime.date | None = None


class OptionError(ValueError):
    """An option's word is not one of those it may be; the message says which are."""


def today() -> datetime.date:
    """The current UTC date: the only place where the clock enters a verdict (SPEC 4)."""
    return datetime.datetime.now(datetime.timezone.utc).date()


def effective(config: Config, options: Options) -> Config:
    """The configuration with the options that override it.

    Raises:
        OptionError: if an option's word is not one of those it may be.
    """
    changes: dict[str, Any] = {
        name: value
        for name in ("select", "ignore", "strict_parsing", "baseline")
        if (value := getattr(options, name)) is not None
    }
    if options.fail_on is not None:
        changes["fail_on"] = (
            None if options.fail_on == "never" else _word(Severity, options.fail_on, "fail-on")
        )
    if options.min_confidence is not None:
        changes["min_confidence"] = _word(Confidence, options.min_confidence, "min-confidence")
    return replace(config, **changes)


_Word = TypeVar("_Word", Severity, Confidence)


def _word(kind: type[_Word], word: str, what: str) -> _Word:
    for member in kind:
        if member.label == word.lower():
            return member
    known = ", ".join(member.label for member in reversed(list(kind)))
    raise OptionError(f"{what} cannot be {word!r}; it is one of {known}")
