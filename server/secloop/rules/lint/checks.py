"""The names of the lint's checks, apart from what makes them: settings and options know these alone."""

from __future__ import annotations

PACK_ONLY = frozenset({"owasp", "levels", "examples", "technology", "asvs", "controls", "stride"})
"""Checks that rules of the bundled pack alone have to pass, unless a root asks for them."""
HITS = "hits"
"""The check that is only made where code is given."""
CHECKS = (
    "cwe",
    "owasp",
    "levels",
    "references",
    "examples",
    "technology",
    "asvs",
    "controls",
    "stride",
    "message-length",
    "message-instruction",
    "message-names",
    "tests",
    "fixed-file",
    "refused",
    "fix-regex",
    "dead-pattern",
    "subsumed-pattern",
    "untested-sanitizer",
    "message-unfilled",
    HITS,
)
