"""semgrep-core's JSON is read strictly: what is not as expected is not trusted."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from engine_samples import EVAL, rule

from secloop.engine.errors import Effect
from secloop.engine.output import MalformedOutput, Output, read_output
from secloop.model import ProblemKind
from secloop.syntax.document import Document

TEXT = "é = 1\neval(é)\n"


def place(line: int, col: int, offset: int) -> dict[str, int]:
    return {"line": line, "col": col, "offset": offset}


MATCH = {
    "check_id": "eval",
    "path": "/t/0.py",
    "start": place(2, 1, 7),
    "end": place(2, 9, 15),
    "extra": {
        "metavars": {"$X": {"start": place(2, 6, 12), "end": place(2, 8, 14), "abstract_content": "é"}},
        "is_ignored": False,
    },
}
ERROR = {
    "error_type": "Timeout",
    "severity": "warn",
    "message": "",
    "location": {"path": "/t/0.py", "start": place(1, 1, 0), "end": place(1, 1, 0)},
}


def read(**changes: Any) -> Output:
    output: dict[str, Any] = {
        "version": "1.182.0",
        "results": [],
        "errors": [],
        "paths": {"scanned": ["/t/0.py"]},
        "rules_by_engine": [["eval", "OSS"]],
        **changes,
    }
    return read_output(
        b".\n.\n" + orjson.dumps(output), {"/t/0.py": Document("a.py", TEXT)}, {"eval": rule(EVAL)}
    )


def test_a_match() -> None:
    (match,) = read(results=[MATCH]).targets["/t/0.py"].found
    assert (match.start, match.end, match.rule_id, match.message) == (7, 15, "eval", "eval of é")
    assert match.metavariables == (("$X", "é", 12, 14),)


@pytest.mark.parametrize(
    ("start", "end", "abstract", "expected"),
    [
        (place(2, 6, 12), place(2, 8, 14), "e", ("$X", "é", 12, 14)),
        (place(1, 1, 0), place(1, 1, 0), "made up", ("$X", "made up", -1, -1)),
        (place(1, 1, 3), place(1, 1, 3), "", ("$X", "", 3, 3)),
        (place(9, 9, 99), place(9, 9, 100), "elsewhere", ("$X", "elsewhere", -1, -1)),
    ],
)
def test_metavariables_show_the_source_where_they_have_a_place(
    start: Any, end: Any, abstract: str, expected: Any
) -> None:
    bound = {"$X": {"start": start, "end": end, "abstract_content": abstract}}
    (match,) = read(results=[{**MATCH, "extra": {"metavars": bound}}]).targets["/t/0.py"].found
    assert match.metavariables == (expected,)


def test_partial_parsing_goes_by_lines_and_byte_columns() -> None:
    """Offsets are wrong there: the first was seen to be 0 whatever the line."""
    part = {"path": "/t/0.py", "start": place(2, 1, 0), "end": place(2, 8, 7)}
    error = {**ERROR, "error_type": ["PartialParsing", [part]]}
    assert read(errors=[error]).targets["/t/0.py"].partial == [(7, 14)]


def test_ranges_past_the_end_are_cut() -> None:
    part = {"path": "/t/0.py", "start": place(2, 1, 0), "end": place(7, 1, 7)}
    error = {**ERROR, "error_type": ["PartialParsing", [part]]}
    assert read(errors=[error]).targets["/t/0.py"].partial == [(7, len(TEXT.encode()))]


def test_a_fixpoint_timeout_is_reported_among_the_times() -> None:
    said = {
        **ERROR,
        "error_type": "Fixpoint timeout",
        "message": "Fixpoint timeout while performing taint analysis at /t/0.py:1:4 [rules: 1, first: t]",
    }
    (complaint,) = read(time={"fixpoint_timeouts": [said]}).targets["/t/0.py"].complaints
    assert (complaint.treatment.effect, complaint.treatment.kind) == (Effect.ISOLATE, ProblemKind.TIMEOUT)


def test_an_error_without_a_target_is_of_the_run() -> None:
    broken = {
        "error_type": "Rule parse error",
        "message": "An error occurred while invoking it\n\nbad",
        "rule_id": "r",
    }
    output = read(errors=[broken])
    assert [(c.treatment.kind, c.message, c.rule_id) for c in output.complaints] == [
        (ProblemKind.RULE, "bad", "r")
    ]


def test_a_skipped_target_is_a_problem() -> None:
    skipped = {"path": "/t/0.py", "reason": "too_big"}
    (complaint,) = read(paths={"scanned": [], "skipped": [skipped]}).targets["/t/0.py"].complaints
    assert complaint.treatment.kind is ProblemKind.UNKNOWN
    assert "too_big" in complaint.message


@pytest.mark.parametrize(
    "changes",
    [
        {"results": [{**MATCH, "path": "/elsewhere"}]},
        {"results": [{**MATCH, "check_id": "unknown"}]},
        {"results": [{**MATCH, "end": place(9, 9, 999)}]},
        {"results": [{**MATCH, "start": place(2, 9, 15), "end": place(2, 1, 7)}]},
        {"results": [{**MATCH, "start": {"line": 1}}]},
        {"results": [{**MATCH, "extra": {}}]},
        {"results": [{**MATCH, "extra": {"metavars": {}, "dataflow_trace": {"taint_source": ["New", 1]}}}]},
        {"results": None},
        {"errors": [{}]},
        {"errors": [{**ERROR, "error_type": ["PartialParsing", [{}]]}]},
        {"paths": None},
        {"rules_by_engine": None},
    ],
)
def test_anything_else_is_malformed(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedOutput):
        read(**changes)


@pytest.mark.parametrize("data", [b"", b".\n", b"{", b"[]", b'{"version": 1}', b"\xff{}"])
def test_output_that_was_cut_short_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedOutput):
        read_output(data, {}, {})
