"""Writing a suppression changes comments only, and takes effect; removing it brings the text back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_samples import TODAY, evaluate, marked, match, rules

from secloop.model import FileResult, Finding, Match, Severity
from secloop.policy.annotate import Additions, add_suppressions, edited, remove_suppression
from secloop.policy.evaluate import evaluate_file
from secloop.syntax.document import Cell, Document
from secloop.syntax.source import syntax_of
from secloop.workspace.settings import Config, SuppressionSettings

RULES = rules("r", "s")


def added(
    source: str,
    reason: str = "legacy",
    path: str = "app.py",
    settings: SuppressionSettings | None = None,
) -> tuple[str, Additions, tuple[Finding, ...]]:
    """The text with suppressions for all that is marked, and what was decided."""
    document, _ = marked(source, path)
    findings = evaluate(source, ruleset=RULES, path=path).findings
    additions = add_suppressions(document, findings, reason, settings)
    return edited(document, additions.edits).text, additions, findings


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("§f()§\n", "f()  # secloop: ignore[r] legacy\n"),
        ("§f()§", "f()  # secloop: ignore[r] legacy"),
        ("§f()§   \n", "f()  # secloop: ignore[r] legacy   \n"),
        ("§f()§\r\n§g()§\r\n", "f()  # secloop: ignore[r] legacy\r\ng()  # secloop: ignore[r] legacy\r\n"),
        ("§s!f()§; §r!g()§; §h()§\n", "f(); g(); h()  # secloop: ignore[r, s] legacy\n"),
        ("§f()§  # noqa\n", "f()  # noqa  # secloop: ignore[r] legacy\n"),
        ("§f()§  # secloop: ignore[s] old\n", "f()  # secloop: ignore[s, r] old\n"),
        ("# secloop: ignore[s] old\n§f()§\n", "# secloop: ignore[s, r] old\nf()\n"),
        ("§f()§  # secloop: ignore\n", "f()  # secloop: ignore  # secloop: ignore[r] legacy\n"),
        ("§f(\n    1)§\n", "f(  # secloop: ignore[r] legacy\n    1)\n"),
        ('  x = §"""a\nb"""§\n', '  # secloop: ignore[r] legacy\n  x = """a\nb"""\n'),
        ("x = §f()§ + \\\n    1\n", "# secloop: ignore[r] legacy\nx = f() + \\\n    1\n"),
        ("x = 1 + \\\n    §f()§\n", "x = 1 + \\\n    f()  # secloop: ignore[r] legacy\n"),
        ('# nosemgrep: q\n§f("""\n""")§\n', '# secloop: ignore[r] legacy\n# nosemgrep: q\nf("""\n""")\n'),
        ("\tif x: §f('é🎉')§\n", "\tif x: f('é🎉')  # secloop: ignore[r] legacy\n"),
        ("x = f'''{§g()§}\n'''\n", "# secloop: ignore[r] legacy\nx = f'''{g()}\n'''\n"),
    ],
)
def test_where_a_python_comment_goes(source: str, expected: str) -> None:
    text, additions, _ = added(source)
    assert text == expected
    assert not additions.impossible


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("a.js", "§f()§\n", "f()  // secloop: ignore[r] legacy\n"),
        ("a.js", "x = `${§f()§}\n`\n", "// secloop: ignore[r] legacy\nx = `${f()}\n`\n"),
        ("a.yaml", "a:\n  - §b§\n", "a:\n  - b  # secloop: ignore[r] legacy\n"),
        ("Dockerfile", "FROM a\n§RUN curl x§\n", "FROM a\n# secloop: ignore[r] legacy\nRUN curl x\n"),
        ("a.go", "x := §f()§\n", "x := f()  // secloop: ignore[r] legacy\n"),
    ],
)
def test_where_it_goes_in_other_languages(path: str, source: str, expected: str) -> None:
    text, additions, _ = added(source, path=path)
    assert text == expected
    assert not additions.impossible


@pytest.mark.parametrize(
    ("path", "source", "why"),
    [
        ("a.py", 'x = f"""\n{§f()§}\n"""\n', "string"),
        ("a.py", "x = 1 + \\\n    §f()§ + \\\n    2\n", "continued line"),
        ("a.yaml", "run: |\n  a\n  §curl§\n  b\n", "string"),
        ("a.json", '{"a": §1§}\n', "no line comments"),
    ],
)
def test_where_no_comment_can_stand_the_text_is_left_alone(path: str, source: str, why: str) -> None:
    text, additions, findings = added(source, path=path)
    assert text == source.replace("§", "")
    ((finding, said),) = additions.impossible
    assert finding == findings[0]
    assert why in said
    assert "waiver" in said


def test_what_cannot_be_suppressed_does_not_keep_others_from_it() -> None:
    text, additions, findings = added('§f()§\nx = f"""\n{§f()§}\n"""\n§f()§\n')
    assert [finding for finding, _ in additions.impossible] == [findings[1]]
    assert text.count("secloop: ignore[r] legacy") == 2


def test_policy_decides_what_can_be_suppressed() -> None:
    forbid = SuppressionSettings(forbid_from=Severity.HIGH)
    _, additions, _ = added("§f()§", settings=forbid)
    assert "forbids" in additions.impossible[0][1]
    _, additions, _ = added("§f()§", " - ", settings=SuppressionSettings(require_reason=True))
    assert "reason" in additions.impossible[0][1]
    text, _, _ = added("§f()§  # secloop: ignore[s]", settings=SuppressionSettings(require_reason=True))
    assert text == "f()  # secloop: ignore[s]  # secloop: ignore[r] legacy"


def test_what_is_suppressed_already_gets_nothing() -> None:
    _, additions, _ = added("§f()§  # secloop: ignore[r]")
    assert additions == Additions((), ())


def test_a_reason_stays_in_one_line() -> None:
    text, _, _ = added("§f()§\n", "see\r\n  the   ticket\n")
    assert text == "f()  # secloop: ignore[r] see the ticket\n"


def test_in_a_notebook_it_goes_into_the_cell() -> None:
    document = Document("a.ipynb", "f()\ng('''\n''')", cells=(Cell(0, 0, 3), Cell(2, 4, 14)))
    matches = tuple(match(document, "r", start, start + 3) for start in (0, 4))
    file = evaluate_file(document, FileResult("a.ipynb", matches), RULES, Config(), TODAY)
    after = edited(document, add_suppressions(document, file.findings, "old").edits)
    first, second = (after.slice(cell.start, cell.end) for cell in after.cells)
    assert first == "f()  # secloop: ignore[r] old"
    assert second == "# secloop: ignore[r] old\ng('''\n''')"


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("a.py", "§f()§  # secloop: ignore[r] why\n", "f()\n"),
        ("a.py", "§f()§  # secloop: ignore[r, s] why\n", "f()  # secloop: ignore[s] why\n"),
        ("a.py", "x\n  # secloop: ignore[r] why\r\n§f()§\r\n", "x\nf()\r\n"),
        ("a.py", "§f()§  # noqa  # secloop: ignore[r] why\n", "f()  # noqa\n"),
        ("a.py", "§f()§  # secloop: ignore[r] why  # noqa\n", "f()  # noqa\n"),
        ("a.py", "# secloop: ignore[r]\n# secloop: ignore[r, s]\n§f()§\n", "# secloop: ignore[s]\nf()\n"),
        ("a.js", "§f()§ /* secloop: ignore[r] why */; g()\n", "f() ; g()\n"),
        ("a.js", "§f()§; // secloop: ignore[r] why", "f();"),
        ("a.js", "/* secloop: ignore[r] why */\n§f()§", "f()"),
    ],
)
def test_removing(path: str, source: str, expected: str) -> None:
    document, _ = marked(source, path)
    finding = evaluate(source, ruleset=RULES, path=path).findings[0]
    edits = remove_suppression(document, finding)
    assert edits is not None
    assert edited(document, edits).text == expected


@pytest.mark.parametrize(
    "comment", ["", "# nosemgrep", "# nosec", "# secloop: ignore[s]", "# secloop: ignore"]
)
def test_only_our_own_comment_for_that_rule_is_removed(comment: str) -> None:
    source = f"§f()§  {comment}\n"
    document, _ = marked(source)
    assert remove_suppression(document, evaluate(source, ruleset=RULES).findings[0]) is None


def test_a_comment_that_names_a_rule_twice_is_left_to_its_author() -> None:
    source = "§f()§  # secloop: ignore[r] a # secloop: ignore[r] b\n"
    document, _ = marked(source)
    assert remove_suppression(document, evaluate(source, ruleset=RULES).findings[0]) is None


PIECES = st.lists(
    st.sampled_from(
        [
            "§f()§\n",
            "x = §f('''\n''')§\n",
            "if §a§: §s!b()§\n",
            "# secloop: ignore[s] old\n",
            "# nosemgrep: s\n",
            "\n",
            'y = f"""\n{§f()§} \'\n"""\n',
            "z = 1 + \\\n  §f()§ + \\\n  2\n",
            "# é🎉\x0c\n",
            "f(  # noqa\n  §g()§,\n)\n",
        ]
    ),
    max_size=8,
)


@given(PIECES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_finding_ends_suppressed_or_named_and_no_token_changes(pieces: list[str], end: str) -> None:
    source = "".join(pieces).replace("\n", end)
    document, _ = marked(source)
    text, additions, findings = added(source)
    after = Document("app.py", text)
    tokens, tokens_after = (syntax_of(d).tokens(0, len(d.data)) for d in (document, after))
    assert tokens == tokens_after
    moved = [_moved(document, after, finding, additions) for finding in findings]
    result = FileResult("app.py", tuple(sorted(moved, key=lambda match: match.span)))
    open_after = [
        f for f in evaluate_file(after, result, RULES, Config(), TODAY).findings if not f.acceptance
    ]
    impossible = {finding.fingerprint for finding, _ in additions.impossible}
    assert {finding.fingerprint for finding in open_after} == impossible


def _moved(document: Document, after: Document, finding: Finding, additions: Additions) -> Match:
    def shift(offset: int) -> int:
        return offset + sum(len(edit.text.encode()) for edit in additions.edits if edit.start <= offset)

    start, end = finding.match.span.start.offset, finding.match.span.end.offset
    return match(after, finding.rule_id, shift(start), shift(end - 1) + 1)
