"""secloop/findings: what is known now, as the verdict's JSON has it, with where the client has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from secloop.lsp.known import Known, known
from secloop.lsp.positions import Encoding, PositionMap
from secloop.lsp.session import Session
from secloop.lsp.targets import Checked
from secloop.lsp.uris import from_path
from secloop.lsp.views import Range
from secloop.model import Finding, Span
from secloop.policy.json import finding_json
from secloop.project import Check
from secloop.syntax.document import Document

START: Range = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}


async def findings(session: Session, _: Any) -> orjson.Fragment:
    """secloop/findings: those of open files, and of all files once the workspace was checked. Checks nothing."""
    moment = known(session)
    return orjson.Fragment(await session.work.in_worker(_render, moment, session.store.encoding))


def _render(moment: Sequence[Known], encoding: Encoding) -> bytes:
    items = [item for one in moment for item in _of_root(one, encoding)]
    whole = bool(moment) and all(one.whole is not None for one in moment)
    return orjson.dumps({"whole": whole, "findings": items})


def _of_root(one: Known, encoding: Encoding) -> Iterator[dict[str, Any]]:
    for checked in one.opened.values():
        for finding in checked.findings.findings if checked.view.parts else ():
            yield {**_opened(checked, finding), "root": str(one.root)}
    if one.whole is None:
        return
    for finding in one.whole.verdict.findings:
        if finding.path not in one.opened and finding.path not in one.silent:
            yield closed_finding(one.whole, finding, encoding)


def _opened(checked: Checked, finding: Finding) -> dict[str, Any]:
    value = finding_json(finding)
    uri, where = checked.view.place(finding.cell, finding.span)
    trace = [checked.view.place(None, step.span) for step in finding.match.trace]
    steps = zip(value["trace"], trace, strict=True)
    value["trace"] = [{**step, "uri": uri, "range": where} for step, (uri, where) in steps]
    return {**value, "uri": uri, "range": where}


def closed_finding(check: Check, finding: Finding, encoding: Encoding) -> dict[str, Any]:
    """A finding in a file that is not open, with its URI, its range and its root."""
    uri = from_path(check.project.root / finding.path)
    document = check.documents[finding.path]
    value = finding_json(finding)
    steps = zip(value["trace"], finding.match.trace, strict=True)
    value["trace"] = [
        {**step, "uri": uri, "range": _range(document, finding, encoding, at.span)} for step, at in steps
    ]
    where = _range(document, finding, encoding, finding.span)
    return {**value, "uri": uri, "range": where, "root": str(check.project.root)}


def _range(document: Document, finding: Finding, encoding: Encoding, span: Span) -> Range:
    # Where a notebook's file has its cells is known only while it is open.
    return START if finding.cell is not None else PositionMap(document, encoding).range(span)
