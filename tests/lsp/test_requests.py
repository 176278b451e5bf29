"""secloop's own requests and notifications: what editors show beside diagnostics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import FULL, Editor, Start, pulling
from lsprotocol import types
from pygls.exceptions import JsonRpcException

pytestmark = pytest.mark.asyncio

STATUS = {"secloop": {"status": True}}


async def told(editor: Editor, **expected: Any) -> dict[str, Any]:
    """The status of the repository, once it is this."""

    def ready() -> dict[str, Any] | None:
        status = editor.status.get("repo")
        return status if status and expected.items() <= status.items() else None

    return await editor.until(ready)


def counts(**some: int) -> dict[str, int]:
    return {"critical": 0, "high": 0, "medium": 0, "low": 0, "info": 0, **some}


async def test_the_status_follows_what_is_typed(start: Start, repo: Path) -> None:
    editor = await start(options=STATUS)
    status = await told(editor, outcome="pass")
    assert status == {
        "root": str(repo),
        "name": "repo",
        "outcome": "pass",
        "counts": counts(),
        "rules": 3,
        "digest": "",
        "whole": False,
        "errors": [],
    }
    uri = editor.open("a.py", "eval(x)\nexec(y)\n")
    await told(editor, outcome="fail", counts=counts(high=1, medium=1))
    editor.change(uri, 2, "pass\n")
    await told(editor, outcome="pass", counts=counts())


async def test_what_is_broken_is_in_the_status_in_words(start: Start, repo: Path) -> None:
    editor = await start(options=STATUS)
    editor.open(".secloop/rules/rules.yaml", "rules: [{id: broken}]\n", language="yaml")
    status = await told(editor, outcome="error")
    assert any(".secloop/rules/rules.yaml:1" in words for words in status["errors"])


async def test_nobody_is_told_who_did_not_ask(editor: Editor, repo: Path) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    await editor.codes(uri, "no-eval")
    await editor.command("secloop.checkWorkspace")
    assert editor.status == {}


async def test_once_the_workspace_was_checked_the_status_has_its_digest(start: Start, repo: Path) -> None:
    (repo / "a.py").write_text("eval(x)\n")
    (repo / "b.py").write_text("exec(x)\n")
    editor = await start(options=STATUS)
    await editor.command("secloop.checkWorkspace")
    first = await told(editor, whole=True, counts=counts(high=1, medium=1))
    assert first["digest"] == (await editor.verdict())["digest"]

    uri = editor.open("a.py", "eval(x)\n")
    await editor.codes(uri, "no-eval")
    editor.change(uri, 2, "eval(x)\neval(y)\n")
    second = await told(editor, whole=True, counts=counts(high=2, medium=1))
    assert second["digest"] == (await editor.verdict())["digest"] != first["digest"]

    new = editor.open("new.py", "eval(x)\n")
    await told(editor, whole=True, counts=counts(high=3, medium=1), digest="")
    editor.close(new)
    await told(editor, whole=False, counts=counts(high=2))


async def test_a_file_that_changed_on_disk_outdates_what_was_checked(start: Start, repo: Path) -> None:
    (repo / "a.py").write_text("eval(x)\n")
    editor = await start(options=STATUS)
    await editor.ask("checkWorkspace")
    await told(editor, whole=True, outcome="fail")
    (repo / "a.py").write_text("pass\n")
    editor.touch("a.py")
    await told(editor, whole=False, outcome="pass")
    assert await editor.ask("findings") == {"whole": False, "findings": []}


async def test_findings_are_those_of_open_files_and_then_of_the_workspace(start: Start, repo: Path) -> None:
    (repo / "closed.py").write_text("def f():\n    exec(x)\n")
    editor = await start()
    uri = editor.open("a.py", "run(input())\n")
    await editor.codes(uri, "tainted-run")
    answer = await editor.ask("findings")
    assert answer["whole"] is False
    (finding,) = answer["findings"]
    assert (finding["uri"], finding["root"], finding["path"]) == (uri, str(repo), "a.py")
    assert finding["range"] == {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 12}}
    assert [(step["uri"], step["kind"]) for step in finding["trace"]] == [(uri, "source"), (uri, "sink")]
    assert finding["trace"][0]["range"]["start"] == {"line": 0, "character": 4}

    await editor.ask("checkWorkspace")
    answer = await editor.ask("findings")
    assert answer["whole"] is True
    assert [(one["path"], one["rule_id"]) for one in answer["findings"]] == [
        ("a.py", "tainted-run"),
        ("closed.py", "no-exec"),
    ]
    assert answer["findings"][1]["range"]["start"] == {"line": 1, "character": 4}


async def test_a_rule_is_explained(editor: Editor, repo: Path) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    await editor.codes(uri, "no-eval")
    page = await editor.ask("explainRule", rule_id="no-eval", uri=uri)
    assert page["severity"] == "high"
    assert page["references"] == ["https://example.org/eval"]
    assert page["examples"] == {"bad": "eval(text)", "good": "ast.literal_eval(text)"}
    assert page["rule_uri"] == editor.uri(".secloop/rules/rules.yaml")
    assert page["languages"] == ["python"]
    assert "secloop" not in page["metadata"]
    assert "## Why it matters" in page["markdown"]
    assert "## Safe\n\n```python\nast.literal_eval(text)\n```" in page["markdown"]
    with pytest.raises(JsonRpcException, match="no rule 'nothing'"):
        await editor.ask("explainRule", rule_id="nothing")
    with pytest.raises(JsonRpcException, match="'rule_id' must be a text"):
        await editor.ask("explainRule")


async def test_the_verdict_is_compared_with_another(start: Start, repo: Path) -> None:
    (repo / "a.py").write_text("eval(x)\n")
    editor = await start()
    ci = await editor.verdict()
    same = await editor.ask("compareVerdict", ci=ci)
    assert (same["same"], same["reasons"], same["only_here"], same["only_ci"]) == (True, [], [], [])
    assert same["here"]["digest"] == ci["digest"]

    uri = editor.open("a.py", "\nexec(x)\n")
    other = await editor.ask("compareVerdict", ci={**ci, "components": {**ci["components"], "secloop": "0"}})
    assert other["same"] is False
    assert other["reasons"] == ["engine", "content"]
    ((here,), (there,)) = other["only_here"], other["only_ci"]
    assert (here["rule_id"], here["uri"], here["range"]["start"]["line"]) == ("no-exec", uri, 1)
    assert (there["rule_id"], there["uri"]) == ("no-eval", uri)


@pytest.mark.parametrize("value", [None, [], {}, "pass", {"version": 1, "findings": []}, [{}, {}]])
async def test_what_is_no_verdict_is_refused_in_words(editor: Editor, value: Any) -> None:
    with pytest.raises(JsonRpcException, match=r"not the verdict|several verdicts"):
        await editor.ask("compareVerdict", ci=value)


async def test_a_rule_is_made_of_selected_code(editor: Editor, repo: Path) -> None:
    uri = editor.open("app/views.py", "def f():\n    legacy.login(user,\n                 'x')\n")
    made = await editor.ask(
        "newRule",
        uri=uri,
        languageId="python",
        id="no-legacy-login",
        text="    legacy.login(user,\n                 'x')",
    )
    assert made["root"] == str(repo)
    rule, test = made["files"]
    assert rule["path"] == ".secloop/rules/no-legacy-login.yaml"
    assert test["path"] == ".secloop/rules/no-legacy-login.py"
    for file in (rule, test):
        (repo / file["path"]).write_text(file["text"])
    editor.touch(rule["path"])
    await editor.codes(uri, "no-legacy-login")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id": "../evil"}, "cannot be a rule's id"),
        ({"id": "no-eval"}, "already"),
        ({"languageId": "klingon"}, "no rules for the language"),
        ({"text": "  "}, "no code"),
        ({"text": "def (:"}, "no rule can be made"),
    ],
)
async def test_no_rule_is_made_of_what_cannot_be_one(editor: Editor, changed: Any, words: str) -> None:
    asked = {"uri": editor.uri("a.py"), "languageId": "python", "id": "new", "text": "f()", **changed}
    with pytest.raises(JsonRpcException, match=words):
        await editor.ask("newRule", **asked)


async def test_settings_change_what_is_shown_and_never_the_verdict(start: Start, repo: Path) -> None:
    text = "eval(x)\nexec(x)\nexec(z)  # secloop: ignore[no-exec] known\n"
    plain = await start()
    await plain.codes(plain.open("a.py", text), "no-eval", "no-exec")
    levels = {"high": "hint", "medium": "off"}
    every = {"levels": levels, "showFrom": "low", "showAccepted": True, "logLevel": "error", "run": "onSave"}
    editor = await start(settings=every)
    uri = editor.open("a.py", text)
    shown = await editor.until(
        lambda: (it := editor.published.get(uri)) and [one.severity for one in it.items] == [4, 4] and it
    )
    assert shown.codes == ["no-eval", "no-exec"]
    assert shown.items[1].range.start.line == 2
    assert json.dumps(await editor.verdict()) == json.dumps(await plain.verdict())


async def test_a_wrong_level_is_told_and_keeps_its_default(start: Start) -> None:
    editor = await start(settings={"levels": {"high": "loud"}})
    uri = editor.open("a.py", "eval(x)\n")
    shown = await editor.codes(uri, "no-eval")
    assert shown.items[0].severity is types.DiagnosticSeverity.Error
    (message,) = [one.message for one in editor.client.messages]
    assert "secloop.levels.high must be one of" in message


async def test_a_change_of_what_is_not_open_is_told_and_the_rest_goes_on(start: Start, repo: Path) -> None:
    editor = await start()
    uri = (repo / "never.py").as_uri()
    editor.change(uri, 2, "eval(x)\n")
    await editor.codes(editor.open("a.py", "eval(x)\n"), "no-eval")
    (message,) = [one.message for one in editor.client.messages]
    assert message == f"secloop: the editor changed {uri}, which it has not opened"


async def test_findings_are_shown_on_save_only_if_so_wished(start: Start) -> None:
    editor = await start(settings={"run": "onSave"})
    uri = editor.open("a.py", "pass\n")
    await editor.shown(uri, 1)
    editor.change(uri, 2, "eval(x)\n")
    assert len((await editor.verdict())["findings"]) == 1
    assert editor.published[uri].version == 1
    identifier = types.TextDocumentIdentifier(uri)
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(identifier))
    assert (await editor.shown(uri, 2)).codes == ["no-eval"]


async def pulled(editor: Editor, uri: str, previous: str | None = None) -> Any:
    """What a client is answered that asks for a file's diagnostics."""
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=previous)
    return await editor.client.text_document_diagnostic_async(params)


