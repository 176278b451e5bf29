"""Tables of text that fit into the terminal, the first columns being the most telling."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

Column = tuple[str, Sequence[str]]
"""A heading and its cells."""


def table(columns: Sequence[Column]) -> Iterator[str]:
    """The lines of a table with headings; in a terminal without the columns that do not fit."""
    columns = _fitting(list(columns))
    widths = [_width(column) for column in columns]
    rows = zip(*([heading, *cells] for heading, cells in columns), strict=True)
    return ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def number_of(number: int, noun: str) -> str:
    """A number with its noun: ``1 rule``, ``1,234 rules``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _width(column: Column) -> int:
    heading, cells = column
    return max(map(len, [heading, *cells]))


def _fitting(columns: list[Column]) -> list[Column]:
    most = _terminal_width()
    while most is not None and len(columns) > 1 and sum(_width(column) + 2 for column in columns) - 2 > most:
        columns = columns[:-1]
    return columns


def _terminal_width() -> int | None:
    """How many characters a line of the terminal has; None where output is no terminal."""
    import shutil  # with compressors that nothing else needs

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
