"""workspace/didChangeWatchedFiles: rules, policy and ignore files that change on disk.

A client that lets the server register watchers does the watching; for any other the server watches itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from secloop.lsp.session import Session
from secloop.lsp.uris import to_path

logger = logging.getLogger(__name__)


def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """workspace/didChangeWatchedFiles."""
    changed = (to_path(event.uri) for event in params.changes)
    session.files_changed([path for path in changed if path is not None])


async def watch(session: Session) -> None:
    """Have the open folders watched, by the client if it can.

    Everything in them, since the policy may name rules anywhere and a file that appears or goes changes
    what a check of the workspace says; editors watch their folders as a whole in any case.
    """
    if not session.client.abilities.watches_files:
        if session.watching is not None:
            session.watching.cancel()
        session.watching = session.spawn(_watch_folders(session, tuple(session.folders)))
    elif session.watching is None:
        session.watching = session.spawn(_register(session))


async def _register(session: Session) -> None:
    options = types.DidChangeWatchedFilesRegistrationOptions(
        watchers=[types.FileSystemWatcher(glob_pattern="**/*")]
    )
    registration = types.Registration(
        id="secloop-watch",
        method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        register_options=options,
    )
    await session.client.request(
        types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams(registrations=[registration])
    )


async def _watch_folders(session: Session, folders: Iterable[Path]) -> None:
    """Watch folders until cancelled; editors save by renaming, so a watch on single files would lose them."""
    import watchfiles

    there = [folder for folder in folders if folder.is_dir()]
    if not there:
        return
    stop = asyncio.Event()
    try:
        async for changes in watchfiles.awatch(*there, stop_event=stop, watch_filter=_matters):
            files = [Path(path) for _, path in changes]
            session.files_changed(files)
    except OSError as error:
        logger.warning("the folders are not watched, so rules that change on disk count later: %s", error)
    finally:
        stop.set()


def _matters(_: object, path: str) -> bool:
    """Whether a change of a file can matter: not git's own files, of which each command writes some."""
    return "/.git/" not in path.replace("\\", "/")
