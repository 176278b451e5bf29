"""secloop/explainRule: a rule's page, for editors that show it in a view of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

from secloop.lsp.params import text_of
from secloop.lsp.session import Session
from secloop.lsp.uris import from_path
from secloop.model import Rule
from secloop.project import Project
from secloop.project.authoring import tests_of
from secloop.reports import rule_page
from secloop.reports.metadata import references
from secloop.rules.pack import bundled_folder


async def explain_rule(session: Session, params: Any) -> dict[str, Any]:
    """secloop/explainRule ``{rule_id, uri?}``: the URI of an open file says whose rule is meant."""
    rule_id, uri = text_of(params, "rule_id"), text_of(params, "uri", "")
    for project in _projects(session, uri):
        rule = project.ruleset.get(rule_id)
        if rule is not None:
            return await session.work.in_worker(_page, project, rule)
    raise JsonRpcInvalidParams(f"there is no rule {rule_id!r} here")


def _projects(session: Session, uri: str) -> Iterator[Project]:
    target = session.target(uri) if uri else None
    roots = [target.root] if target and target.root else list(session.roots.values())
    return (root.project for root in roots if root.project is not None)


def _page(project: Project, rule: Rule) -> dict[str, Any]:
    file = _file(project, rule)
    return {
        "rule_id": rule.id,
        "title": rule.id,
        "markdown": rule_page.markdown(rule, tests_of(project, rule)),
        "severity": rule.severity.label,
        "confidence": rule.confidence.label,
        "languages": list(rule.languages),
        "metadata": _without(rule.metadata, "secloop"),
        "references": references(rule.metadata),
        "examples": {
            key: rule.secloop[key] for key in ("bad", "good") if isinstance(rule.secloop.get(key), str)
        },
        "rule_uri": from_path(file) if file.is_file() else "",
        "line": rule.source.line,
    }


def _file(project: Project, rule: Rule) -> Path:
    if rule.source.origin != "bundled":
        return project.root / rule.source.path
    folder, prefix = bundled_folder()
    return folder / rule.source.path.removeprefix(f"{prefix}/")


def _without(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != key}
