"""Fixes of an open file, offered only once they are proved (SPEC 10)."""

from __future__ import annotations

import asyncio
import difflib
import re
from collections.abc import Mapping

from pygls.exceptions import JsonRpcContentModified

from secloop.engine.cancel import Cancel
from secloop.fixes.edits import Edit
from secloop.lsp.edits import Change
from secloop.lsp.session import Session
from secloop.lsp.targets import Checked, Proved, Target
from secloop.model import Finding, Status
from secloop.syntax.document import Document

PATIENCE = 0.3
"""Seconds that a request for code actions waits for a check or a proof that runs (SPEC 10)."""

LONG_PATIENCE = 20.0
"""Seconds that a request waits which asks for fixes and nothing else, as editors do on save."""

_LINE = re.compile(rb"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


async def checked_soon(target: Target, patience: float = PATIENCE) -> Checked | None:
    """The answer for the current version, if it comes in time."""
    if not target.settled.is_set():
        waiting = asyncio.ensure_future(target.settled.wait())
        await asyncio.wait({waiting}, timeout=patience)
        waiting.cancel()
    return target.checked if target.settled.is_set() else None


async def proved_soon(target: Target, patience: float = PATIENCE) -> Mapping[str, Proved]:
    """The proved fixes of the current version by fingerprint; none if the proofs take longer."""
    target.asked.set()
    proofs = target.proofs
    if proofs is None:
        return {}
    await asyncio.wait({proofs}, timeout=patience)
    if not proofs.done() or proofs.cancelled() or proofs.exception() is not None:
        return {}
    return proofs.result()


async def fix_one(target: Target, checked: Checked, finding: Finding) -> Change:
    """The proved fix of one finding.

    Raises:
        JsonRpcContentModified: if there is none any more.
    """
    proved = (await proved_soon(target, LONG_PATIENCE)).get(finding.fingerprint)
    edits = checked.view.edits(proved.fix.edits) if proved else None
    if edits is None:
        raise JsonRpcContentModified("this fix is not proved for the text as it is now")
    return Change(edits)


async def fix_all(session: Session, checked: Checked, rule_id: str | None) -> Change:
    """All fixes of a rule, or of every rule, that hold together, proved on the combined text.

    Raises:
        JsonRpcContentModified: if no fix holds.
    """
    document = checked.view.document
    matches = [
        finding.match
        for finding in checked.findings.findings
        if finding.fix and finding.status is Status.OPEN and rule_id in (None, finding.rule_id)
    ]
    cancel = Cancel()

    def work() -> list[Edit]:
        return changes(document, checked.project.fix_all(document, matches, cancel=cancel).document)

    edits = checked.view.edits(await session.work.in_worker(work, cancel=cancel))
    if not edits:
        raise JsonRpcContentModified("no fix could be proved for the text as it is now")
    return Change(edits)


def changes(before: Document, after: Document) -> list[Edit]:
    """The edits by whole lines that make one text of another; in a notebook cell by cell."""
    if not before.cells:
        return _changed_lines(before.data, after.data, 0)
    return [
        edit
        for old, new in zip(before.cells, after.cells, strict=True)
        for edit in _changed_lines(
            before.data[old.start : old.end], after.data[new.start : new.end], old.start
        )
    ]


def _changed_lines(old: bytes, new: bytes, base: int) -> list[Edit]:
    old_lines, new_lines = _LINE.findall(old), _LINE.findall(new)
    starts = [base]
    for line in old_lines:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    return [
        Edit(starts[a], starts[b], b"".join(new_lines[c:d]).decode("utf-8"))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
