"""The report for people at a terminal: code frames, what to do, and one line with the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from secloop.model import Outcome, Status, Verdict
from secloop.reports.counts import count, plural, summary
from secloop.reports.finding import concise_finding, finding_block
from secloop.reports.model import Detail, Report
from secloop.reports.sections import concise_sections, sections
from secloop.reports.styled import Line, Segment, ascii_line, coloured, line_cells, plain, words, wrap
from secloop.reports.visible import visible

_VERDICTS = {
    Outcome.PASS: ("✓ pass", "bold green"),
    Outcome.FAIL: ("✗ fail", "bold red"),
    Outcome.ERROR: ("✗ error", "bold red"),
}


def render(report: Report) -> str:
    """Write the report as text, with colours only where `TextOptions.color` asks for them."""
    return _written(report, _lines(report))


def findings_text(report: Report) -> str:
    """The findings of all verdicts alone, without what the verdicts are."""
    return _written(report, (line for verdict in report.verdicts for line in _findings(report, verdict)))


def _written(report: Report, lines: Iterable[Line]) -> str:
    lines = [_guarded(line) for line in lines]
    if report.text.ascii:
        lines = [ascii_line(line) for line in lines]
    return coloured(lines) if report.text.color else plain(lines)


def _lines(report: Report) -> Iterator[Line]:
    detail = report.text.detail
    if detail >= Detail.CONCISE:
        for verdict in report.verdicts:
            if detail >= Detail.FULL and len(report.verdicts) > 1:
                yield from _root_heading(report, verdict)
            yield from _body(report, verdict)
        yield from _summary(report)
    yield _verdict_line(report)
    if detail >= Detail.VERBOSE:
        yield from _components(report)


def _body(report: Report, verdict: Verdict) -> Iterator[Line]:
    yield from _findings(report, verdict)
    concise = report.text.detail is Detail.CONCISE
    yield from concise_sections(report, verdict) if concise else sections(report, verdict)


def _findings(report: Report, verdict: Verdict) -> Iterator[Line]:
    concise = report.text.detail is Detail.CONCISE
    explained: set[str] = set()
    for finding in verdict.findings:
        if finding.status is not Status.OPEN and not report.text.show_suppressed:
            continue
        if concise:
            yield concise_finding(report, verdict, finding)
        else:
            first = finding.rule_id not in explained
            explained.add(finding.rule_id)
            yield from finding_block(report, verdict, finding, first=first)
            yield ()


def _root_heading(report: Report, verdict: Verdict) -> Iterator[Line]:
    name = report.prefix(verdict) or "."
    yield ((f"── {visible(name)} ", "bold"), ("─" * max(report.text.width - len(name) - 4, 4), "blue"))
    yield ()


def _summary(report: Report) -> Iterator[Line]:
    if report.text.detail >= Detail.FULL and len(report.verdicts) > 1:
        for verdict in report.verdicts:
            name = visible(report.prefix(verdict) or ".")
            word, style = _VERDICTS[verdict.outcome]
            lead = ((word, style), (f"  {name}: ", ""))
            first, *rest = wrap(words(summary(count([verdict]))), line_cells(lead), 4, report.text.width)
            yield (*lead, *first)
            yield from rest
        yield ()
    phrase = summary(count(report.verdicts))
    if fixable := _fixable(report):
        phrase += f"; {fixable:,} {'has' if fixable == 1 else 'have'} a fix (--fix)"
    if report.text.detail is Detail.CONCISE:
        yield ((phrase, ""),)  # One line each, for scripts: as for findings, a terminal wraps it.
    else:
        yield from wrap(words(phrase), 0, 2, report.text.width)


def _fixable(report: Report) -> int:
    """How many open findings have a fix that is proved, or defined where proving was not asked for."""
    return sum(finding.fix and finding.proved is not False for _, finding in report.findings(Status.OPEN))


def _verdict_line(report: Report) -> Line:
    outcome = report.outcome
    word, style = _VERDICTS[outcome]
    rest: tuple[Segment, ...] = ()
    if outcome is Outcome.ERROR:
        problems = count(report.verdicts).problems
        rest = ((f"  could not decide: {plural(problems, 'error')}", ""),)
    elif len(report.verdicts) == 1 and report.verdicts[0].digest:
        lock = report.verdicts[0].lock
        named = f"  lock {lock.digest[:12]}" if lock else ""
        rest = ((f"  digest {report.verdicts[0].digest}{named}", "dim"),)
    return ((word, style), *rest)


def _components(report: Report) -> Iterator[Line]:
    for verdict in report.verdicts:
        parts = verdict.components
        name = visible(report.prefix(verdict))
        yield ()
        for key, value in (
            *((("root", name),) if name else ()),
            ("digest", verdict.digest or "none: the verdict could not be decided"),
            ("secloop", parts.secloop),
            ("semgrep-core", parts.semgrep_core),
            ("ruleset", parts.ruleset_digest),
            ("policy", parts.policy_digest),
            ("content", parts.content_digest),
            ("as of", parts.as_of),
            *_locked(verdict),
        ):
            yield ((f"  {key:<13}", "blue"), (visible(value), ""))


def _locked(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The lock of the rule packs, and what it pins."""
    if verdict.lock is not None:
        yield "lock", f"{verdict.lock.digest} ({verdict.lock.path})"
        for name, digest in verdict.lock.packs.items():
            yield f"pack {name}", digest


def _guarded(line: Line) -> Line:
    """The line without what a CI runner would take for a command to itself.

    GitHub's runner obeys lines that start with ``::`` after white space, and ``##[`` anywhere in one.
    """
    text = "".join(piece for piece, _ in line)
    if "##[" not in text and not text.lstrip().startswith("::"):
        return line
    guarded = [(piece.replace("#[", "#<U+005B>"), style) for piece, style in line]
    # Pieces are joined when written, so a command may be split between two of them.
    joined: list[Segment] = []
    before = ""
    for piece, style in guarded:
        if before.endswith("##") and piece.startswith("["):
            piece = "<U+005B>" + piece[1:]
        if not before.strip() and piece.lstrip().startswith(":"):
            piece = piece.replace(":", "<U+003A>", 1)
        joined.append((piece, style))
        before += piece
    return tuple(joined)
