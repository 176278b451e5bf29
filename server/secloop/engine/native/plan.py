"""Which engine runs a rule: decided once, from the rule alone, never from timing or load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secloop.engine.native.compiled import compiled
from secloop.model import Rule

NATIVE: Final = "native"
SEMGREP: Final = "semgrep"


@dataclass(frozen=True, slots=True)
class Plan:
    """The engine that runs a rule, and why it is not the native one."""

    engine: str
    reason: str = ""


def plan(rule: Rule) -> Plan:
    """The plan of a rule."""
    made = compiled(rule)
    return Plan(SEMGREP, made) if isinstance(made, str) else Plan(NATIVE)
