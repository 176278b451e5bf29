"""Semgrep's rule language in process: compiled once per rule set, run over trees of which an edit changes a part."""

from typing import Final

VERSION: Final = "4"
"""Changes whenever the same text and rules could give another result."""
