"""What checking a rule can come to, without the machinery that checks it."""

from __future__ import annotations

from dataclasses import dataclass

from secloop.rules.nodes import Step


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a rule is not loaded, and which of its values is to blame."""

    steps: tuple[Step, ...]
    reason: str


class TooSlowError(Exception):
    """Checking was still going on when its time was up."""
