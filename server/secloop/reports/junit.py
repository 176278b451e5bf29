"""JUnit XML: a test suite a root, a failed test an open finding that fails the verdict, an erroneous one an error.

All other findings are skipped tests. A root without any of these has one test that passed, since readers
take an empty suite for a run that did not happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from secloop.model import Finding, Outcome, Problem, Status, Verdict
from secloop.reports.model import Report, place
from secloop.reports.visible import first_sentence, one_line, visible, visible_lines


def render(report: Report) -> str:
    """Write the report as JUnit XML."""
    suites = ET.Element("testsuites", name="secloop")
    for verdict in report.verdicts:
        suite = ET.SubElement(suites, "testsuite", name=f"secloop {visible(report.prefix(verdict))}".strip())
        suite.extend(_cases(report, verdict))
        _count(suite, suite)
    _count(suites, suites)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _count(element: ET.Element, cases: ET.Element) -> None:
    element.set("tests", str(sum(1 for _ in cases.iter("testcase"))))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(sum(1 for _ in cases.iter(tag))))


def _cases(report: Report, verdict: Verdict) -> Iterator[ET.Element]:
    for finding in verdict.findings:
        yield _finding_case(report, verdict, finding)
    for problem in verdict.problems:
        yield _problem_case(report, verdict, problem)
    if not verdict.findings and not verdict.problems:
        case = ET.Element("testcase", name="secloop check", classname="secloop")
        if verdict.outcome is not Outcome.PASS:
            # A policy change alone can fail a verdict.
            ET.SubElement(case, "failure", message=f"The verdict is {verdict.outcome.value}.")
        yield case


def _finding_case(report: Report, verdict: Verdict, finding: Finding) -> ET.Element:
    path = visible(report.path(verdict, finding.path))
    where = f"{path}:{place(finding.span, finding.cell)}"
    rule_id = one_line(finding.rule_id)
    case = ET.Element("testcase", name=f"{rule_id} at {where}", classname=path, file=path)
    if finding.cell is None:
        case.set("line", str(finding.span.start.line))
    if finding.status is Status.OPEN and not report.fails(verdict.root, finding):
        # Readers fail a job on failures, and this one does not fail the verdict.
        ET.SubElement(case, "skipped", message=f"{finding.severity.label}, below what fails the verdict")
    elif finding.status is Status.OPEN:
        summary = f"{finding.severity.label}: {first_sentence(finding.message) or rule_id}"
        failure = ET.SubElement(case, "failure", type=rule_id, message=summary)
        failure.text = (
            f"{where}: {finding.severity.label} {rule_id}\n{visible_lines(finding.message).strip()}"
        )
    else:
        reason = finding.acceptance.reason if finding.acceptance is not None else ""
        message = ": ".join(part for part in (finding.status.value, one_line(reason)) if part)
        ET.SubElement(case, "skipped", message=message)
    return case


def _problem_case(report: Report, verdict: Verdict, problem: Problem) -> ET.Element:
    path = visible(report.path(verdict, problem.path))
    where = f"{path}:{problem.line}" if path and problem.line else path
    name = " ".join(part for part in (problem.kind.value, one_line(problem.rule_id)) if part)
    case = ET.Element("testcase", name=f"{name} at {where}" if where else name, classname=path or "secloop")
    error = ET.SubElement(case, "error", type=problem.kind.value, message=one_line(problem.message))
    error.text = visible_lines(f"{where}: {problem.message}" if where else problem.message)
    return case
