"""textDocument/codeAction and codeAction/resolve: what can be done about a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified, JsonRpcInvalidParams

from secloop.lsp import accepting, fixing
from secloop.lsp.diagnostics import SOURCE, documentation
from secloop.lsp.edits import Change
from secloop.lsp.hover import findings_at
from secloop.lsp.session import Session
from secloop.lsp.targets import Checked, Proved
from secloop.model import Finding, Status

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.secloop"
KINDS = (types.CodeActionKind.QuickFix.value, FIX_ALL)

Action = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an action does, as it travels in ``data`` and as the argument of the command ``secloop.apply``.

    ``do`` is ``fix``, ``fix-rule``, ``fix-all``, ``suppress``, ``unsuppress`` or ``waive``; ``fingerprint``
    names the finding where there is one.
    """

    uri: str
    do: str
    fingerprint: str = ""


async def code_action(session: Session, params: types.CodeActionParams) -> list[Action] | None:
    """textDocument/codeAction."""
    target = session.target(params.text_document.uri)
    if target is None or not _is_wanted(params.context.only, *KINDS):
        return None
    # Whoever asks for fixes of the whole file and nothing else, as editors do on save, waits for the proofs.
    patience = fixing.LONG_PATIENCE if _only_fix_all(params.context.only) else fixing.PATIENCE
    checked = await fixing.checked_soon(target, patience)
    if checked is None:
        return None
    proved = await fixing.proved_soon(target, patience)
    actions: list[Action] = []
    if _is_wanted(params.context.only, KINDS[0]):
        for finding in _asked_about(checked, params):
            actions += _finding_actions(session, checked, proved, finding, params)
    if proved and _is_wanted(params.context.only, FIX_ALL):
        wanted = Wanted(params.text_document.uri, "fix-all")
        title = "Fix all secloop findings in this file"
        actions.append({"title": title, "kind": FIX_ALL, "data": asdict(wanted)})
    if not session.client.abilities.literal_actions:
        return [_as_command(action) for action in actions]
    if not session.client.abilities.resolves_edits:
        edited = [await _edited_if_possible(session, action) for action in actions]
        return [action for action in edited if action is not None]
    return actions


async def resolve(session: Session, params: types.CodeAction) -> Action:
    """codeAction/resolve: add the edit of the action that was chosen."""
    action: Action = {"title": params.title, "kind": params.kind, "data": params.data}
    return await _with_edit(session, action)


def _is_wanted(only: Sequence[str] | None, *kinds: str) -> bool:
    """Whether the client asked for actions of one of these kinds: a kind stands for those below it too."""
    return not only or any(kind == one or kind.startswith(f"{one}.") for one in only for kind in kinds)


def _only_fix_all(only: Sequence[str] | None) -> bool:
    return bool(only) and not _is_wanted(only, KINDS[0])


def _asked_about(checked: Checked, params: types.CodeActionParams) -> Iterator[Finding]:
    """The findings at the range; if the client names diagnostics of ours, only those that it names."""
    uri, place = params.text_document.uri, params.range
    start = checked.view.offset(uri, place.start.line, place.start.character)
    end = checked.view.offset(uri, place.end.line, place.end.character)
    if start is None or end is None:
        return
    named = {
        one.data.get("fingerprint")
        for one in params.context.diagnostics
        if one.source == SOURCE and isinstance(one.data, dict)
    } - {None}
    for finding in findings_at(checked, start, end):
        if finding.status is not Status.OPEN or not named or finding.fingerprint in named:
            yield finding


def _finding_actions(
    session: Session,
    checked: Checked,
    proved: Mapping[str, Proved],
    finding: Finding,
    params: types.CodeActionParams,
) -> list[Action]:
    rule_id, uri = finding.rule_id, params.text_document.uri
    about = [one for one in params.context.diagnostics if _is_of(one, finding)]

    def action(do: str, title: str, **more: Any) -> Action:
        wanted = Wanted(uri, do, finding.fingerprint)
        return {
            "title": title,
            "kind": KINDS[0],
            "diagnostics": about,
            "data": asdict(wanted),
            **more,
        }

    actions = []
    if finding.status is Status.OPEN:
        fixed = proved.get(finding.fingerprint)
        if fixed is not None:
            actions.append(action("fix", f"{fixed.fix.title} ({rule_id})", isPreferred=True))
            if sum(one.finding.rule_id == rule_id for one in proved.values()) > 1:
                actions.append(action("fix-rule", f"Fix all {rule_id} in this file"))
        if accepting.can_suppress(checked, finding):
            actions.append(action("suppress", f"Suppress {rule_id} here with a comment"))
        if accepting.can_waive(session, checked):
            actions.append(action("waive", f"Accept {rule_id} with a waiver in the policy file"))
    elif accepting.can_unsuppress(checked, finding):
        actions.append(action("unsuppress", f"Remove the suppression of {rule_id}"))
    page = documentation(checked.project.ruleset.get(rule_id), checked.project)
    if page:
        title = f"Open the documentation of {rule_id}"
        command = {"title": title, "command": "secloop.openDocumentation", "arguments": [page]}
        actions.append({"title": title, "kind": KINDS[0], "diagnostics": about, "command": command})
    return actions


def _is_of(diagnostic: types.Diagnostic, finding: Finding) -> bool:
    data = diagnostic.data
    return (
        diagnostic.source == SOURCE
        and isinstance(data, dict)
        and data.get("fingerprint") == finding.fingerprint
    )


def _as_command(action: Action) -> dict[str, Any]:
    """An action for clients that know commands only."""
    if "command" in action:
        return dict(action["command"])
    return {"title": action["title"], "command": "secloop.apply", "arguments": [action["data"]]}


async def _with_edit(session: Session, action: Action) -> Action:
    data = action.get("data")
    if data is None:
        return action
    change = await make_change(session, data)
    return {**action, "edit": change.workspace_edit(session.client.abilities)}


async def _edited_if_possible(session: Session, action: Action) -> Action | None:
    try:
        return await _with_edit(session, action)
    except JsonRpcContentModified:
        return None


async def make_change(session: Session, data: Any, **words: str) -> Change:
    """The change that an action makes to the current text.

    Args:
        words: ``reason``, and for a waiver ``owner`` and ``expires``, where the user gave them.

    Raises:
        JsonRpcInvalidParams: if the data is not from an action of ours.
        JsonRpcContentModified: if the finding is no longer there, or the change cannot be made any more.
    """
    try:
        wanted = Wanted(**data)
    except TypeError as error:
        raise JsonRpcInvalidParams(f"not an action of secloop's: {error}") from None
    target = session.target(wanted.uri)
    checked = await fixing.checked_soon(target) if target else None
    if target is None or checked is None:
        raise JsonRpcContentModified("the document is being checked; try again")
    if wanted.do == "fix-all":
        return await fixing.fix_all(session, checked, None)
    finding = next((one for one in checked.findings.findings if one.fingerprint == wanted.fingerprint), None)
    if finding is None:
        raise JsonRpcContentModified("the finding is no longer there")
    if wanted.do == "fix":
        return await fixing.fix_one(target, checked, finding)
    if wanted.do == "fix-rule":
        return await fixing.fix_all(session, checked, finding.rule_id)
    if wanted.do == "suppress":
        return accepting.suppress(checked, finding, words.get("reason", ""))
    if wanted.do == "unsuppress":
        return accepting.unsuppress(checked, finding)
    if wanted.do == "waive":
        return await accepting.waive(session, checked, finding, **words)
    raise JsonRpcInvalidParams(f"{wanted.do!r} is not something secloop does")
