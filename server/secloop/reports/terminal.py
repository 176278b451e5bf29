"""What a stream can show: colours, width and box characters, asked once where a report is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

from msgspec.structs import replace

from secloop.reports.model import TextOptions

_WIDEST = 120
"""Lines of text longer than this are hard to read, however wide the terminal is."""


def for_stream(
    options: TextOptions, stream: TextIO, environment: Mapping[str, str] = os.environ
) -> TextOptions:
    """The options for text that is written to a stream.

    Colours only on a terminal that knows them, or where ``FORCE_COLOR`` is set; never with ``NO_COLOR`` set
    (to anything but nothing). What is not a terminal gets the width of the options, whatever started it, so
    that its text is the same everywhere.
    """
    terminal = stream.isatty()
    wanted = (terminal and environment.get("TERM") != "dumb") or bool(environment.get("FORCE_COLOR"))
    width = _width() if terminal else options.width
    return replace(
        options,
        color=wanted and not environment.get("NO_COLOR"),
        width=width,
        ascii=options.ascii or not _has_boxes(stream),
    )


def _width() -> int:
    import shutil  # with compressors that nothing else needs

    return min(max(shutil.get_terminal_size().columns, 40), _WIDEST)


def _has_boxes(stream: TextIO) -> bool:
    try:
        "╭│╰─▸…✓␛".encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
