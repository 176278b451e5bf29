"""What the connected editor can do, and how it is spoken to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.progress import Progress

from secloop.lsp.protocol import SecloopProtocol


@dataclass(frozen=True, slots=True)
class Abilities:
    """The client capabilities that change what the server sends."""

    pulls_diagnostics: bool = False
    refreshes_diagnostics: bool = False
    refreshes_lenses: bool = False
    versioned_edits: bool = False
    creates_files: bool = False
    annotates_edits: bool = False
    literal_actions: bool = False
    resolves_edits: bool = False
    markdown: bool = False
    watches_files: bool = False
    configures: bool = False
    registers_configuration: bool = False
    shows_documents: bool = False
    shows_progress: bool = False
    applies_edits: bool = False

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> Abilities:
        """Read them from what the client declared in ``initialize``."""

        def has(name: str) -> bool:
            return bool(get_capability(capabilities, name, False))

        resolvable = get_capability(
            capabilities, "text_document.code_action.resolve_support.properties", None
        )
        formats = get_capability(capabilities, "text_document.hover.content_format", None) or ()
        operations = get_capability(capabilities, "workspace.workspace_edit.resource_operations", None) or ()
        return cls(
            # One that cannot be told to ask again would never see what a changed rule finds: it is pushed to.
            pulls_diagnostics=get_capability(capabilities, "text_document.diagnostic", None) is not None
            and has("workspace.diagnostics.refresh_support"),
            refreshes_diagnostics=has("workspace.diagnostics.refresh_support"),
            refreshes_lenses=has("workspace.code_lens.refresh_support"),
            versioned_edits=has("workspace.workspace_edit.document_changes"),
            creates_files=types.ResourceOperationKind.Create in operations,
            annotates_edits=get_capability(
                capabilities, "workspace.workspace_edit.change_annotation_support", None
            )
            is not None,
            literal_actions=get_capability(
                capabilities, "text_document.code_action.code_action_literal_support", None
            )
            is not None,
            resolves_edits="edit" in (resolvable or ()) and has("text_document.code_action.data_support"),
            markdown=types.MarkupKind.Markdown in formats,
            watches_files=has("workspace.did_change_watched_files.dynamic_registration"),
            configures=has("workspace.configuration"),
            registers_configuration=has("workspace.did_change_configuration.dynamic_registration"),
            shows_documents=has("window.show_document.support"),
            shows_progress=has("window.work_done_progress"),
            applies_edits=has("workspace.apply_edit"),
        )


class Client:
    """The editor at the other end. Use it on the event loop's thread only."""

    def __init__(self, protocol: SecloopProtocol) -> None:
        self._protocol = protocol
        self._said: set[str] = set()
        self.abilities = Abilities()
        self.loop: asyncio.AbstractEventLoop | None = None
        """The event loop, once the client is connected."""

    def withdraw(self, *methods: str) -> None:
        """Offer these requests to the client no more; before the answer to ``initialize`` only."""
        for method in methods:
            self._protocol.fm.features.pop(method, None)

    @property
    def progress(self) -> Progress:
        """The client's progress bars."""
        return self._protocol.progress

    def publish(self, uri: str, version: int | None, diagnostics: Sequence[Mapping[str, Any]]) -> None:
        """Send the whole set of diagnostics of a document."""
        params: dict[str, Any] = {"uri": uri, "diagnostics": diagnostics}
        if version is not None:
            params["version"] = version
        self._protocol.send_json(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    def notify(self, method: str, params: Mapping[str, Any]) -> None:
        """Send a notification of secloop's own, for which the client asked."""
        self._protocol.send_json(method, params)

    def refresh_diagnostics(self) -> None:
        """Have the client ask again for what it asked before, if it can be told so."""
        if self.abilities.refreshes_diagnostics:
            self.tell(types.WORKSPACE_DIAGNOSTIC_REFRESH, None)

    def log(self, level: int, message: str) -> None:
        """Write to the editor's output channel; ``level`` is one of ``logging``'s."""
        kind = types.MessageType.Info
        if level >= logging.ERROR:
            kind = types.MessageType.Error
        elif level >= logging.WARNING:
            kind = types.MessageType.Warning
        self._protocol.send_json(types.WINDOW_LOG_MESSAGE, {"type": kind, "message": message})

    def show(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Show the user one sentence."""
        self._protocol.send_json(types.WINDOW_SHOW_MESSAGE, {"type": kind, "message": message})

    def show_error_once(self, message: str) -> None:
        """Show the user an error in words, unless this session showed the same one before."""
        if message not in self._said:
            self._said.add(message)
            self.show(message, types.MessageType.Error)

    async def register(self, method: str, options: object) -> None:
        """Have the client send what it sends only when asked to."""
        registration = types.Registration(id=f"secloop/{method}", method=method, register_options=options)
        await self.request(types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams([registration]))

    async def apply_edit(self, edit: dict[str, Any]) -> types.ApplyWorkspaceEditResult:
        """Have the client make a workspace edit, given as JSON."""
        answer: types.ApplyWorkspaceEditResult = await self._protocol.request_json(
            types.WORKSPACE_APPLY_EDIT, {"label": "secloop", "edit": edit}
        )
        return answer

    async def ask_json(self, method: str, params: Mapping[str, Any]) -> Any:
        """Ask the client with params that are already JSON values."""
        return await self._protocol.request_json(method, params)

    def refresh_lenses(self) -> None:
        """Have the client ask for code lenses again, if it can be told so."""
        if self.abilities.refreshes_lenses:
            self.tell(types.WORKSPACE_CODE_LENS_REFRESH, None)

    async def request(self, method: str, params: Any) -> Any:
        """Ask the client; the answer is lsprotocol's."""
        return await self._protocol.send_request_async(method, params)

    def tell(self, method: str, params: Any) -> None:
        """Ask the client for something whose answer does not matter."""
        self._protocol.send_request(method, params)
