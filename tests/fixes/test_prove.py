"""Proofs: what may be offered, and all fixes of a file together."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from fix_samples import engine, match_at, ruleset
from msgspec.structs import replace

from secloop.fixes.edits import apply
from secloop.fixes.prove import FixedDocument, Memory, fix_all, prove
from secloop.model import FileResult, Match, Problem, ProblemKind, RuleSet
from secloop.syntax.document import Document

SHELL = {"id": "shell", "pattern": "run($X, shell=True)", "fix": "run($X)"}
EVAL = {"id": "eval", "pattern": "eval($X)", "metadata": {"secloop": {"codemod": "literal-eval"}}}
RANDOM = {
    "id": "random",
    "pattern": "random.choice(...)",
    "metadata": {"secloop": {"codemod": "random-to-secrets"}},
}


class Counting:
    """The real engine, and how many documents each of its calls was given."""

    def __init__(self, rules: RuleSet) -> None:
        self.calls: list[int] = []
        self._analyse = engine(rules)

    def __call__(self, documents: Sequence[Document]) -> Sequence[FileResult]:
        self.calls.append(len(documents))
        return self._analyse(documents)


def matches(document: Document, rules: RuleSet) -> tuple[Match, ...]:
    """Everything that the rules find."""
    (result,) = engine(rules)([document])
    return result.matches


def reasons(text: str, *definitions: dict[str, Any], path: str = "a.py") -> list[str]:
    """Why each match's fix is not offered, in order; empty for one that is."""
    rules = ruleset(*definitions)
    document = Document(path, text)
    found = matches(document, rules)
    proofs = prove(document, found, rules, engine(rules))
    assert all(proofs[match].holds == (proofs[match].reason == "") for match in found)
    return [proofs[match].reason for match in found]


def test_a_fix_that_works_is_offered_with_the_text_after_it() -> None:
    rules = ruleset(SHELL)
    document = Document("a.py", 'run("é", shell=True)\n')
    (match,) = matches(document, rules)
    proof = prove(document, [match], rules, engine(rules))[match]
    assert proof.fix is not None
    assert proof.after is not None
    assert proof.after.text == apply(document, proof.fix.edits).text == 'run("é")\n'


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({**SHELL, "fix": "run($X, shell=True, n=1, n=2)"}, "the fixed text would not parse"),
        ({**SHELL, "fix": "run($X"}, "the fixed text would not parse"),
        ({**SHELL, "fix": "safe(run($X, shell=True))"}, "the finding would still be there"),
        ({**SHELL, "fix": "[run($X, shell=True), run(1, shell=True)]"}, "the finding would still be there"),
        ({**SHELL, "fix": "eval($X)"}, "the fix would bring a new finding of eval"),
        ({**SHELL, "fix": "run($X, shell=True)"}, "the fix changes nothing"),
        ({"id": "shell", "pattern": "run($X, shell=True)"}, "the rule defines no fix"),
    ],
)
def test_a_fix_that_does_not_work_is_not_offered(rule: dict[str, Any], reason: str) -> None:
    assert reasons("run(a, shell=True)\neval(b)\n", rule, EVAL) == [reason, ""]


def test_a_broken_file_may_be_fixed_as_long_as_it_gets_no_worse() -> None:
    text = "def (:\n\n\ndef f():\n    run(a, shell=True)\n"
    assert reasons(text, SHELL) == [""]
    assert reasons(text, {**SHELL, "fix": "run($X ]"}) == ["the fixed text would not parse"]


@pytest.mark.parametrize(
    ("path", "language", "text", "fix", "holds"),
    [
        ("a.js", "js", "f(1);\n", "g(1)", True),
        ("a.js", "js", "f(1);\n", "g(1", False),
        ("a.ts", "ts", "let a: number = f(1);\n", "(", False),
        ("a.go", "go", "package a\nfunc b() { f(1) }\n", "g(1)", True),
        ("a.go", "go", "package a\nfunc b() { f(1) }\n", "g(1", False),
    ],
)
def test_other_languages_must_parse_too(path: str, language: str, text: str, fix: str, holds: bool) -> None:
    rule = {"id": "it", "languages": [language], "pattern": "f(1)", "fix": fix}
    assert reasons(text, rule, path=path) == ["" if holds else "the fixed text would not parse"]


def test_an_engine_that_could_not_decide_proves_nothing() -> None:
    rules = ruleset(SHELL)
    document = Document("a.py", "run(a, shell=True)\n")
    (match,) = matches(document, rules)
    problem = Problem(ProblemKind.TIMEOUT, "it took too long", "a.py")

    def analyse(documents: Sequence[Document]) -> Sequence[FileResult]:
        return [replace(result, problems=(problem,)) for result in engine(rules)(documents)]

    proof = prove(document, [match], rules, analyse)[match]
    assert (proof.fix, proof.reason) == (None, "the fixed text could not be checked: it took too long")


def test_proofs_of_a_file_are_one_call_and_remembered() -> None:
    rules = ruleset(SHELL)
    analyse, memory = Counting(rules), Memory()
    document = Document("a.py", "run(a, shell=True)\nrun(b, shell=True)\n")
    found = matches(document, rules)
    first = prove(document, found, rules, analyse, memory=memory)
    assert prove(document, found, rules, analyse, memory=memory) == first
    assert analyse.calls == [3]
    assert prove(document, [], rules, analyse) == {}


