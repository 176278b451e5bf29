"""Loads weights without unpickling objects."""

from __future__ import annotations

from secloop.fixes.codemods.rewrite import Rewrite

TITLE = "Load weights only"


def rewrite(change: Rewrite) -> None:
    """``weights_only=True``."""
    change.set_argument(change.call_to("torch.load"), "weights_only", "True")
