"""Findings reach the editor as diagnostics, for the version they are of and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsp_editor import FULL, RULES, Editor, Start, pulling
from lsprotocol import types

pytestmark = pytest.mark.asyncio


def span(a: int, b: int, c: int, d: int) -> types.Range:
    return types.Range(types.Position(a, b), types.Position(c, d))


async def test_a_finding_links_to_the_pages_where_the_root_says_that_there_are_some(
    start: Start, repo: Path
) -> None:
    (repo / "secloop.toml").write_text('bundled-rules = false\nrule-pages = "https://example.org/r/{id}/"\n')
    editor = await start()
    (found,) = (await editor.shown(editor.open("a.py", "eval(x)\n"))).items
    assert found.code_description == types.CodeDescription("https://example.org/r/no-eval/")


async def test_a_finding_is_shown_with_all_that_an_editor_needs(editor: Editor) -> None:
    uri = editor.open("a.py", "x = 1\neval(x)\n", version=7)
    (found,) = (await editor.shown(uri, 7)).items
    assert (found.source, found.code, found.severity) == (
        "secloop",
        "no-eval",
        types.DiagnosticSeverity.Error,
    )
    assert found.range == span(1, 0, 1, 7)
    assert found.message == "`eval(x)` runs whatever the text says."
    assert found.code_description == types.CodeDescription("https://example.org/eval")
    assert isinstance(found.data, dict)
    assert len(found.data["fingerprint"]) == 64
    assert found.tags is None


async def test_a_trace_becomes_related_information(editor: Editor) -> None:
    uri = editor.open("a.py", "def f():\n    x = input()\n    run(x)\n")
    (found,) = (await editor.shown(uri)).items
    related = found.related_information or []
    assert found.code == "tainted-run"
    assert {one.location.uri for one in related} == {uri}
    assert related[0].location.range == span(1, 8, 1, 15)
    assert related[-1].location.range.start.line == 2


async def test_edits_move_findings_and_each_publish_is_of_its_version(editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    await editor.shown(uri, 1)
    editor.change(uri, 2, (0, 0, 0, 0, "\x0c\n\u2028# é😀\r\n"))
    assert (await editor.shown(uri, 2)).items[0].range == span(2, 0, 2, 7)
    editor.change(uri, 3, (2, 0, 2, 4, "exec"))
    assert (await editor.shown(uri, 3)).codes == ["no-exec"]
    editor.change(uri, 4, "pass\n")
    assert (await editor.shown(uri, 4)).items == []


async def test_typing_right_after_opening_never_shows_an_empty_set_in_between(editor: Editor) -> None:
    for number in range(5):
        uri = editor.open(f"{number}.py", "eval(x)\n")
        editor.change(uri, 2, (0, 0, 0, 0, "\n"))
        assert (await editor.shown(uri, 2)).codes == ["no-eval"]
        assert all(shown.codes == ["no-eval"] for where, shown in editor.history if where == uri)


async def test_a_fast_typist_never_sees_an_older_result_after_a_newer(editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    await editor.shown(uri, 1)
    for version in range(2, 30):
        editor.change(uri, version, (0, 0, 0, 0, "\n"))
    last = await editor.shown(uri, 29)
    assert last.items[0].range.start.line == 28
    versions = [shown.version for where, shown in editor.history if where == uri]
    assert versions == sorted(versions)
    for where, shown in editor.history:
        if where == uri:
            assert shown.items[0].range.start.line == shown.version - 1


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 14), ("utf-16", 11), ("utf-32", 10), (None, 11)])
async def test_positions_are_in_the_negotiated_encoding(
    start: Start, encoding: str | None, column: int
) -> None:
    editor = await start(encoding=encoding)
    uri = editor.open("a.py", "s = '😀é'; eval(x)\n")
    assert (await editor.shown(uri)).items[0].range.start.character == column
    editor.change(uri, 2, (0, column, 0, column, " "))
    assert (await editor.shown(uri, 2)).items[0].range.start.character == column + 1


async def test_a_byte_order_mark_counts_in_positions_and_not_in_the_text(editor: Editor) -> None:
    uri = editor.open("a.py", "\ufeffeval(x)\neval(x)\n")
    first, second = (await editor.shown(uri)).items
    assert (first.range, second.range) == (span(0, 1, 0, 8), span(1, 0, 1, 7))
    editor.change(uri, 2, (0, 1, 0, 8, "pass"))
    assert [one.range for one in (await editor.shown(uri, 2)).items] == [second.range]


@pytest.mark.parametrize("name", ["untitled:Untitled-1", "node_modules/a.py", "ignored.py", "../outside.py"])
async def test_untitled_excluded_and_outside_buffers_get_nothing(start: Start, repo: Path, name: str) -> None:
    (repo / ".gitignore").write_text("ignored.py\n")
    editor = await start()
    uri = name if ":" in name else (repo / name).resolve().as_uri()
    editor.open(uri, "eval(x)\n")
    assert (await editor.shown(uri)).items == []
    editor.change(uri, 2, "eval(y)\n")
    assert (await editor.shown(uri, 2)).items == []


async def test_closing_clears_and_reopening_shows_again(editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    await editor.codes(uri, "no-eval")
    editor.close(uri)
    assert (await editor.shown(uri, None)).items == []
    editor.open("a.py", "eval(x)\n", version=9)
    assert (await editor.shown(uri, 9)).codes == ["no-eval"]


async def test_accepted_findings_are_shown_only_on_request_and_malformed_comments_always(
    editor: Editor,
) -> None:
    uri = editor.open("a.py", "eval(x)  # secloop: ignore[no-eval] trusted\nexec(x)  # secloop: ignore\n")
    assert (await editor.shown(uri)).codes == ["no-exec", "bare-suppression"]
    editor.client.set_configuration({"secloop": {"showAccepted": True}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    shown = await editor.codes(uri, "no-eval", "no-exec", "bare-suppression")
    assert shown.items[0].severity == types.DiagnosticSeverity.Hint
    assert "trusted" in shown.items[0].message


async def test_settings_change_what_is_shown_and_never_the_verdict(start: Start, repo: Path) -> None:
    (repo / "a.py").write_text("exec(x)\n")
    editor = await start(settings={"showFrom": "high"})
    uri = editor.open("a.py", "exec(x)\neval(x)\n")
    assert (await editor.codes(uri, "no-eval")).version == 1
    assert [one["rule_id"] for one in (await editor.verdict())["findings"]] == ["no-exec", "no-eval"]
    editor.client.set_configuration({"secloop": {"showFrom": "loud"}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    await editor.until(lambda: any("showFrom" in one.message for one in editor.client.messages))
    await editor.codes(uri, "no-exec", "no-eval")


async def pull(editor, uri: str, previous: str | None = None):  # type: ignore[no-untyped-def]
    return await editor.client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=previous)
    )


async def test_a_client_that_pulls_is_not_pushed_to(start: Start, repo: Path) -> None:
    editor = await start(pulling(FULL))
    uri = editor.open("a.py", "eval(x)\n")
    report = await pull(editor, uri)
    assert [item.code for item in report.items] == ["no-eval"]
    same = await pull(editor, uri, report.result_id)
    assert same.kind == "unchanged"
    editor.change(uri, 2, "exec(x)\n")
    assert [item.code for item in (await pull(editor, uri, report.result_id)).items] == ["no-exec"]
    refreshed = editor.client.diagnostic_refresh_count
    (repo / ".secloop/rules/rules.yaml").write_text(
        "rules: [{id: no-exec2, languages: [python], severity: INFO, message: m, pattern: exec(...)}]"
    )
    editor.touch(".secloop/rules/rules.yaml")
    await editor.until(lambda: editor.client.diagnostic_refresh_count > refreshed)
    assert [item.code for item in (await pull(editor, uri)).items] == ["no-exec2"]
    assert editor.history == []


async def test_workspace_diagnostics_are_those_of_closed_files(start: Start, repo: Path) -> None:
    (repo / "closed.py").write_text("eval(x)\n")
    (repo / "open.py").write_text("eval(x)\n")
    editor = await start(pulling(FULL))
    editor.open("open.py", "eval(x)\n")
    first = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    (report,) = first.items
    assert (report.uri, report.kind, report.items[0].code) == (editor.uri("closed.py"), "full", "no-eval")

    held = editor.client.workspace_diagnostic_async(
        types.WorkspaceDiagnosticParams([types.PreviousResultId(report.uri, report.result_id)])
    )
    (repo / "closed.py").write_text("pass\n")
    editor.touch("closed.py")
    (gone,) = (await held).items
    assert (gone.uri, list(gone.items)) == (report.uri, [])


async def test_a_client_that_pulls_but_cannot_be_told_to_is_pushed_to(start: Start) -> None:
    capabilities = pulling(FULL)
    assert capabilities.workspace is not None
    capabilities.workspace.diagnostics = None
    editor = await start(capabilities)
    assert editor.offers.diagnostic_provider is None
    uri = editor.open("a.py", "compile(x)\n")
    await editor.shown(uri)
    editor.open(".secloop/rules/rules.yaml", RULES.replace("exec(...)", "compile(...)"), language="yaml")
    await editor.codes(uri, "no-exec")
