"""What was measured, as tables for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checking import Checked, Run
from halves import Halves
from latency import Latency
from opened import Opened
from rich.table import Table
from targets import Target


def latency_table(results: Sequence[Latency]) -> Table:
    """Milliseconds from an edit, and from opening the file, to its diagnostics."""
    columns = ("file", "server", "p50", "p95", "broken p50", "broken p95", "open", "findings", "peak memory")
    table = _table("Edit → diagnostics", *columns)
    for result in results:
        row = (f"{result.source.name}: {result.source.lines:,} lines", result.server)
        if result.reason:
            table.add_row(*row, "-", result.reason)
        else:
            table.add_row(
                *row,
                *(
                    _milliseconds(result.percentile(percent, broken=broken))
                    if (result.broken if broken else result.milliseconds)
                    else "-"
                    for broken in (False, True)
                    for percent in (50, 95)
                ),
                _milliseconds(result.opened),
                str(result.findings),
                _megabytes(result.megabytes),
            )
    return _with_sections(table, [result.source.name for result in results])


def opened_table(results: Sequence[Opened]) -> Table:
    """Memory with many files open."""
    table = _table("Open files", "server", "files", "lines", "memory", "its processes")
    for result in results:
        if result.reason:
            table.add_row(result.server, str(result.files), str(result.lines), result.reason)
        else:
            row = (result.server, str(result.files), f"{result.lines:,}")
            table.add_row(*row, _megabytes(result.megabytes), _megabytes(result.others))
    return table


def check_table(results: Sequence[Checked]) -> Table:
    """Seconds of whole checks."""
    table = _table("Check", "target", "command", "cold", "warm", "findings", "peak memory")
    for result in results:
        peak = max(run.megabytes for run in (result.cold, result.warm) if run is not None)
        findings = str(result.cold.findings) if result.cold.complete else "-"
        warm = "-" if result.warm is None else _seconds(result.warm)
        table.add_row(result.target, result.command, _seconds(result.cold), warm, findings, _megabytes(peak))
    return _with_sections(table, [result.target for result in results])


def halves_table(halves: Halves) -> Table:
    """Milliseconds with the whole pack and with half of it."""
    whole, half = (f"{count:,} rules" for count in halves.rules)
    table = _table("The whole pack and half of it", "target", whole, half, "ratio")
    for one in halves.compared:
        ratio = f"{one.whole / one.half:.2f}"
        table.add_row(one.what, _milliseconds(one.whole), _milliseconds(one.half), ratio)
    return table


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
