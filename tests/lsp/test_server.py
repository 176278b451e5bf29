"""The server as a process: its streams, its life and its answers to what is wrong."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import environment

INITIALIZE = {
    "processId": None,
    "rootUri": None,
    "capabilities": {"notebookDocument": {"synchronization": {}}},
}


class Wire:
    """Raw JSON-RPC with a server, over any pair of streams."""

    def __init__(self, reading: Any, writing: Any) -> None:
        self._reading, self._writing = reading, writing
        self._ids = 0

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._writing.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._writing.flush()

    def receive(self) -> Any:
        length = 0
        while (line := self._reading.readline()) != b"\r\n":
            assert line, "the server closed its stream"
            length = int(line.split(b":")[1])
        return json.loads(self._reading.read(length))

    def ask(self, method: str, params: Any = None) -> Any:
        """The answer to a request, whatever else comes before it."""
        self._ids += 1
        self.send(id=self._ids, method=method, params=params)
        while (message := self.receive()).get("id") != self._ids or "method" in message:
            pass
        return message


def server(cache: Path, *arguments: str, code: str = "") -> subprocess.Popen[bytes]:
    """The server's process; ``code`` runs in it first."""
    run = f"import sys; sys.argv = ['secloop', 'server', *{list(arguments)!r}]; {code}"
    command = [sys.executable, "-c", f"{run}\nfrom secloop.cli.main import main; main()"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment(cache))


