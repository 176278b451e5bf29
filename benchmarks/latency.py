"""How long an edit takes to become diagnostics, in language servers over stdio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from client import Client, Message, ServerError
from inputs import Source
from keystrokes import Keystroke, keystrokes
from memory import PeakMemory
from tools import Server

PUBLISH = "textDocument/publishDiagnostics"
_PAUSE = 0.03
"""Seconds between an answer and the next edit, for every server alike; nobody types faster."""
_WARM_UP = 5
_PATIENCE = 60.0
_MEMORY_EDITS = 4


@dataclass(frozen=True)
class Latency:
    """What a server took for one file: milliseconds, sorted; or the reason why there are none.

    ``milliseconds`` are those of edits after which the file parses, ``broken`` of the others, ``opened`` from opening
    it to its diagnostics, while the rules are loaded. ``findings`` is the number of diagnostics before the first
    edit, ``megabytes`` the peak memory with children.
    """

    server: str
    source: Source
    milliseconds: tuple[float, ...] = ()
    broken: tuple[float, ...] = ()
    opened: float = 0.0
    findings: int = 0
    megabytes: float = 0.0
    reason: str = ""

    def percentile(self, percent: int, *, broken: bool = False) -> float:
        """The value that so many percent of the samples do not exceed."""
        samples = self.broken if broken else self.milliseconds
        if len(samples) < 2:
            return samples[0] if samples else 0.0
        return statistics.quantiles(samples, n=100, method="inclusive")[percent - 1]


def measure(
    server: Server, source: Source, scratch: Path, environment: Mapping[str, str], edits: int
) -> Latency:
    """Type ``edits`` characters into a file, each after the answer to the one before.

    A server that cannot be started, or does not answer, is a result with a reason.
    """
    file = scratch / source.name
    file.write_text(source.text, encoding="utf-8", newline="")
    try:
        with Client(server.command, scratch, environment, server.settings) as client:
            client.initialize(scratch)
            if server.versioned:
                _warm_up(client, server, scratch)
            session = _Session(client, server, source, file)
            opened = session.open()
            typed = keystrokes(source)
            for _ in range(_WARM_UP if server.versioned else 1):
                session.edit(next(typed))
            times = [(key.broken, session.edit(key)) for key, _ in zip(typed, range(edits), strict=False)]
            # Apart from the timed edits: looking at processes takes time as well.
            with PeakMemory(client.process.pid) as peak:
                for _ in range(_MEMORY_EDITS if server.versioned else 1):
                    session.edit(next(typed))
            intact, broken = (tuple(sorted(ms for bad, ms in times if bad is kind)) for kind in (False, True))
            return Latency(server.title, source, intact, broken, opened, session.findings, peak.megabytes)
    except (ServerError, OSError) as error:
        return Latency(server.title, source, reason=str(error))
    finally:
        file.unlink()


def _warm_up(client: Client, server: Server, scratch: Path) -> None:
    """Open a small file, so that the rules are loaded when the one that is measured is opened."""
    small = Source("small.py", "python", "import os\n\nos.getcwd()\n")
    file = scratch / small.name
    file.write_text(small.text, encoding="utf-8")
    _Session(client, server, small, file).open()


class _Session:
    """One open document of one server."""

    def __init__(self, client: Client, server: Server, source: Source, file: Path) -> None:
        self._client = client
        self._server = server
        self._source = source
        self._file = file
        self._uri = file.as_uri()
        self._version = 0
        self._text = source.text
        self.findings = 0

    def open(self) -> float:
        """Open the document; returns the milliseconds until its first diagnostics were read."""
        if not self._server.versioned:
            self._client.wait(lambda m: m.get("method") == "semgrep/rulesRefreshed", patience=_PATIENCE)
        item = {"uri": self._uri, "languageId": self._source.language, "version": 0, "text": self._text}
        started = time.perf_counter()
        self._client.notify("textDocument/didOpen", {"textDocument": item})
        read_at, message = self._wait()
        self.findings = len(message["params"]["diagnostics"])
        return (read_at - started) * 1000

    def edit(self, keystroke: Keystroke) -> float:
        """Make one edit; returns the milliseconds until the diagnostics of that version were read."""
        time.sleep(_PAUSE)
        self._version += 1
        change = {"range": keystroke.range, "text": keystroke.text}
        versioned = {"uri": self._uri, "version": self._version}
        params = {"textDocument": versioned, "contentChanges": [change]}
        if not self._server.versioned:
            self._text = keystroke.after
            self._file.write_text(self._text, encoding="utf-8", newline="")
        started = time.perf_counter()
        self._client.notify("textDocument/didChange", params)
        if not self._server.versioned:
            self._client.notify("textDocument/didSave", {"textDocument": {"uri": self._uri}})
        return (self._wait()[0] - started) * 1000

    def _wait(self) -> tuple[float, Message]:
        return self._client.wait(self._is_answer, patience=_PATIENCE)

    def _is_answer(self, message: Message) -> bool:
        if message.get("method") != PUBLISH or not _same_file(message["params"]["uri"], self._uri):
            return False
        return not self._server.versioned or message["params"].get("version") == self._version


def _same_file(left: str, right: str) -> bool:
    return left.rsplit("/", 1)[-1] == right.rsplit("/", 1)[-1]
