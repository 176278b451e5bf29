"""The text report: frames point at the code, numbers are those of the JSON, and nothing in it is obeyed."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from report_samples import MARK, SHELL, finding, hostile, marked, ordinary, report, rule, verdict
from report_strategies import FEW, hostile_text, reports
from rich.cells import cell_len

from secloop.model import Problem, ProblemKind, Severity, Skipped
from secloop.policy.json import verdict_json
from secloop.reports import Detail, Report, TextOptions, render
from secloop.reports.frame import View, fit, frame
from secloop.reports.styled import plain
from secloop.reports.terminal import for_stream

LOUD = TextOptions(detail=Detail.VERBOSE, show_suppressed=True)


def drawn(source: str, *, width: int = 80, context: int = 0) -> str:
    """The frame of what stands between two marks."""
    document, (span,) = marked("a.py", source)
    gutter = len(str(document.line_count))
    return plain(frame(document, span, View(gutter, width, "", context)))


def test_carets_stand_under_exactly_what_was_found() -> None:
    assert drawn("x = §eval(y)§ + 1\n") == "1 │ x = eval(y) + 1\n  │     ^^^^^^^\n"


def test_wide_and_combining_characters_and_tabs_keep_carets_in_place() -> None:
    assert drawn("\t日本 = e\u0301 + §eval('日')§\n") == (
        "1 │     日本 = e\u0301 + eval('日')\n  │                ^^^^^^^^^^\n"
    )


def test_line_ends_are_those_of_the_document_and_are_not_shown() -> None:
    assert drawn("a\r\nb\rc §d§\r\ne", context=1) == "2 │ b\n3 │ c d\n  │   ^\n4 │ e\n"
    assert drawn("a\x0cb\u2028§c§\n") == "1 │ a␌b<U+2028>c\n  │            ^\n"


def test_several_lines_are_joined_by_a_bar_that_shows_both_ends() -> None:
    assert drawn("x = §call(\n  1,\n)§ + 2\n") == (
        "1 │   x = call(\n  │ ╭─────^\n2 │ │   1,\n3 │ │ ) + 2\n  │ ╰─^\n"
    )


def test_the_middle_of_very_many_lines_is_left_out() -> None:
    lines = drawn("§f(\n" + "  1,\n" * 40 + ")§\n").splitlines()
    assert len(lines) == 9
    assert lines[5].strip() == "⋮ │"
    assert lines[-2:] == ["42 │ │ )", "   │ ╰─^"]


def test_a_span_that_ends_with_a_line_end_ends_on_its_line() -> None:
    assert drawn("§x = 1\n§y = 2\n") == "1 │ x = 1\n  │ ^^^^^\n"


def test_blank_lines_at_the_edges_of_the_context_are_left_out() -> None:
    assert drawn("a\n\n§b§\n\nc\n", context=1) == "3 │ b\n  │ ^\n"


def test_a_long_line_is_cut_around_the_span() -> None:
    text = drawn("a" * 500 + "§eval(x)§" + "b" * 500 + "\n", width=44)
    code, carets = text.splitlines()
    assert re.fullmatch(r"1 │ …a+eval\(x\)b+…", code)
    assert len(code) == 44
    assert carets.index("^") == code.index("eval")
    assert carets.count("^") == 7


def test_a_span_longer_than_the_line_is_shown_from_its_start() -> None:
    code, carets = drawn("x = §" + "f" * 200 + "§\n", width=44).splitlines()
    assert code.startswith("1 │ …ffff")
    assert code.endswith("f…")
    assert carets == "  │  " + "^" * 38


@given(
    st.text(st.sampled_from("ab日e\u0301\t👍🏽\x1b\u202e\x00"), max_size=60), st.data(), st.integers(20, 60)
)
def test_a_cut_line_never_takes_more_cells_than_there_are(line: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    fitted = fit(line, start, end, width)
    assert cell_len(fitted.text) <= width
    assert fitted.size >= 1
    assert fitted.at <= cell_len(fitted.text)


def test_a_document_that_does_not_have_the_span_gets_no_frame() -> None:
    document, (span,) = marked("a.py", "x = 1\n§eval(y)§\n")
    shorter, _ = marked("a.py", "x\n")
    found = finding(SHELL, document, span)
    text = render(report(verdict([found]), [shorter], [SHELL]), "text")
    assert "a.py:2:1" in text
    assert "^" not in text


@FEW
@given(reports())
def test_every_number_in_the_summary_is_true_of_the_json(made: Report) -> None:
    text = " ".join(render(made, "text").split())
    data = [verdict_json(one) for one in made.verdicts]
    findings = [f for one in data for f in one["findings"]]
    status = Counter(f["status"] for f in findings)
    severities = Counter(f["severity"] for f in findings if f["status"] == "open")
    checked = sum(d["summary"]["files_checked"] for d in data)
    summary = text[text.rindex(f"{checked:,} file{'' if checked == 1 else 's'} checked") :]

    def number(pattern: str) -> int:
        found = re.search(rf"([\d,]+) {pattern}", summary)
        return int(found.group(1).replace(",", "")) if found else 0

    assert number("findings?\\b") == status["open"]
    for severity in Severity:
        assert number(rf"{severity.label}\b") == severities[severity.label]
    assert number("suppressed") == status["suppressed"]
    assert number("waived") == status["waived"]
    assert number("in the baseline") == status["baseline"]
    assert number(r"errors?\b") == sum(len(one["errors"]) for one in data)
    assert number("files? skipped") == sum(len(one["skipped"]) for one in data)
    assert number("files? parsed in part") == sum(len(one["partial"]) for one in data)
    fixable = sum(f["status"] == "open" and f["fix"] and f.get("proved", True) for f in findings)
    assert number("(?:has|have) a fix") == fixable
    if len(data) == 1:
        assert number(r"rules?\b") == data[0]["summary"]["rules_run"]
    verdicts = {one["verdict"] for one in data}
    worst = next(word for word in ("error", "fail", "pass") if word in verdicts)
    last = render(replace(made, text=TextOptions(detail=Detail.QUIET)), "text")
    assert re.match(rf"[✓✗] {worst}\b", last)
    assert last.count("\n") == 1


@FEW
@given(reports())
def test_nothing_from_the_repository_reaches_the_terminal_unseen(made: Report) -> None:
    for detail in (Detail.CONCISE, Detail.VERBOSE):
        text = render(replace(made, text=replace(LOUD, detail=detail)), "text")
        unsafe = {c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c != "\n"}
        assert not unsafe
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
        text.encode("utf-8")


@FEW
@given(reports())
def test_colours_change_nothing_but_colours(made: Report) -> None:
    coloured = render(replace(made, text=replace(LOUD, color=True)), "text")
    bare = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.split("\n")] == render(replace(made, text=LOUD), "text").split(
        "\n"
    )


@FEW
@given(reports())
def test_a_ci_runner_finds_no_command_in_the_text(made: Report) -> None:
    for detail in Detail:
        for line in render(replace(made, text=replace(LOUD, detail=detail)), "text").split("\n"):
            assert "##[" not in line
            assert not line.lstrip().startswith("::")


def test_ascii_text_is_ascii() -> None:
    for made in (ordinary(), hostile()):
        assert render(replace(made, text=replace(LOUD, ascii=True)), "text").isascii()


def test_what_is_the_same_for_a_rule_is_said_once() -> None:
    text = render(ordinary(), "text")
    assert text.count("how to ") == 1
    assert render(replace(ordinary(), text=LOUD), "text").count("how to ") == 2


def test_accepted_findings_are_shown_only_on_request_and_with_who_accepted_them() -> None:
    assert "python-bind-all-interfaces" not in render(ordinary(), "text")
    text = render(replace(ordinary(), text=TextOptions(show_suppressed=True)), "text")
    assert "low[python-bind-all-interfaces] (waived)" in text
    assert "behind the proxy · waiver in the policy, line 12 · owner team-web · until 2026-09-01" in text


def test_concise_is_one_line_a_finding_that_editors_can_follow() -> None:
    text = render(replace(ordinary(), text=TextOptions(detail=Detail.CONCISE)), "text")
    line = "app/views.py:21:12: high python-yaml-load yaml.load() can construct any Python object."
    assert line in text.splitlines()


def test_an_undecided_verdict_says_what_and_where() -> None:
    problem = Problem(ProblemKind.TIMEOUT, "The rule took longer than 30 s.", "a.py", 0, "slow-rule")
    lines = render(report(verdict(problems=(problem,))), "text").splitlines()
    assert "  a.py error timeout[slow-rule]: The rule took longer than 30 s." in lines
    assert lines[-1] == "✗ error  could not decide: 1 error"


def test_rules_that_failed_on_a_file_for_the_same_reason_share_an_entry() -> None:
    problems = tuple(
        Problem(ProblemKind.TIMEOUT, f"rule {rule_id}: too slow", "a.js", 0, rule_id)
        for rule_id in ("one", "two")
    )
    lines = render(report(verdict(problems=problems)), "text").splitlines()
    assert "  a.js error timeout: too slow (2 rules: one, two)" in lines
    assert lines[-1] == "✗ error  could not decide: 2 errors"


def test_a_long_list_of_skipped_files_is_counted_and_listed_with_verbose() -> None:
    made = report(verdict(skipped=tuple(Skipped(f"{n:03}.png", "binary") for n in range(250))))
    text = render(made, "text")
    assert "binary (250): 000.png" in text
    assert "and 240 more" in " ".join(text.split())
    assert "249.png" in render(replace(made, text=LOUD), "text")


@given(hostile_text())
def test_any_message_can_be_shown(message: str) -> None:
    document, (span,) = marked("a.py", "§x§\n")
    found = finding(rule("a-rule"), document, span, message=message or MARK)
    assert "a.py:1:1" in render(report(verdict([found]), [document]), "text")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"


@pytest.mark.parametrize(
    ("environment", "color"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_only_on_a_terminal_that_wants_them(environment: dict[str, str], color: bool) -> None:
    assert for_stream(TextOptions(), Terminal(), environment).color is color
    assert for_stream(TextOptions(), io.StringIO(), environment).color is False


def test_colours_can_be_forced_where_there_is_no_terminal() -> None:
    assert for_stream(TextOptions(), io.StringIO(), {"FORCE_COLOR": "1"}).color


def test_a_stream_without_box_characters_gets_ascii() -> None:
    assert for_stream(TextOptions(), io.TextIOWrapper(io.BytesIO(), encoding="cp1252"), {}).ascii
    assert not for_stream(TextOptions(), io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), {}).ascii
