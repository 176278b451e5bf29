"""workspace/diagnostic: findings of the files that are not open, for clients that ask for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from lsprotocol import types

from secloop.engine.cancel import Cancel
from secloop.lsp.diagnostic import report
from secloop.lsp.diagnostics import Diagnostic, fault_diagnostic, finding_diagnostic, is_shown
from secloop.lsp.positions import PositionMap
from secloop.lsp.session import Session
from secloop.lsp.uris import from_path
from secloop.lsp.views import Range
from secloop.lsp.workspace_check import check_workspace
from secloop.model import Finding
from secloop.project import Check, Options
from secloop.syntax.document import Document

_SETTLE = 0.5
"""Seconds to wait after something changed: one save or checkout is many changes."""


async def workspace_diagnostic(session: Session, params: types.WorkspaceDiagnosticParams) -> dict[str, Any]:
    """workspace/diagnostic.

    Clients ask again as soon as they have an answer, so one that would say that nothing changed is held
    back until something did.
    """
    previous = {one.uri: one.value for one in params.previous_result_ids}
    while True:
        moved = session.moved
        checks = await check_workspace(session, (), Options(), Cancel())
        items = _reports(closed_diagnostics(session, checks), previous)
        if not previous or any(item["kind"] == "full" for item in items):
            return {"items": items}
        await moved.wait()
        await asyncio.sleep(_SETTLE)


def _reports(shown: Mapping[str, list[Diagnostic]], previous: Mapping[str, str]) -> list[dict[str, Any]]:
    empty = report([], None)["resultId"]
    gone: dict[str, list[Diagnostic]] = {
        uri: [] for uri, result_id in previous.items() if uri not in shown and result_id != empty
    }
    return [
        {"uri": uri, "version": None, **report(items, previous.get(uri))}
        for uri, items in {**shown, **gone}.items()
    ]


def closed_diagnostics(session: Session, checks: Iterable[Check]) -> dict[str, list[Diagnostic]]:
    """By URI, the diagnostics of every file with something to show that is not open."""
    opened = {target.file for target in session.targets}
    shown: dict[str, list[Diagnostic]] = {}
    for check in checks:
        for path, items in _by_path(session, check).items():
            file = check.project.root / path
            if path and file not in opened:
                shown[from_path(file)] = items
    return shown


def _by_path(session: Session, check: Check) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = {}
    for finding in check.verdict.findings:
        if is_shown(finding, session.settings):
            where = _range(session, finding, check.documents[finding.path])
            diagnostic = finding_diagnostic(finding, check.project, where, None, session.settings)
            found.setdefault(finding.path, []).append(diagnostic)
    for problem in check.verdict.problems:
        found.setdefault(problem.path, []).append(fault_diagnostic(problem, None))
    return found


def _range(session: Session, finding: Finding, document: Document) -> Range:
    if finding.cell is not None:
        # Where the file's JSON has the cell is known only while the notebook is open.
        return {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    return PositionMap(document, session.store.encoding).range(finding.span)
