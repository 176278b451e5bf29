"""Signals and standard streams: the command ends with nothing left behind, and with no exit code mistaken for a verdict."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
READER_GONE = 141
"""What shells say of a program that a broken pipe ended: 128 and the number of the signal."""

_ENDING = ("SIGTERM", "SIGHUP")  # Windows has only the first.


@contextmanager
def told_to_end() -> Iterator[None]:
    """While inside, a signal to end unwinds the program, so that it ends its engines and removes its files.

    A signal that the caller has ignored (``nohup``) or handles itself stays as it is.
    """
    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    mine = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in mine:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def fill_closed_streams() -> None:
    """Let output to a closed stream go nowhere (``secloop check >&-``), as the exit code still tells the verdict.

    The descriptors are taken too: a file that is opened later must not get the number of a standard stream.
    """
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def reader_is_gone() -> None:
    """End quietly after a broken pipe: what Python still has to write goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue  # It has no descriptor: nothing will be flushed to it.
    raise SystemExit(READER_GONE)
