"""Rules and policy are loaded again when they change, and say what is wrong with them where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsp_editor import FULL, RULES, Editor, Start, copied, lacking
from lsprotocol import types

pytestmark = pytest.mark.asyncio

RULE_FILE = ".secloop/rules/rules.yaml"


def unwatching() -> types.ClientCapabilities:
    """A client that watches no files for its servers."""
    capabilities = copied(FULL)
    assert capabilities.workspace is not None
    capabilities.workspace.did_change_watched_files = None
    return capabilities


async def test_a_client_that_can_watch_is_asked_to(editor: Editor) -> None:
    await editor.until(lambda: editor.registered)
    assert editor.registered[0].method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES


@pytest.mark.parametrize("watched_by", ["client", "server"])
async def test_rules_that_change_on_disk_count_for_what_is_open(
    start: Start, repo: Path, watched_by: str
) -> None:
    editor = await start(FULL if watched_by == "client" else unwatching())
    uri = editor.open("a.py", "eval(x)\nos.system(y)\n")
    await editor.codes(uri, "no-eval")
    if watched_by == "server":
        # Its watch begins some time after the start, so write until it sees.
        (repo / RULE_FILE).write_text(RULES.replace("eval($X)", "os.system($X)"))
    else:
        (repo / RULE_FILE).write_text(RULES.replace("eval($X)", "os.system($X)"))
        editor.touch(RULE_FILE)
    shown = await editor.until(
        lambda: editor.published[uri] if editor.published[uri].items[0].range.start.line == 1 else None
    )
    assert shown.codes == ["no-eval"]


async def test_a_broken_rule_is_shown_in_its_file_and_makes_the_verdict_an_error(
    editor: Editor, repo: Path
) -> None:
    uri = editor.open("a.py", "eval(x)\nexec(x)\n")
    await editor.codes(uri, "no-eval", "no-exec")
    (repo / RULE_FILE).write_text(RULES.replace("pattern: eval($X)", "pattern: eval($X"))
    editor.touch(RULE_FILE)
    rules = editor.uri(RULE_FILE)
    (broken,) = (await editor.codes(rules, "rule")).items
    assert broken.severity == types.DiagnosticSeverity.Error
    assert "no-eval" in broken.message
    assert broken.range.start.line in (1, 5)
    await editor.codes(uri, "no-exec")
    verdict = await editor.verdict()
    assert (verdict["verdict"], verdict["digest"]) == ("error", None)

    (repo / RULE_FILE).write_text(RULES)
    editor.touch(RULE_FILE)
    await editor.codes(rules)
    await editor.codes(uri, "no-eval", "no-exec")
    assert (await editor.verdict())["verdict"] == "fail"


async def test_unsaved_rule_files_and_policy_count_at_once(editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\nexec(x)\n")
    await editor.codes(uri, "no-eval", "no-exec")
    policy = editor.open("secloop.toml", 'bundled-rules = false\nignore = ["no-exec"]\n', language="toml")
    await editor.codes(uri, "no-eval")
    editor.change(policy, 2, 'bundled-rules = false\nignor = ["no-exec"]\n')
    (wrong,) = (await editor.codes(policy, "policy")).items
    assert wrong.range.start.line == 1
    assert "ignore" in wrong.message
    editor.close(policy)
    await editor.codes(policy)
    await editor.codes(uri, "no-eval", "no-exec")


async def test_gitignore_of_a_buffer_takes_a_file_out(editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    await editor.codes(uri, "no-eval")
    ignore = editor.open(".gitignore", "a.py\n", language="plaintext")
    await editor.codes(uri)
    editor.change(ignore, 2, "b.py\n")
    await editor.codes(uri, "no-eval")


async def test_a_new_policy_file_makes_a_nested_root(start: Start, repo: Path) -> None:
    (repo / "inner").mkdir()
    editor = await start()
    uri = editor.open("inner/a.py", "eval(x)\n")
    await editor.codes(uri, "no-eval")
    editor.open("inner/secloop.toml", "bundled-rules = false\n", language="toml")
    await editor.codes(uri)


async def test_folders_come_and_go(start: Start, repo: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / ".secloop/rules").mkdir(parents=True)
    (other / "secloop.toml").write_text("bundled-rules = false\n")
    (other / ".secloop/rules/r.yaml").write_text(RULES.replace("no-exec", "other-exec"))
    editor = await start()
    uri = editor.open((other / "a.py").as_uri(), "exec(x)\n")
    assert (await editor.shown(uri)).items == []
    folder = types.WorkspaceFolder(other.as_uri(), "other")
    editor.client.workspace_did_change_workspace_folders(
        types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent(added=[folder], removed=[]))
    )
    await editor.codes(uri, "other-exec")
    assert [one["verdict"] for one in await editor.verdict()] == ["fail", "pass"]
    editor.client.workspace_did_change_workspace_folders(
        types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent(added=[], removed=[folder]))
    )
    await editor.codes(uri)


async def test_a_root_above_the_open_folder_is_found_and_watched(start: Start, repo: Path) -> None:
    (repo / "inside").mkdir()
    editor = await start(folders=[repo / "inside"])
    uri = editor.open("inside/a.py", "eval(x)\nexec(x)\n")
    await editor.codes(uri, "no-eval", "no-exec")
    (repo / "secloop.toml").write_text('bundled-rules = false\nignore = ["no-exec"]\n')
    await editor.codes(uri, "no-eval")
    (repo / RULE_FILE).write_text(RULES.replace("no-eval", "never-eval"))
    await editor.codes(uri, "never-eval")


async def test_a_client_that_tells_of_settings_only_if_asked_to_is_asked(start: Start) -> None:
    capabilities = copied(FULL)
    assert capabilities.workspace is not None
    capabilities.workspace.did_change_configuration = types.DidChangeConfigurationClientCapabilities(
        dynamic_registration=True
    )
    editor = await start(capabilities)
    method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
    await editor.until(lambda: method in [one.method for one in editor.registered])


async def test_settings_come_with_the_notification_where_the_client_cannot_be_asked(start: Start) -> None:
    editor = await start(lacking("workspace", "configuration"))
    uri = editor.open("a.py", "eval(x)\nexec(x)\n")
    await editor.codes(uri, "no-eval", "no-exec")
    editor.client.workspace_did_change_configuration(
        types.DidChangeConfigurationParams(settings={"secloop": {"showFrom": "high"}})
    )
    await editor.codes(uri, "no-eval")
