"""The language server: pygls's server with secloop's session, features and transports."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from secloop import __version__
from secloop.engine.core import Core
from secloop.engine.standby import Standby
from secloop.lsp import (
    code_action,
    code_lens,
    commands,
    compare_verdict,
    configuration,
    diagnostic,
    explain_rule,
    findings,
    hover,
    lifecycle,
    new_rule,
    synchronization,
    verdict,
    watched_files,
    workspace_diagnostic,
)
from secloop.lsp.client import Client
from secloop.lsp.protocol import SecloopProtocol
from secloop.lsp.session import Session
from secloop.project import Engine, Options, Project
from secloop.workspace.cache import open_cache
from secloop.workspace.tree import OverlayTree

logger = logging.getLogger(__name__)

_NOTEBOOKS = types.NotebookDocumentSyncOptions(
    # No filter of cells: a finding's cell is counted over all cells of the notebook.
    notebook_selector=[types.NotebookDocumentFilterWithNotebook(notebook="jupyter-notebook")],
    save=False,
)
_FEATURES: dict[str, tuple[Callable[..., Any], Any]] = {
    types.INITIALIZE: (lifecycle.initialize, None),
    types.INITIALIZED: (lifecycle.initialized, None),
    types.SHUTDOWN: (lifecycle.shutdown, None),
    types.TEXT_DOCUMENT_DID_OPEN: (synchronization.text_document_did_open, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (synchronization.text_document_did_change, None),
    types.TEXT_DOCUMENT_DID_SAVE: (synchronization.text_document_did_save, types.SaveOptions()),
    types.TEXT_DOCUMENT_DID_CLOSE: (synchronization.text_document_did_close, None),
    types.NOTEBOOK_DOCUMENT_DID_OPEN: (synchronization.notebook_document_did_open, None),
    types.NOTEBOOK_DOCUMENT_DID_CHANGE: (synchronization.notebook_document_did_change, None),
    types.NOTEBOOK_DOCUMENT_DID_CLOSE: (synchronization.notebook_document_did_close, None),
    types.TEXT_DOCUMENT_DIAGNOSTIC: (
        diagnostic.text_document_diagnostic,
        types.DiagnosticOptions(
            inter_file_dependencies=False, workspace_diagnostics=True, identifier="secloop"
        ),
    ),
    types.WORKSPACE_DIAGNOSTIC: (workspace_diagnostic.workspace_diagnostic, None),
    types.TEXT_DOCUMENT_CODE_LENS: (code_lens.code_lens, types.CodeLensOptions(resolve_provider=True)),
    types.CODE_LENS_RESOLVE: (code_lens.resolve, None),
    types.TEXT_DOCUMENT_HOVER: (hover.hover, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        code_action.code_action,
        types.CodeActionOptions(code_action_kinds=list(code_action.KINDS), resolve_provider=True),
    ),
    types.CODE_ACTION_RESOLVE: (code_action.resolve, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (configuration.did_change_configuration, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (watched_files.did_change_watched_files, None),
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (lifecycle.did_change_workspace_folders, None),
    "secloop/verdict": (verdict.verdict, None),
    "secloop/findings": (findings.findings, None),
    "secloop/explainRule": (explain_rule.explain_rule, None),
    "secloop/checkWorkspace": (commands.check_workspace_request, None),
    "secloop/compareVerdict": (compare_verdict.compare_verdict, None),
    "secloop/newRule": (new_rule.new_rule, None),
}


class SecloopServer(LanguageServer):
    """pygls's server with secloop's session."""

    protocol: SecloopProtocol

    def __init__(self, engine: Engine) -> None:
        super().__init__(
            "secloop",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            notebook_document_sync=_NOTEBOOKS,
            protocol_cls=SecloopProtocol,
            converter_factory=default_converter,
        )
        self.session = Session(Client(self.protocol), partial(_load, engine))
        for method, (handler, options) in _FEATURES.items():
            self.feature(method, options)(partial(handler, self.session))
        for name, command in commands.COMMANDS.items():
            self.command(name)(partial(command, self.session))

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """An error in a handler, told once in words; one that is a request's answer needs no more."""
        if not isinstance(error, JsonRpcException) or isinstance(error, JsonRpcInternalError):
            # pygls calls this where it caught what it wraps, whose own words are better.
            self.session.work.report(sys.exc_info()[1] or error)


def _load(engine: Engine, tree: OverlayTree, options: Options) -> Project:
    return Project.load(tree, engine, options)


def serve_stdio() -> int:
    """Serve the client on standard input and output until it goes; returns the exit code.

    The two streams are taken away from everything else in the process: what a library prints goes to
    standard error, and no child process can read the client's messages.
    """
    reading = os.fdopen(os.dup(0), "rb")
    writing = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return _serve(lambda server: server.start_io(reading, writing))


def serve_tcp(host: str, port: int) -> int:
    """Serve one client on a TCP port, for debugging."""
    return _serve(lambda server: server.start_tcp(host, port))


def serve_websocket(host: str, port: int) -> int:
    """Serve one client on a WebSocket port, for debugging."""
    return _serve(lambda server: server.start_ws(host, port))


_YOUNG_OBJECTS = 1_000_000
"""A search for cycles looks at all trees that are kept, 20 ms for a few files: so it waits until all is quiet.

That is `Work`'s to say; here it is seen to that it does not wait for ever.
"""


def _serve(start: Callable[[SecloopServer], None]) -> int:
    gc.set_threshold(_YOUNG_OBJECTS, 5, 5)
    cache = open_cache(None)
    core = Core()
    standby = Standby(core)
    server = SecloopServer(Engine(cache=cache, shared_core=core, standby=standby))
    log = _EditorLog(server.session.client)
    logging.getLogger("secloop").addHandler(log)
    logging.getLogger("secloop").setLevel(logging.INFO)
    logging.getLogger("pygls").addHandler(log)
    logging.getLogger("pygls").setLevel(logging.WARNING)
    if cache.notice:
        logger.warning("%s", cache.notice)
    try:
        start(server)
    finally:
        server.session.close()
        standby.close()
    return server.protocol.exit_code


class _EditorLog(logging.Handler):
    """Log records as window/logMessage; on standard error while no client is connected."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client

    def emit(self, record: logging.LogRecord) -> None:
        """Send a record, from whichever thread."""
        message = self.format(record)
        loop = self._client.loop
        if loop is None or loop.is_closed():
            print(message, file=sys.stderr)
        else:
            loop.call_soon_threadsafe(self._client.log, record.levelno, message)
