"""secloop/compareVerdict: whether the verdict here is the one that was decided elsewhere, and if not, why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

from secloop.engine.cancel import Cancel
from secloop.lsp.findings import closed_finding
from secloop.lsp.params import text_of
from secloop.lsp.positions import Encoding
from secloop.lsp.session import Session
from secloop.lsp.uris import from_path, to_path
from secloop.lsp.workspace_check import check_workspace
from secloop.policy.compare import Json, compare, verdict_of
from secloop.policy.json import verdict_json
from secloop.project import Check, Options


async def compare_verdict(session: Session, params: Any) -> dict[str, Any]:
    """secloop/compareVerdict ``{ci, root? or uri?}``: by default with the first open folder's root."""
    root = await _root(session, params)
    try:
        ci = verdict_of(params.get("ci"))
        checks = await check_workspace(session, [str(root)], Options(), Cancel())
    except ValueError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    check = next(one for one in checks if one.project.root == root)
    return await session.work.in_worker(_answer, check, ci, session.store.encoding)


async def _root(session: Session, params: Any) -> Path:
    given = text_of(params, "root", "") or text_of(params, "uri", "")
    place = to_path(given) if given.startswith("file:") else Path(given) if given else None
    if place is None:
        if not session.folders:
            raise JsonRpcInvalidParams("no folder is open: name a file or a root")
        place = session.folders[0]
    return (await session.projects.find_root(place, session.folder_of(place))).path


def _answer(check: Check, ci: Json, encoding: Encoding) -> dict[str, Any]:
    here = verdict_json(check.verdict)
    found = compare(here, ci)
    return {
        "same": found.same,
        "reasons": list(found.reasons),
        "here": _head(here),
        "ci": _head(ci),
        "only_here": [closed_finding(check, check.verdict.findings[at], encoding) for at in found.only_first],
        "only_ci": [_with_uri(check, ci["findings"][at]) for at in found.only_second],
    }


def _head(verdict: Json) -> dict[str, Any]:
    keys = ("verdict", "digest", "components")
    return {**{key: verdict.get(key) for key in keys}, "digest": verdict["digest"] or ""}


def _with_uri(check: Check, finding: Mapping[str, Any]) -> dict[str, Any]:
    """A finding of the other verdict: its path may be anything, and counts only inside of the root."""
    root = check.project.root
    file = (root / finding["path"]).resolve()
    inside = root.resolve() in file.parents and file.is_file()
    return {**finding, "uri": from_path(root / finding["path"])} if inside else dict(finding)
