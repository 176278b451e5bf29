"""Reads semgrep-core's JSON output: what it found and complained of in each target.

The shapes are those of ``semgrep_interfaces/semgrep_output_v1.py`` (type ``core_output``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson
from msgspec import Struct, field

from secloop.engine.errors import Effect, Treatment, treatment
from secloop.engine.message import interpolate
from secloop.engine.result import Found
from secloop.engine.rule_ids import own_id
from secloop.model import Rule
from secloop.syntax.document import Document

_ANALYSED_ANYWAY = frozenset(
    {"irrelevant_rule", "wrong_language", "analysis_failed_parser_or_internal_error"}
)
"""Reasons to skip a target that say nothing new: no rule is for it, or an error says what failed."""


class MalformedOutput(ValueError):
    """The output is not what semgrep-core prints at the end of a run."""


class Complaint(Struct, frozen=True):
    """An error that is not about parsing: its treatment, semgrep-core's words, the rule if it names one."""

    treatment: Treatment
    message: str
    rule_id: str


class TargetOutput(Struct):
    """What was said of one target, in offsets of its normalized text."""

    found: list[Found] = field(default_factory=list)
    partial: list[tuple[int, int]] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)


class Output(Struct, frozen=True):
    """A whole run: by target, what concerns the run as a whole, and the rules that really ran."""

    targets: Mapping[str, TargetOutput]
    complaints: tuple[Complaint, ...]
    rules_loaded: frozenset[str]


def read_output(data: bytes, documents: Mapping[str, Document], rules: Mapping[str, Rule]) -> Output:
    """Read the output of a run over ``documents`` (by the path of their target) with ``rules`` (by id).

    Raises:
        MalformedOutput: if anything is not as expected; nothing of it can be trusted then.
    """
    try:
        # With -json, a line with a dot for each target comes first.
        output = orjson.loads(data[data.index(b"{") :])
        targets = {path: TargetOutput() for path in documents}
        general: list[Complaint] = []
        for error in output["errors"]:
            _read_error(error, documents, targets, general)
        for skipped in output["paths"].get("skipped", ()):
            if skipped["reason"] not in _ANALYSED_ANYWAY:
                path = skipped["path"]
                complaint = Complaint(treatment("skipped"), f"it skipped the file: {skipped['reason']}", "")
                targets[path].complaints.append(complaint)
        for error in (output.get("time") or {}).get("fixpoint_timeouts", ()):
            _read_error(error, documents, targets, general)
        for result in output["results"]:
            path = result["path"]
            rule = rules[own_id(result["check_id"])]
            targets[path].found.append(_read_match(result, rule, documents[path].normalized.data))
        loaded = frozenset(own_id(rule_id) for rule_id, _ in output["rules_by_engine"])
        return Output(targets, tuple(general), loaded)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise MalformedOutput(f"{type(error).__name__}: {error}") from None


def _read_error(
    error: Any,
    documents: Mapping[str, Document],
    targets: Mapping[str, TargetOutput],
    general: list[Complaint],
) -> None:
    kind = error["error_type"]
    treated = treatment(kind)
    location = error.get("location") or {}
    rule_id = own_id(error.get("rule_id") or "")
    path = location.get("path", "")
    target = targets.get(path)
    if target is None:
        general.append(Complaint(treated, _words(error["message"]), rule_id))
        return
    data = documents[path].normalized.data
    if treated.effect is Effect.PARTIAL_FILE:
        target.partial.append((0, len(data)))
    elif treated.effect is Effect.PARTIAL_RANGES:
        target.partial += [_lines_to_range(part, data) for part in kind[1]]
    else:
        target.complaints.append(Complaint(treated, _words(error["message"]), rule_id))


def _words(message: Any) -> str:
    """The first line of an error message that says something of its own."""
    lines = [line.strip() for line in str(message).splitlines()]
    telling = [line for line in lines if line and not line.startswith("An error occurred while invoking")]
    return telling[0][:200] if telling else ""


