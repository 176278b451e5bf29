"""Testing rules: annotations as Semgrep has them, fixes, and what a miss looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from msgspec.structs import replace
from rule_samples import loaded, repo, rule

from secloop.model import FileResult, Match, Problem, ProblemKind, RuleSet
from secloop.rules.testing import Suite, SuiteReport, expectation, fixed_name, run_suites, target_names
from secloop.syntax.document import Document


def analyze(documents: Sequence[Document], ruleset: RuleSet) -> Iterable[FileResult]:
    """Each rule finds its own id followed by ``()``."""
    for document in documents:
        found = []
        for each in ruleset.rules:
            start = document.data.find(f"{each.id}()".encode())
            while start >= 0:
                found.append(Match(each.id, document.span(start, start + len(each.id) + 2), "m"))
                start = document.data.find(f"{each.id}()".encode(), start + 1)
        yield FileResult(document.path, tuple(found))


def fix(document: Document, result: FileResult, ruleset: RuleSet) -> Document:
    """Removes the parentheses of what was found."""
    text = document.text
    for match in result.matches:
        text = text.replace(f"{match.rule_id}()", match.rule_id)
    return Document(document.path, text)


RULES = loaded(
    repo(
        rule("pattern: a\npaths: {include: [src]}", "a")
        + "  - {id: b, severity: INFO, message: m, languages: [js], pattern: b}\n"
    )
)


def run(text: str, fixed: str | None = None, analyzer=analyze) -> SuiteReport:
    expected = {} if fixed is None else {"sample.py": Document("sample.fixed.py", fixed)}
    suite = Suite(".secloop/rules/sample.yaml", (Document("sample.py", text),), expected)
    (report,) = run_suites([suite], RULES, analyzer, fix)
    return report


@pytest.mark.parametrize(
    "comment",
    [
        "# ruleid: a",
        "#ruleid:a",
        "// ruleid: a",
        "/* ruleid: a */",
        "/* ruleid: a*/",
        "<!-- ruleid: a -->",
        "<!--ruleid:a-->",
        "(* ruleid: a *)",
        "-- ruleid: a",
        "; ruleid: a",
        "    {/* ruleid: a */}",
        "f(x)  # ruleid: a",
        "# ruleid: some.path.a",
        "# ruleid: b, a",
    ],
)
def test_an_annotation_is_about_the_next_line_in_any_comment_syntax(comment: str) -> None:
    text = f"{comment}\na() b()\n"
    assert [each for each in run(text).misses if each.rule_id == "a"] == []
    (missed,) = [each for each in run(f"{comment}\n\na()\n").misses if each.rule_id == "a"]
    assert (missed.missing, missed.unexpected) == ((2,), (3,))


@pytest.mark.parametrize("text", ["ruleid: a\na()\n", "x = 'ruleid: a'\na()\n", "# my ruleid: a\na()\n"])
def test_other_text_is_no_annotation(text: str) -> None:
    assert expectation(Document("x", text)).rule_ids == frozenset()


def test_annotations_in_a_row_are_about_the_line_after_them() -> None:
    said = expectation(Document("x", "# ruleid: a\n# ok: b\n# todook: c, d\ncode\n# ruleid: e"))
    assert said.expected == {"a": {4}}
    assert said.forbidden == {"b": {4}}
    assert said.undecided == {"c": {4}, "d": {4}}


def test_lines_end_only_where_lines_end() -> None:
    assert expectation(Document("x", "\x0c\u2028\r# ruleid: a\r\na()")).expected == {"a": {3}}


def test_every_line_found_must_be_expected() -> None:
    (miss,) = run("# ruleid: a\na()\n# ruleid: a\nx\n# ok: a\na()\na()\n").misses
    assert (miss.rule_id, miss.missing, miss.unexpected) == ("a", (4,), (6, 7))


def test_todo_lines_are_neither_missed_nor_unexpected() -> None:
    assert run("# todoruleid: a\nx\n# todook: a\na()\n# todoruleid: a\na()\n").passed


def test_paths_do_not_hold_for_tests() -> None:
    assert run("# ruleid: a\na()\n# ruleid: b\nb()\n").untested == ()


def test_an_id_that_no_rule_has_fails() -> None:
    report = run("# ruleid: a\na()\n# ok: c\nx\n")
    assert report.unknown == (("sample.py", "c"),)
    assert not report.passed


def test_a_rule_of_which_nothing_is_expected_is_reported_and_does_not_fail() -> None:
    report = run("# ruleid: a\na()\n# ok: b\nx\n")
    assert report.untested == ("b",)
    assert report.passed


def test_what_could_not_be_analysed_fails() -> None:
    def failing(documents: Sequence[Document], ruleset: RuleSet) -> Iterable[FileResult]:
        for result in analyze(documents, ruleset):
            of_a = Problem(ProblemKind.TIMEOUT, "took too long", result.path, rule_id="a")
            yield replace(result, problems=(of_a, replace(of_a, rule_id="of another file")))

    report = run("# ruleid: a\na()\n", analyzer=failing)
    assert [problem.rule_id for problem in report.problems] == ["a"]
    assert not report.passed


def test_fixes_must_make_the_fixed_file() -> None:
    text = "# ruleid: a\na()\nkept\n"
    assert run(text, fixed="# ruleid: a\na\nkept\n").passed
    (miss,) = run(text, fixed="# ruleid: a\nA\nkept\n").fix_misses
    assert miss.diff.splitlines()[3:] == [" # ruleid: a", "-A", "+a", " kept", " "]


def test_a_fixed_file_may_have_other_line_ends_but_not_another_end() -> None:
    assert run("# ruleid: a\na()\n", fixed="# ruleid: a\r\na\r\n").passed
    assert not run("# ruleid: a\na()\n", fixed="# ruleid: a\na").passed


NAMES = [
    *("x.yaml", "x.py", "x.fixed.py", "x.jsx", "x.1.py", "x.test.yaml", "x.fixed.yaml", "x.test.fixed.yml"),
    *("x.y.yml", "x.y.py", "xx.py", "README.md", ".x.yaml"),
]


def test_tests_are_the_files_of_the_same_name() -> None:
    assert target_names("x.yaml", NAMES) == ("x.1.py", "x.jsx", "x.py", "x.test.yaml")
    assert target_names("x.y.yml", NAMES) == ("x.y.py",)
    assert target_names("z.yaml", NAMES) == ()


@pytest.mark.parametrize(
    ("name", "fixed"),
    [
        ("x.py", "x.fixed.py"),
        ("x.test.yaml", "x.fixed.yaml"),
        ("x.jsx", None),
        ("x.test.yml", "x.test.fixed.yml"),
    ],
)
def test_the_fixed_file_of_a_test(name: str, fixed: str | None) -> None:
    assert fixed_name(name, NAMES) == fixed
