"""One finding as text: as a block with a code frame, or as one line."""

from __future__ import annotations

from collections.abc import Iterator

from secloop.model import Finding, Severity, Status, Verdict
from secloop.reports.frame import GUTTER_STYLE, View, fit, frame, rule_line
from secloop.reports.metadata import cwes, examples, how_to_fix, owasp, references
from secloop.reports.model import Detail, Report, place
from secloop.reports.styled import Line, Segment, line_cells, words, wrap
from secloop.reports.visible import first_sentence, one_line, paragraphs, visible
from secloop.syntax.document import Document

SEVERITY_STYLES = {
    Severity.CRITICAL: "bold magenta",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "bold yellow",
    Severity.LOW: "bold cyan",
    Severity.INFO: "bold blue",
}
_CONTEXT = 2
_KEY_WIDTH = 10


def concise_finding(report: Report, verdict: Verdict, finding: Finding) -> Line:
    """``path:line:col: severity rule-id message``."""
    where = visible(report.path(verdict, finding.path))
    status = "" if finding.status is Status.OPEN else f" ({finding.status.value})"
    return (
        (f"{where}:{place(finding.span, finding.cell)}", "bold"),
        (": ", ""),
        (finding.severity.label, SEVERITY_STYLES[finding.severity]),
        (f" {visible(finding.rule_id)}{status} {one_line(finding.message)}", ""),
    )


def finding_block(report: Report, verdict: Verdict, finding: Finding, *, first: bool) -> Iterator[Line]:
    """A heading with the message, the place, the code, the trace, and what to do.

    What is the same for every finding of a rule is said with the ``first`` one.
    """
    document = report.document(verdict, finding.path)
    view = View(_gutter(document, finding), report.text.width, _style(finding), _CONTEXT)
    yield from _heading(finding, report.text.width)
    where = f"{visible(report.path(verdict, finding.path))}:{place(finding.span, finding.cell)}"
    yield ((" " * view.gutter + " ╭─▸ ", GUTTER_STYLE), (where, "bold"))
    code = frame(document, finding.match.span, view) if document is not None else []
    if code:
        yield rule_line(view)
        yield from code
    yield from _trace(finding, document, view)
    notes = list(_notes(finding, everything=report.text.detail >= Detail.VERBOSE, first=first))
    if code or finding.trace or not notes:
        yield rule_line(view, "│" if notes else "╰")
    for number, (key, value) in enumerate(notes, 1):
        yield from _note(view, key, value, last=number == len(notes))


def _style(finding: Finding) -> str:
    return SEVERITY_STYLES[finding.severity] if finding.status is Status.OPEN else "bold"


def _heading(finding: Finding, width: int) -> Iterator[Line]:
    accepted = "" if finding.status is Status.OPEN else f" ({finding.status.value})"
    label: tuple[Segment, ...] = (
        (finding.severity.label, _style(finding)),
        (f"[{visible(finding.rule_id)}]", "bold"),
        (f"{accepted}: ", ""),
    )
    first = first_sentence(finding.message)
    parts = paragraphs(finding.message)
    rest = parts[0][len(first) :] if parts else ""
    lines = wrap([*words(first, "bold"), *words(rest)], line_cells(label), 4, width)
    yield (*label, *lines[0])
    yield from lines[1:]
    for paragraph in parts[1:]:
        opening, *others = wrap(words(paragraph), 4, 4, width)
        yield ((" " * 4, ""), *opening)
        yield from others


def _gutter(document: Document | None, finding: Finding) -> int:
    spans = [finding.span, *(step.span for step in finding.trace)]
    last = max(span.end.line for span in spans) + _CONTEXT
    return len(str(min(last, document.line_count) if document is not None else last))


def _trace(finding: Finding, document: Document | None, view: View) -> Iterator[Line]:
    """The steps from source to sink, each with the lines it is on and no others."""
    if finding.trace:
        yield rule_line(view)
    for number, (step, found) in enumerate(zip(finding.trace, finding.match.trace, strict=True), 1):
        yield (
            (" " * view.gutter + " ├─▸ ", GUTTER_STYLE),
            (f"{number}. {step.kind}", "bold cyan"),
            (f"  {place(step.span, step.cell)}", ""),
        )
        if document is not None and found.span != finding.match.span:
            yield from frame(document, found.span, View(view.gutter, view.width, "cyan", 0))


def _notes(finding: Finding, *, everything: bool, first: bool) -> Iterator[tuple[str, str]]:
    if finding.status is not Status.OPEN:
        yield finding.status.value, _accepted(finding)
    if first or everything:
        yield from _advice(finding)
    if finding.fix:
        yield "fix", _FIX_WORDS[finding.proved]
    if first or everything:
        links = references(finding.metadata)
        classes = [*(entry.id for entry in cwes(finding.metadata)), *owasp(finding.metadata)]
        yield from [("class", " · ".join(classes))] if classes else []
        yield from (("see", link) for link in (links if everything else links[:1]))
    if everything:
        yield "sure", f"{finding.confidence.label} confidence"
        for variable in finding.match.metavariables:
            yield "bound", f"{one_line(variable.name)} = {one_line(variable.content)}"
        yield "id", finding.fingerprint


def _advice(finding: Finding) -> Iterator[tuple[str, str]]:
    if advice := how_to_fix(finding.metadata):
        yield "how to", advice
    _, good = examples(finding.metadata)
    if good:
        yield "good", good


_FIX_WORDS = {
    None: "available: secloop check --fix",
    True: "available and proved: secloop check --fix",
    False: "defined, but on this code it did not prove to work",
}


def _accepted(finding: Finding) -> str:
    accepted = finding.acceptance
    if accepted is None:
        return ""
    words = _ACCEPTED_BY.get(accepted.kind, one_line(accepted.kind))
    if accepted.line:
        words += f", line {accepted.line}"
    parts = [one_line(accepted.reason), words]
    if accepted.owner:
        parts.append(f"owner {one_line(accepted.owner)}")
    if accepted.expires:
        parts.append(f"until {one_line(accepted.expires)}")
    return " · ".join(part for part in parts if part)


_ACCEPTED_BY = {
    "inline": "ignore comment",
    "nosemgrep": "nosemgrep comment",
    "nosec": "nosec comment",
    "waiver": "waiver in the policy",
    "baseline": "in the baseline file",
    "diff": "was there before the change",
}


def _note(view: View, key: str, value: str, *, last: bool) -> Iterator[Line]:
    margin = view.gutter + 5 + _KEY_WIDTH
    lines = wrap(words(value), margin, 0, view.width)
    if key == "good":
        lines = [((fit(line, 0, 0, view.width - margin).text, "green"),) for line in value.split("\n")]
    for number, line in enumerate(lines):
        if number == 0:
            lead: Segment = (" " * view.gutter + (" ╰─ " if last else " ├─ "), GUTTER_STYLE)
            yield (lead, (f"{key:<{_KEY_WIDTH}} ", "bold"), *line)
        else:
            lead = (" " * view.gutter + ("   " if last else " │ "), GUTTER_STYLE)
            yield (lead, (" " * (_KEY_WIDTH + 2), ""), *line)
