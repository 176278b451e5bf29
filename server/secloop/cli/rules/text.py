"""Rules and the results of their tests as text, for ``secloop rules``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from secloop.model import Rule

if TYPE_CHECKING:
    from secloop.rules.testing import Miss, Suite, SuiteReport

_WIDTH = 100


def rule_page(rule: Rule, suite: Suite | None) -> str:
    """All that a person wants to know of a rule, ending in its source as YAML."""
    import yaml

    from secloop.reports.rule_page import text

    facts = {
        "Fix": _fix_kind(rule),
        "Defined": f"{rule.source.path}:{rule.source.line} ({rule.source.origin})",
        "Digest": rule.digest,
    }
    lines = [click.style(rule.id, bold=True), "", *(f"{title:<12}{fact}" for title, fact in facts.items())]
    for heading, said in text(rule, suite):
        lines += ["", click.style(heading, bold=True)]
        lines += [
            part for line in said for part in ([line] if line[:4] == "    " else _wrapped(line) or [""])
        ]
    source = yaml.safe_dump(_plain(rule.definition), sort_keys=False, allow_unicode=True, width=_WIDTH)
    return "\n".join((*lines, "", click.style("Rule", bold=True), textwrap.indent(source.rstrip(), "    ")))


def _fix_kind(rule: Rule) -> str:
    if rule.codemod is not None:
        return f"codemod {rule.codemod}"
    return next((key for key in ("fix", "fix-regex") if key in rule.definition), "none")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(child) for key, child in value.items()}
    return [_plain(child) for child in value] if isinstance(value, list) else value


def _wrapped(text: str) -> list[str]:
    return [
        line for paragraph in text.strip().splitlines() for line in textwrap.wrap(paragraph, _WIDTH) or [""]
    ]


def report_lines(reports: Sequence[SuiteReport]) -> Iterator[str]:
    """What tests showed: every failure with its code, what has no test, and a summary."""
    for report in reports:
        yield from _failures(report)
    bare = [report for report in reports if not report.targets]
    for report in bare:
        yield f"{report.rule_path}: no tests (a file with the same name and another ending beside it)"
    for report in reports:
        if report.targets and report.untested:
            yield f"{report.rule_path}: no test expects a finding of {', '.join(report.untested)}"
    failed = sum(not report.passed for report in reports if report.targets)
    files = sum(len(report.targets) for report in reports)
    tested = len(reports) - len(bare)
    without = f"; {len(bare)} without tests" if bare else ""
    yield (
        f"{tested - failed} of {tested} tested rule files passed, with"
        f" {files} test {'file' if files == 1 else 'files'}{without}"
    )


def _failures(report: SuiteReport) -> Iterator[str]:
    for problem in report.problems:
        yield f"{click.style('failed', fg='red')} {problem.path}: {problem.message}"
    for path, rule_id in report.unknown:
        yield f"{click.style('failed', fg='red')} {path}: {report.rule_path} has no rule {rule_id}"
    for miss in report.misses:
        yield from _miss(miss)
    for fix in report.fix_misses:
        yield f"{click.style('failed', fg='red')} {fix.path}: its fixes do not make {fix.fixed_path}"
        for line in fix.diff.splitlines():
            yield f"    {click.style(line, fg=_DIFF_COLOURS.get(line[:1]))}"


_DIFF_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def _miss(miss: Miss) -> Iterator[str]:
    """The lines that differ as a diff: ``-`` was expected and not found, ``+`` was found and not expected."""
    yield f"{click.style('failed', fg='red')} {miss.target.path}: {miss.rule_id}"
    signs = dict.fromkeys(miss.missing, "-") | dict.fromkeys(miss.unexpected, "+")
    words = {"-": "expected, not found", "+": "found, not expected"}
    shown = sorted({near for line in signs for near in (line - 1, line, line + 1)})
    before = 0
    for line in shown:
        if not 1 <= line <= miss.target.line_count:
            continue
        if before and line > before + 1:
            yield "        ..."
        before = line
        sign = signs.get(line, " ")
        note = f"    <- {words[sign]}" if sign in words else ""
        text = f"{sign} {line:>5}  {miss.target.line_text(line)}{note}"
        yield f"    {click.style(text, fg=_DIFF_COLOURS.get(sign))}"
