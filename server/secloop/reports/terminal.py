"""What a stream can show: colours, width and box characters, read once where the program starts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import TextIO

from secloop.reports.model import Detail, TextOptions

_WIDEST = 120
"""Lines of text longer than this are hard to read, however wide the terminal is."""


def text_options(
    stream: TextIO,
    environment: Mapping[str, str] = os.environ,
    *,
    detail: Detail = Detail.FULL,
    show_suppressed: bool = False,
) -> TextOptions:
    """The options for text written to a stream.

    Colours only on a terminal, and not with ``NO_COLOR`` set (to anything but nothing) or ``TERM=dumb``. What
    is not a terminal gets 100 cells a line, whatever started it, so that its text is the same everywhere.
    """
    terminal = stream.isatty()
    color = terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    width = min(max(shutil.get_terminal_size().columns, 40), _WIDEST) if terminal else TextOptions().width
    return TextOptions(
        detail=detail,
        show_suppressed=show_suppressed,
        color=color,
        width=width,
        ascii=not _has_boxes(stream),
    )


def _has_boxes(stream: TextIO) -> bool:
    try:
        "╭│╰─▸…✓␛".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
