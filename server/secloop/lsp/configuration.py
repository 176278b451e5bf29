"""workspace/configuration and workspace/didChangeConfiguration: the editor's settings."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from lsprotocol import types

from secloop.lsp.session import Session
from secloop.lsp.settings import SECTION, read_settings


def did_change_configuration(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """workspace/didChangeConfiguration: settings come with it, or are asked for."""
    if session.client.abilities.configures:
        session.work.spawn(pull_configuration(session))
        return
    given = params.settings
    apply_settings(session, given.get(SECTION) if isinstance(given, Mapping) else None)


def follow_configuration(session: Session) -> None:
    """Learn the settings and their changes from a client that tells them only when asked to."""
    if session.client.abilities.configures:
        session.work.spawn(pull_configuration(session))
    if session.client.abilities.registers_configuration:
        options = types.DidChangeConfigurationRegistrationOptions(section=SECTION)
        session.work.spawn(session.client.register(types.WORKSPACE_DID_CHANGE_CONFIGURATION, options))


async def pull_configuration(session: Session) -> None:
    """Ask the client for the settings (workspace/configuration)."""
    wanted = types.ConfigurationParams(items=[types.ConfigurationItem(section=SECTION)])
    answer = await session.client.request(types.WORKSPACE_CONFIGURATION, wanted)
    apply_settings(session, answer[0] if answer else None)


def apply_settings(session: Session, value: Any) -> None:
    """Take on settings, and show again what is shown if they change it."""
    settings, wrong = read_settings(value)
    for words in wrong:
        session.client.show_error_once(words)
    logging.getLogger("secloop").setLevel(settings.log_level)
    if settings == session.settings:
        return
    session.settings = settings
    session.move()
    for target in session.targets:
        if target.settled.is_set():
            session.display.show(target)
    session.client.refresh_diagnostics()
