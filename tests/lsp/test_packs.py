"""Rule packs from elsewhere in the server: the verdict is that of ``secloop check``, and a changed lock counts at once."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import Editor, Start, environment

pytestmark = pytest.mark.asyncio

PACK = """\
rules:
  - id: no-eval
    languages: [python]
    severity: HIGH
    message: eval
    pattern: eval(...)
"""


async def secloop(repo: Path, cache: Path, *arguments: str) -> bytes:
    """The output of a command in the repository."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "secloop", *arguments),
        cwd=repo,
        env=environment(cache),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    return (await process.communicate())[0]


async def agreed(editor: Editor, repo: Path, cache: Path) -> Any:
    """The verdict of the server, which must be that of ``check``."""
    verdict = await editor.verdict()
    assert verdict == json.loads(await secloop(repo, cache, "check", "--format", "json"))
    return verdict


async def test_a_wheel_that_changes_is_shown_as_soon_as_a_check_has_seen_it(
    start: Start, repo: Path, cache_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about, rules = tmp_path / "site/acme_rules-1.0.dist-info", tmp_path / "site/acme_rules/rules.yaml"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n")
    (about / "RECORD").write_text("acme_rules/rules.yaml,,\n")
    rules.parent.mkdir()
    rules.write_text(PACK)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    (repo / ".secloop/rules/rules.yaml").unlink()
    (repo / "secloop.toml").write_text('bundled-rules = false\n[packs.acme]\nwheel = "acme-rules"\n')
    (repo / "a.py").write_text("eval(x)\n")
    await secloop(repo, cache_folder, "rules", "update", "--yes")
    editor = await start()
    uri = editor.open("a.py", "eval(x)\n")
    await editor.codes(uri, "acme/no-eval")

    rules.write_text(PACK.replace("eval(", "exec("))
    assert (await agreed(editor, repo, cache_folder))["verdict"] == "error"
    await editor.codes(uri)
    (changed,) = (await editor.codes(editor.uri("secloop.lock"), "rule")).items
    assert "is not what was accepted" in changed.message


async def test_a_pack_counts_as_the_lock_says(start: Start, repo: Path, cache_folder: Path) -> None:
    (repo / ".secloop/rules/rules.yaml").unlink()
    (repo / "secloop.toml").write_text('bundled-rules = false\n[packs.acme]\npath = "vendor/acme"\n')
    (repo / "vendor/acme").mkdir(parents=True)
    (repo / "vendor/acme/rules.yaml").write_text(PACK)
    (repo / "a.py").write_text("eval(x)\nexec(x)\n")
    editor = await start()
    uri = editor.open("a.py", "eval(x)\nexec(x)\n")

    (missing,) = (await editor.codes(editor.uri("secloop.toml"), "rule")).items
    assert "is not in secloop.lock" in missing.message
    assert (await agreed(editor, repo, cache_folder))["verdict"] == "error"

    await secloop(repo, cache_folder, "rules", "update", "--yes")
    editor.touch("secloop.lock")
    await editor.codes(uri, "acme/no-eval")
    assert (await agreed(editor, repo, cache_folder))["lock"]["packs"].keys() == {"acme"}

    (repo / "vendor/acme/rules.yaml").write_text(PACK.replace("eval(", "exec("))
    editor.touch("vendor/acme/rules.yaml")
    (changed,) = (await editor.codes(editor.uri("secloop.lock"), "rule")).items
    assert "is not what was accepted" in changed.message
    await editor.codes(uri)
    assert (await agreed(editor, repo, cache_folder))["verdict"] == "error"

    await secloop(repo, cache_folder, "rules", "update", "--yes")
    editor.touch("secloop.lock")
    shown = await editor.codes(uri, "acme/no-eval")
    assert shown.items[0].range.start.line == 1
    assert (await agreed(editor, repo, cache_folder))["verdict"] == "fail"
