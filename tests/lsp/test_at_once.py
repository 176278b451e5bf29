"""What runs in process is published for every version; what semgrep-core has to say follows (SPEC 11)."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsp_editor import POLICY, Editor

pytestmark = pytest.mark.asyncio

RULES = """\
rules:
  - {id: fast, languages: [python], severity: ERROR, message: eval, pattern: eval(...)}
  - id: slow
    languages: [python]
    severity: ERROR
    message: slow
    pattern: slow(...)
    options: {symbolic_propagation: true}
"""


@pytest.fixture
def rules(repo: Path) -> Path:
    (repo / "secloop.toml").write_text(POLICY)
    for file in (repo / ".secloop" / "rules").iterdir():
        file.unlink()
    (repo / ".secloop" / "rules" / "r.yaml").write_text(RULES)
    return repo


def shown(editor: Editor, uri: str, version: int | None) -> list[list[tuple[str, int]]]:
    """Every set that was published for a version: rules and lines."""
    return [
        [(str(item.code), item.range.start.line) for item in published.items]
        for at, published in editor.history
        if at == uri and published.version == version
    ]


async def test_a_version_without_work_for_semgrep_is_published_once(rules: Path, editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\n")
    await editor.codes(uri, "fast")
    for version in range(2, 12):
        editor.change(uri, version, (0, 0, 0, 0, "\n"))
    await editor.shown(uri, 11)
    assert [shown(editor, uri, version) for version in range(9, 12)] == [
        [[("fast", line)]] for line in (8, 9, 10)
    ]


async def test_what_semgrep_found_moves_along_until_it_has_looked_again(rules: Path, editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\nslow(x)\nslow(y)\n")
    await editor.codes(uri, "fast", "slow", "slow")
    editor.history.clear()
    editor.change(uri, 2, (0, 0, 0, 0, "eval(1)\n"), (3, 5, 3, 6, "yy"))
    await editor.shown(uri, 2)
    # Only a whole set says which version it is of.
    assert shown(editor, uri, None) == [[("fast", 0), ("fast", 1)]]
    assert shown(editor, uri, 2) == [[("fast", 0), ("fast", 1), ("slow", 2), ("slow", 3)]]
    editor.change(uri, 3, (0, 0, 0, 0, "eval(2)\n"))
    await editor.shown(uri, 3)
    assert shown(editor, uri, None)[1:] == shown(editor, uri, 3)


async def test_the_answer_to_a_request_is_whole(rules: Path, editor: Editor) -> None:
    uri = editor.open("a.py", "eval(x)\nslow(x)\n")
    await editor.codes(uri, "fast", "slow")
    editor.change(uri, 2, (0, 0, 0, 0, "slow(1)\n"))
    verdict = await editor.verdict(paths=["a.py"])
    (one,) = verdict if isinstance(verdict, list) else [verdict]
    found = one["findings"] if isinstance(one, dict) else one.findings
    assert len(found) == 3
