"""What was measured, as tables for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checking import Checked, Run
from latency import Latency
from rich.table import Table
from targets import Target


def latency_table(results: Sequence[Latency]) -> Table:
    """Milliseconds from an edit to its diagnostics."""
    table = _table("Edit → diagnostics", "file", "server", "edits", "p50", "p95", "findings", "peak memory")
    for result in results:
        row = (f"{result.source.name}: {result.source.lines:,} lines, {result.source.about}", result.server)
        if result.reason:
            table.add_row(*row, "-", result.reason)
        else:
            table.add_row(
                *row,
                str(len(result.milliseconds)),
                _milliseconds(result.percentile(50)),
                _milliseconds(result.percentile(95)),
                str(result.findings),
                _megabytes(result.megabytes),
            )
    return _with_sections(table, [result.source.name for result in results])


def check_table(results: Sequence[Checked]) -> Table:
    """Seconds of whole checks."""
    table = _table("Check", "target", "command", "cold", "warm", "findings", "peak memory")
    for result in results:
        peak = max(run.megabytes for run in (result.cold, result.warm) if run is not None)
        findings = str(result.cold.findings) if result.cold.complete else "-"
        warm = "-" if result.warm is None else _seconds(result.warm)
        table.add_row(result.target, result.command, _seconds(result.cold), warm, findings, _megabytes(peak))
    return _with_sections(table, [result.target for result in results])


def target_table(results: Iterable[Target]) -> Table:
    """What is asked of secloop and whether it was reached."""
    table = _table("Targets", "asked", "measured", "reached")
    for result in results:
        reached = "not measured" if result.reached is None else "yes" if result.reached else "no"
        table.add_row(result.asked, result.measured, reached)
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        is_text = column in ("file", "server", "target", "command", "asked", "reached")
        table.add_column(column, justify="left" if is_text else "right", overflow="fold")
    return table


def _with_sections(table: Table, groups: Sequence[str]) -> Table:
    for row, following, group in zip(table.rows, groups[1:], groups, strict=False):
        row.end_section = following != group
    return table


def _milliseconds(value: float) -> str:
    return f"{value:,.1f} ms" if value < 100 else f"{value:,.0f} ms"


def _seconds(run: Run) -> str:
    if run.stopped:
        return f"stopped after {run.seconds:.0f} s"
    if run.failed:
        return "failed"
    return f"{run.seconds * 1000:,.0f} ms" if run.seconds < 1 else f"{run.seconds:,.1f} s"


def _megabytes(value: float) -> str:
    return f"{value:,.0f} MB"
