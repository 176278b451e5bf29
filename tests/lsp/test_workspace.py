"""Whole-workspace questions: the verdict, the check with progress, and that nothing holds up the rest."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import FULL, Editor, Start, copied, environment
from lsprotocol import types

pytestmark = pytest.mark.asyncio


def checked(root: Path, *arguments: str) -> Any:
    """What ``secloop check`` says of the files on disk."""
    command = [sys.executable, "-m", "secloop", "check", "--format", "json", "--no-cache", *arguments]
    ended = subprocess.run(
        command, cwd=root, capture_output=True, check=False, env=environment(root.parent / "cache")
    )
    assert ended.stdout, ended.stderr.decode()
    return json.loads(ended.stdout)


async def test_the_verdict_is_the_one_of_check(start: Start, repo: Path) -> None:
    (repo / "a.py").write_text("eval(x)\n")
    (repo / "b.py").write_bytes(b"\xef\xbb\xbfexec(x)\r\ns = '\xf0\x9f\x98\x80'\r\n")
    editor = await start()
    assert await editor.verdict() == checked(repo)
    day = {"asOf": "2020-02-02", "failOn": "never", "select": ["no-e*"], "ignore": ["no-exec"]}
    flags = ("--as-of", "2020-02-02", "--fail-on", "never", "--select", "no-e*", "--ignore", "no-exec")
    assert await editor.verdict(**day) == checked(repo, *flags)
    only = await editor.verdict(paths=["b.py"])
    assert only == checked(repo, "b.py")
    assert {one["path"] for one in only["findings"]} == {"b.py"}


async def test_open_buffers_count_and_are_listed_while_unsaved(start: Start, repo: Path) -> None:
    (repo / "a.py").write_text("pass\n")
    editor = await start()
    editor.open("a.py", "eval(x)\n")
    unsaved = await editor.verdict()
    assert unsaved["unsaved"] == ["a.py"]
    assert unsaved["verdict"] == "fail"
    (repo / "a.py").write_text("eval(x)\n")
    saved = await editor.verdict()
    assert saved["unsaved"] == []
    assert saved["digest"] == unsaved["digest"] == checked(repo)["digest"]


async def test_an_empty_list_stands_for_no_params_as_lua_writes_it(start: Start, repo: Path) -> None:
    (repo / "a.py").write_text("eval(x)\n")
    editor = await start()
    assert await editor.client.protocol.send_request_async("secloop/verdict", []) == await editor.verdict()


async def test_two_open_folders_give_a_verdict_each(start: Start, repo: Path, tmp_path: Path) -> None:
    other = tmp_path / "second"
    other.mkdir()
    (other / "secloop.toml").write_text("bundled-rules = false\n")
    editor = await start(folders=[repo, other])
    both = await editor.verdict()
    assert [one["verdict"] for one in both] == ["pass", "pass"]
    assert both[0]["digest"] != both[1]["digest"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"failon": "low"}, "'failon' is no option"),
        ({"asOf": "today"}, "must be a date"),
        ({"failOn": "loud"}, "fail-on cannot be 'loud'"),
        ({"paths": ["/elsewhere/a.py"]}, "in no open folder"),
        ({"paths": "a.py"}, "must be a list"),
    ],
)
async def test_a_wrong_question_is_answered_in_words(
    editor: Editor, params: dict[str, Any], words: str
) -> None:
    with pytest.raises(Exception, match=words):
        await editor.verdict(**params)
    assert editor.client.messages == []


async def test_a_workspace_check_shows_progress_and_the_findings_of_closed_files(
    start: Start, repo: Path
) -> None:
    for number in range(30):
        (repo / f"f{number}.py").write_text("eval(x)\n")
    editor = await start()
    (summary,) = await editor.command("secloop.checkWorkspace")
    assert (summary["verdict"], summary["findings"]) == ("fail", 30)
    await editor.codes(editor.uri("f7.py"), "no-eval")
    (reports,) = editor.client.progress_reports.values()
    kinds = [type(one) for one in reports]
    assert kinds[0] is types.WorkDoneProgressBegin
    assert kinds[-1] is types.WorkDoneProgressEnd
    percentages = [one.percentage for one in reports if isinstance(one, types.WorkDoneProgressReport)]
    assert percentages == sorted(percentages)
    assert percentages[-1] == 100

    (repo / "f7.py").write_text("pass\n")
    await editor.command("secloop.checkWorkspace")
    await editor.codes(editor.uri("f7.py"))


async def test_a_token_of_the_clients_is_used_for_progress(start: Start, repo: Path) -> None:
    (repo / "a.py").write_text("eval(x)\n")
    editor = await start()
    editor.client.progress_reports["mine"] = []
    await editor.command("secloop.checkWorkspace", token="mine")
    assert list(editor.client.progress_reports) == ["mine"]


GATE = """
import pathlib, time
import secloop.lsp.workspace_check as module
from secloop.engine.cancel import Cancelled
gate, here = pathlib.Path({gate!r}), module.check_roots
def gated(places, load, *, cancel, progress):
    progress(0, 1)
    while not gate.exists():
        if cancel.cancelled:
            gate.with_name("stopped").touch()
            raise Cancelled
        time.sleep(0.01)
    return here(places, load, cancel=cancel, progress=progress)
