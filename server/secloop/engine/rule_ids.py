"""Ids of rules as semgrep-core takes them: it refuses the slash between the name of a pack and that of its rule."""

from __future__ import annotations

_FOR_SLASH = ".-of-."
"""A rule that is really called so is not known again in the output, which is an error and no silence."""


def core_id(rule_id: str) -> str:
    """A rule's id for semgrep-core."""
    return rule_id.replace("/", _FOR_SLASH)


def own_id(rule_id: str) -> str:
    """The id of the rule that semgrep-core names."""
    return rule_id.replace(_FOR_SLASH, "/")
