"""Why a rule or a file is not for the native engine."""

from __future__ import annotations


class Unsupported(Exception):
    """A rule holds what only semgrep-core can do; says what, in words."""


class InvalidPattern(Exception):
    """A pattern that semgrep-core refuses as well."""


class TooDeep(Exception):
    """A pattern or code nested more deeply than is followed."""
