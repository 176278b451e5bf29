"""initialize, initialized, workspace folders and shutdown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.uris import from_fs_path

from secloop.lsp.client import Abilities
from secloop.lsp.configuration import apply_settings, follow_configuration
from secloop.lsp.session import Session
from secloop.lsp.uris import to_path
from secloop.lsp.watched_files import watch


def initialize(session: Session, params: types.InitializeParams) -> None:
    """initialize: learn what the client can do and which folders are open; pygls answers."""
    session.client.loop = asyncio.get_running_loop()
    session.client.abilities = Abilities.of(params.capabilities)
    if not session.client.abilities.pulls_diagnostics:
        session.client.withdraw(types.TEXT_DOCUMENT_DIAGNOSTIC, types.WORKSPACE_DIAGNOSTIC)
    encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
    session.store.encoding = types.PositionEncodingKind(encoding).value
    session.projects.set_folders(_folders(params))
    options = params.initialization_options
    if isinstance(options, Mapping):
        wishes = options.get("secloop")
        session.status.wanted = isinstance(wishes, Mapping) and wishes.get("status") is True
        apply_settings(session, options.get("settings", options))


def _folders(params: types.InitializeParams) -> list[Path]:
    uris = [folder.uri for folder in params.workspace_folders or ()]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    if not uris and params.root_path:
        uris = [from_fs_path(params.root_path) or ""]
    paths = (to_path(uri) for uri in uris)
    return [path for path in paths if path is not None]


async def initialized(session: Session, _: types.InitializedParams) -> None:
    """initialized: from now on the client may be asked for things."""
    follow_configuration(session)
    await watch(session)
    for folder in session.folders:
        # So that a broken rule or policy is seen before any file is opened.
        await session.projects.find_root(folder, folder)


async def did_change_workspace_folders(
    session: Session, params: types.DidChangeWorkspaceFoldersParams
) -> None:
    """workspace/didChangeWorkspaceFolders."""
    removed = {to_path(folder.uri) for folder in params.event.removed}
    added = [path for path in (to_path(folder.uri) for folder in params.event.added) if path is not None]
    session.projects.set_folders([folder for folder in session.folders if folder not in removed] + added)
    await watch(session)
    for folder in added:
        await session.projects.find_root(folder, folder)


def shutdown(session: Session, _: None) -> None:
    """shutdown: stop what runs; only ``exit`` may come now."""
    session.close()
