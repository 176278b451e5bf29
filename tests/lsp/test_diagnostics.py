"""Findings reach the editor as diagnostics, for the version they are of and for no other."""

from __future__ import annotations

import pytest
from lsprotocol import types

from conftest import Start

pytestmark = pytest.mark.asyncio


async def test_a_finding_is_shown_with_all_that_an_editor_needs(start: Start) -> None:
    editor = await start()
    uri = editor.open("a.py", "x = 1\neval(x)\n", version=7)
    (found,) = (await editor.shown(uri, 7)).items
    assert (found.source, found.code, found.severity) == ("secloop", "no-eval", types.DiagnosticSeverity.Error)
    assert found.range == types.Range(types.Position(1, 0), types.Position(1, 7))
    assert found.message == "`eval(x)` runs whatever the text says."
    assert found.code_description == types.CodeDescription("https://example.org/eval")
    assert isinstance(found.data, dict)
    assert len(found.data["fingerprint"]) == 64
