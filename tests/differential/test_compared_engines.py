"""The harness notices every way in which an engine could differ, and reduces what it notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from compared_engines import Answer, Answers, Difference, Engine, SemgrepCore, differences
from reduce_difference import reduced, report
from rule_corpus import comparable

from secloop.engine.result import Found
from secloop.model import Rule
from secloop.syntax.document import Document

SEARCH = comparable({"id": "search", "languages": ["python"], "pattern": "run($X, ..., shell=$Y, ...)"})
TAINT = comparable(
    {
        "id": "taint",
        "mode": "taint",
        "pattern-sources": [{"pattern": "source(...)"}],
        "pattern-sinks": [{"pattern": "sink(...)"}],
    }
)
CODE = Document(
    "a.py",
    """\
import os

class Runner:
    def start(self, command):
        print("start", command)
        for each in command:
            if each:
                run(each, 1, shell=True)
        value = source("a")
        sink(value)
        return value
""",
)


@pytest.fixture(scope="module")
def core() -> SemgrepCore:
    """The oracle."""
    return SemgrepCore()


def mutated(core: Engine, change: Callable[[Found], Found | None]) -> Engine:
    """An engine that answers as semgrep-core does but for a change to each finding, None to drop it."""

    def engine(rules: Sequence[Rule], documents: Sequence[Document]) -> Answers:
        answers = core(rules, documents)
        return {
            key: replace(answer, found=tuple(new for f in answer.found if (new := change(f)) is not None))
            for key, answer in answers.items()
        }

    return engine


def kinds(
    rules: list[Rule], documents: list[Document], core: Engine, native: Engine
) -> list[tuple[str, str]]:
    return [(each.kind, each.rule.id) for each in differences(rules, documents, core, native)]


def test_equal_engines_do_not_differ(core: SemgrepCore) -> None:
    answers = core([SEARCH, TAINT], [CODE])
    assert [len(answer.found) for answer in answers.values()] == [1, 1]
    assert kinds([SEARCH, TAINT], [CODE], core, core) == []


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        (lambda found: None, "missing"),
        (lambda found: replace(found, end=found.end - 1), "missing"),
        (
            lambda found: replace(found, metavariables=found.metavariables[:1], trace=found.trace[1:]),
            "missing",
        ),
        (lambda found: replace(found, message="another"), "detail"),
    ],
    ids=["dropped", "other range", "other binding or source", "other message"],
)
def test_a_changed_finding_is_noticed(
    core: SemgrepCore, change: Callable[[Found], Found | None], noticed: str
) -> None:
    assert kinds([SEARCH, TAINT], [CODE], core, mutated(core, change)) == [
        (noticed, "search"),
        (noticed, "taint"),
    ]


def test_a_finding_too_many_is_noticed(core: SemgrepCore) -> None:
    assert [kind for kind, _ in kinds([SEARCH, TAINT], [CODE], mutated(core, lambda found: None), core)] == [
        "unexpected",
        "unexpected",
    ]


def test_the_multiplicity_of_a_finding_counts(core: SemgrepCore) -> None:
    def twice(rules: Sequence[Rule], documents: Sequence[Document]) -> Answers:
        return {
            key: replace(answer, found=answer.found * 2) for key, answer in core(rules, documents).items()
        }

    assert kinds([SEARCH], [CODE], core, twice) == [("unexpected", "search")]


def test_a_rule_that_semgrep_core_refuses_must_be_refused(core: SemgrepCore) -> None:
    refused = comparable({"id": "refused", "pattern": "run($X"})

    def accepts(rules: Sequence[Rule], documents: Sequence[Document]) -> Answers:
        return {(0, 0): Answer()}

    assert kinds([refused], [CODE], core, accepts) == [("accepted", "refused")]
    assert kinds([refused], [CODE], core, core) == []


def test_code_that_does_not_parse_is_compared_for_no_finding(core: SemgrepCore) -> None:
    broken = Document("a.py", CODE.text + "def f(:\n    run(1, shell=True)\n")
    assert kinds([SEARCH], [broken], core, mutated(core, lambda found: None)) == []


def test_metavariables_keep_matches_of_one_range_apart(core: SemgrepCore) -> None:
    rule = comparable({"id": "several", "message": "fixed", "pattern": "f(..., $X, ...)"})
    answers = core([rule], [Document("a.py", "f(a, b, c)\n")])
    assert [found.metavariables[0][1] for found in answers[0, 0].found] == ["a", "b", "c"]


def test_a_difference_is_reduced_to_little_code_and_a_small_rule(core: SemgrepCore) -> None:
    rule = comparable(
        {
            "id": "large",
            "patterns": [
                {"pattern-either": [{"pattern": "run($X, ..., shell=$Y, ...)"}, {"pattern": "other(...)"}]},
                {"pattern-inside": "class $C:\n    ..."},
                {"pattern-not": "run(...,\n  check=True)"},
            ],
        }
    )
    native = mutated(core, lambda found: None)
    (difference,) = differences([rule], [CODE], core, native)
    least = reduced(difference, core, native, rounds=40)
    assert least.kind == "missing"
    assert len(least.document.text.splitlines()) == 1
    assert len(str(least.rule.definition)) < len(str(SEARCH.definition))
    assert "* " in report(least)


def test_a_report_says_rule_code_and_both_answers(core: SemgrepCore) -> None:
    (difference,) = differences([SEARCH], [CODE], core, mutated(core, lambda found: None))
    assert isinstance(difference, Difference)
    text = report(difference)
    assert "pattern: run($X, ..., shell=$Y, ...)" in text
    assert "class Runner:" in text
    assert "* 153-177 'run(each, 1, shell=True)' $X='each'@157-161, $Y='True'@172-176" in text
    assert text.endswith("--- native\n")
