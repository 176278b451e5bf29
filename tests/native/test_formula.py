"""What is compiled, and what is left to semgrep-core with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from native_rules import make_rule, result

from secloop.engine.native.compiled import compiled
from secloop.engine.native.explain import anchors, described
from secloop.engine.native.plan import NATIVE, SEMGREP, Plan, plan

REGEX = {"metavariable-regex": {"metavariable": "$X", "regex": "a"}}


def formula(body: dict[str, Any]) -> Any:
    made = compiled(make_rule(body))
    assert not isinstance(made, str), made
    return made.formula


def test_both_syntaxes_become_the_same_formula() -> None:
    old = {
        "patterns": [
            {"pattern-either": [{"pattern": "f($X)"}, {"pattern": "g($X)"}]},
            {"pattern-regex": "g.x"},
            {"pattern-not": "f(1)"},
            {"pattern-inside": {"patterns": [{"pattern": "h(...)"}]}},
            {"pattern-not-inside": "k(...)"},
            {"pattern-not-regex": "z"},
            {"metavariable-comparison": {"comparison": "$X > 1", "metavariable": "$X"}},
            {"metavariable-pattern": {"metavariable": "$X", "pattern": "y"}},
            {"focus-metavariable": "$X"},
        ]
    }
    new = {
        "match": {
            "all": [
                {"any": ["f($X)", "g($X)"]},
                {"regex": "g.x"},
                {"not": "f(1)"},
                {"inside": {"all": ["h(...)"]}},
                {"not": {"inside": "k(...)"}},
                {"not": {"regex": "z"}},
            ],
            "where": [
                {"comparison": "$X > 1"},
                {"metavariable": "$X", "pattern": "y"},
                {"focus": "$X"},
            ],
        }
    }
    assert described(formula(old)) == described(formula(new))


def test_anchors_are_words_of_which_one_of_each_group_must_be_there() -> None:
    either = {"pattern-either": [{"pattern": "f($X)"}, {"pattern": "g(h)"}]}
    body = {"patterns": [either, {"pattern-inside": "k(...)"}, {"pattern-not": "z()"}]}
    assert anchors(formula(body)) == [["f", "g"], ["k"]]
    assert anchors(formula({"pattern-either": [{"pattern": "f($X)"}, {"pattern": "$X"}]})) == []


def test_a_plan_depends_on_the_rule_alone() -> None:
    assert plan(make_rule("f($X)")) == Plan(NATIVE)
    assert plan(make_rule("f($X)", languages=["python", "js"])) == Plan(
        SEMGREP, "its languages are js, python"
    )
    assert plan(make_rule({"pattern-regex": "a"}, languages=["regex"])) == Plan(NATIVE)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"pattern": "f(...)", "options": {"xyz": True}}, "option xyz"),
        (
            {
                "patterns": [
                    {"pattern": "$X"},
                    {"metavariable-analysis": {"analyzer": "entropy", "metavariable": "$X"}},
                ]
            },
            "metavariable-analysis",
        ),
        ({"patterns": [{"pattern": "$X"}, {"pattern-where-python": "True"}]}, "pattern-where-python"),
        (
            {
                "patterns": [
                    {"pattern": "f($X)"},
                    {
                        "metavariable-pattern": {
                            "metavariable": "$X",
                            "language": "generic",
                            "pattern": "a",
                        }
                    },
                ]
            },
            "metavariable-pattern in another language",
        ),
        (
            {
                "patterns": [
                    {"pattern": "f($X)"},
                    {"metavariable-comparison": {"comparison": "strptime($X) < today()"}},
                ]
            },
            "metavariable-comparison with a function other than int, str and re.match",
        ),
        ({"pattern-regex": r"\p{L}"}, r"a regex with \p"),
        ({"match": {"all": ["f($X)", {"not": "f(1)", "where": [{"focus": "$X"}]}]}}, "where beside not"),
        (
            {
                "patterns": [
                    {"pattern": "f($X, $Y)"},
                    {"focus-metavariable": ["$X", "$Y"]},
                    {"focus-metavariable": "$X"},
                ]
            },
            "several focuses, one of them on several metavariables",
        ),
        (
            {
                "patterns": [
                    {"pattern-either": [{"pattern": "f($X)"}, {"pattern": "g()"}]},
                    {"metavariable-pattern": {"metavariable": "$X", "pattern": "a"}},
                ]
            },
            "metavariable-pattern on $X, which may be unbound",
        ),
        ({"patterns": [{"pattern-not": "f()"}]}, "nothing but negations and conditions"),
        ({"pattern": "f("}, ""),
    ],
)
def test_what_is_not_reproduced_is_left_to_semgrep(body: dict[str, Any], reason: str) -> None:
    planned = plan(make_rule(body))
    assert planned.engine == SEMGREP
    assert reason in planned.reason


def test_taint_rules_run_natively() -> None:
    body = {
        "mode": "taint",
        "pattern-sources": [{"pattern": "source()"}],
        "pattern-sinks": [{"pattern": "sink(...)"}],
    }
    assert plan(make_rule(body)) == Plan(NATIVE)
    (found,) = result(body, "a = source()\nsink(a)").found
    assert [kind for kind, *_ in found.trace] == ["source", "step", "sink"]
