"""Proved fixes of an open file: proofs run in the background and are remembered by text."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from secloop.lsp.edits import Change
from secloop.lsp.session import Session
from secloop.lsp.targets import Checked, Target
from secloop.model import Finding

PATIENCE = 0.3
"""Seconds that a request for code actions waits for a check or a proof that runs (SPEC 10)."""


async def checked_soon(target: Target) -> Checked | None:
    """The answer for the current version, if it comes within the patience of a code action."""
    if not target.settled.is_set():
        try:
            await asyncio.wait_for(target.settled.wait(), PATIENCE)
        except asyncio.TimeoutError:
            return None
    return target.checked


async def fixable_soon(
    session: Session, target: Target, checked: Checked, *, patient: bool = False
) -> Mapping[str, Finding]:
    return {}


async def fix_one(session: Session, target: Target, checked: Checked, finding: Finding) -> Change:
    raise NotImplementedError


async def fix_all(session: Session, target: Target, checked: Checked, rule_id: str | None) -> Change:
    raise NotImplementedError
