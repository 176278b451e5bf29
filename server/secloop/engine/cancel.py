"""A token by which one thread tells another to stop, promptly, what nobody waits for any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Cancelled(Exception):
    """The analysis was stopped before it was finished; it has no result."""


class Cancel:
    """Asks running analyses to stop; once cancelled it stays so. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._callbacks: dict[object, Callable[[], None]] = {}

    @property
    def cancelled(self) -> bool:
        """Whether ``cancel`` has been called."""
        return self._cancelled

    def cancel(self) -> None:
        """Stop everything that watches this token. Calling it again does nothing."""
        with self._lock:
            self._cancelled = True
            callbacks = list(self._callbacks.values())
            self._callbacks.clear()
        for callback in callbacks:
            callback()

    def check(self) -> None:
        """Raise ``Cancelled`` if this token is cancelled."""
        if self._cancelled:
            raise Cancelled

    @contextmanager
    def watching(self, stop: Callable[[], None]) -> Iterator[None]:
        """While inside, ``stop`` is called on cancellation by the thread that cancels; at once if it has."""
        handle = object()
        with self._lock:
            late = self._cancelled
            if not late:
                self._callbacks[handle] = stop
        if late:
            stop()
        try:
            yield
        finally:
            with self._lock:
                self._callbacks.pop(handle, None)


class _Never(Cancel):
    def cancel(self) -> None:
        raise RuntimeError("NEVER cannot be cancelled: pass a Cancel of your own")


NEVER: Cancel = _Never()
"""The token of an analysis that nobody will stop."""
