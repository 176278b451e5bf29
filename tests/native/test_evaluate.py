"""How matches of patterns and regexes make the matches of a formula, as semgrep-core puts them together."""

from __future__ import annotations

from typing import Any

import pytest
from native_rules import bound, found

Part = dict[str, Any]
SHOWN = {"message": "$X $Y"}
"""A message that tells bindings apart, since equal matches with equal messages are one."""


def every(*parts: Part | str) -> Part:
    return {"patterns": [{"pattern": part} if isinstance(part, str) else part for part in parts]}


def either(*parts: Part | str) -> Part:
    return {"pattern-either": [{"pattern": part} if isinstance(part, str) else part for part in parts]}


def inside(part: Part | str) -> Part:
    return {"pattern-inside": part}


def not_(part: Part | str) -> Part:
    return {"pattern-not": part}


def regex(text: str) -> Part:
    return {"pattern-regex": text}


def focus(*names: str) -> Part:
    return {"focus-metavariable": names[0] if len(names) == 1 else list(names)}


def anywhere(part: Part | str) -> Part:
    return {"semgrep-internal-pattern-anywhere": part}


class TestAll:
    def test_the_inner_range_survives_whatever_the_order(self) -> None:
        assert found(every("f(...)", "g(...)"), "f(g(1))") == ["g(1)"]
        assert found(every("g(...)", "f(...)"), "f(g(1))") == ["g(1)"]

    def test_the_bindings_of_both_come_together(self) -> None:
        assert bound(every("f($X)", "g($Y)"), "f(g(1))") == [{"$X": "g(1)", "$Y": "1"}]

    def test_they_must_agree(self) -> None:
        assert found(every("g($X)", inside("f($X, ...)")), "f(1, g(1)); f(1, g(2))") == ["g(1)"]

    def test_equal_ranges_bind_in_every_way(self) -> None:
        ways = [each["$X"] + each["$Y"] for each in bound(every("f($X)", "f($Y)"), "f(f(3))", **SHOWN)]
        assert ways == ["f(3)f(3)", "33", "3f(3)", "f(3)3"]

    def test_what_is_around_never_survives_what_is_not_around(self) -> None:
        assert found(every("f(...)", inside("g(...)")), "f(g(1))") == []
        assert found(every(inside("f(...)"), inside("g(...)")), "f(g(1))") == ["g(1)"]

    def test_a_regex_counts_as_any_range(self) -> None:
        assert found(every("g($X)", regex(r"\d")), "g(12)") == ["1", "2"]
        assert found(every("g($X)", regex("f.*")), "f(g(12))") == ["g(12)"]

    def test_numbered_groups_need_not_agree(self) -> None:
        assert bound(every(regex("f(.*)"), regex("g(.)")), "f(g(1))") == [{"$1": "("}]

    def test_overlapping_ranges_are_taken_from_the_last(self) -> None:
        code = "a = 1\nb = 1\nf()\na = 2\nb = 2\n"
        first, second = "a = 1\n...\na = 2", "b = 1\n...\nb = 2"
        assert found(every(first, second, "f()"), code) == ["f()"]
        assert found(every("f()", first, second), code) == []
        assert found(every("f()", inside(first), inside(second)), code) == ["f()"]

    def test_a_metavariable_alone_selects_from_the_others(self) -> None:
        assert bound(every("4", "$X"), "f(g(4))", **SHOWN) == [{"$X": "4"}]
        assert found(every("$F", "$F(4)"), "f(g(4))") == ["g"]
        assert len(bound(every("4", inside("$X")), "f(g(4))", **SHOWN)) == 3

    def test_what_is_anywhere_has_only_to_agree(self) -> None:
        assert found(every("g($X)", anywhere("f($X)")), "f(1); g(1); g(2)") == ["g(1)"]


class TestNot:
    @pytest.mark.parametrize(
        ("negation", "expected"),
        [
            (not_("f(1)"), ["f(2)", "f(g(1))"]),
            (not_("g(1)"), ["f(1)", "f(2)", "f(g(1))"]),
            (not_(regex(r"\d\)\)")), ["f(1)", "f(2)"]),
            (not_(either("f(1)", "f(2)")), ["f(g(1))"]),
            ({"pattern-not-regex": "2"}, ["f(1)", "f(g(1))"]),
            ({"pattern-not-regex": "2\\) or"}, ["f(1)", "f(2)", "f(g(1))"]),
            (not_(anywhere("f(2)")), []),
            (not_(anywhere("f(3)")), ["f(1)", "f(2)", "f(g(1))"]),
        ],
    )
    def test_what_it_takes_away(self, negation: Part, expected: list[str]) -> None:
        assert found(every("f(...)", negation), "f(1); f(2) or f(g(1))") == expected

    def test_bindings_must_agree_for_it_to_hold(self) -> None:
        assert found(every("f($X, $Y)", not_("f($X, $X)")), "f(1, 1); f(1, 2)") == ["f(1, 2)"]

    def test_inside_takes_away_what_lies_in_it(self) -> None:
        code = "f(g(1)); g(2)"
        assert found(every("g(...)", {"pattern-not-inside": "f(...)"}), code) == ["g(2)"]
        assert found(every("g(...)", not_(inside("f(...)"))), code) == ["g(2)"]
        assert found(every("g(...)", not_(every(inside("f(...)")))), code) == ["g(2)"]
        assert found(every("g(...)", not_("f(...)")), code) == ["g(1)", "g(2)"]


class TestFocus:
    def test_it_narrows_to_the_range_of_a_metavariable(self) -> None:
        assert found(every("f($X, $Y)", focus("$Y")), "f(g(1), 2)") == ["2"]
        assert found(every("f($...X)", focus("$...X")), "f(g(1), 2); f()") == ["g(1), 2"]

    def test_several_at_once_are_a_union_one_after_the_other_what_is_in_both(self) -> None:
        assert found(every("f($X, $Y)", focus("$X", "$Y")), "f(1, 2)") == ["1", "2"]
        assert found(every("f($X, $Y)", focus("$X"), focus("$Y")), "f(1, 2)") == []
        body = every("f($X, ...)", "f(g($Y), ...)", focus("$X"), focus("$Y"))
        assert found(body, "f(g(1), 2)") == ["1"]

    def test_what_is_elsewhere_or_unbound_is_none(self) -> None:
        assert found(every("h()", inside("$X = 1\n..."), focus("$X")), "a = 1\nh()") == []
        assert found(every("f($X)", focus("$Y")), "f(1)") == []

    def test_a_match_inside_the_focus_stays(self) -> None:
        assert found(every("g(1)", inside("f($X)"), focus("$X")), "f(g(1) + 2)") == ["g(1)"]

    def test_it_comes_after_negations_of_the_same_level(self) -> None:
        narrowed = every("f($X)", focus("$X"))
        assert found({"patterns": [*narrowed["patterns"], not_("g()")]}, "f(g())") == ["g()"]
        assert found(every(narrowed, not_("g()")), "f(g())") == []


def test_one_of_several_may_match_the_same() -> None:
    body = either("f($X)", "f($Y)", "f(...)")
    assert bound(body, "f(1)") == [{}]
    assert bound(body, "f(1)", **SHOWN) == [{}, {"$Y": "1"}, {"$X": "1"}]


def test_regexes_look_at_text_in_comments_too() -> None:
    assert bound(regex(r"# (?<WORD>\w+)"), "x = 1  # todo") == [{"$1": "todo", "$WORD": "todo"}]


def test_a_regex_rule_runs_on_any_text() -> None:
    assert found(regex("b$"), "ab\n\x0b(", languages=["regex"]) == ["b"]