def test_a_memory_is_bounded() -> None:
    rules = ruleset(SHELL)
    analyse, memory = Counting(rules), Memory(capacity=1)
    for text in ("a = 1", "b = 1", "a = 1"):
        memory.facts([Document("a.py", text)], rules, analyse)
    assert analyse.calls == [1, 1, 1]


def fixed(
    text: str, *definitions: dict[str, Any], only: Callable[[Match], bool] = lambda _: True
) -> FixedDocument:
    """A text after all fixes of the matches that are to be fixed."""
    rules = ruleset(*definitions)
    document = Document("a.py", text)
    return fix_all(
        document, [match for match in matches(document, rules) if only(match)], rules, engine(rules)
    )


def test_all_fixes_are_applied_and_imports_added_once() -> None:
    after = fixed("x = eval(a)\ny = eval(b) if run(c, shell=True) else eval(d)\n", SHELL, EVAL)
    assert after.document.text == (
        "import ast\n\nx = ast.literal_eval(a)\ny = ast.literal_eval(b) if run(c) else ast.literal_eval(d)\n"
    )
    assert (len(after.applied), after.refused) == (4, ())


def test_nested_fixes_need_another_round() -> None:
    after = fixed("run(run(run(a, shell=True), shell=True), shell=True)\n", SHELL)
    assert after.document.text == "run(run(run(a)))\n"
    assert len(after.applied) == 3


def test_the_last_fix_takes_the_import_with_it() -> None:
    text = "import random\n\nkey = random.choice(a)\ntoken = random.choice(b)\n"
    after = fixed(text, RANDOM)
    assert after.document.text == "import secrets\n\nkey = secrets.choice(a)\ntoken = secrets.choice(b)\n"


def test_only_the_matches_given_are_fixed() -> None:
    text = "run(a, shell=True)\nrun(run(b, shell=True), shell=True)\n"
    after = fixed(text, SHELL, only=lambda match: match.span.start.line == 2)
    assert after.document.text == "run(a, shell=True)\nrun(run(b))\n"
    assert len(after.applied) == 2


def test_what_cannot_be_proved_is_left_out_and_the_rest_applied() -> None:
    bad = {"id": "bad", "pattern": "bad($X)", "fix": "bad($X"}
    back = {"id": "back", "pattern": "back($X)", "fix": "bad($X)"}
    text = "run(a, shell=True)\nbad(1)\nrun(b, shell=True)\nback(2)\nrun(c, shell=True)\nfine()\n"
    after = fixed(text, SHELL, bad, back)
    assert after.document.text == "run(a)\nbad(1)\nrun(b)\nback(2)\nrun(c)\nfine()\n"
    assert [(refusal.match.rule_id, refusal.reason) for refusal in after.refused] == [
        ("bad", "the fixed text would not parse"),
        ("back", "the fix would bring a new finding of bad"),
    ]


def test_fixes_that_only_fail_together_are_not_all_applied() -> None:
    # Each adds a keyword that Python takes once.
    rules = ruleset(
        *(
            {
                "id": name,
                "patterns": [
                    {"pattern": f"f(..., {name}=$X, ...)"},
                    {"pattern": "$X"},
                    {"focus-metavariable": "$X"},
                    {"metavariable-regex": {"metavariable": "$X", "regex": "1"}},
                ],
                "fix": "0, k=0",
            }
            for name in ("one", "two")
        )
    )
    document = Document("a.py", "f(one=1, two=1)\n")
    after = fix_all(document, matches(document, rules), rules, engine(rules))
    assert after.document.text == "f(one=0, k=0, two=1)\n"
    assert [refusal.reason for refusal in after.refused] == ["the fixed text would not parse"]
    ast.parse(after.document.text)


def test_a_fix_that_comes_back_for_ever_ends() -> None:
    swap = {"id": "swap", "pattern-either": [{"pattern": "a()"}, {"pattern": "b(a())"}], "fix": "b(a())"}
    after = fixed("a()\n", swap)
    assert (after.document.text, after.changed) == ("a()\n", False)


def test_a_match_of_a_rule_that_is_gone_is_refused() -> None:
    rules = ruleset(SHELL)
    document = Document("a.py", "run(a, shell=True)\n")
    match = match_at(document, "gone", 0, 3)
    after = fix_all(document, [match], rules, engine(rules))
    assert [refusal.reason for refusal in after.refused] == ["its rule is not loaded"]


def test_unmatched_brackets_tell_where_no_rule_made_the_engine_parse() -> None:
    rules = ruleset({"id": "it", "languages": ["go"], "pattern": "f(1)", "fix": "g(1 // )"})
    document = Document("a.go", "package a\nfunc b() { f(1) } // ([\n")
    (match,) = matches(document, rules)

    def analyse(documents: Sequence[Document]) -> Sequence[FileResult]:
        return [FileResult(each.path, (match,) if each is document else ()) for each in documents]

    assert prove(document, [match], rules, analyse)[match].reason == "the fixed text would not parse"
