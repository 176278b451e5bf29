"""Refuses regular expressions whose matching can take exponential time or a polynomial one of high degree."""

from __future__ import annotations


class RegexError(ValueError):
    """A regular expression that is not accepted; the message completes "the regular expression R …"."""


def check_regex(regex: str) -> None:
    """Check a regex of a rule.

    Raises:
        RegexError: if it is not accepted.
    """
    if len(regex) > 10_000:
        raise RegexError("is longer than 10,000 characters")
