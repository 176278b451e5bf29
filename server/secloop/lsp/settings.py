"""The editor's settings: they change only what is shown, never a verdict (SPEC 4)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lsprotocol.types import DiagnosticSeverity

from secloop.model import Severity

SECTION = "secloop"

_LOG_LEVELS = {
    "error": logging.ERROR,
    "warning": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
}
_LEVELS = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "information": DiagnosticSeverity.Information,
    "hint": DiagnosticSeverity.Hint,
    "off": None,
}
_SEVERITIES = {severity.label: severity for severity in Severity}
_DEFAULT_LEVELS: Mapping[Severity, DiagnosticSeverity | None] = {
    Severity.CRITICAL: DiagnosticSeverity.Error,
    Severity.HIGH: DiagnosticSeverity.Error,
    Severity.MEDIUM: DiagnosticSeverity.Warning,
    Severity.LOW: DiagnosticSeverity.Information,
    Severity.INFO: DiagnosticSeverity.Hint,
}
_RUNS = {"onChange": False, "onSave": True}


@dataclass(frozen=True, slots=True)
class Settings:
    """``secloop.*`` in the editor.

    ``show_accepted`` (``showAccepted``) also shows what is suppressed, waived or in the baseline, as hints;
    ``show_from`` (``showFrom``) hides findings below a severity; ``levels`` is the level at which a severity is
    shown, None for not at all; ``on_save`` (``run`` is ``onSave``) shows findings of texts as they were opened
    or saved, and not of those that are being typed; ``log_level`` (``logLevel``) is what goes to the output
    channel.
    """

    show_accepted: bool = False
    show_from: Severity = Severity.INFO
    levels: Mapping[Severity, DiagnosticSeverity | None] = field(default_factory=lambda: _DEFAULT_LEVELS)
    on_save: bool = False
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
    return (
        Settings(
            show_accepted=shown,
            show_from=_choice(value, "showFrom", _SEVERITIES, Severity.INFO, wrong),
            levels=_levels(value.get("levels"), wrong),
            on_save=_choice(value, "run", _RUNS, False, wrong),
            log_level=_choice(value, "logLevel", _LOG_LEVELS, logging.INFO, wrong),
        ),
        wrong,
    )


def _levels(value: Any, wrong: list[str]) -> Mapping[Severity, DiagnosticSeverity | None]:
    if value is None:
        return _DEFAULT_LEVELS
    if not isinstance(value, Mapping) or not _SEVERITIES.keys() >= value.keys():
        wrong.append(
            f"secloop.levels must give a level to some of {', '.join(_SEVERITIES)}, not be {value!r}"
        )
        return _DEFAULT_LEVELS
    given = {f"levels.{name}": level for name, level in value.items()}
    return {
        severity: _choice(given, f"levels.{severity.label}", _LEVELS, default, wrong)
        for severity, default in _DEFAULT_LEVELS.items()
    }


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
