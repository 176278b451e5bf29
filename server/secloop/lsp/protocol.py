"""pygls's protocol with what would make it slow or wrong for secloop replaced.

pygls keeps a workspace of its own documents, whose every edit costs as much as the file is long and whose
line ends are not SPEC 1's: here its handlers of document notifications are overridden, so it keeps none.
Messages of those notifications stay plain dictionaries, and what is sent is written by orjson.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Generator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import orjson
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import JsonRPCResponseMessage, LanguageServerProtocol, lsp_method

logger = logging.getLogger(__name__)

OWN = "secloop/"
"""What the names of secloop's own requests start with."""

_PLAIN_NOTIFICATIONS = frozenset(
    {
        types.TEXT_DOCUMENT_DID_OPEN,
        types.TEXT_DOCUMENT_DID_CHANGE,
        types.TEXT_DOCUMENT_DID_CLOSE,
        types.NOTEBOOK_DOCUMENT_DID_OPEN,
        types.NOTEBOOK_DOCUMENT_DID_CHANGE,
        types.NOTEBOOK_DOCUMENT_DID_CLOSE,
    }
)


@dataclass(frozen=True, slots=True)
class PlainNotification:
    """A notification whose params are JSON as it came."""

    method: str
    jsonrpc: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlainRequest:
    """A request whose params are JSON as it came."""

    id: int | str
    method: str
    jsonrpc: str
    params: Any


@dataclass(frozen=True, slots=True)
class MalformedRequest:
    """A request whose params are not what LSP says; it still is owed an answer."""

    id: int | str
    method: str
    jsonrpc: str
    error: JsonRpcException


class SecloopProtocol(LanguageServerProtocol):
    """JSON-RPC for the server, over whichever transport pygls opened."""

    exit_code = 1
    """What the process should exit with: 0 once the client asked for a shutdown (LSP, ``exit``)."""

    _closed = False

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Give hot notifications and secloop's own requests through as JSON; the rest as lsprotocol types.

        Called for every object within a message as well; those have no ``jsonrpc``.
        """
        if "jsonrpc" in data:
            method = data.get("method")
            if method in _PLAIN_NOTIFICATIONS:
                return PlainNotification(method, data["jsonrpc"], data["params"])
            if "id" in data and isinstance(method, str) and method.startswith(OWN):
                return PlainRequest(data["id"], method, data["jsonrpc"], data.get("params"))
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                return MalformedRequest(data["id"], data["method"], self.VERSION, error)
            raise

    def handle_message(self, message: Any) -> None:
        """Answer what cannot be handled now, which pygls would leave unanswered; pass the rest on."""
        method = getattr(message, "method", None)
        refusal = self._refusal(method) if method is not None else None
        if refusal is None and isinstance(message, MalformedRequest):
            refusal = message.error.to_response_error()
        if refusal is None:
            super().handle_message(message)
        elif hasattr(message, "id"):
            self._send_response(message.id, error=refusal)

    def _refusal(self, method: str) -> types.ResponseError | None:
        if method in (types.EXIT, types.INITIALIZE) and not self._shutdown:
            return None
        if self._workspace is None:
            return types.ResponseError(types.ErrorCodes.ServerNotInitialized, "initialize comes first")
        if self._shutdown and method != types.EXIT:
            return types.ResponseError(types.ErrorCodes.InvalidRequest, "the server was shut down")
        return None

    def send_json(self, method: str, params: Mapping[str, Any]) -> None:
        """Send a notification whose params are already JSON values. Call it on the event loop's thread."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    def request_json(self, method: str, params: Mapping[str, Any]) -> asyncio.Future[Any]:
        """Send a request whose params are already JSON values; the answer is lsprotocol's."""
        msg_id = str(uuid.uuid4())
        future: Future[Any] = Future()
        self._request_futures[msg_id] = future
        self._result_types[msg_id] = self.get_result_type(method)
        self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "method": method, "params": params})
        return asyncio.wrap_future(future)

    def _send_data(self, data: Any) -> None:
        """Write one message: pygls's single way out.

        Results may be anything that orjson takes, lsprotocol objects within included.
        """
        if self.writer is None or self._closed:
            return
        if isinstance(data, JsonRPCResponseMessage):
            data = {"jsonrpc": self.VERSION, "id": data.id, "result": data.result}
        body = orjson.dumps(data, default=self._serialize_message)
        if self._include_headers:
            body = b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        try:
            written = self.writer.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The client is gone; the reading side sees it as well and ends the server.
            self._closed = True
            return
        if written is not None:
            self._writing = asyncio.ensure_future(written)

    # Document notifications go to secloop's handlers alone: pygls keeps no documents.

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: Any) -> None:
        """Overrides pygls's, which keeps a document of its own."""
        self.fm.features[types.TEXT_DOCUMENT_DID_OPEN](params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: Any) -> None:
        """Overrides pygls's, which costs as much as the file is long."""
        self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE](params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: Any) -> None:
        """Overrides pygls's."""
        self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE](params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def lsp_notebook_document__did_open(self, params: Any) -> None:
        """Overrides pygls's."""
        self.fm.features[types.NOTEBOOK_DOCUMENT_DID_OPEN](params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def lsp_notebook_document__did_change(self, params: Any) -> None:
        """Overrides pygls's."""
        self.fm.features[types.NOTEBOOK_DOCUMENT_DID_CHANGE](params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def lsp_notebook_document__did_close(self, params: Any) -> None:
        """Overrides pygls's."""
        self.fm.features[types.NOTEBOOK_DOCUMENT_DID_CLOSE](params)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: types.ExecuteCommandParams
    ) -> Any:
        """Run a command with its whole params: pygls's passes no progress token and cannot be cancelled."""
        handler = self.fm.commands.get(params.command)
        if handler is None:
            raise JsonRpcInvalidParams(f"there is no command {params.command!r}")
        return await handler(params)

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> Generator[Any, Any, None]:
        """End the process, with the exit code that pygls loses."""
        self.exit_code = 0 if self._shutdown else 1
        self._closed = True
        yield from super().lsp_exit(*args)
