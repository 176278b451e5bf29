"""A raw, synchronous JSON-RPC client over a server's standard input and output."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Message = dict[str, Any]

_CAPABILITIES = {
    # Pushed diagnostics only: each is stamped with the document version that it is of.
    "textDocument": {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
    "window": {"workDoneProgress": True},
}


class ServerError(RuntimeError):
    """The server ended, refused a request, or said nothing for too long."""


class Client:
    """One language server process, started in a folder.

    Args:
        settings: the ``initializationOptions``, also the answer to every ``workspace/configuration``.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        settings: Mapping[str, Any],
    ) -> None:
        self._settings = settings
        self._ids = 0
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the process)
        self._messages: queue.Queue[tuple[float, Message] | None] = queue.Queue()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        """Shut the server down as an editor does; kill it if it does not go."""
        try:
            self.request("shutdown", None, patience=5)
            self.notify("exit", None)
            self.process.wait(5)
        except (ServerError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        finally:
            self._errors.close()

    def initialize(self, folder: Path) -> Message:
        """The handshake; returns the server's answer."""
        uri = folder.as_uri()
        params = {
            "processId": os.getpid(),
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": folder.name}],
            "capabilities": _CAPABILITIES,
            "initializationOptions": self._settings,
        }
        result: Message = self.request("initialize", params, patience=60)
        self.notify("initialized", {})
        return result

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any, *, patience: float) -> Any:
        """Send a request and wait for its answer.

        Raises:
            ServerError: if it is an error or does not come within ``patience`` seconds.
        """
        self._ids += 1
        wanted = self._ids
        self._send({"id": wanted, "method": method, "params": params})
        _, answer = self.wait(lambda m: m.get("id") == wanted and "method" not in m, patience=patience)
        if "error" in answer:
            raise ServerError(f"{method}: {answer['error'].get('message')}")
        return answer.get("result")

    def wait(self, wanted: Callable[[Message], bool], *, patience: float) -> tuple[float, Message]:
        """The next message that is wanted, and when it was read (``time.perf_counter``).

        Raises:
            ServerError: if it does not come within ``patience`` seconds, or the server ends.
        """
        until = time.monotonic() + patience
        while True:
            try:
                received = self._messages.get(timeout=max(until - time.monotonic(), 0))
            except queue.Empty:
                raise ServerError(f"no answer within {patience:g} s") from None
            if received is None:
                raise ServerError(self._last_words())
            if wanted(received[1]):
                return received

    def _last_words(self) -> str:
        """Why a server ended, as far as it said so."""
        code = self.process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return f"the server ended (exit code {code}{': ' + said[-1][:100] if said else ''})"

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self.process.stdin
        assert stream is not None
        try:
            stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            stream.flush()
        except OSError as error:
            raise ServerError(f"the server ended ({error})") from error

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while headers := _headers(stream):
            body = stream.read(int(headers["content-length"]))
            read_at = time.perf_counter()
            message = json.loads(body)
            if "id" in message and "method" in message:
                self._answer(message)
            else:
                self._messages.put((read_at, message))
        self._messages.put(None)

    def _answer(self, request: Message) -> None:
        """Answer what a server asks of its editor: its settings, or nothing."""
        result = None
        if request["method"] == "workspace/configuration":
            result = [self._settings for _ in request["params"]["items"]]
        try:
            self._send({"id": request["id"], "result": result})
        except ServerError:
            return  # it asked and went; the reader notices


def _headers(stream: Any) -> dict[str, str]:
    """The headers of the next message by lower-case name; empty at the end of the stream."""
    headers: dict[str, str] = {}
    while (line := stream.readline().decode("ascii")) and line != "\r\n":
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers
