"""Writing rules in an editor: their tests and what they find follow while they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsp_editor import FULL, RULES, Editor, Start, copied
from lsprotocol import types

pytestmark = pytest.mark.asyncio

RULE_FILE = ".secloop/rules/rules.yaml"
TEST_FILE = ".secloop/rules/rules.py"
TEST = """\
# ruleid: no-eval
eval(x)
# ok: no-eval
print(x)
"""


def messages(editor: Editor, uri: str) -> list[tuple[int, str]]:
    found = editor.published.get(uri)
    return [(one.range.start.line, one.message) for one in found.items] if found else []


async def said(editor: Editor, uri: str, *expected: tuple[int, str]) -> None:
    await editor.until(lambda: messages(editor, uri) == list(expected))


MISSING = (1, "no-eval does not find this, but its annotation says that it must")


async def test_an_annotation_that_fails_is_a_diagnostic_in_the_test_file(editor: Editor, repo: Path) -> None:
    uri = editor.open(TEST_FILE, TEST)
    await editor.shown(uri, 1)
    editor.change(uri, 2, TEST.replace("eval(x)", "evaluate(x)"))
    await said(editor, uri, MISSING)
    assert editor.published[uri].items[0].code == "rule-test"
    editor.change(uri, 3, TEST)
    await said(editor, uri)
    editor.change(uri, 4, f"{TEST}eval(y)\n# ok: no-such\npass\n")
    await said(
        editor,
        uri,
        (4, "no-eval finds this, but no annotation `ruleid: no-eval` says so"),
        (6, "there is no rule no-such in rules.yaml"),
    )


async def test_the_tests_follow_the_rule_as_it_is_typed(editor: Editor, repo: Path) -> None:
    test = editor.open(TEST_FILE, TEST)
    rule = editor.open(RULE_FILE, RULES, language="yaml")
    editor.change(rule, 2, RULES.replace("eval($X)\n    fix", "evaluate($X)\n    fix"))
    await said(editor, test, MISSING)
    editor.change(rule, 3, RULES)
    await said(editor, test)


async def test_a_fix_that_does_not_make_the_fixed_file_is_told(start: Start, repo: Path) -> None:
    (repo / ".secloop/rules/rules.fixed.py").write_text(TEST.replace("eval(x)", "safe(x)"))
    editor = await start()
    uri = editor.open(TEST_FILE, TEST)
    await editor.until(lambda: messages(editor, uri))
    ((line, message),) = messages(editor, uri)
    assert line == 0
    assert "the fixes do not make rules.fixed.py" in message
    assert "+ast.literal_eval(x)" in message


async def test_tests_in_a_configured_folder_of_rules_count_too(start: Start, repo: Path) -> None:
    (repo / "secloop.toml").write_text('bundled-rules = false\nrules = ["security"]\n')
    (repo / "security").mkdir()
    (repo / "security/own.yaml").write_text(RULES.replace("id: no-", "id: own-").replace("tainted", "own"))
    editor = await start()
    uri = editor.open("security/own.py", "# ruleid: own-eval\npass\n")
    await said(editor, uri, (1, "own-eval does not find this, but its annotation says that it must"))


async def lenses(editor: Editor, uri: str) -> list[types.CodeLens]:
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    return list(await editor.client.text_document_code_lens_async(params) or ())


async def matches(editor: Editor, uri: str, rule_id: str) -> types.Command:
    """What the lens over a rule says of its matches."""
    mine = [one for one in await lenses(editor, uri) if one.data and one.data["rule_id"] == rule_id]
    (resolved,) = [await editor.client.code_lens_resolve_async(one) for one in mine]
    assert resolved.command is not None
    return resolved.command


async def test_a_lens_over_each_rule_counts_what_it_finds(start: Start, repo: Path) -> None:
    (repo / "closed.py").write_text("exec(x)\nexec(y)  # secloop: ignore[no-exec] known\n")
    editor = await start()
    code = editor.open("a.py", "\nexec(z)\n")
    uri = editor.open(RULE_FILE, RULES, language="yaml")
    found = await lenses(editor, uri)
    assert [one.range.start.line for one in found] == [1, 1, 15, 15, 20, 20]
    assert [one.command.title for one in found if one.command] == ["run tests"] * 3
    command = await matches(editor, uri, "no-exec")
    assert (command.title, command.command) == ("3 matches in this workspace", "secloop.showMatches")
    (argument,) = command.arguments or ()
    places = [(one["uri"], one["range"]["start"]["line"]) for one in argument["locations"]]
    assert places == [(code, 1), (editor.uri("closed.py"), 0), (editor.uri("closed.py"), 1)]
    assert (await matches(editor, uri, "no-eval")).title == "0 matches in this workspace"

    editor.change(uri, 2, RULES.replace("exec(...)", "exec(x)"))
    assert (await matches(editor, uri, "no-exec")).title == "1 match in this workspace"


async def test_a_client_that_can_is_told_to_ask_for_lenses_again(start: Start, repo: Path) -> None:
    capabilities = copied(FULL)
    assert capabilities.workspace is not None
    capabilities.workspace.code_lens = types.CodeLensWorkspaceClientCapabilities(refresh_support=True)
    editor = await start(capabilities)
    asked: list[bool] = []

    @editor.client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    def refresh(_: Any) -> None:
        asked.append(True)
        editor.note()

    editor.open(RULE_FILE, RULES, language="yaml")
    await editor.until(lambda: asked)


async def test_only_files_of_rules_have_lenses(editor: Editor, repo: Path) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    broken = editor.open(".secloop/rules/broken.yaml", "rules: [", language="yaml")
    assert await lenses(editor, uri) == []
    assert await lenses(editor, broken) == []


@pytest.mark.parametrize(
    ("test", "passed", "words"),
    [
        (TEST, True, "the tests of no-eval pass (.secloop/rules/rules.py)"),
        (TEST.replace("eval(x)", "f(x)"), False, "a test of no-eval fails: .secloop/rules/rules.py:2"),
        (None, True, "no-eval has no tests"),
    ],
)
async def test_the_tests_of_a_rule_can_be_run(
    start: Start, repo: Path, test: str | None, passed: bool, words: str
) -> None:
    if test is not None:
        (repo / TEST_FILE).write_text(test)
    editor = await start()
    uri = editor.open(RULE_FILE, RULES, language="yaml")
    (report,) = await editor.command("secloop.testRules", {"uri": uri, "rule_id": "no-eval"})
    assert report["path"] == RULE_FILE
    assert report["passed"] is passed
    assert report["targets"] == ([TEST_FILE] if test else [])
    assert any(words in one.message for one in editor.client.messages)


async def test_the_first_match_is_shown_by_editors_that_have_no_better_way(
    editor: Editor, repo: Path
) -> None:
    place = {"start": {"line": 3, "character": 1}, "end": {"line": 3, "character": 4}}
    location = {"uri": editor.uri("a.py"), "range": place}
    assert await editor.command("secloop.showMatches", {"locations": [location]}) == [location]
    (shown,) = editor.client.shown_documents
    assert (shown.uri, shown.selection.start.line) == (editor.uri("a.py"), 3)