async def test_who_pulls_is_told_of_no_change_until_a_file_is_saved(start: Start) -> None:
    editor = await start(pulling(FULL), settings={"run": "onSave"})
    uri = editor.open("a.py", "pass\n")
    first = await pulled(editor, uri)
    assert list(first.items) == []
    editor.change(uri, 2, "eval(x)\n")
    second = await pulled(editor, uri, first.result_id)
    assert second.kind == "unchanged"
    identifier = types.TextDocumentIdentifier(uri)
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(identifier))
    third = await pulled(editor, uri, first.result_id)
    assert [one.code for one in third.items] == ["no-eval"]


async def test_run_on_save_holds_also_for_a_client_that_forgot_its_answer(start: Start) -> None:
    """As VS Code does with a file whose tab was hidden: it asks without the result that it had."""
    editor = await start(pulling(FULL), settings={"run": "onSave"})
    uri = editor.open("a.py", "eval(x)\n")
    assert [one.code for one in (await pulled(editor, uri)).items] == ["no-eval"]
    editor.change(uri, 2, "eval(x)\nexec(y)\n")
    assert [one.code for one in (await pulled(editor, uri)).items] == ["no-eval"]
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert [one.code for one in (await pulled(editor, uri)).items] == ["no-eval", "no-exec"]
