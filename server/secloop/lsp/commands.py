"""workspace/executeCommand: what the editor's commands and secloop's own actions run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from secloop.engine.cancel import Cancel
from secloop.lsp import rule_commands
from secloop.lsp.code_action import make_change
from secloop.lsp.progress import WorkDone
from secloop.lsp.session import Session
from secloop.lsp.uris import web_link
from secloop.lsp.workspace_check import check_workspace, summary
from secloop.lsp.workspace_diagnostic import closed_diagnostics
from secloop.project import Options


async def apply(session: Session, params: types.ExecuteCommandParams) -> bool:
    """``secloop.apply``: make the change of an action whose ``data`` is the argument."""
    return await _apply(session, _argument(params))


async def suppress(session: Session, params: types.ExecuteCommandParams) -> bool:
    """``secloop.suppress`` with ``{uri, fingerprint, reason}``: accept a finding by a comment."""
    argument = _argument(params)
    reason = _word(argument, "reason")
    return await _apply(session, _about(argument, "suppress"), reason=reason)


async def waive(session: Session, params: types.ExecuteCommandParams) -> bool:
    """``secloop.waive`` with ``{uri, fingerprint, reason, owner, expires}``: accept it in the policy file."""
    argument = _argument(params)
    words = {name: _word(argument, name) for name in ("reason", "owner", "expires")}
    return await _apply(session, _about(argument, "waive"), **words)


async def open_documentation(session: Session, params: types.ExecuteCommandParams) -> str:
    """``secloop.openDocumentation`` with an address: show a rule's page in the browser."""
    link = web_link((params.arguments or [None])[0])
    if link is None:
        raise JsonRpcInvalidParams("the argument must be an http or https address")
    if session.client.abilities.shows_documents:
        await session.client.request(
            types.WINDOW_SHOW_DOCUMENT, types.ShowDocumentParams(uri=link, external=True)
        )
    else:
        session.client.show(link)
    return link


async def check_workspace_command(
    session: Session, params: types.ExecuteCommandParams
) -> list[dict[str, Any]]:
    """``secloop.checkWorkspace``: check the open folders, with progress, and show what is found."""
    return await _check_workspace(session, params.work_done_token)


async def check_workspace_request(session: Session, params: Any) -> list[dict[str, Any]]:
    """secloop/checkWorkspace ``{workDoneToken?}``: the same as a request that can be cancelled."""
    token = params.get("workDoneToken") if isinstance(params, Mapping) else None
    if not isinstance(token, str | int | None):
        raise JsonRpcInvalidParams("'workDoneToken' must be a text or a number")
    return await _check_workspace(session, token)


async def _check_workspace(session: Session, token: types.ProgressToken | None) -> list[dict[str, Any]]:
    cancel = Cancel()
    bar = await WorkDone.begin(
        session.client.progress,
        token,
        can_create=session.client.abilities.shows_progress,
        on_cancel=_canceller(cancel),
    )
    message = "stopped"
    try:
        checks = await check_workspace(session, (), Options(), cancel, bar.report)
        session.display.show_closed(closed_diagnostics(session, checks))
        message = ", ".join(check.verdict.outcome.value for check in checks) or "no folder is open"
        return [summary(check) for check in checks]
    finally:
        bar.end(message)


def _canceller(cancel: Cancel) -> Callable[[], None]:
    """Stops the work, and with it the request that started it."""
    task = asyncio.current_task()

    def stop() -> None:
        cancel.cancel()
        if task is not None:
            task.cancel()

    return stop


async def reload(session: Session, _: types.ExecuteCommandParams) -> None:
    """``secloop.reload``: load rules and policy of every root again."""
    for root in tuple(session.roots.values()):
        session.projects.load(root, quiet=0)


COMMANDS: Mapping[str, Callable[[Session, types.ExecuteCommandParams], Awaitable[Any]]] = {
    "secloop.apply": apply,
    "secloop.checkWorkspace": check_workspace_command,
    "secloop.openDocumentation": open_documentation,
    "secloop.reload": reload,
    "secloop.showMatches": rule_commands.show_matches,
    "secloop.suppress": suppress,
    "secloop.testRules": rule_commands.test_rules,
    "secloop.waive": waive,
}


async def _apply(session: Session, data: Any, **words: str) -> bool:
    change = await make_change(session, data, **words)
    edit = change.workspace_edit(session.client.abilities)
    answer = await session.client.apply_edit(edit)
    if not answer.applied:
        reason = answer.failure_reason or "the editor refused the edit"
        session.client.show(f"secloop: {reason}", types.MessageType.Warning)
    return bool(answer.applied)


def _argument(params: types.ExecuteCommandParams) -> Mapping[str, Any]:
    arguments: Sequence[Any] = params.arguments or ()
    if len(arguments) != 1 or not isinstance(arguments[0], Mapping):
        raise JsonRpcInvalidParams(f"{params.command} takes one argument, an object")
    return arguments[0]


def _about(argument: Mapping[str, Any], do: str) -> dict[str, str]:
    uri, fingerprint = _word(argument, "uri"), _word(argument, "fingerprint")
    if not uri or not fingerprint:
        raise JsonRpcInvalidParams("'uri' and 'fingerprint' say which finding is meant")
    return {"uri": uri, "do": do, "fingerprint": fingerprint}


def _word(argument: Mapping[str, Any], name: str) -> str:
    value = argument.get(name, "")
    if not isinstance(value, str):
        raise JsonRpcInvalidParams(f"{name!r} must be a text")
    return value
