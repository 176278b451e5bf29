"""What can keep the engine from running a rule or reading a text, in words for the reader of a report."""

from __future__ import annotations


class Unsupported(Exception):
    """The rule has something that is not reproduced exactly here: it goes to semgrep-core, with this reason."""


class InvalidPattern(Exception):
    """The pattern is not one: semgrep-core refuses it too."""


class TooDeep(Exception):
    """The text nests deeper than the engine follows it."""
