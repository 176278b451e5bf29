"""Conditions on metavariables: what text they read, when they hold, what they bind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from native_rules import bound, found, result

from secloop.model import ProblemKind


def having(condition: dict[str, Any], pattern: str = "f($X)") -> dict[str, Any]:
    return {"patterns": [{"pattern": pattern}, condition]}


def regex(text: str, name: str = "$X", **more: bool) -> dict[str, Any]:
    return {"metavariable-regex": {"metavariable": name, "regex": text, **more}}


def pattern(name: str, **formula: Any) -> dict[str, Any]:
    return {"metavariable-pattern": {"metavariable": name, **formula}}


def comparison(text: str, **more: Any) -> dict[str, Any]:
    return {"metavariable-comparison": {"comparison": text, **more}}


class TestRegex:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a", []),
            (".*a", ["f('a')"]),
            ("'", ["f('a')"]),
            (r"g\(1,  2\)$", ["f(g(1,  2))"]),
            (r"\(3", ["f((3))"]),
            ("k$", ["f((k))"]),
        ],
    )
    def test_it_reads_the_source_from_its_start(self, text: str, expected: list[str]) -> None:
        assert found(having(regex(text)), "f('a'); f(g(1,  2)); f((3)); f((k))") == expected

    def test_a_name_is_read_as_what_it_stands_for(self) -> None:
        code = "from flask import Markup as M\nM"
        assert found(having(regex("^Markup$"), "flask.$X"), code) == ["M"]
        assert found(having(regex("^M$"), "flask.$X"), code) == []

    def test_the_content_of_a_string_has_no_quotes(self) -> None:
        assert found(having(regex("^a$"), 'f("$X")'), "f('a'); f('ab')") == ["f('a')"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("^val$", ["f(a)"]), ("^5$", ["f(b)"]), ("^c$", ["f(c)"]), ("^x$", ["f('x')"])],
    )
    def test_constants_are_read_where_the_rule_says_so(self, text: str, expected: list[str]) -> None:
        code = "a = 'val'\nb = 5\nc = g()\nf(a); f(b); f(c); f('x')"
        assert found(having(regex(text, **{"constant-propagation": True})), code) == expected
        assert found(
            {"match": {"pattern": "f($X)", "where": [{"metavariable": "$X", "regex": text}]}}, code
        ) == (expected)

    @pytest.mark.parametrize("code", ["f([])", "f([1, 'a', [K]])", "f([1 + 1, -2.5, f'{K}'])"])
    def test_a_list_of_constants_is_no_text(self, code: str) -> None:
        assert found(having(regex("", **{"constant-propagation": True})), f"K = 1; {code}") == []
        assert found(having(regex("")), f"K = 1; {code}") == [code]

    @pytest.mark.parametrize("code", ["f([b])", "f([1, None])", "f((1, 2))", "f({})"])
    def test_of_other_code_without_a_constant_value_the_source_is_read(self, code: str) -> None:
        assert found(having(regex(r"[\[({]", **{"constant-propagation": True})), code) == [code]

    @pytest.mark.parametrize(
        ("code", "text"),
        [
            ("f(f'{K}-{S}')", "1-a"),
            ("f('x' f'{S}')", "xa"),
            ("f(f'{True}{1 + 1}')", "true2"),
            ("f(f'{S!r:>5}')", "a!r:>5"),
            ("f(f'{q}')", "f'{q}'"),
        ],
    )
    def test_an_f_string_is_worth_the_texts_of_its_parts(self, code: str, text: str) -> None:
        condition = regex(f"^{re.escape(text)}$", **{"constant-propagation": True})
        assert found(having(condition), f"K = 1; S = 'a'; {code}") == [code]

    def test_what_is_unbound_or_nothing_does_not_hold(self) -> None:
        assert found(having(regex("", "$Y")), "f(1)") == []
        assert found(having(regex("", "$...X"), "f($...X)"), "f(); f(1)") == ["f(1)"]

    def test_groups_are_bound(self) -> None:
        body = having(regex("'(?<FIRST>.)(.)"))
        assert bound(body, "f('ab')") == [{"$1": "a", "$2": "b", "$FIRST": "a", "$X": "'ab'"}]

    def test_matches_that_follow_the_first_one_bind_groups_too(self) -> None:
        body = having(regex("(?<LETTER>[a-c])"))
        letters = [each["$LETTER"] for each in bound(body, "f(abxc)", message="$LETTER")]
        assert letters == ["a", "b"]

    def test_each_condition_binds_for_itself(self) -> None:
        body = {"patterns": [{"pattern": "f($X)"}, regex("'(?<A>.)"), regex("'.(?<B>.)")]}
        assert bound(body, "f('ab')", message="$B $A") == [
            {"$1": "a", "$A": "a", "$X": "'ab'"},
            {"$1": "b", "$B": "b", "$X": "'ab'"},
        ]


class TestPattern:
    def test_it_matches_anywhere_in_the_code(self) -> None:
        assert bound(having(pattern("$X", pattern="g($Y)")), "f(1 + g(2)); f(3)") == [
            {"$X": "1 + g(2)", "$Y": "2"}
        ]

    def test_it_must_agree_with_what_is_bound(self) -> None:
        body = having(pattern("$X", pattern="g($Y)"), "f($X, $Y)")
        assert found(body, "f(g(1), 1); f(g(1), 2)") == ["f(g(1), 1)"]

    def test_negations_alone_are_about_the_whole(self) -> None:
        body = having(pattern("$X", patterns=[{"pattern-not": "g(...)"}]))
        assert found(body, "f(g(1)); f(g(1) + 2)") == ["f(g(1) + 2)"]

    def test_a_regex_looks_at_its_source_only(self) -> None:
        body = having(pattern("$X", **{"pattern-regex": "^g"}))
        assert found(body, "f(g(1)); f(h(g))") == ["f(g(1))"]

    def test_inner_conditions_see_the_outer_bindings(self) -> None:
        inner = [{"pattern": "g($Z)"}, comparison("$Z == $Y")]
        body = having(pattern("$X", patterns=inner), "f($X, $Y)")
        assert found(body, "f(g(1), 1); f(g(1), 2)") == ["f(g(1), 1)"]

    def test_statements_and_names_are_code_too(self) -> None:
        body = having(pattern("$...X", pattern="return $Y"), "def $F():\n  $...X")
        assert bound(body, "def a():\n  x\n  return 1")[0]["$Y"] == "1"
        assert found(having(pattern("$F", pattern="a"), "def $F(): ..."), "def a(): pass") == [
            "def a(): pass"
        ]

    @pytest.mark.parametrize(("name", "code"), [("$X", 'f("$X")'), ("$...X", "f($...X)")])
    def test_what_is_no_code_is_an_error_of_the_rule(self, name: str, code: str) -> None:
        (failure,) = result(having(pattern(name, pattern="a"), code), "f('a')").failures
        assert (failure.kind, failure.rule_id) == (ProblemKind.ENGINE_CRASH.value, "r")
        assert f"metavariable-pattern: {name} is not bound" in failure.message


class TestComparison:
    CODE = "n = 5\nf(1); f(7); f(-7); f(7.5); f('7'); f('a'); f(n); f(True); f(7 // 2); f(0x10); f(g()); f(3 + 4)"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("$X == 7", "7 3 + 4"),
            ("$X == 7.5", "7.5"),
            ("$X < 0", "-7"),
            ("int($X) == 7", "7 '7' 3 + 4"),
            ("$X == '7'", "'7'"),
            ("str($X) == '7'", "7 '7' 3 + 4"),
            ("str($X) == 'g()'", "g()"),
            ("$X >= 5 and $X < 7", "n"),
            ("$X in [1, 16]", "1 0x10"),
            ("$X", "True"),
            ("not $X == 7 and $X > 1", "7.5 n 0x10"),
            ("$X % 5 == 0", "n"),
            ("$X / 2 == 3", "7 3 + 4"),
            ("re.match('^a', $X)", "'a'"),
            ("$X > 'a'", ""),
            ("$X == 7 or $Y", ""),
        ],
    )
    def test_it_works_constants_out(self, text: str, expected: str) -> None:
        holding = [each["$X"] for each in bound(having(comparison(text)), self.CODE)]
        assert " ".join(holding) == expected

    def test_strip_reads_strings_as_numbers(self) -> None:
        body = having(comparison("$X > 6", strip=True, metavariable="$X"))
        assert found(body, "f('7'); f(7); f('a')") == ["f('7')", "f(7)"]

    def test_integers_are_of_64_bits(self) -> None:
        code = f"f({2**63 - 1})"
        assert found(having(comparison("$X + 1 < 0")), code) == [code]
        assert found(having(comparison("$X > 0")), f"f({2**63})") == []
