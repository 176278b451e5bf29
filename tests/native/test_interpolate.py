"""Findings as semgrep-core reports them: which of equal matches stays, what metavariables hold and where."""

from __future__ import annotations

from native_rules import bound, result


def test_of_equal_matches_the_one_bound_first_in_the_text_stays() -> None:
    body = {"pattern-either": [{"pattern": "f(..., $B)"}, {"pattern": "f($A, ...)"}]}
    assert bound(body, "f(1, 2)") == [{"$A": "1"}]
    assert bound(body, "f(1, 2)", message="$B $A") == [{"$A": "1"}, {"$B": "2"}]


def test_the_message_holds_source_text_and_constants() -> None:
    (one,) = result("f($X)", "a = 'b'\nf(a)", message="$X is value($X), not $Y").found
    assert one.message == "a is 'b', not $Y"


def test_a_metavariable_that_took_nothing_is_where_the_match_starts() -> None:
    (one,) = result("f($...X)", "x\nf()").found
    assert one.metavariables == (("$...X", "", 2, 2),)


def test_a_numbered_group_of_a_condition_has_no_place() -> None:
    condition = {"metavariable-regex": {"metavariable": "$X", "regex": "(a)"}}
    (one,) = result({"patterns": [{"pattern": "f($X)"}, condition]}, "f(a)").found
    assert one.metavariables == (("$1", "a", -1, -1), ("$X", "a", 2, 3))
