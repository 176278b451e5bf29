"""workspace/didChangeWatchedFiles: rules, policy and ignore files that change on disk.

A client that lets the server register watchers does the watching; for any other the server watches itself.
"""

from __future__ import annotations

from lsprotocol import types

from secloop.lsp.session import Session
from secloop.lsp.uris import to_path
from secloop.lsp.watching import watch_files


def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """workspace/didChangeWatchedFiles."""
    changed = (to_path(event.uri) for event in params.changes)
    session.projects.files_changed([path for path in changed if path is not None])


async def watch(session: Session) -> None:
    """Have the open folders watched, by the client if it can.

    Everything in them, since the policy may name rules anywhere and a file that appears or goes changes
    what a check of the workspace says; editors watch their folders as a whole in any case.
    """
    if not session.client.abilities.watches_files:
        if session.watching is not None:
            session.watching.cancel()
        session.watching = session.work.spawn(watch_files(session.folders, session.projects.files_changed))
    elif session.watching is None:
        session.watching = session.work.spawn(_register(session))


async def _register(session: Session) -> None:
    options = types.DidChangeWatchedFilesRegistrationOptions(
        watchers=[types.FileSystemWatcher(glob_pattern="**/*")]
    )
    await session.client.register(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
