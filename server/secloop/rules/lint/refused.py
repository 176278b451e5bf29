"""Checks for what no rule from elsewhere may have: regexes without a bound, and parts that never match."""

from __future__ import annotations

import math

from secloop.rules.checks import refusal
from secloop.rules.lint.model import Complaint, Complaints, Subject
from secloop.rules.regexes import RegexError, check_regex

_NEWEST = "999"
"""A rule for another version of semgrep is for loading to refuse."""


def refused(subject: Subject) -> Complaints:
    """A rule passes the checks that the bundled pack is not put to when it is loaded, those of regexes above all."""
    found = refusal(subject.definition, _NEWEST, math.inf)
    if found is not None:
        yield Complaint(found.reason, found.steps)


def fix_regex(subject: Subject) -> Complaints:
    """A ``fix-regex`` takes bounded time, too."""
    fix = subject.definition.get("fix-regex")
    if fix is None:
        return
    try:
        check_regex(fix["regex"])
    except RegexError as error:
        yield Complaint(f"the regular expression {fix['regex']!r} {error}", ("fix-regex", "regex"))
