"""Edits by which a user accepts a finding: a comment in the code, or a waiver in the policy file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

import orjson
import tomli
from msgspec.structs import replace
from pygls.exceptions import JsonRpcContentModified, JsonRpcInvalidParams

from secloop.fixes.edits import line_end_at
from secloop.lsp.edits import Change
from secloop.lsp.positions import PositionMap
from secloop.lsp.session import Session
from secloop.lsp.targets import Checked
from secloop.lsp.uris import from_path, to_path
from secloop.lsp.views import Part
from secloop.model import Finding, Span
from secloop.policy.annotate import CommentEdit, add_suppressions, remove_suppression
from secloop.project import today
from secloop.syntax.document import Document, decode
from secloop.workspace.config import CONFIG_NAME, PYPROJECT_NAME
from secloop.workspace.roots import read_disk

_WAIVER_DAYS = 90
"""How long a waiver holds that is written without a date, unless the policy allows less."""


def can_suppress(checked: Checked, finding: Finding) -> bool:
    """Whether a comment can accept the finding."""
    edits = _suppression(checked, finding, "")
    return bool(edits) and checked.view.edits(edits) is not None


def suppress(checked: Checked, finding: Finding, reason: str) -> Change:
    """Put a comment at the finding. Without a reason, the user writes one behind it."""
    return _change(checked, _suppression(checked, finding, reason))


def _suppression(checked: Checked, finding: Finding, reason: str) -> Sequence[CommentEdit]:
    # A policy that requires reasons does not stop the comment from being written: it has no effect, and
    # is reported, until its reason is there.
    settings = replace(checked.project.config.suppressions, require_reason=False)
    return add_suppressions(checked.view.document, [finding], reason, settings).edits


def can_unsuppress(checked: Checked, finding: Finding) -> bool:
    """Whether a comment of ours accepts the finding and can be taken away."""
    edits = remove_suppression(checked.view.document, finding)
    return edits is not None and checked.view.edits(edits) is not None


def unsuppress(checked: Checked, finding: Finding) -> Change:
    """Take the finding's rule out of the comment that accepts it."""
    return _change(checked, remove_suppression(checked.view.document, finding) or ())


def _change(checked: Checked, edits: Sequence[CommentEdit]) -> Change:
    made = checked.view.edits(edits)
    if not made:
        raise JsonRpcContentModified("no comment can be written or removed here")
    return Change(made)


def can_waive(session: Session, checked: Checked) -> bool:
    """Whether there is a policy file to write to, or the client can make one."""
    return bool(checked.project.config.path) or session.client.abilities.creates_files


async def waive(
    session: Session, checked: Checked, finding: Finding, reason: str = "", owner: str = "", expires: str = ""
) -> Change:
    """Add a waiver of the finding to the root's policy file, making ``secloop.toml`` if there is none.

    What the user did not give stays empty: the policy file is then in error, and the verdict with it,
    until someone fills it in. So the user is asked to confirm, unless it was all given.

    Raises:
        JsonRpcInvalidParams: if ``expires`` is no date.
        JsonRpcContentModified: if the policy file cannot take it as it is.
    """
    config = checked.project.config
    file = checked.project.root / (config.path or CONFIG_NAME)
    days = min(_WAIVER_DAYS, config.max_waiver_days)
    last = _date(expires) if expires else today() + datetime.timedelta(days=days)
    text, part, bom = await _policy_text(session, file)
    line_end = line_end_at(text, 0)
    table = "tool.secloop.waivers" if file.name == PYPROJECT_NAME else "waivers"
    lines = [
        *([""] if text.data and not text.data.endswith((b"\n", b"\r")) else []),
        *([""] if text.data else []),
        f"[[{table}]]",
        f"rule = {_quoted(finding.rule_id)}",
        f"path = {_quoted(_literal_glob(finding.path))}",
        f"fingerprint = {_quoted(finding.fingerprint)}",
        f"reason = {_quoted(reason)}",
        f"owner = {_quoted(owner)}",
        f"expires = {last.isoformat()}",
        "",
    ]
    added = line_end.join(lines)
    try:
        tomli.loads(text.text.replace("\r\n", "\n") + added.replace("\r\n", "\n"))
    except tomli.TOMLDecodeError as error:
        raise JsonRpcContentModified(f"{file.name} cannot take a waiver as it is: {error}") from None
    end = text.position(len(text.data))
    asks = f"Accept {finding.rule_id} in {finding.path} until {last.isoformat()}"
    where = PositionMap(text, session.store.encoding, bom=bom).range(Span(end, end))
    return Change(
        {part: [{"range": where, "newText": added}]},
        creates="" if config.path else part.uri,
        label="" if reason and owner and expires else asks,
    )


async def _policy_text(session: Session, file: Path) -> tuple[Document, Part, bool]:
    """The policy file as the editor has it, and else as it is on disk, where it need not be."""
    for buffer in session.store:
        if to_path(buffer.uri) == file:
            return buffer.snapshot(file.name), Part(buffer.uri, buffer.version), buffer.bom
    data = await session.work.in_worker(read_disk, file)
    document = Document(file.name, decode(data or b"", python=False))
    return document, Part(from_path(file), None), False


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's are the same but for the delete character."""
    return orjson.dumps(text.replace("\x7f", " ")).decode()


def _literal_glob(path: str) -> str:
    """A gitignore-style glob that matches this path alone."""
    return "/" + re.sub(r"([\\*?\[\]!#])", r"\\\1", path)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise JsonRpcInvalidParams(f"'expires' must be a date such as 2026-01-31, not {text!r}") from None
