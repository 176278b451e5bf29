"""JSON, GitHub, GitLab, JUnit and Markdown: what their readers require, and that no text breaks out."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from report_samples import MD5, finding, hostile, marked, notebook, ordinary, report, several_roots, verdict
from report_strategies import FEW, hostile_text, reports

from secloop.model import Outcome, Status
from secloop.policy.json import verdict_json
from secloop.reports import FORMATS, Report, render
from secloop.reports.escape_markdown import code_span, escaped, fenced
from secloop.reports.visible import one_line, visible


@FEW
@given(reports(), st.sampled_from(list(FORMATS)))
def test_every_format_is_deterministic_and_can_be_encoded(made: Report, format: str) -> None:
    text = render(made, format)
    assert text == render(made, format)
    assert text.endswith("\n")
    assert "\r" not in text
    text.encode("utf-8")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        render(ordinary(), "html")


# JSON


def test_one_root_is_an_object_and_several_are_a_list() -> None:
    assert json.loads(render(ordinary(), "json")) == verdict_json(ordinary().verdicts[0])
    several = several_roots()
    assert json.loads(render(several, "json")) == [verdict_json(one) for one in several.verdicts]


@FEW
@given(reports())
def test_json_gives_back_every_path_even_one_that_is_not_unicode(made: Report) -> None:
    data = json.loads(render(made, "json"))
    verdicts = data if isinstance(data, list) else [data]
    assert [f["path"] for one in verdicts for f in one["findings"]] == [f.path for _, f in made.findings()]


# GitHub Actions


def obeyed(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands in a log as the runner reads them: command, properties, message."""
    commands = []
    for line in re.split(r"\r\n|\r|\n", log):
        if not line.lstrip().startswith("::"):
            assert "##[" not in line
            continue
        head, _, message = line.lstrip()[2:].partition("::")
        command, _, rest = head.partition(" ")
        properties = dict(part.split("=", 1) for part in rest.split(",") if part)
        commands.append((command, properties, message))
    return commands


@FEW
@given(reports())
def test_github_obeys_one_command_for_each_thing_to_say_and_no_other(made: Report) -> None:
    commands = obeyed(render(made, "github"))
    levels = {"critical": "error", "high": "error", "medium": "warning", "low": "notice", "info": "notice"}
    expected = Counter(levels[found.severity.label] for _, found in made.findings(Status.OPEN))
    for one in made.verdicts:
        expected["error"] += len(one.problems)
        expected["warning"] += len(one.policy_changes) + len(one.partial) + len(one.notices)
    assert Counter(command for command, _, _ in commands) == +expected
    allowed = {"file", "line", "endLine", "col", "endColumn", "title"}
    assert all(set(properties) <= allowed for _, properties, _ in commands)


def test_github_points_at_the_place() -> None:
    command, properties, message = obeyed(render(ordinary(), "github"))[2]
    assert command == "error"
    assert properties == {
        "file": "app/views.py",
        "line": "21",
        "endLine": "21",
        "col": "12",
        "endColumn": "27",
        "title": "high%3A python-yaml-load",
    }
    assert message == "yaml.load() can construct any Python object."


def test_github_gets_columns_only_within_one_line_and_no_lines_of_notebooks() -> None:
    several_lines = obeyed(render(ordinary(), "github"))[1][1]
    assert (several_lines["line"], several_lines["endLine"]) == ("14", "17")
    assert "col" not in several_lines
    cell = obeyed(render(notebook(), "github"))[0][1]
    assert cell == {
        "file": "study.ipynb",
        "title": "critical%3A python-subprocess-shell-true (cell 2%3A3%3A1)",
    }


# GitLab


