"""Peak memory of a process and everything it started, sampled from outside."""

from __future__ import annotations

import threading

import psutil

_EVERY = 0.05


class PeakMemory:
    """The largest sum of resident memory seen while inside, in MB; shared pages count in every process.

    A peak shorter than the 50 ms between two samples can be missed.
    """

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.megabytes = 0.0

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.megabytes = max(self.megabytes, self._now())
            if self._over.wait(_EVERY):
                return

    def _now(self) -> float:
        try:
            family = [self._process, *self._process.children(recursive=True)]
        except psutil.Error:
            return 0.0
        return sum(map(_resident, family)) / 1e6


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0  # it has just ended
