"""textDocument/hover: what a finding is, why it matters and how to fix it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from secloop.lsp import explain
from secloop.lsp.session import Session
from secloop.lsp.targets import Checked
from secloop.model import Finding


async def hover(session: Session, params: types.HoverParams) -> dict[str, Any] | None:
    """textDocument/hover. Answers from what is known now: waiting would hold up the editor's other hovers."""
    target = session.target(params.text_document.uri)
    checked = target.checked if target and target.settled.is_set() else None
    if checked is None:
        return None
    position = params.position
    offset = checked.view.offset(params.text_document.uri, position.line, position.character)
    if offset is None:
        return None
    found = list(findings_at(checked, offset, offset))
    if not found:
        return None
    if session.client.abilities.markdown:
        texts = [explain.markdown(finding, checked.project) for finding in found]
        contents = {"kind": "markdown", "value": "\n\n---\n\n".join(texts)}
    else:
        texts = [explain.plain_text(finding, checked.project) for finding in found]
        contents = {"kind": "plaintext", "value": "\n\n".join(texts)}
    _, where = checked.view.place(found[0].cell, found[0].span)
    return {"contents": contents, "range": where}


def findings_at(checked: Checked, start: int, end: int) -> Iterator[Finding]:
    """The findings, whatever their status, that touch a range of byte offsets of the document."""
    for finding in checked.findings.findings:
        span = finding.match.span
        if span.start.offset <= end and start <= span.end.offset:
            yield finding