def gitlab_vulnerabilities(made: Report) -> list[dict[str, Any]]:
    """The SAST report's vulnerabilities, after checking the fields that its schema 15 requires."""
    data = json.loads(render(made, "gitlab-sast"))
    assert set(data) >= {"version", "scan", "vulnerabilities"}
    assert re.fullmatch(r"15\.\d+\.\d+", data["version"])
    scan = data["scan"]
    assert set(scan) >= {"analyzer", "scanner", "type", "start_time", "end_time", "status"}
    assert scan["type"] == "sast"
    assert scan["status"] == ("failure" if made.outcome is Outcome.ERROR else "success")
    for time in (scan["start_time"], scan["end_time"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", time)
    for tool in (scan["analyzer"], scan["scanner"]):
        assert set(tool) >= {"id", "name", "version", "vendor"}
        assert tool["vendor"]["name"]
    for message in scan["messages"]:
        assert message["level"] in ("info", "warn", "fatal")
        assert message["value"]
    for found in data["vulnerabilities"]:
        assert set(found) >= {"id", "identifiers", "location"}
        assert 0 < len(found["name"]) <= 255
        assert 0 < len(found["description"]) <= 1_048_576
        assert len(found.get("solution", "")) <= 7000
        assert found["severity"] in ("Info", "Unknown", "Low", "Medium", "High", "Critical")
        assert found["location"]["file"]
        assert 1 <= len(found["identifiers"]) <= 20
        for identifier in found["identifiers"]:
            assert set(identifier) >= {"type", "name", "value"}
            assert all(identifier.values())
            assert re.match("https?://.+", identifier.get("url", "http://x"))
    return list(data["vulnerabilities"])


@FEW
@given(reports())
def test_gitlab_sast_has_every_required_field_and_no_id_twice(made: Report) -> None:
    found = gitlab_vulnerabilities(made)
    assert len(found) == len(list(made.findings(Status.OPEN, Status.BASELINE)))
    assert len({one["id"] for one in found}) == len(found)


def test_gitlab_sast_of_an_ordinary_finding() -> None:
    found = gitlab_vulnerabilities(ordinary())[-1]
    assert found["severity"] == "High"
    assert found["location"] == {"file": "app/views.py", "start_line": 21, "end_line": 21}
    assert [one["type"] for one in found["identifiers"]] == ["secloop_rule_id", "cwe"]
    assert found["tracking"]["items"][0]["signatures"][0]["algorithm"] == "hash"


@FEW
@given(reports())
def test_gitlab_codequality_has_every_required_field_and_no_fingerprint_twice(made: Report) -> None:
    issues = json.loads(render(made, "gitlab-codequality"))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["description"]
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_equal_files_in_two_roots_have_different_fingerprints() -> None:
    document, (span,) = marked("a.py", "§x§\n")
    found = finding(MD5, document, span)
    one, two = verdict([found], root="/repo/a"), verdict([found], root="/repo/b")
    issues = json.loads(render(Report((one, two)), "gitlab-codequality"))
    assert [issue["location"]["path"] for issue in issues] == ["a/a.py", "b/a.py"]
    assert len({issue["fingerprint"] for issue in issues}) == 2
    assert json.loads(render(Report((one,)), "gitlab-codequality"))[0]["fingerprint"] == found.fingerprint


# JUnit


def suites(made: Report) -> list[Any]:
    return list(JUnitXml.fromroot(JUnitXml.fromstring(render(made, "junit").encode())._elem))


@FEW
@given(reports())
def test_junit_opens_in_a_reader_and_counts_what_the_verdicts_hold(made: Report) -> None:
    for suite, one in zip(suites(made), made.verdicts, strict=True):
        results = Counter(type(result) for case in suite for result in case.result)
        undecided = not one.findings and not one.problems and one.outcome is not Outcome.PASS
        assert results[Failure] == sum(f.status is Status.OPEN for f in one.findings) + undecided
        assert results[Error] == len(one.problems)
        assert results[Skipped] == sum(f.status is not Status.OPEN for f in one.findings)
        assert (suite.failures, suite.errors, suite.skipped) == (
            results[Failure],
            results[Error],
            results[Skipped],
        )
        assert suite.tests == len(list(suite)) > 0


def test_junit_of_a_root_that_passed_has_a_test_that_passed() -> None:
    ((case,),) = suites(report(verdict()))
    assert case.is_passed


# Markdown


def tokens(markdown: str) -> list[Any]:
    """The tokens of a document, inline ones too, as CommonMark with GitHub's tables reads it."""
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    return [one for token in parsed for one in (token, *(token.children or ()))]


@given(hostile_text(20))
def test_escaped_text_shows_as_it_is_and_does_nothing(text: str) -> None:
    inside = tokens(f"a {escaped(text)}")
    assert {token.type for token in inside} <= {
        *("paragraph_open", "inline", "text", "text_special", "paragraph_close", "entity"),
    }
    shown = "".join(token.content for token in inside if token.type.startswith("text"))
    assert shown.replace("\u200b", "").split() == f"a {one_line(text)}".split()


@given(hostile_text(20).map(lambda text: escaped(text)))
def test_escaped_text_starts_no_list_heading_quote_or_code_where_it_starts_a_line(line: str) -> None:
    assert {token.type for token in tokens(line)} <= {
        *("paragraph_open", "inline", "text", "text_special", "paragraph_close"),
    }


@given(hostile_text(20))
def test_nobody_is_mentioned_and_nothing_is_linked(text: str) -> None:
    line = re.sub(r"\\(?=[^\w\s])", "", escaped(text))
    assert not re.search(r"@\S", line.replace("@\u200b", ""))
    assert not re.search(r"(?<!&)#\d", line)
    assert not re.search(r"(?<!\\)(https?:|www\.)", escaped(text))


@given(hostile_text(20))
def test_code_spans_and_fences_hold_their_text(text: str) -> None:
    (code,) = [token for token in tokens(f"a {code_span(text)} b") if token.type == "code_inline"]
    assert code.content.strip() == visible(text).strip()
    (block,) = [token for token in tokens(fenced(text)) if token.type == "fence"]
    assert tokens(fenced(text))[-1] is not None
    assert len(tokens(fenced(text))) == 1
    assert "```" not in block.content or block.markup != "```"


@FEW
@given(reports())
def test_markdown_holds_no_html_of_the_repository_and_tables_keep_their_columns(made: Report) -> None:
    parsed = tokens(render(made, "markdown"))
    html = [token.content.strip() for token in parsed if token.type.startswith("html")]
    assert set(html) <= {"<details>\n<summary>Details</summary>", "</details>"}
    links = {token.attrGet("href") for token in parsed if token.type == "link_open"}
    assert all(re.match(r"https://(cwe\.mitre\.org/|a\.example/)", str(link)) for link in links)
    assert not any(token.type == "image" for token in parsed)
    rows = [token.type for token in parsed if token.type in ("tr_open", "td_open")]
    open_findings = len(list(made.findings(Status.OPEN)))
    several = len(made.verdicts) > 1
    assert rows.count("td_open") == 4 * open_findings + (3 * len(made.verdicts) if several else 0)


def test_a_long_report_names_the_worst_and_counts_the_others() -> None:
    document, (span,) = marked("a.py", "§x§\n")
    text = render(report(verdict([finding(MD5, document, span)] * 130), [document]), "markdown")
    assert "… and 30 more findings." in text
    assert "… and 110 more findings." in text
    assert len(text) < 65_536


def test_hostile_samples_are_harmless_everywhere() -> None:
    for format in FORMATS:
        assert "\x1b" not in render(hostile(), format)
    assert io.StringIO(render(hostile(), "github")).readline().startswith("::error ")