@pytest.fixture
def process(cache_folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    started = server(cache_folder)
    yield started
    started.kill()
    started.communicate()


def wire(process: subprocess.Popen[bytes]) -> Wire:
    return Wire(process.stdout, process.stdin)


def test_exit_after_shutdown_is_clean_and_without_it_is_not(cache_folder: Path) -> None:
    for asked, code in ((True, 0), (False, 1)):
        process = server(cache_folder)
        client = wire(process)
        client.ask("initialize", INITIALIZE)
        if asked:
            assert client.ask("shutdown")["result"] is None
            assert client.ask("textDocument/hover", {})["error"]["code"] == -32600
        client.send(method="exit")
        assert process.wait(30) == code
        process.communicate()


def test_the_server_ends_when_its_client_is_gone(process: subprocess.Popen[bytes]) -> None:
    wire(process).ask("initialize", INITIALIZE)
    assert process.stdin is not None
    process.stdin.close()
    process.stdin = None
    assert process.wait(30) is not None


def test_nothing_but_messages_reaches_standard_output(cache_folder: Path) -> None:
    noise = textwrap.dedent(
        """
        import secloop.lsp.hover as hover, os, subprocess
        def loud(session, params):
            print("noise"); os.write(1, b"more noise"); subprocess.run(["echo", "child noise"])
            assert subprocess.run(["cat"], capture_output=True).stdout == b""
        hover.hover = loud
        """
    )
    process = server(cache_folder, code=f"exec({noise!r})")
    client = wire(process)
    client.ask("initialize", INITIALIZE)
    place = {"textDocument": {"uri": "file:///a.py"}, "position": {"line": 0, "character": 0}}
    assert client.ask("textDocument/hover", place)["result"] is None
    client.ask("shutdown")
    client.send(method="exit")
    out, err = process.communicate(timeout=30)
    assert out == b""
    assert b"more noise" in err
    assert b"child noise" in err


def test_every_request_gets_an_answer(process: subprocess.Popen[bytes]) -> None:
    client = wire(process)
    assert client.ask("textDocument/hover", {})["error"]["code"] == -32002
    capabilities = client.ask("initialize", INITIALIZE)["result"]["capabilities"]
    assert capabilities["positionEncoding"] == "utf-16"
    assert capabilities["codeActionProvider"] == {
        "codeActionKinds": ["quickfix", "source.fixAll.secloop"],
        "resolveProvider": True,
    }
    assert capabilities["notebookDocumentSync"]["notebookSelector"] == [{"notebook": "jupyter-notebook"}]
    assert "secloop.checkWorkspace" in capabilities["executeCommandProvider"]["commands"]
    assert client.ask("textDocument/hover", {"position": 3})["error"]["code"] == -32602
    assert client.ask("no/such", {})["error"]["code"] == -32601
    unknown = client.ask("workspace/executeCommand", {"command": "secloop.nothing"})["error"]
    assert "secloop.nothing" in unknown["message"]


def test_an_error_in_a_handler_is_told_once_in_words(cache_folder: Path) -> None:
    fault = textwrap.dedent(
        """
        import secloop.lsp.session as session
        def broken(self, uri): raise RuntimeError("the disk is on fire")
        session.Session.opened = broken
        """
    )
    process = server(cache_folder, code=f"exec({fault!r})")
    client = wire(process)
    client.ask("initialize", INITIALIZE)
    for number in range(3):
        item = {"uri": f"file:///{number}.py", "languageId": "python", "version": 1, "text": ""}
        client.send(method="textDocument/didOpen", params={"textDocument": item})
    client.send(id="end", method="shutdown")
    shown = []
    while (message := client.receive()).get("id") != "end":
        if message["method"] == "window/showMessage":
            shown.append(message["params"]["message"])
    assert len(shown) == 1
    assert "the disk is on fire" in shown[0]
    process.kill()
    process.communicate()


def test_rules_that_are_loaded_before_their_file_is_placed_get_their_lenses(
    cache_folder: Path, tmp_path: Path
) -> None:
    fault = textwrap.dedent(
        """
        import secloop.lsp.projects as projects
        find = projects.Projects.find_root
        async def late(self, place, folder):
            root = await find(self, place, folder)
            if place.suffix == ".yaml":
                await self.loaded(root)
            return root
        projects.Projects.find_root = late
        """
    )
    file = tmp_path / ".secloop" / "rules" / "own.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(
        "rules: [{id: own, languages: [python], severity: LOW, message: m, pattern: eval(...)}]\n"
    )
    process = server(cache_folder, code=f"exec({fault!r})")
    client = wire(process)
    able = {"workspace": {"codeLens": {"refreshSupport": True}}}
    root = {"uri": tmp_path.as_uri(), "name": "root"}
    client.ask("initialize", {**INITIALIZE, "workspaceFolders": [root], "capabilities": able})
    client.send(method="initialized", params={})
    item = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text()}
    client.send(method="textDocument/didOpen", params={"textDocument": item})
    while client.receive().get("method") != "workspace/codeLens/refresh":
        pass
    process.kill()
    process.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def connected(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    while process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        except ConnectionRefusedError:
            continue
    raise AssertionError("the server ended")


def test_a_client_can_connect_over_tcp(cache_folder: Path) -> None:
    port = free_port()
    process = server(cache_folder, "--tcp", "--port", str(port))
    with connected(port, process) as connection:
        stream = connection.makefile("rwb")
        client = Wire(stream, stream)
        assert client.ask("initialize", INITIALIZE)["result"]["serverInfo"]["name"] == "secloop"
        client.ask("shutdown")
        client.send(method="exit")
        assert process.wait(30) == 0
    process.communicate()


def test_a_client_can_connect_over_a_websocket(cache_folder: Path) -> None:
    from websockets.sync.client import connect

    port = free_port()
    process = server(cache_folder, "--ws", "--port", str(port))
    connected(port, process).close()
    with connect(f"ws://127.0.0.1:{port}") as connection:
        connection.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": INITIALIZE}))
        answer = json.loads(connection.recv(30))
        assert answer["result"]["serverInfo"]["name"] == "secloop"
    process.kill()
    process.communicate()


def test_the_transports_exclude_each_other(cache_folder: Path) -> None:
    process = server(cache_folder, "--tcp", "--ws")
    _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert re.search(rb"exclude each other", err)
