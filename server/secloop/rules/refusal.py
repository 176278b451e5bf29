"""What checking a rule can come to, without the machinery that checks it."""

from __future__ import annotations

from msgspec import Struct

from secloop.rules.nodes import Step


class Refusal(Struct, frozen=True):
    """Why a rule is not loaded, and which of its values is to blame."""

    steps: tuple[Step, ...]
    reason: str


class TooSlowError(Exception):
    """Checking was still going on when its time was up."""
