"""docs/peers.md says of each check of Bandit and ruff either a rule and a line that both find, or why there is none."""

from __future__ import annotations

import re
from functools import cache

import peers_table
from write_rules import rule_files


@cache
def generated() -> str:
    return peers_table.table()


def ids(page: str) -> dict[str, bool]:
    """Each check of a page, and whether it has a rule."""
    with_rule, without = page.split("## The rest")
    found = dict.fromkeys(re.findall(r"^\| ([BS]\d{3}[^|]*) \|", with_rule, re.MULTILINE), True)
    return found | dict.fromkeys(re.findall(r"^\| ([BS]\d{3}[^|]*) \|", without, re.MULTILINE), False)


def test_the_page_says_what_the_tools_say_now() -> None:
    page = peers_table.TABLE.read_text(encoding="utf-8")
    assert ids(page) == ids(generated())
    assert page.split("## ")[0] == generated().split("## ")[0]


def test_every_check_is_there() -> None:
    named = {name for key in ids(generated()) for name in key.split(", ")}
    assert named == {name for check in peers_table.checks() for name in check.ids.split(", ")}
    assert {"B101", "S101", "B602", "S602", "B613", "S701"} <= named


def test_rules_that_are_named_are_there() -> None:
    known = {path.stem for path in rule_files()}
    named = set(re.findall(r"`(python-[a-z0-9-]+)`", generated()))
    named |= {rule_id for rule_ids in peers_table.ALSO.values() for rule_id in rule_ids}
    assert named <= known


def test_most_of_both_has_a_rule() -> None:
    assert sum(ids(generated()).values()) >= 44
