"""Runs things beside the event loop: coroutines that nobody awaits, and functions in worker threads."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from secloop.engine.cancel import Cancel
from secloop.lsp.client import Client

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

_QUIET = 2.0
"""Seconds without work on an open file after which nobody is taken to be typing."""
_ENOUGH_OBJECTS = 50_000
"""New objects from which on a search for garbage is worth its while."""


class Work:
    """Everything that runs for one session, so that it can be stopped and none of its errors is lost."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._checkers = ThreadPoolExecutor(2, "secloop-check")
        self._typing = ThreadPoolExecutor(1, "secloop-typing")
        self._helpers = ThreadPoolExecutor(6, "secloop-work")
        self._tasks: set[asyncio.Task[Any]] = set()
        self._tidying: asyncio.TimerHandle | None = None

    def spawn(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        """Run a coroutine that nobody awaits; an error in it is reported."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.report(error)

    def report(self, error: BaseException) -> None:
        """Tell the user of an unexpected error, once and in words; the rest goes to the log."""
        logger.error("unexpected error", exc_info=error)
        self._client.show_error_once(f"secloop: {error or type(error).__name__}")

    async def in_worker(self, function: Callable[..., _T], *args: Any, cancel: Cancel | None = None) -> _T:
        """Run a function off the event loop's thread; if the caller is cancelled, so is ``cancel``."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._helpers, function, *args)
        except asyncio.CancelledError:
            if cancel is not None:
                cancel.cancel()
            raise

    def in_checker(self, function: Callable[..., _T], *args: Any) -> asyncio.Future[_T]:
        """Run the check of an open file: in threads of its own, which no long work can take."""
        self._tidy_later()
        return asyncio.get_running_loop().run_in_executor(self._checkers, function, *args)

    def at_once(self, function: Callable[..., _T], *args: Any) -> asyncio.Future[_T]:
        """Run what takes milliseconds and waits for nothing: in a thread of its own, so that it need not wait."""
        self._tidy_later()
        return asyncio.get_running_loop().run_in_executor(self._typing, function, *args)

    def _tidy_later(self) -> None:
        """Look for garbage when all is quiet: that goes through all trees, which takes longer than a keystroke."""
        if self._tidying is not None:
            self._tidying.cancel()
        self._tidying = asyncio.get_running_loop().call_later(_QUIET, _tidy)

    def close(self) -> None:
        """Stop everything; what runs in a thread ends when it sees its ``Cancel``."""
        if self._tidying is not None:
            self._tidying.cancel()
        for task in list(self._tasks):
            task.cancel()
        for pool in (self._typing, self._checkers, self._helpers):
            pool.shutdown(wait=False, cancel_futures=True)


def _tidy() -> None:
    if gc.get_count()[0] >= _ENOUGH_OBJECTS:
        gc.collect()
