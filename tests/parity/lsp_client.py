"""A synchronous language client over the real server's standard input and output: small enough to trust."""

from __future__ import annotations

import collections
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PATIENCE = 90.0
"""Seconds after which an answer will not come any more, whatever else the machine does."""

_ANSWERS: Mapping[str, Callable[[Any], Any]] = {
    "workspace/configuration": lambda params: [None for _ in params["items"]],
}
"""What this client answers when the server asks; null to anything else."""


class ServerGone(AssertionError):
    """The server ended, or does not answer."""


def command(*arguments: str) -> list[str]:
    """The command line of secloop in this environment; the current folder is not on its import path."""
    start = "import sys; sys.path[:] = [p for p in sys.path if p]; from secloop.cli.main import main; main()"
    return [sys.executable, "-c", start, *arguments]


def environment(cache: Path | None, **more: str) -> dict[str, str]:
    """Environment variables for a secloop process: the tests' import path and a cache of its own."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    found["PYTHONPATH"] = os.pathsep.join(os.path.abspath(path) for path in sys.path if path)
    if cache is not None:
        found["SECLOOP_CACHE_DIR"] = str(cache)
    return {**found, **more}


class Server:
    """One server process and what it has said so far.

    ``diagnostics`` holds, by URI, the version and items last published; ``errors`` what it showed the user
    as an error.
    """

    def __init__(
        self,
        *,
        cache: Path | None = None,
        cwd: Path | None = None,
        arguments: list[str] | None = None,
        **env: str,
    ) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the server
        self.process = subprocess.Popen(
            arguments or command("server"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=cwd,
            env=environment(cache, **env),
        )
        self.encoding = "utf-16"
        self.pulls = False
        self.diagnostics: dict[str, tuple[int | None, list[dict[str, Any]]]] = {}
        self.errors: list[str] = []
        self.log: collections.deque[str] = collections.deque(maxlen=50)
        self._answers: dict[int, dict[str, Any]] = {}
        self._serial = 0
        self._ended = False
        self._news = threading.Condition()
        self._writing = threading.Lock()
        threading.Thread(target=self._read, name="lsp-client", daemon=True).start()

    # Messages

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> dict[str, Any]:
        """Send a request and return its answer as it came: ``result`` or ``error``."""
        self._serial += 1
        serial = self._serial
        self._send({"id": serial, "method": method, "params": params})
        self.wait(lambda: serial in self._answers, f"an answer to {method}")
        return self._answers.pop(serial)

    def request(self, method: str, params: Any) -> Any:
        """The result of a request."""
        answer = self.ask(method, params)
        if "error" in answer:
            raise AssertionError(f"{method} failed: {answer['error']}")
        return answer["result"]

    def wait(self, condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> None:
        """Wait until a condition holds; it is looked at whenever the server says something.

        Raises:
            ServerGone: if it does not within ``patience`` seconds, or cannot any more.
        """
        until = time.monotonic() + patience
        with self._news:
            while not condition():
                left = until - time.monotonic()
                if self._ended or left <= 0:
                    why = "the server ended" if self._ended else f"not within {patience:g} s"
                    raise ServerGone(f"{what}: {why}\n{self.said()}")
                self._news.wait(left)

    def pause(self, seconds: float) -> None:
        """Wait for a message, for some time at most.

        Raises:
            ServerGone: if the server ended.
        """
        with self._news:
            if self._ended:
                raise ServerGone(f"the server ended\n{self.said()}")
            self._news.wait(seconds)

    def said(self) -> str:
        """The end of what it logged and printed on standard error."""
        self._log.seek(0, os.SEEK_END)
        self._log.seek(max(self._log.tell() - 4000, 0))
        return "\n".join([*self.log, self._log.read().decode("utf-8", "replace")])

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode("ascii")
        assert self.process.stdin is not None
        try:
            with self._writing:
                self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
                self.process.stdin.flush()
        except OSError as error:
            raise ServerGone(f"the server ended: {error}\n{self.said()}") from None

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            size = 0
            while (line := stream.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    size = int(value)
            if not size:
                break
            self._take(json.loads(stream.read(size)))
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _take(self, message: dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params")
        if method is not None and "id" in message:
            answer = _ANSWERS.get(method, lambda _: None)(params)
            self._send({"id": message["id"], "result": answer})
        with self._news:
            if method == "textDocument/publishDiagnostics":
                self.diagnostics[params["uri"]] = (params.get("version"), params["diagnostics"])
            elif method in ("window/showMessage", "window/logMessage"):
                self.log.append(params["message"])
                if method == "window/showMessage" and params["type"] == 1:
                    self.errors.append(params["message"])
            elif method is None:
                self._answers[message["id"]] = message
            self._news.notify_all()

    # A session

    def initialize(
        self, *folders: Path, encoding: str = "utf-16", pulls: bool = False, watches: bool = True
    ) -> None:
        """Open folders as a client that counts positions in an encoding, asks for diagnostics, watches files."""
        self.encoding, self.pulls = encoding, pulls
        document: dict[str, Any] = {"publishDiagnostics": {"versionSupport": True, "dataSupport": True}}
        if pulls:
            document["diagnostic"] = {}
        answer = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": None,
                "capabilities": {
                    "general": {"positionEncodings": [encoding]},
                    "textDocument": document,
                    "notebookDocument": {"synchronization": {}},
                    "workspace": {
                        "workspaceFolders": True,
                        "diagnostics": {"refreshSupport": pulls},
                        "didChangeWatchedFiles": {"dynamicRegistration": watches},
                    },
                },
                "workspaceFolders": [_folder(path) for path in folders],
                "initializationOptions": {"showAccepted": True},
            },
        )
        assert answer["capabilities"]["positionEncoding"] == encoding
        self.notify("initialized", {})

    def move_to(self, added: Path | None, removed: Path | None) -> None:
        """Open another folder instead of one."""
        event = {
            "added": [_folder(added)] if added else [],
            "removed": [_folder(removed)] if removed else [],
        }
        self.notify("workspace/didChangeWorkspaceFolders", {"event": event})

    def open(self, file: Path, text: str, version: int = 1) -> None:
        """Open a text."""
        item = {"uri": file.as_uri(), "languageId": "x", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def verdict(self, **params: Any) -> Any:
        """``secloop/verdict``."""
        return self.request("secloop/verdict", params)

    def stop(self) -> None:
        """Shut the server down in order; its exit code must say so."""
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
            assert self.process.wait(PATIENCE) == 0
        finally:
            self.kill()

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # what was to be written has nobody to read it


def _folder(path: Path) -> dict[str, str]:
    return {"uri": path.as_uri(), "name": path.name}
