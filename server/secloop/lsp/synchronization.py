"""textDocument/didOpen, didChange, didClose and their notebookDocument counterparts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lsprotocol import types

from secloop.lsp.session import Session

Params = Mapping[str, Any]


def text_document_did_open(session: Session, params: Params) -> None:
    """textDocument/didOpen."""
    session.opened(session.store.open(params).uri)


def text_document_did_change(session: Session, params: Params) -> None:
    """textDocument/didChange."""
    session.changed(session.store.change(params).uri)


def text_document_did_save(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    """textDocument/didSave."""
    session.saved(params.text_document.uri)


def text_document_did_close(session: Session, params: Params) -> None:
    """textDocument/didClose."""
    uri = params["textDocument"]["uri"]
    session.store.close(uri)
    session.closed(uri)


def notebook_document_did_open(session: Session, params: Params) -> None:
    """notebookDocument/didOpen."""
    session.opened(session.store.open_notebook(params).uri)


def notebook_document_did_change(session: Session, params: Params) -> None:
    """notebookDocument/didChange."""
    session.changed(session.store.change_notebook(params).uri)


def notebook_document_did_close(session: Session, params: Params) -> None:
    """notebookDocument/didClose."""
    session.store.close_notebook(params)
    session.closed(params["notebookDocument"]["uri"])
