"""What every check of the lint is given and gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from secloop.model import Rule, RuleSet
from secloop.rules.digest import ruleset_digest
from secloop.rules.nodes import Step
from secloop.rules.testing import Suite

Steps = tuple[Step, ...]
"""The keys and indices that lead to a part of a rule's definition."""


class Complaint(Struct, frozen=True):
    """What is amiss with a rule, and with which part of its definition."""

    message: str
    steps: Steps = ("id",)


class Advice(Struct, frozen=True, order=True):
    """A complaint with the place in the rule's file, and the name of the check that has it."""

    path: str
    line: int
    rule_id: str
    check: str
    message: str


class Demands(Struct, frozen=True):
    """How much the checks want: lines that a rule must find and must not find, and characters of a message."""

    found: int = 3
    not_found: int = 4
    shortest_message: int = 40
    longest_message: int = 400


class Subject(Struct, frozen=True, eq=False):
    """A rule with its tests; ``bundled`` if it is one of the pack that ships with secloop."""

    rule: Rule
    suite: Suite
    demands: Demands
    bundled: bool = False

    @property
    def definition(self) -> Mapping[str, Any]:
        """The rule as plain data."""
        return self.rule.definition

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The rule's metadata."""
        return self.rule.metadata


Complaints = Iterator[Complaint]


def alone(rules: Sequence[Rule]) -> RuleSet:
    """A rule set to run on tests: any path counts, and no text is passed over."""
    everywhere = tuple(replace(rule, include=(), exclude=()) for rule in rules)
    digest = ruleset_digest(f"{rule.id} {rule.digest} everywhere" for rule in everywhere)
    return RuleSet(everywhere, (), digest, {rule.id: None for rule in everywhere})
