"""A slice of the differential test: the written rules, and generated ones from fixed seeds, in both engines.

Only rules that run natively are compared; `make differential` runs the same for as long as it is let.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
import yaml
from campaign import Campaign, generated_batch, saved
from compared_engines import (
    Difference,
    Native,
    SemgrepCore,
    difference_kind,
    is_taint,
    is_well_formed,
    reason_against,
)
from generated_rules import Generated
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from real_code import compact_document, document
from reduce_difference import reduced, report
from rule_corpus import COMPACT_RULES, HERE, PACK, comparable, definitions_in

from secloop.model import Rule
from secloop.rules.testing import expectation
from secloop.syntax.document import Document

TOPICS = sorted(path.stem for path in COMPACT_RULES.glob("*.yaml"))


@pytest.fixture(scope="module")
def core() -> SemgrepCore:
    """The oracle."""
    return SemgrepCore()


def topic_rules(topic: str) -> list[Rule]:
    """The rules of one file."""
    return [
        comparable(each) for each in yaml.safe_load((COMPACT_RULES / f"{topic}.yaml").read_bytes())["rules"]
    ]


def topic_code(topic: str) -> Document:
    """The code that tests the rules of one file."""
    found = document(COMPACT_RULES / f"{topic}.py", 10**6)
    assert found is not None
    return found


def fail_with(campaign: Campaign, rules: list[Rule], documents: list[Document]) -> None:
    """Fail with the first difference, reduced."""
    for difference in campaign.compare([Generated(rule, frozenset()) for rule in rules], documents):
        pytest.fail(report(reduced(difference, campaign.oracle, campaign.native, rounds=30)))


def test_there_are_at_least_150_rules_with_ids_of_their_own() -> None:
    counted = Counter(each["id"] for each in definitions_in(COMPACT_RULES))
    assert len(counted) >= 150
    assert set(counted.values()) == {1}


@pytest.mark.parametrize("topic", TOPICS)
def test_the_annotations_say_what_semgrep_core_finds(topic: str, core: SemgrepCore) -> None:
    rules, code = topic_rules(topic), topic_code(topic)
    answers = core(rules, [code])
    said = expectation(code)
    lines = {
        rule.id: {code.position(found.start).line for found in answers[index, 0].found}
        for index, rule in enumerate(rules)
    }
    assert not [rule.id for index, rule in enumerate(rules) if answers[index, 0].failed]
    assert lines == {rule.id: set(said.expected.get(rule.id, ())) for rule in rules}
    assert not [
        rule.id for rule in rules if not said.expected.get(rule.id) or not said.forbidden.get(rule.id)
    ]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_written_rules_find_the_same_in_their_code(topic: str, core: SemgrepCore) -> None:
    fail_with(Campaign(core, Native()), topic_rules(topic), [topic_code(topic)])


def test_the_pack_finds_the_same_in_its_fixtures(core: SemgrepCore) -> None:
    rules = [comparable(each) for each in definitions_in(PACK)]
    documents = [found for path in sorted(PACK.rglob("*.py")) if (found := document(path)) is not None]
    fail_with(Campaign(core, Native()), rules, documents)


def test_what_once_differed_does_no_longer(core: SemgrepCore) -> None:
    """Reduced differences that were mended, each rule on its own code."""
    cases = saved(HERE / "once_different.jsonl")
    answers = Native()
    for at in range(0, len(cases), 20):
        rules, documents = map(list, zip(*cases[at : at + 20], strict=True))
        ours, theirs = answers(rules, documents), core(rules, documents)
        for number, (rule, code) in enumerate(zip(rules, documents, strict=True)):
            both = (number, number)
            if both in ours:
                kind = difference_kind(rule, theirs[both], ours[both], well_formed=is_well_formed(code))
                assert kind is None, report(Difference(kind, rule, code, theirs[both], ours[both]))


@settings(
    derandomize=True,
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.randoms(use_true_random=True))
def test_generated_search_rules_find_the_same(choice: random.Random) -> None:
    """On code that seldom changes: a campaign takes any, and what it finds is reduced and read."""
    rules, documents = generated_batch(choice, find=compact_document)
    fail_with(
        Campaign(SemgrepCore(), Native()), [each.rule for each in rules if not is_taint(each.rule)], documents
    )


@pytest.mark.parametrize("seed", [4, 7, 9, 10, 11, 13, 19, 24, 32, 37, 60, 66])
def test_generated_taint_rules_find_the_same(seed: int, core: SemgrepCore) -> None:
    """On code that seldom changes, since a seed shall mean the same code in every environment."""
    rules, documents = generated_batch(random.Random(seed), taint=1, find=compact_document)
    fail_with(Campaign(core, Native()), [each.rule for each in rules], documents)


def test_most_written_rules_run_natively() -> None:
    rules = [comparable(each) for folder in (COMPACT_RULES, PACK) for each in definitions_in(folder)]
    rules = [rule for rule in rules if not is_taint(rule)]
    left = {rule.id: reason for rule in rules if (reason := reason_against(rule))}
    assert len(left) < len(rules) / 20, left
