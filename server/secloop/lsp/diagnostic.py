"""textDocument/diagnostic: diagnostics for clients that ask for them (pull, SPEC 11)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson
from lsprotocol import types

from secloop.lsp.diagnostics import Diagnostic
from secloop.lsp.session import Session


async def text_document_diagnostic(
    session: Session, params: types.DocumentDiagnosticParams
) -> dict[str, Any]:
    """textDocument/diagnostic: the answer for the current version, as soon as there is one."""
    uri = params.text_document.uri
    while (target := session.target(uri)) is not None and not target.settled.is_set():
        await target.settled.wait()
    if target is None:
        return report([], params.previous_result_id)
    if not session.display.is_held(target):
        target.answered = session.display.diagnostics(target)
    return report(target.answered.get(uri, []), params.previous_result_id)


def report(items: Sequence[Diagnostic], previous: str | None) -> dict[str, Any]:
    """A full report, or that nothing changed since the previous one; a result id is a hash of the items."""
    result_id = hashlib.sha256(orjson.dumps(items)).hexdigest()[:32]
    if result_id == previous:
        return {"kind": "unchanged", "resultId": result_id}
    return {"kind": "full", "resultId": result_id, "items": items}
