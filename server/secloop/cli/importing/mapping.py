"""Which rules stand for a test of Bandit, and so for the rule of Ruff that has its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from secloop.cli.importing.policy import Policy
from secloop.model import Rule, RuleSet
from secloop.policy.comments import bandit_tests

_TEST = re.compile(r"B\d{3}")
ALL_PYTHON = "python-*"


def tests_of(ruleset: RuleSet) -> Mapping[Rule, frozenset[str]]:
    """Bandit's tests by the rules that stand for them, as the rules' metadata says."""
    found = {rule: frozenset(filter(_TEST.fullmatch, bandit_tests(rule))) for rule in ruleset.rules}
    return {rule: tests for rule, tests in found.items() if tests}


def standing_for(tests: Iterable[str], known: Mapping[Rule, frozenset[str]]) -> list[str]:
    """The ids of the rules that stand for any of some tests."""
    wanted = frozenset(tests)
    return sorted(rule.id for rule, each in known.items() if each & wanted)


def left_out(
    tests: Iterable[str], known: Mapping[Rule, frozenset[str]], policy: Policy, shown: str = "B"
) -> list[str]:
    """The ids of the rules that stand for nothing but some tests, which may go.

    A rule that stands for others as well stays; of that, and of tests without a rule, the policy is told.
    ``shown`` is the letter by which the tool calls its tests.
    """
    wanted = frozenset(tests)
    gone = []
    for rule, each in sorted(known.items(), key=lambda item: item[0].id):
        if each <= wanted:
            gone.append(rule.id)
        elif each & wanted:
            others = _named(each - wanted, shown)
            policy.lacks(
                f"{_named(each & wanted, shown)}: {rule.id} stands for {others} as well, so it stays"
            )
    unknown = wanted - frozenset().union(*known.values())
    if unknown:
        policy.lacks(f"{_named(unknown, shown)}: no rule stands for {'it' if len(unknown) == 1 else 'them'}")
    return gone


def _named(tests: Iterable[str], shown: str) -> str:
    return ", ".join(f"{shown}{test[1:]}" for test in sorted(tests))
