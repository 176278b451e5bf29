"""The editor's settings: they change only what is shown, never a verdict (SPEC 4)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secloop.model import Severity

SECTION = "secloop"

_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}


@dataclass(frozen=True, slots=True)
class Settings:
    """``secloop.*`` in the editor.

    ``show_accepted`` (``showAccepted``) also shows what is suppressed, waived or in the baseline, as hints;
    ``show_from`` (``showFrom``) hides findings below a severity; ``log_level`` (``logLevel``) is what goes to
    the output channel.
    """

    show_accepted: bool = False
    show_from: Severity = Severity.INFO
    log_level: int = logging.INFO


def read_settings(value: Any) -> tuple[Settings, list[str]]:
    """Settings from the editor's JSON, and what was wrong with it in words; wrong ones keep their default."""
    if not isinstance(value, Mapping):
        return Settings(), []
    wrong: list[str] = []
    shown = value.get("showAccepted", False)
    if not isinstance(shown, bool):
        wrong.append(f"secloop.showAccepted must be true or false, not {shown!r}")
        shown = False
    names = {severity.label: severity for severity in Severity}
    return (
        Settings(
            show_accepted=shown,
            show_from=_choice(value, "showFrom", names, Severity.INFO, wrong),
            log_level=_choice(value, "logLevel", _LEVELS, logging.INFO, wrong),
        ),
        wrong,
    )


def _choice(
    value: Mapping[str, Any], key: str, names: Mapping[str, Any], default: Any, wrong: list[str]
) -> Any:
    name = value.get(key)
    if name is None:
        return default
    if isinstance(name, str) and name in names:
        return names[name]
    wrong.append(f"secloop.{key} must be one of {', '.join(names)}, not {name!r}")
    return default
