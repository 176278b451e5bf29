"""A hover says what a finding is, why and how to fix it, whatever a hostile rule file holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lsp_editor import Editor, Start, lacking
from lsprotocol import types

from secloop.lsp import markup

pytestmark = pytest.mark.asyncio


async def hovered(editor: Editor, uri: str, line: int, character: int = 1) -> types.MarkupContent | None:
    found = await editor.client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
    )
    if found is None:
        return None
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents


async def test_hover_explains_the_finding(editor: Editor) -> None:
    uri = editor.open("a.py", "x = 1\neval(x)\n")
    await editor.shown(uri)
    shown = await hovered(editor, uri, 1)
    assert shown is not None
    assert shown.kind == types.MarkupKind.Markdown
    assert shown.value.startswith("**no-eval** — high severity, high confidence\n\n`eval(x)` runs whatever")
    assert (
        "Instead of:\n\n```python\neval(text)\n```\n\nwrite:\n\n```python\nast.literal_eval(text)\n```"
        in shown.value
    )
    assert "[CWE-95: Eval Injection](<https://cwe.mitre.org/data/definitions/95.html>)" in shown.value
    assert "(<https://owasp.org/Top10/A03_2021-Injection/>)" in shown.value
    assert await hovered(editor, uri, 0) is None


async def test_hover_is_plain_text_for_a_client_without_markdown(start: Start) -> None:
    editor = await start(lacking("text_document", "hover"))
    uri = editor.open("a.py", "eval(x)\n")
    await editor.shown(uri)
    shown = await hovered(editor, uri, 0)
    assert shown is not None
    assert shown.kind == types.MarkupKind.PlainText
    assert "write:\nast.literal_eval(text)" in shown.value
    assert "](" not in shown.value


HOSTILE = r"""
rules:
  - id: hostile
    languages: [python]
    severity: ERROR
    message: "[run](command:evil) <img src=x onerror=y> `<b>` ![i](http://x/y.png) \u202e $(zap) <http://a>"
    pattern: eval(...)
    metadata:
      references: ["command:evil", "javascript:alert(1)", "https://ok.example/a)b](command:x)"]
      source: "https://ok.example/\"><script>"
      cwe: ["CWE-1: a](command:evil)"]
      secloop:
        bad: "```\n[run](command:evil)\n```"
"""


async def test_a_hostile_rule_file_injects_nothing(start: Start, repo: Path) -> None:
    (repo / ".secloop/rules/rules.yaml").write_text(HOSTILE)
    editor = await start()
    uri = editor.open("a.py", "eval(x)\n")
    (found,) = (await editor.codes(uri, "hostile")).items
    assert found.code_description is None or found.code_description.href.startswith("https://ok.example/")
    shown = await hovered(editor, uri, 0)
    assert shown is not None
    outside = re.sub(r"````.*?````", "", shown.value, flags=re.DOTALL)
    assert "````python\n```\n[run](command:evil)\n```\n````" in shown.value
    assert re.findall(r"(?<!\\)<(?!https?://)", outside.replace("`<b>`", "")) == []
    assert re.findall(r"(?<!\\)\]\((?!<https?://[^\s<>]*>\))", outside) == []
    assert "\u202e" not in shown.value


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a_b and __init__", r"a_b and \_\_init\_\_"),
        ("# head\n1. one\n- two", "\\# head\n1\\. one\n\\- two"),
        ("use `a[0] < b` here", "use `a[0] < b` here"),
        ("[x](command:y) &lt; *z*", r"\[x\](command:y) \&lt; \*z\*"),
        ("lone ` tick", r"lone \` tick"),
    ],
)
async def test_prose_shows_exactly_its_text(text: str, markdown: str) -> None:
    assert markup.prose(text) == markdown
