"""secloop/newRule: a rule, with its test, made of code that is selected in the editor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

from secloop.lsp.params import text_of
from secloop.lsp.session import Session
from secloop.lsp.uris import to_path
from secloop.project import REPO_RULES, Project
from secloop.rules.draft import Draft, Drafted, DraftError, draft_rule

_LANGUAGES = {"javascriptreact": "js", "typescriptreact": "ts", "shellscript": "bash", "jupyter": "python"}
"""Semgrep's names of languages for which the protocol has another."""


async def new_rule(session: Session, params: Any) -> dict[str, Any]:
    """secloop/newRule ``{text, languageId, id, uri}``: the files to write, relative to the root."""
    text, rule_id = text_of(params, "text"), text_of(params, "id")
    language, uri = text_of(params, "languageId"), text_of(params, "uri")
    file = to_path(uri) or (session.folders[0] / "untitled" if session.folders else None)
    if file is None:
        raise JsonRpcInvalidParams("the file is in no folder, so there is no place for a rule")
    root = await session.projects.find_root(file, session.folder_of(file))
    project = await session.projects.loaded(root)
    draft = Draft(rule_id, text, _LANGUAGES.get(language, language), _suffix(file))
    try:
        made = await session.work.in_worker(_drafted, project, draft)
    except DraftError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    return {
        "root": str(root.path),
        "files": [{"path": path, "text": text} for path, text in made.files.items()],
    }


def _drafted(project: Project, draft: Draft) -> Drafted:
    taken = {rule.id for rule in project.ruleset.rules}
    return draft_rule(draft, REPO_RULES, taken, project.engine.compiler)


def _suffix(file: Path) -> str:
    return ".py" if file.suffix == ".ipynb" else file.suffix
