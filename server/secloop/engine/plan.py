"""Which engine runs a rule: decided once, from the rule alone, never from timing or load."""

from __future__ import annotations

from secloop.model import Rule

SEMGREP = "semgrep"


def plan(rule: Rule) -> str:
    """The name of the engine that runs a rule: semgrep-core runs every one."""
    return SEMGREP
