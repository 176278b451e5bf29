"""What the slow rules found in a version before, where it is now: shown until they have looked at the newest one."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from secloop.lsp.targets import Checked
from secloop.model import Finding, Span
from secloop.policy.evaluate import FileFindings
from secloop.project import Project
from secloop.syntax.document import Document
from secloop.syntax.incremental import difference


def with_carried(
    project: Project, document: Document, found: FileFindings, last: Checked | None
) -> FileFindings:
    """What the fast rules found in a document, with what the slow ones found in the last version that they saw.

    That is what an editor shows by itself: it moves diagnostics along with the text. What was edited is left out.
    """
    if last is None or last.project is not project or last.view.document.path != document.path:
        return found
    moved = list(_moved(project, last, document))
    if not moved:
        return found
    findings = sorted((*found.findings, *moved), key=lambda each: (each.span, each.rule_id))
    return replace(found, findings=tuple(findings), suppressed_by=())


def _moved(project: Project, last: Checked, document: Document) -> Iterator[Finding]:
    before = last.view.document
    if before.cells or document.cells:
        return  # Places count within the cells, which may have changed their places themselves.
    start, old_end, new_end = difference(before.data, document.data)

    def place(span: Span) -> Span | None:
        if span.end.offset <= start:
            by = 0
        elif span.start.offset >= old_end:
            by = new_end - old_end
        else:
            return None
        return document.span(span.start.offset + by, span.end.offset + by)

    for finding in last.findings.findings:
        rule = project.ruleset.get(finding.rule_id)
        if rule is None or project.runs_at_once(rule):
            continue
        span = place(finding.span)
        steps = [(step, place(step.span)) for step in finding.match.trace]
        if span is None:
            continue
        trace = tuple(replace(step, span=to) for step, to in steps if to is not None)
        kept = trace if len(trace) == len(steps) else ()
        yield replace(finding, span=span, match=replace(finding.match, span=span, trace=kept))
