"""textDocument/codeLens and codeLens/resolve: over each rule of a rule file, what it finds and its tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from secloop.lsp.findings import closed_finding
from secloop.lsp.params import text_of
from secloop.lsp.positions import PositionMap
from secloop.lsp.session import Session
from secloop.model import Rule
from secloop.project import Project

Lens = dict[str, Any]

_MOST_LOCATIONS = 1000


async def code_lens(session: Session, params: types.CodeLensParams) -> list[Lens]:
    """textDocument/codeLens. What a rule finds is looked for when the lens is seen."""
    uri = params.text_document.uri
    project, path = await rules_at(session, uri)
    buffer = session.store.get(uri)
    if project is None or buffer is None:
        return []
    positions = PositionMap(buffer.snapshot(path), session.store.encoding, bom=buffer.bom)
    return [
        lens
        for rule in rules_of(project, path)
        for lens in _lenses({"uri": uri, "rule_id": rule.id}, positions.line(rule.source.line))
    ]


def _lenses(about: Mapping[str, str], where: Any) -> tuple[Lens, Lens]:
    run = {"title": "run tests", "command": "secloop.testRules", "arguments": [about]}
    return {"range": where, "data": about}, {"range": where, "command": run}


async def resolve(session: Session, params: types.CodeLens) -> Lens:
    """codeLens/resolve: count what the rule finds in the workspace."""
    about = {key: text_of(params.data, key) for key in ("uri", "rule_id")}
    where = {"start": _place(params.range.start), "end": _place(params.range.end)}
    project, _ = await rules_at(session, about["uri"])
    rule = project.ruleset.get(about["rule_id"]) if project else None
    if project is None or rule is None:
        raise JsonRpcContentModified("the rule is no longer there")
    check = await session.authoring.matches(project, rule)
    found = check.verdict.findings
    count = "1 match" if len(found) == 1 else f"{len(found)} matches"
    shown = [closed_finding(check, one, session.store.encoding) for one in found[:_MOST_LOCATIONS]]
    locations = [{"uri": one["uri"], "range": one["range"]} for one in shown]
    return {
        "range": where,
        "data": about,
        "command": {
            "title": f"{count} in this workspace",
            "command": "secloop.showMatches",
            "arguments": [{**about, "locations": locations}],
        },
    }


def _place(position: types.Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}


async def rules_at(session: Session, uri: str) -> tuple[Project | None, str]:
    """The project, as newly as it is typed, of the root that an open file belongs to, and its path there."""
    target = session.target(uri)
    if target is None:
        return None, ""
    await target.settled.wait()
    if target.root is None:
        return None, ""
    return await session.projects.loaded(target.root), target.path


def rules_of(project: Project, path: str) -> list[Rule]:
    """The rules of the root's own that a file defines, in its order."""
    own = [
        rule for rule in project.ruleset.rules if rule.source.path == path and rule.source.origin == "repo"
    ]
    return sorted(own, key=lambda rule: rule.source.line)
