"""Notebooks: one document of all code cells, shown cell by cell, and equal to what check says of the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import Editor, Start
from lsprotocol import types

from secloop.lsp.notebook_json import SourceMap

pytestmark = pytest.mark.asyncio

CELLS = [("code", "import ast\n"), ("markdown", "# words eval(x)"), ("code", "%time\ns = '😀'; eval(s)")]


def notebook_text(cells: list[tuple[str, str]] = CELLS) -> str:
    saved = [
        {"cell_type": kind, "metadata": {}, "outputs": [], "source": text.splitlines(keepends=True)}
        for kind, text in cells
    ]
    return json.dumps({"cells": saved, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def cell_uri(number: int) -> str:
    return f"vscode-notebook-cell:/n.ipynb#{number}"


def open_notebook(editor: Editor, cells: list[tuple[str, str]] = CELLS) -> str:
    uri = editor.uri("n.ipynb")
    kinds = {"code": types.NotebookCellKind.Code, "markdown": types.NotebookCellKind.Markup}
    editor.client.notebook_document_did_open(
        types.DidOpenNotebookDocumentParams(
            types.NotebookDocument(
                uri=uri,
                notebook_type="jupyter-notebook",
                version=1,
                cells=[types.NotebookCell(kinds[kind], cell_uri(n)) for n, (kind, _) in enumerate(cells)],
            ),
            [
                types.TextDocumentItem(cell_uri(n), "python" if kind == "code" else "markdown", 1, text)
                for n, (kind, text) in enumerate(cells)
            ],
        )
    )
    return uri


def change_cell(editor: Editor, number: int, version: int, text: str) -> None:
    change = types.NotebookDocumentCellContentChanges(
        types.VersionedTextDocumentIdentifier(uri=cell_uri(number), version=version),
        [types.TextDocumentContentChangeWholeDocument(text)],
    )
    editor.client.notebook_document_did_change(
        types.DidChangeNotebookDocumentParams(
            types.VersionedNotebookDocumentIdentifier(uri=editor.uri("n.ipynb"), version=version),
            types.NotebookDocumentChangeEvent(cells=types.NotebookDocumentCellChanges(text_content=[change])),
        )
    )


async def test_findings_are_shown_in_their_cells(editor: Editor) -> None:
    uri = open_notebook(editor)
    shown = await editor.codes(cell_uri(2), "no-eval")
    assert shown.version == 1
    assert shown.items[0].range.start == types.Position(1, 10)
    assert editor.published[cell_uri(0)].items == []
    assert editor.published[uri].items == []

    change_cell(editor, 0, 2, "exec(x)")
    await editor.codes(cell_uri(0), "no-exec")
    assert editor.published[cell_uri(2)].codes == ["no-eval"]

    editor.client.notebook_document_did_close(
        types.DidCloseNotebookDocumentParams(types.NotebookDocumentIdentifier(uri), [])
    )
    await editor.codes(cell_uri(0))
    await editor.codes(cell_uri(2))


async def test_a_notebook_has_hover_and_actions_in_its_cells(editor: Editor) -> None:
    open_notebook(editor)
    await editor.codes(cell_uri(2), "no-eval")
    place = types.HoverParams(types.TextDocumentIdentifier(cell_uri(2)), types.Position(1, 12))
    hover = await editor.client.text_document_hover_async(place)
    assert hover is not None
    await editor.actions(cell_uri(2), 1, only=["source.fixAll"])
    (fix,) = [one for one in await editor.actions(cell_uri(2), 1, 12) if one.is_preferred]
    edit = (await editor.client.code_action_resolve_async(fix)).edit
    assert edit is not None
    (change,) = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (cell_uri(2), 1)
    assert change.edits[0].range.start.line == 1


async def test_an_open_notebook_gives_the_verdict_of_its_file(start: Start, repo: Path) -> None:
    (repo / "n.ipynb").write_text(notebook_text())
    editor = await start()
    on_disk = await editor.verdict()
    assert [one["cell"] for one in on_disk["findings"]] == [2]
    open_notebook(editor)
    assert await editor.verdict() == on_disk


async def test_a_notebook_that_is_open_as_text_is_the_same_notebook(start: Start, repo: Path) -> None:
    text = notebook_text()
    (repo / "n.ipynb").write_text(text)
    editor = await start()
    on_disk = await editor.verdict()
    uri = editor.open("n.ipynb", text, language="json")
    (found,) = (await editor.codes(uri, "no-eval")).items
    line = text.split("\n")[found.range.start.line]
    assert line[found.range.start.character :].startswith("eval(s)")
    assert await editor.verdict() == on_disk

    editor.change(uri, 2, text[:-5])
    assert (await editor.shown(uri, 2)).codes == ["undecodable"]
    assert (await editor.verdict())["verdict"] == "error"


@pytest.mark.parametrize("indent", [None, 1])
async def test_places_in_cells_are_found_in_the_json(indent: int | None) -> None:
    source = 'a = "q\\t"\n😀 = é\r\nlast'
    cells: list[dict[str, Any]] = [
        {"cell_type": "raw", "source": "x", "attachments": {"source": ["no", {"cells": ["no"]}]}},
        {"source": source.splitlines(keepends=True), "cell_type": "code"},
        {"source": source, "cell_type": "code"},
    ]
    text = json.dumps({"metadata": {"source": "no"}, "cells": cells}, indent=indent)
    places = SourceMap(text)
    for cell in (1, 2):
        assert text[places.index(cell, 1, 1) :].startswith("a = ")
        assert text[places.index(cell, 1, 6) :].startswith("q\\\\t")
        assert text[places.index(cell, 2, 2) :].startswith(" = \\u00e9")
        assert text[places.index(cell, 3, 1) :].startswith("last")
        assert text[places.index(cell, 3, 9)] == '"'


async def test_a_notebook_that_is_not_checked_any_more_clears_its_cells(editor: Editor, repo: Path) -> None:
    open_notebook(editor)
    await editor.codes(cell_uri(2), "no-eval")
    change_cell(editor, 0, 2, "x = '\0'")  # binary now
    await editor.codes(cell_uri(2))
    change_cell(editor, 0, 3, "x = 1")
    await editor.codes(cell_uri(2), "no-eval")
    (repo / ".gitignore").write_text("*.ipynb\n")
    editor.touch(".gitignore")
    await editor.codes(cell_uri(2))


async def test_a_file_closed_while_its_root_is_loaded_again_is_no_error(editor: Editor) -> None:
    await editor.codes(editor.open("a.py", "eval(x)\n"), "no-eval")
    ignores = editor.open(".gitignore", "")
    for number in range(10):
        editor.change(ignores, 2 + number, f"b{number}.py\n")
        editor.close(editor.open(f"c{number}.py", "eval(x)\n"))
    editor.change(ignores, 20, "a.py\n")
    await editor.codes(editor.uri("a.py"))
    assert editor.client.messages == []
