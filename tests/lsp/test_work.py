"""What runs beside the event loop, and what is done when nothing does."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator
from unittest.mock import Mock

import pytest

from secloop.lsp import work
from secloop.lsp.work import Work


class _Knot:
    """What refers to itself, so that only a search finds that nobody else does."""

    def __init__(self) -> None:
        self.me = self


async def _gone(one: weakref.ref[_Knot]) -> None:
    while one() is not None:
        await asyncio.sleep(0.01)


@pytest.fixture
def patient() -> Iterator[None]:
    """Python itself looks for garbage as seldom as in a server."""
    before = gc.get_threshold()
    gc.collect()
    gc.set_threshold(100_000_000)
    yield
    gc.set_threshold(*before)


@pytest.mark.asyncio
@pytest.mark.usefixtures("patient")
async def test_garbage_is_looked_for_when_all_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_QUIET", 0.05)
    knots = [_Knot() for _ in range(100_000)]
    last = weakref.ref(knots[-1])
    beside = Work(Mock())
    try:
        await beside.at_once(knots.clear)
        assert last() is not None
        await asyncio.wait_for(_gone(last), 30)
    finally:
        beside.close()


@pytest.mark.asyncio
@pytest.mark.usefixtures("patient")
async def test_garbage_is_not_looked_for_while_there_is_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_QUIET", 30.0)
    knots = [_Knot() for _ in range(100_000)]
    last = weakref.ref(knots[-1])
    beside = Work(Mock())
    try:
        await beside.at_once(knots.clear)
        for _ in range(20):
            await beside.in_checker(int)
            await asyncio.sleep(0.01)
        assert last() is not None
    finally:
        beside.close()