def _lines_to_range(part: Any, data: bytes) -> tuple[int, int]:
    """Byte range of a location by lines and byte columns: parsing errors have wrong offsets (measured)."""
    start = _line_offset(data, part["start"]["line"], part["start"]["col"])
    end = _line_offset(data, part["end"]["line"], part["end"]["col"])
    return min(start, end), max(start, end)


def _line_offset(data: bytes, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        following = data.find(b"\n", at)
        if following < 0:
            return len(data)
        at = following + 1
    return min(max(at + column - 1, 0), len(data))


def _read_match(result: Any, rule: Rule, data: bytes) -> Found:
    extra = result["extra"]
    start, end = _range(result["start"]["offset"], result["end"]["offset"], data)
    metavariables: list[tuple[str, str, int, int]] = []
    bound: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, value in sorted(extra["metavars"].items()):
        at, to, content = _source(value["start"], value["end"], value["abstract_content"], data)
        if _GROUP.fullmatch(name) and content != value["abstract_content"]:
            # The place of a regex's group may count within the string that the regex was matched against.
            at, to, content = -1, -1, value["abstract_content"]
        metavariables.append((name, content, at, to))
        bound[name] = content
        propagated = value.get("propagated_value")
        if propagated is not None:
            values[name] = _source(
                propagated.get("svalue_start"),
                propagated.get("svalue_end"),
                propagated["svalue_abstract_content"],
                data,
            )[2]
    message = interpolate(rule.message, bound, values)
    trace = _read_trace(extra.get("dataflow_trace"), data)
    return Found(start, end, rule.id, message, tuple(metavariables), trace)


_GROUP = re.compile(r"\$[0-9]+")


def _range(start: Any, end: Any, data: bytes) -> tuple[int, int]:
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(data):
        raise ValueError(f"not a range of the text: {start!r} to {end!r}")
    return start, end


def _source(start: Any, end: Any, abstract: str, data: bytes) -> tuple[int, int, str]:
    """Range and source text of a metavariable's value; -1, -1 and semgrep's words for one without a place.

    semgrep-core's ``abstract_content`` joins tokens and loses commas, so it is only second best.
    """
    if start is None or end is None:
        return -1, -1, abstract
    at, to = start["offset"], end["offset"]
    if not 0 <= at <= to <= len(data) or (at == to and abstract):
        return -1, -1, abstract
    return at, to, data[at:to].decode("utf-8", "replace")


def _read_trace(trace: Any, data: bytes) -> tuple[tuple[str, int, int, str], ...]:
    if not trace:
        return ()
    steps: list[tuple[str, int, int, str]] = []
    if trace.get("taint_source") is not None:
        # A source in a called function comes first, then the calls that bring it here.
        steps += reversed(_read_calls(trace["taint_source"], data))
    steps += [_step(variable, data) for variable in trace.get("intermediate_vars") or ()]
    sinks = _read_calls(trace["taint_sink"], data) if trace.get("taint_sink") is not None else []
    if steps and trace.get("taint_source") is not None:
        steps[0] = ("source", *steps[0][1:])
    if sinks:
        sinks[-1] = ("sink", *sinks[-1][1:])
    return tuple(steps + sinks)


def _read_calls(call: Any, data: bytes) -> list[tuple[str, int, int, str]]:
    """The steps of a ``match_call_trace``, from the outermost call to what it leads to."""
    kind, value = call
    if kind == "CliLoc":
        location, content = value
        return [_step({"location": location, "content": content}, data)]
    if kind != "CliCall":
        raise ValueError(f"unknown call trace {kind!r}")
    (location, content), variables, inner = value
    outer = _step({"location": location, "content": content}, data)
    return [outer, *(_step(variable, data) for variable in variables), *_read_calls(inner, data)]


def _step(variable: Any, data: bytes) -> tuple[str, int, int, str]:
    location = variable["location"]
    at, to = _range(location["start"]["offset"], location["end"]["offset"], data)
    return "step", at, to, data[at:to].decode("utf-8", "replace") or variable["content"]
