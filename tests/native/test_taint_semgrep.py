"""Taint is followed as semgrep-core follows it: findings, bindings and traces of written and of drawn programs."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from flow_programs import Program
from native_rules import make_rule

from secloop.engine.cancel import NEVER
from secloop.engine.native.runner import run_task
from secloop.engine.result import Found
from secloop.engine.semgrep import SemgrepRunner
from secloop.engine.task import Task
from secloop.model import Rule
from secloop.syntax.document import Document

_NEWLINE = b"\n"
PROGRAMS = sorted((Path(__file__).parent / "data" / "taint").glob("*.py"))


def _focus(pattern: str, name: str, **extra: Any) -> dict[str, Any]:
    return {"patterns": [{"pattern": pattern}, {"focus-metavariable": name}], **extra}


def _inside(pattern: str, name: str, **extra: Any) -> dict[str, Any]:
    return {"patterns": [{"pattern-inside": pattern}, {"focus-metavariable": name}], **extra}


_SOURCES = ["source($X)", "source()", "a_source()"]
_SINKS = ["sink(...)", "$R.sink(...)"]
RULES: dict[str, dict[str, Any]] = {
    "plain": {},
    "parameters": {"pattern-sources": [_inside("def $F(..., $P, ...): ...", "$P")]},
    "safe-functions": {"options": {"taint_assume_safe_functions": True}},
    "safe-indexes": {"options": {"taint_assume_safe_indexes": True}},
    "safe-numbers": {"options": {"taint_assume_safe_numbers": True}},
    "safe-booleans": {"options": {"taint_assume_safe_booleans": True}},
    "safe-comparisons": {"options": {"taint_assume_safe_comparisons": True}},
    "unified": {"pattern-sinks": ["sink($X, ...)"], "options": {"taint_unify_mvars": True}},
    "focused-sinks": {"pattern-sinks": [_focus("$G(..., $A, ...)", "$A")]},
    "focused-calls": {
        "pattern-sinks": [_focus("sink($A)", "$A")],
        "options": {"taint_assume_safe_functions": True},
    },
    "assignments": {"pattern-sinks": ["$T = $V", "return $V"]},
    "names": {"pattern-sinks": ["t"]},
    "anything-in-sinks": {"pattern-sinks": [{"pattern": "sink(...)", "exact": False}]},
    "exact-sources": {"pattern-sources": [{"pattern": "source(...)", "exact": True}]},
    "marked": {"pattern-sources": [_focus("foo($X)", "$X", **{"by-side-effect": "only"})]},
    "cleaned": {"pattern-sanitizers": [_focus("san($A)", "$A", **{"by-side-effect": True})]},
    "clean-calls": {"pattern-sanitizers": [{"pattern": "san(...)", "exact": True}, "g(...)"]},
    "passed": {
        "pattern-propagators": [
            {"pattern": "$L.append($I)", "from": "$I", "to": "$L"},
            {"pattern": "copy($A, $B)", "from": "$A", "to": "$B"},
            {"pattern": "h($B, $A)", "from": "$A", "to": "$B"},
        ]
    },
    "labels": {
        "pattern-sources": [
            {"pattern": "a_source()", "label": "A"},
            {"pattern": "b_source()", "label": "B"},
            {"pattern": "c_source($X)", "label": "C", "requires": "A"},
        ],
        "pattern-sinks": [{"pattern": "sink(...)", "requires": "(A and B) or C"}],
    },
}


def _rule(name: str) -> Rule:
    body = {"pattern-sources": _SOURCES, "pattern-sinks": _SINKS, **RULES[name]}
    for key in ("pattern-sources", "pattern-sinks", "pattern-sanitizers"):
        if key in body:
            body[key] = [{"pattern": item} if isinstance(item, str) else item for item in body[key]]
    return make_rule({**body, "mode": "taint", "id": name}, message="$X $P $R $A $G $T $V")


def _both(documents: list[Document], rules: tuple[Rule, ...]) -> list[tuple[list[Found], list[Found]]]:
    tasks = [Task(document, rules) for document in documents]
    theirs = {}
    for number, result in SemgrepRunner(jobs=1).run(tasks, NEVER):
        assert not result.failures
        theirs[number] = sorted(result.found)
    return [(sorted(run_task(task, NEVER).found), theirs[number]) for number, task in enumerate(tasks)]


def _lines(document: Document, found: list[Found], steps: int | None = None) -> list[str]:
    """Findings as text, for a report that can be read; of their traces, so many steps."""
    data = document.normalized.data

    def at(start: int) -> str:
        return f"{data.count(_NEWLINE, 0, start) + 1}:{start - data.rfind(_NEWLINE, 0, start)}"

    return sorted(
        f"{each.rule_id} {at(each.start)} {data[each.start : each.end].decode()}"
        f" {[(name, content) for name, content, _, _ in each.metavariables]}"
        f" {[(content, at(start)) for _, start, _, content in each.trace[:steps]]}"
        for each in found
    )


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_written_programs_have_the_same_findings(path: Path) -> None:
    document = Document("a.py", path.read_text())
    [(ours, theirs)] = _both([document], tuple(map(_rule, RULES)))
    assert _lines(document, ours) == _lines(document, theirs)


@pytest.mark.parametrize("seed", [0, 2, 3, 5])
def test_drawn_programs_have_the_same_findings(seed: int) -> None:
    program = Program(Random(seed))
    code = "".join(program.function(f"f{number}", 4) for number in range(12))
    document = Document("a.py", code)
    [(ours, theirs)] = _both([document], tuple(map(_rule, ("plain", "assignments", "focused-sinks"))))
    assert _lines(document, ours, 1) == _lines(document, theirs, 1)
