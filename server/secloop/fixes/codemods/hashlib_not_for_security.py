"""Says of a weak hash that it is a checksum and protects nothing."""

from __future__ import annotations

from secloop.fixes.codemods.hashlib_sha256 import WEAK
from secloop.fixes.codemods.rewrite import Rewrite

TITLE = "Say that the hash is not used for security"


def rewrite(change: Rewrite) -> None:
    """Add ``usedforsecurity=False``."""
    change.set_argument(change.call_to(*WEAK, "hashlib.new"), "usedforsecurity", "False")