module.check_roots = gated
"""
"""Holds up every check of a workspace until a file appears, and notes that it was stopped."""


def reported(editor: Editor) -> bool:
    """Whether the check reported that it runs."""
    return any(
        isinstance(one, types.WorkDoneProgressReport)
        for reports in editor.client.progress_reports.values()
        for one in reports
    )


async def exists(path: Path) -> None:
    while not path.exists():
        await asyncio.sleep(0.01)


async def test_everything_answers_while_a_workspace_check_runs(start: Start, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    editor = await start(code=GATE.format(gate=str(gate)))
    uri = editor.open("a.py", "eval(x)\n")
    await editor.shown(uri)
    running = asyncio.ensure_future(editor.command("secloop.checkWorkspace"))
    await editor.until(lambda: reported(editor))
    place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 1))
    assert await editor.client.text_document_hover_async(place) is not None
    assert await editor.actions(uri, 0)
    editor.change(uri, 2, "exec(x)\n")
    assert (await editor.shown(uri, 2)).codes == ["no-exec"]
    assert not running.done()
    gate.touch()
    assert (await running)[0]["verdict"] == "fail"


COMMAND = types.ExecuteCommandParams(command="secloop.checkWorkspace")


@pytest.mark.parametrize("how", ["progress", "request"])
@pytest.mark.parametrize(
    ("method", "params"),
    [(types.WORKSPACE_EXECUTE_COMMAND, COMMAND), ("secloop/checkWorkspace", {})],
    ids=["command", "own"],
)
async def test_a_workspace_check_can_be_cancelled(
    start: Start, tmp_path: Path, how: str, method: str, params: Any
) -> None:
    editor = await start(code=GATE.format(gate=str(tmp_path / "gate")))
    protocol = editor.client.protocol
    running = protocol.send_request(method, params, msg_id="check")
    await editor.until(lambda: reported(editor))
    (token,) = editor.client.progress_reports
    if how == "progress":
        editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
    else:
        protocol.notify(types.CANCEL_REQUEST, types.CancelParams(id="check"))
    with pytest.raises(Exception, match="cancel"):
        await asyncio.wrap_future(running)
    await exists(tmp_path / "stopped")
    last = editor.client.progress_reports[token][-1]
    assert isinstance(last, types.WorkDoneProgressEnd)


async def test_a_verdict_that_nobody_wants_any_more_is_stopped(start: Start, tmp_path: Path) -> None:
    editor = await start(code=GATE.format(gate=str(tmp_path / "gate")))
    protocol = editor.client.protocol
    waiting = protocol.send_request("secloop/verdict", {}, msg_id="verdict")
    protocol.notify(types.CANCEL_REQUEST, types.CancelParams(id="verdict"))
    with pytest.raises(Exception, match="cancel"):
        await asyncio.wrap_future(waiting)
    (tmp_path / "gate").touch()
    assert (await editor.verdict())["verdict"] == "pass"


async def test_without_folders_a_file_is_checked_by_itself(start: Start, repo: Path) -> None:
    editor = await start(copied(FULL), folders=[])
    uri = editor.open("a.py", "eval(x)\n")
    assert (await editor.shown(uri)).codes == ["no-eval"]
    assert await editor.verdict() == []
