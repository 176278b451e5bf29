"""SARIF: valid by the schema whatever the repository holds, and true of the verdict."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema_rs
import pytest
from hypothesis import given
from msgspec.structs import replace
from report_samples import (
    HOSTILE_PATH,
    SHELL,
    finding,
    hostile,
    marked,
    notebook,
    ordinary,
    report,
    several_roots,
    verdict,
)
from report_strategies import FEW, reports

from secloop.model import Outcome, Severity, Status
from secloop.reports import Report, render
from secloop.reports.uri import path_uri

SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0.schema.json"


@functools.cache
def schema() -> Any:
    return jsonschema_rs.validator_for(json.loads(SCHEMA.read_bytes()))


def run(made: Report) -> dict[str, Any]:
    log = json.loads(render(made, "sarif"))
    schema().validate(log)
    (only,) = log["runs"]
    return dict(only)


@pytest.mark.parametrize("sample", [ordinary, hostile, several_roots, notebook])
def test_samples_are_valid(sample: Any) -> None:
    run(sample())


@FEW
@given(reports())
def test_every_report_is_valid_and_complete(made: Report) -> None:
    written = run(made)
    rules = written["tool"]["driver"]["rules"]
    findings = list(made.findings())
    assert len(written["results"]) == len(findings)
    for result, (_, found) in zip(written["results"], findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert bool(result["suppressions"]) == (found.status is not Status.OPEN)
    invocation = written["invocations"][0]
    assert invocation["executionSuccessful"] == (made.outcome is not Outcome.ERROR)
    errors = invocation["toolExecutionNotifications"] + invocation["toolConfigurationNotifications"]
    problems = sum(len(one.problems) for one in made.verdicts)
    assert sum(note["level"] == "error" for note in errors) == problems


def test_a_rule_says_what_github_needs() -> None:
    rules = {rule["id"]: rule for rule in run(ordinary())["tool"]["driver"]["rules"]}
    shell = rules["python-subprocess-shell-true"]
    assert shell["name"] == "PythonSubprocessShellTrue"
    assert shell["shortDescription"]["text"] == "A command built from user input is run by a shell."
    assert shell["defaultConfiguration"] == {"level": "error"}
    assert shell["properties"] == {
        "tags": ["security", "external/cwe/cwe-78", "external/owasp/a03-2021-injection"],
        "precision": "high",
        "security-severity": "9.5",
    }
    assert "**Good**" in shell["help"]["markdown"]


@pytest.mark.parametrize(
    ("severity", "level", "score"),
    [
        (Severity.CRITICAL, "error", "9.5"),
        (Severity.HIGH, "error", "8.0"),
        (Severity.MEDIUM, "warning", "5.5"),
        (Severity.LOW, "note", "3.0"),
        (Severity.INFO, "note", "0.0"),
    ],
)
def test_levels_are_those_of_the_specification_under_the_severity_that_policy_gives(
    severity: Severity, level: str, score: str
) -> None:
    document, (span,) = marked("a.py", "§x§\n")
    written = run(report(verdict([finding(SHELL, document, span, severity=severity)]), [document], [SHELL]))
    assert written["results"][0]["level"] == level
    assert written["tool"]["driver"]["rules"][0]["properties"]["security-severity"] == score


def test_cwe_is_a_taxonomy_that_rules_and_results_point_into() -> None:
    written = run(ordinary())
    (taxonomy,) = written["taxonomies"]
    assert [taxon["id"] for taxon in taxonomy["taxa"]] == ["CWE-78", "CWE-327", "CWE-502"]
    result = next(r for r in written["results"] if r["ruleId"] == "python-yaml-load")
    assert taxonomy["taxa"][result["taxa"][0]["index"]]["id"] == "CWE-502"


def test_a_fix_replaces_exactly_its_span_in_code_points() -> None:
    document, (call, name) = marked("a.py", "x = '日👍'; §yaml.§§load§(f)\n")
    found = finding(SHELL, document, document.span(call.start.offset, name.end.offset))
    made = report(
        verdict([found]), [document], fixes=lambda *_: ((name.start.offset, name.end.offset, "safe_load"),)
    )
    (fix,) = run(made)["results"][0]["fixes"]
    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 16, "endLine": 1, "endColumn": 20},
            "insertedContent": {"text": "safe_load"},
        }
    ]


def test_accepted_findings_say_by_what_and_why() -> None:
    results = run(ordinary())["results"]
    by_status = {r["properties"]["status"]: r["suppressions"] for r in results if r["suppressions"]}
    assert by_status == {
        "baseline": [{"kind": "external", "status": "accepted", "justification": "baseline"}],
        "suppressed": [{"kind": "inSource", "status": "accepted", "justification": "suppressed; cache key"}],
        "waived": [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "waived; behind the proxy; owner: team-web; until: 2026-09-01",
            }
        ],
    }


def test_a_trace_is_a_code_flow_from_source_to_sink() -> None:
    (flow,) = next(r["codeFlows"] for r in run(ordinary())["results"] if "codeFlows" in r)
    steps = flow["threadFlows"][0]["locations"]
    assert [step["kinds"] for step in steps] == [["source"], ["step"], ["sink"]]
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in steps] == [7, 8, 9]


def test_a_finding_in_a_notebook_stands_at_the_file_and_names_its_cell() -> None:
    (result,) = run(notebook())["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 1}
    assert location["message"]["text"] == "Cell 2, line 3, column 1."
    assert "codeFlows" not in result


def test_a_reader_gets_the_very_bytes_of_a_path_back() -> None:
    uri = path_uri(HOSTILE_PATH)
    assert unquote_to_bytes(uri) == HOSTILE_PATH.encode("utf-8", "surrogateescape")
    assert uri.isascii()
    assert not set(uri) & set(" :<>|`\n\x1b#,")
    assert path_uri("/etc/a b") == "file:///etc/a%20b"
    assert path_uri("C:\\code\\a.py") == "file:///C:/code/a.py"
    assert path_uri("a\\b.py") == "a%5Cb.py"


def test_two_roots_are_one_run_with_the_paths_of_both() -> None:
    made = several_roots()
    api, web = made.verdicts
    both = replace(made, verdicts=(api, replace(web, findings=api.findings)))
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run(both)["results"]}
    assert {"api/app/views.py", "web/app/views.py"} <= uris


def test_a_prefix_that_the_caller_gives_stands_before_the_paths_of_a_single_root() -> None:
    made = replace(ordinary(), prefixes={"/repo": "services\\api/"})
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run(made)["results"]}
    assert "services/api/app/views.py" in uris


def test_megabytes_in_one_line_are_not_repeated_for_each_finding() -> None:
    document, (span,) = marked("a.js", "x;" * 50_000 + "§eval(a)§" + "y;" * 50_000)
    made = report(verdict([finding(SHELL, document, span)] * 3), [document])
    assert len(render(made, "sarif")) < 20_000
    assert run(made)["results"][0]["locations"][0]["physicalLocation"]["region"]["snippet"] == {
        "text": "eval(a)"
    }
