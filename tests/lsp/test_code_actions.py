"""What can be done about a finding: proved fixes, acceptance in words, and the rule's page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsp_editor import FULL, Editor, Start, copied, lacking
from lsprotocol import types

pytestmark = pytest.mark.asyncio

TWO_EVALS = "import ast\neval(x)\neval(y)\nexec(z)\n"


async def offered(
    editor: Editor, uri: str, line: int, only: list[str] | None = None
) -> dict[str, types.CodeAction]:
    """The actions at a line by title, once the fixes of the file are proved."""

    async def proved() -> bool:
        return bool(await editor.actions(uri, line, only=["source.fixAll"]))

    await proved()
    return {action.title: action for action in await editor.actions(uri, line, only=only)}


async def resolved(editor: Editor, action: types.CodeAction) -> types.WorkspaceEdit:
    answer = await editor.client.code_action_resolve_async(action)
    assert answer.edit is not None
    return answer.edit


def applied(text: str, edit: types.WorkspaceEdit) -> str:
    """The text after the edits of its one document (ASCII, ``\\n``)."""
    (change,) = [one for one in edit.document_changes or () if isinstance(one, types.TextDocumentEdit)]
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    for one in sorted(change.edits, key=lambda one: -one.range.start.line):
        start = starts[one.range.start.line] + one.range.start.character
        end = starts[one.range.end.line] + one.range.end.character
        text = text[:start] + one.new_text + text[end:]
    return text


async def test_a_proved_fix_is_offered_first_and_rendered_on_resolve(editor: Editor) -> None:
    uri = editor.open("a.py", TWO_EVALS, version=4)
    await editor.shown(uri, 4)
    actions = await offered(editor, uri, 1)
    (fix,) = [action for title, action in actions.items() if action.is_preferred]
    assert "no-eval" in fix.title
    assert fix.kind == "quickfix"
    assert [one.code for one in fix.diagnostics or ()] == ["no-eval"]
    assert fix.edit is None
    edit = await resolved(editor, fix)
    assert applied(TWO_EVALS, edit) == TWO_EVALS.replace("eval(x)", "ast.literal_eval(x)")
    (change,) = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 4


async def test_all_of_a_rule_and_all_of_the_file(editor: Editor) -> None:
    uri = editor.open("a.py", TWO_EVALS)
    await editor.shown(uri)
    fixed = TWO_EVALS.replace("eval(", "ast.literal_eval(")
    actions = await offered(editor, uri, 1)
    assert applied(TWO_EVALS, await resolved(editor, actions["Fix all no-eval in this file"])) == fixed
    (everything,) = await editor.actions(uri, 0, only=["source.fixAll.secloop"])
    assert everything.kind == "source.fixAll.secloop"
    assert applied(TWO_EVALS, await resolved(editor, everything)) == fixed


async def test_a_fix_that_does_not_work_is_not_offered(start: Start, repo: Path) -> None:
    (repo / ".secloop/rules/rules.yaml").write_text(
        "rules: [{id: bad-fix, languages: [python], severity: ERROR, message: m, pattern: eval(...), fix: eval(1)}]"
    )
    editor = await start()
    uri = editor.open("a.py", "eval(x)\n")
    await editor.codes(uri, "bad-fix")
    actions = await offered(editor, uri, 0)
    assert not any(action.is_preferred for action in actions.values())
    assert await editor.actions(uri, 0, only=["source.fixAll"]) == []


async def test_only_the_kinds_that_were_asked_for_come_back(editor: Editor) -> None:
    uri = editor.open("a.py", TWO_EVALS)
    await editor.shown(uri)
    kinds = {action.kind for action in (await offered(editor, uri, 1, ["quickfix"])).values()}
    assert kinds == {"quickfix"}
    assert await editor.actions(uri, 1, only=["refactor"]) == []
    assert {action.kind for action in await editor.actions(uri, 1, only=["source"])} == {
        "source.fixAll.secloop"
    }


async def test_suppress_and_take_it_back(editor: Editor) -> None:
    text = "exec(z)\n"
    uri = editor.open("a.py", text)
    await editor.shown(uri)
    actions = await offered(editor, uri, 0)
    suppressed = applied(text, await resolved(editor, actions["Suppress no-exec here with a comment"]))
    assert suppressed == "exec(z)  # secloop: ignore[no-exec]\n"
    editor.change(uri, 2, suppressed)
    assert (await editor.shown(uri, 2)).items == []
    actions = await offered(editor, uri, 0)
    back = applied(suppressed, await resolved(editor, actions["Remove the suppression of no-exec"]))
    assert back == text


async def test_suppress_with_a_reason_given_to_the_command(editor: Editor) -> None:
    uri = editor.open("a.py", "exec(z)\n")
    (found,) = (await editor.shown(uri)).items
    assert isinstance(found.data, dict)
    argument = {"uri": uri, "fingerprint": found.data["fingerprint"], "reason": "the build's own text"}
    assert await editor.command("secloop.suppress", argument) is True
    (edit,) = editor.applied
    assert applied("exec(z)\n", edit) == "exec(z)  # secloop: ignore[no-exec] the build's own text\n"


async def waive(editor: Editor, uri: str) -> types.WorkspaceEdit:
    actions = await offered(editor, uri, 0)
    return await resolved(editor, actions["Accept no-exec with a waiver in the policy file"])


async def test_a_waiver_is_added_to_the_policy_file_for_the_user_to_fill_in(
    editor: Editor, repo: Path
) -> None:
    uri = editor.open("a.py", "exec(z)\n")
    await editor.shown(uri)
    edit = await waive(editor, uri)
    (change,) = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.uri == editor.uri("secloop.toml")
    assert edit.change_annotations is not None
    policy = applied((repo / "secloop.toml").read_text(), edit)
    assert 'rule = "no-exec"' in policy
    opened = editor.open("secloop.toml", policy, language="toml")
    await editor.codes(opened, "policy", "policy")
    filled = policy.replace('reason = ""', 'reason = "x"').replace('owner = ""', 'owner = "me"')
    editor.change(opened, 2, filled)
    await editor.codes(uri)
    assert editor.published[opened].items == []


async def test_a_waiver_makes_the_policy_file_where_there_is_none(start: Start, repo: Path) -> None:
    (repo / "secloop.toml").unlink()
    editor = await start()
    uri = editor.open("a.py", "exec(zzz)\n")
    await editor.until(lambda: uri in editor.published and "no-exec" in editor.published[uri].codes)
    create, change = (await waive(editor, uri)).document_changes or ()
    assert isinstance(create, types.CreateFile)
    assert isinstance(change, types.TextDocumentEdit)
    assert create.uri == change.text_document.uri == editor.uri("secloop.toml")
    assert change.text_document.version is None


async def test_a_waiver_with_all_its_words_asks_for_no_confirmation(editor: Editor, repo: Path) -> None:
    uri = editor.open("a.py", "exec(z)\n")
    shown = await editor.shown(uri)
    about = {"uri": uri, "fingerprint": shown.items[0].data["fingerprint"]}
    words = {"reason": "reviewed", "owner": "security", "expires": "2099-01-31"}
    assert await editor.command("secloop.waive", {**about, **words}) is True
    assert await editor.command("secloop.waive", {**about, "reason": "reviewed"}) is True
    given, asked = editor.applied
    assert given.change_annotations is None
    assert asked.change_annotations is not None
    (change,) = given.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert 'reason = "reviewed"\nowner = "security"\nexpires = 2099-01-31' in change.edits[0].new_text


async def test_the_rules_page_is_opened_by_the_client(editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    await editor.shown(uri)
    action = (await offered(editor, uri, 0))["Open the documentation of no-eval"]
    assert action.command is not None
    await editor.command(action.command.command, *(action.command.arguments or ()))
    assert [one.uri for one in editor.client.shown_documents] == ["https://example.org/eval"]
    with pytest.raises(Exception, match="http"):
        await editor.command("secloop.openDocumentation", "file:///etc/passwd")


async def test_a_client_without_versions_or_resolve_gets_whole_plain_edits(start: Start) -> None:
    capabilities = copied(FULL)
    assert capabilities.text_document is not None
    assert capabilities.text_document.code_action is not None
    assert capabilities.workspace is not None
    capabilities.text_document.code_action.resolve_support = None
    capabilities.workspace.workspace_edit = None
    editor = await start(capabilities)
    uri = editor.open("a.py", "exec(z)\n")
    await editor.shown(uri)
    actions = await offered(editor, uri, 0)
    edit = actions["Suppress no-exec here with a comment"].edit
    assert edit is not None
    assert edit.document_changes is None
    assert edit.changes is not None
    assert edit.changes[uri][0].new_text == "  # secloop: ignore[no-exec]"


async def test_a_client_that_knows_only_commands_gets_commands(start: Start) -> None:
    editor = await start(lacking("text_document", "code_action"))
    uri = editor.open("a.py", "exec(z)\n")
    await editor.shown(uri)
    commands: list[Any] = await editor.actions(uri, 0)
    (suppress,) = [one for one in commands if "Suppress" in one.title]
    assert await editor.command(suppress.command, *suppress.arguments) is True
    assert applied("exec(z)\n", editor.applied[0]).endswith("# secloop: ignore[no-exec]\n")


async def test_an_action_on_a_text_that_changed_is_refused_in_words(editor: Editor) -> None:
    uri = editor.open("a.py", "exec(z)\n")
    await editor.shown(uri)
    action = (await offered(editor, uri, 0))["Suppress no-exec here with a comment"]
    editor.change(uri, 2, "pass\n")
    with pytest.raises(Exception, match="no longer there"):
        await editor.client.code_action_resolve_async(action)
