"""What a rule's fix would change, with matches of the real engine."""

from __future__ import annotations

from typing import Any

import pytest
from fix_samples import engine, ruleset

from secloop.fixes.edits import apply
from secloop.fixes.propose import Fix, propose
from secloop.model import Match, Metavariable
from secloop.syntax.document import Document
from secloop.syntax.notebook import cells_document


def proposed(text: str | Document, rule: dict[str, Any]) -> str:
    """The text after what is proposed for the only match of a rule, or ``refused: `` and why."""
    document = text if isinstance(text, Document) else Document("a.py", text)
    rules = ruleset({"id": "it", **rule})
    (result,) = engine(rules)([document])
    (match,) = result.matches
    fix = propose(document, match, rules.rules[0])
    return apply(document, fix.edits).text if isinstance(fix, Fix) else f"refused: {fix.reason}"


RUN = {"pattern": "run($X, shell=True)", "fix": "run($X)"}


@pytest.mark.parametrize(
    ("text", "rule", "after"),
    [
        ('é; run("é", shell=True)', RUN, 'é; run("é")'),
        ("run(a if b else [1,  2], shell=True)", RUN, "run(a if b else [1,  2])"),
        ("run(x , 1, *a, k=3)", {"pattern": "run($X, $...A)", "fix": "go($...A, x=$X)"}, None),
        ("run(x, (1,  2),3)", {"pattern": "run($X, $...A)", "fix": "go($X, [$...A])"}, "go(x, [(1,  2),3])"),
        ("run(x)", {"pattern": "run($X, $...A)", "fix": "go($...A, $X)"}, "go(x)"),
        ("run(x)", {"pattern": "run($X, $...A)", "fix": "go($X, $...A)"}, "go(x)"),
        ('run("$A 1")', {"pattern": 'run("$X")', "fix": "run(b'$X')"}, "run(b'$A 1')"),
        ("run(a)", {"pattern": "run($A)", "fix": "$AB + $A1 + $A"}, "$AB + $A1 + a"),
        (
            "f(run(a, k=b))",
            {"patterns": [{"pattern": "run($A, k=$B)"}, {"focus-metavariable": "$B"}], "fix": "safe($B, $A)"},
            "f(run(a, k=safe(b, a)))",
        ),
        ("x = old(12)", {"pattern-regex": r"old\((\d)(\d)\)", "fix": "new($2, $1)"}, "x = new(2, 1)"),
        (
            "if a:\n\tx = run(a)\n",
            {"pattern": "run($A)", "fix": "\n go($A,\n\n  b)\n"},
            "if a:\n\tx = go(a,\n\n\t      b)\n",
        ),
        ("run(a)\r\n", {"pattern": "run($A)", "fix": "go(\n  $A)"}, "go(\r\n  a)\r\n"),
        ("run(\r\n  [a,\r\n   b])\r\n", {"pattern": "run($A)", "fix": "go($A)"}, "go([a,\r\n   b])\r\n"),
        ("run(a)  # keep", {"pattern": "run($A)", "fix": ""}, "  # keep"),
    ],
)
def test_fix(text: str, rule: dict[str, Any], after: str | None) -> None:
    assert proposed(text, rule) == (after if after is not None else "go(1, *a, k=3, x=x)")


@pytest.mark.parametrize(
    ("regex", "replacement", "more", "after"),
    [
        (r"(a+)b", r"\1-$1-\2\0", {}, "run(aa-aa-aab, aa-aa-aab)"),
        (r"a", "é", {"count": 2}, "run(ééb, aab)"),
        (r"x*$", "!", {}, "run(aab, aab)!"),
        (r"(.*)", r"<\1>", {}, "<run(aab, aab)><>"),
        (r"\(", r"(\n$A", {}, r"run(\n$Aaab, aab)"),
        (r"(?=a)", "b", {}, "refused: its fix-regex cannot run in linear time (invalid perl operator: (?=)"),
        (r"zz", "b", {}, "refused: the fix changes nothing"),
    ],
)
def test_fix_regex(regex: str, replacement: str, more: dict[str, Any], after: str) -> None:
    fix = {"regex": regex, "replacement": replacement, **more}
    assert proposed("run(aab, aab)", {"pattern": "run(...)", "fix-regex": fix}) == after


def test_a_hostile_fix_regex_takes_linear_time() -> None:
    text = f"run({'a' * 20_000}, 1)"
    fix = {"regex": r"(a|aa)+(a|aa)+(a|aa)+b", "replacement": ""}
    assert proposed(text, {"pattern": "run(...)", "fix-regex": fix}) == "refused: the fix changes nothing"


@pytest.mark.parametrize(("place", "after"), [(None, 'run("hello")'), ((1, 6), "refused")])
def test_a_group_of_a_metavariable_regex_has_no_place(place: tuple[int, int] | None, after: str) -> None:
    conditions = [{"pattern": "run($X)"}, {"metavariable-regex": {"metavariable": "$X", "regex": ".(h.*) "}}]
    rules = ruleset({"id": "it", "patterns": conditions, "fix": 'run("$1")'})
    document = Document("a.py", 'run("hello you")')
    group = Metavariable("$1", "hello", document.span(*place) if place else None)
    match = Match("it", document.span(0, 16), "found", (group,))
    fix = propose(document, match, rules.rules[0])
    assert (apply(document, fix.edits).text if isinstance(fix, Fix) else "refused") == after


def test_an_unbound_metavariable_is_refused() -> None:
    rule = {"pattern-either": [{"pattern": "run($A)"}, {"pattern": "go($A, $B)"}], "fix": "f($A, $B)"}
    assert proposed("run(a)", rule) == "refused: $B is not bound in this match"


def test_a_codemod_comes_first_and_the_fix_in_its_stead() -> None:
    rule = {
        "pattern": "yaml.load(...)",
        "fix": "other()",
        "metadata": {"secloop": {"codemod": "yaml-safe-load"}},
    }
    assert proposed("import yaml\nyaml.load(f)", rule) == "import yaml\nyaml.safe_load(f)"
    assert proposed("import yaml\nyaml.load(f, Loader=Mine)", rule) == "import yaml\nother()"


def test_an_unknown_codemod_is_refused_by_name() -> None:
    rule = {"pattern": "f()", "metadata": {"secloop": {"codemod": "nope"}}}
    assert proposed("f()", rule) == "refused: there is no codemod 'nope'"


def test_a_fix_stays_in_its_cell() -> None:
    document = cells_document("n.ipynb", [(0, "run(a)"), (1, "end()")])
    assert proposed(document, {"pattern": "run($A)", "fix": "go($A,\n1)"}) == "go(a,\n1)\nend()"
    rule = {"patterns": [{"pattern-regex": r"run\(a\)\nend\(\)"}], "fix": "gone()"}
    assert proposed(document, rule) == "refused: the fix would reach over the edge of a notebook cell"
