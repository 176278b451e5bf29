"""Watches files on disk, where the client does not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

logger = logging.getLogger(__name__)


async def watch_files(
    places: Sequence[Path], changed: Callable[[list[Path]], None], *, recursive: bool = True
) -> None:
    """Tell of files that change at or below some places, until cancelled.

    Folders and not files are watched, since editors save by renaming, and a watch on a file would lose it.
    """
    import watchfiles

    there = [place for place in places if place.is_dir()]
    if not there:
        return
    stop = asyncio.Event()
    try:
        changes = watchfiles.awatch(*there, stop_event=stop, watch_filter=_matters, recursive=recursive)
        async for batch in changes:
            changed([Path(path) for _, path in batch])
    except OSError as error:
        logger.warning("%s is not watched, so rules that change there count later: %s", there[0], error)
    finally:
        stop.set()


def _matters(_: object, path: str) -> bool:
    """Whether a change of a file can matter: not git's own, of which each command writes some."""
    return "/.git/" not in path.replace("\\", "/")
