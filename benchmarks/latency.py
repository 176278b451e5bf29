"""How long an edit takes to become diagnostics, in language servers over stdio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from client import Client, Message, ServerError
from inputs import Source
from memory import PeakMemory
from tools import Server

PUBLISH = "textDocument/publishDiagnostics"
_PAUSE = 0.03
"""Seconds between an answer and the next edit, for every server alike; nobody types faster."""
_WARM_UP = 5
_PATIENCE = 60.0
_MEMORY_EDITS = 4
_TYPED = {
    "python": "def typed_{0}(value):\n    return value + {0}\n\n\n",
    "javascript": "function typed{0}(value) {{\n  return value + {0};\n}}\n\n",
}
_TOP_LEVEL = {"python": ("def ", "class ", "@"), "javascript": ("function ", "app.", "class ")}


@dataclass(frozen=True)
class Latency:
    """What a server took for one file: milliseconds, sorted; or the reason why there are none.

    ``findings`` is the number of diagnostics before the first edit, ``megabytes`` the peak memory with children.
    """

    server: str
    source: Source
    milliseconds: tuple[float, ...] = ()
    findings: int = 0
    megabytes: float = 0.0
    reason: str = ""

    def percentile(self, percent: int) -> float:
        """The value that so many percent of the samples do not exceed."""
        if len(self.milliseconds) < 2:
            return self.milliseconds[0]
        return statistics.quantiles(self.milliseconds, n=100, method="inclusive")[percent - 1]


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
            session = _Session(client, server, source, file)
            session.open()
            keystrokes = _keystrokes(source)
            for _ in range(_WARM_UP if server.versioned else 1):
                session.edit(next(keystrokes))
            times = tuple(sorted(session.edit(next(keystrokes)) for _ in range(edits)))
            # Apart from the timed edits: looking at processes takes time as well.
            with PeakMemory(client.process.pid) as peak:
                for _ in range(_MEMORY_EDITS if server.versioned else 1):
                    session.edit(next(keystrokes))
            return Latency(server.title, source, times, session.findings, peak.megabytes)
    except (ServerError, OSError) as error:
        return Latency(server.title, source, reason=str(error))
    finally:
        file.unlink()


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

    def open(self) -> None:
        """Open the document and wait for its first diagnostics."""
        if not self._server.versioned:
            self._client.wait(lambda m: m.get("method") == "semgrep/rulesRefreshed", patience=_PATIENCE)
        item = {"uri": self._uri, "languageId": self._source.language, "version": 0, "text": self._text}
        self._client.notify("textDocument/didOpen", {"textDocument": item})
        _, message = self._wait()
        self.findings = len(message["params"]["diagnostics"])

    def edit(self, keystroke: _Keystroke) -> float:
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


@dataclass(frozen=True)
class _Keystroke:
    range: dict[str, Any]
    text: str
    after: str
    """The whole text after it."""


def _keystrokes(source: Source) -> Iterator[_Keystroke]:
    """Functions typed character by character in the middle of the file; no text comes twice."""
    lines = source.text.split("\n")
    starts = _TOP_LEVEL[source.language]
    middle = len(lines) // 2
    row = next(i for i in range(middle, len(lines)) if lines[i].startswith(starts) or i == len(lines) - 1)
    before, behind = "\n".join(lines[:row]) + "\n", "\n".join(lines[row:])
    typed = ""
    number = 0
    while True:
        number += 1
        for character in _TYPED[source.language].format(number):
            typed_lines = typed.split("\n")
            place = {"line": row + len(typed_lines) - 1, "character": len(typed_lines[-1])}
            typed += character
            yield _Keystroke({"start": place, "end": place}, character, before + typed + behind)
