"""Markdown for a comment on a change or for a job summary: verdict, table, details.

GitHub allows a comment 65,536 characters, so long reports name the worst findings and count the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secloop.model import Finding, Outcome, Severity, Status, Verdict
from secloop.reports.counts import count, plural, summary
from secloop.reports.escape_markdown import code_span, escaped, fenced
from secloop.reports.frame import View, frame
from secloop.reports.metadata import cwes, examples, how_to_fix, owasp, references
from secloop.reports.model import Report, line_place, place
from secloop.reports.styled import plain
from secloop.reports.visible import first_sentence, paragraphs

_ROWS = 100
_DETAILS = 20
_FILES = 10
_VERDICTS = {
    Outcome.PASS: "✅ secloop: pass",
    Outcome.FAIL: "❌ secloop: fail",
    Outcome.ERROR: "⚠️ secloop: error, the verdict could not be decided",
}
_MARKS = {
    Severity.CRITICAL: "🟣",
    Severity.HIGH: "🔴",
    Severity.MEDIUM: "🟠",
    Severity.LOW: "🔵",
    Severity.INFO: "⚪",
}
Found = tuple[Verdict, Finding]


def render(report: Report) -> str:
    """Write the report as GitHub-flavoured Markdown."""
    return "\n\n".join(_parts(report)) + "\n"


def _parts(report: Report) -> Iterator[str]:
    found = list(report.findings(Status.OPEN))
    found.sort(key=lambda pair: -pair[1].severity)  # stable: within a severity by path and place
    yield f"## {_VERDICTS[report.outcome]}"
    yield f"{summary(count(report.verdicts))}."
    if len(report.verdicts) > 1:
        yield _roots(report)
    if found:
        yield _table(report, found)
    for verdict in report.verdicts:
        yield from _sections(report, verdict)
    if found:
        yield from _details(report, found)
    yield _digests(report)


def _roots(report: Report) -> str:
    rows = [
        f"| {_code(report.prefix(verdict) or '.')} | {verdict.outcome.value} | {summary(count([verdict]))} |"
        for verdict in report.verdicts
    ]
    return "\n".join(["| Root | Verdict | |", "|---|---|---|", *rows])


def _code(text: str) -> str:
    return code_span(text, in_table=True)


def _where(report: Report, verdict: Verdict, finding: Finding) -> str:
    return f"{report.path(verdict, finding.path)}:{place(finding.span, finding.cell)}"


def _table(report: Report, found: Sequence[Found]) -> str:
    rows = [
        f"| {_MARKS[finding.severity]} {finding.severity.label} | {_code(finding.rule_id)} "
        f"| {_code(_where(report, verdict, finding))} "
        f"| {escaped(first_sentence(finding.message), code=True, in_table=True)} |"
        for verdict, finding in found[:_ROWS]
    ]
    lines = ["| Severity | Rule | Where | What |", "|---|---|---|---|", *rows]
    more = len(found) - len(rows)
    return "\n".join([*lines, *(["", f"… and {plural(more, 'more finding')}."] if more else [])])


def _sections(report: Report, verdict: Verdict) -> Iterator[str]:
    def at(path: str, line: int, cell: int | None = None) -> str:
        shown = report.path(verdict, path)
        where = line_place(line, cell)
        return f"{code_span(f'{shown}:{where}' if where else shown)}: " if shown else ""

    yield from _list(
        "Errors",
        [
            f"{at(p.path, p.line)}{p.kind.value}{f' of {code_span(p.rule_id)}' if p.rule_id else ''}: "
            f"{escaped(p.message, code=True)}"
            for p in verdict.problems
        ],
    )
    yield from _list(
        "Policy changes",
        [
            f"{at(c.path, c.line)}{escaped(c.what)}: {escaped(c.message, code=True)}"
            + (f" (hides {plural(len(c.hides), 'finding')})" if c.hides else "")
            for c in verdict.policy_changes
        ],
    )
    yield from _list("Parsed in part", [code_span(report.path(verdict, p.path)) for p in verdict.partial])
    yield from _list(
        "Notices",
        [
            f"{at(n.path, n.line, n.cell)}{escaped(n.kind)}: {escaped(n.message, code=True)}"
            for n in verdict.notices
        ],
    )
    yield from _list(
        "Skipped", [f"{at(s.path, 0)}{escaped(s.reason)}" for s in verdict.skipped], limit=_FILES
    )


def _list(title: str, items: Sequence[str], limit: int = _ROWS) -> Iterator[str]:
    if items:
        more = len(items) - limit
        lines = [f"- {item}" for item in items[:limit]]
        yield f"### {title}"
        yield "\n".join([*lines, *([f"- … and {more:,} more"] if more > 0 else [])])


def _details(report: Report, found: Sequence[Found]) -> Iterator[str]:
    yield "<details>\n<summary>Details</summary>"
    for verdict, finding in found[:_DETAILS]:
        yield from _detail(report, verdict, finding)
    more = len(found) - _DETAILS
    if more > 0:
        yield f"… and {plural(more, 'more finding')}."
    yield "</details>"


def _detail(report: Report, verdict: Verdict, finding: Finding) -> Iterator[str]:
    where = code_span(_where(report, verdict, finding))
    yield f"#### {finding.severity.label}: {code_span(finding.rule_id)} at {where}"
    for text in paragraphs(finding.message):
        yield escaped(text, code=True)
    document = report.document(verdict, finding.path)
    if document is not None:
        gutter = len(str(finding.span.end.line + 2))
        code = frame(document, finding.match.span, View(gutter, 100, "", 2))
        if code:
            yield fenced(plain(code).rstrip("\n"), "text")
    if advice := how_to_fix(finding.metadata):
        yield f"**How to fix:** {escaped(advice, code=True)}"
    _, good = examples(finding.metadata)
    if good:
        yield f"**Write it like this:**\n\n{fenced(good)}"
    if finding.fix and finding.proved is not False:
        yield "A fix is available: `secloop check --fix`"
    links = [f"[{entry.id}]({entry.url})" for entry in cwes(finding.metadata)]
    links += [escaped(name) for name in owasp(finding.metadata)]
    links += [f"<{url}>" for url in references(finding.metadata)]
    if links:
        yield " · ".join(links)


def _digests(report: Report) -> str:
    lines = [
        f"Digest {code_span(verdict.digest)}"
        if verdict.digest
        else "No digest: the verdict could not be decided."
        for verdict in report.verdicts
    ]
    return "\n".join(lines)
