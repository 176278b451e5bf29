"""pygls's protocol with what would make it slow or wrong for secloop replaced.

pygls keeps a workspace of its own documents, whose every edit costs as much as the file is long and whose
line ends are not SPEC 1's: here its handlers of document notifications are overridden, so it keeps none.
Messages of those notifications stay plain dictionaries, and what is sent is written by orjson.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import JsonRPCResponseMessage, LanguageServerProtocol, lsp_method

logger = logging.getLogger(__name__)

VERDICT = "secloop/verdict"

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


class ServerCancelledError(JsonRpcException):
    """The server gave up a diagnostic request because its document changed; the client may ask again."""

    CODE = types.LSPErrorCodes.ServerCancelled
    MESSAGE = "The document changed"


class SecloopProtocol(LanguageServerProtocol):
    """JSON-RPC for the server, over whichever transport pygls opened."""

    exit_code = 1
    """What the process should exit with: 0 once the client asked for a shutdown (LSP, ``exit``)."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Give hot notifications and secloop's own requests through as JSON; the rest as lsprotocol types.

        Called for every object within a message as well; those have no ``jsonrpc``.
        """
        if "jsonrpc" in data:
            method = data.get("method")
            if method in _PLAIN_NOTIFICATIONS:
                return PlainNotification(method, data["jsonrpc"], data["params"])
            if method == VERDICT and "id" in data:
                return PlainRequest(data["id"], method, data["jsonrpc"], data.get("params"))
        return super().structure_message(data)

    def send_json(self, method: str, params: Mapping[str, Any]) -> None:
        """Send a notification whose params are already JSON values. Call it on the event loop's thread."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    def _send_data(self, data: Any) -> None:
        """Write one message: pygls's single way out.

        Results may be anything that orjson takes, lsprotocol objects within included.
        """
        if self.writer is None:
            logger.error("nothing is connected, so a message is lost")
            return
        if isinstance(data, JsonRPCResponseMessage):
            data = {"jsonrpc": self.VERSION, "id": data.id, "result": data.result}
        body = orjson.dumps(data, default=self._serialize_message)
        if self._include_headers:
            body = b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        written = self.writer.write(body)
        if written is not None:
            self._writing = asyncio.ensure_future(written)

    # Document notifications go to secloop's handlers alone.

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: Any) -> Generator[Any, Any, None]:
        """Overrides pygls's, which keeps a document of its own."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: Any) -> Generator[Any, Any, None]:
        """Overrides pygls's, which costs as much as the file is long."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: Any) -> Generator[Any, Any, None]:
        """Overrides pygls's."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def lsp_notebook_document__did_open(self, params: Any) -> Generator[Any, Any, None]:
        """Overrides pygls's."""
        yield self.fm.features[types.NOTEBOOK_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def lsp_notebook_document__did_change(self, params: Any) -> Generator[Any, Any, None]:
        """Overrides pygls's."""
        yield self.fm.features[types.NOTEBOOK_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def lsp_notebook_document__did_close(self, params: Any) -> Generator[Any, Any, None]:
        """Overrides pygls's."""
        yield self.fm.features[types.NOTEBOOK_DOCUMENT_DID_CLOSE], (params,), None

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> Generator[Any, Any, None]:
        """End the process, with the exit code that pygls loses."""
        self.exit_code = 0 if self._shutdown else 1
        yield from super().lsp_exit(*args)
