"""Memory of a language server with many files open, each of which was edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from client import Client, ServerError
from inputs import Source
from tools import Server

_PUBLISH = "textDocument/publishDiagnostics"
_PATIENCE = 60.0


@dataclass(frozen=True)
class Opened:
    """Resident memory in MB: of the server's own process, and of the processes that it started."""

    server: str
    files: int
    lines: int
    megabytes: float = 0.0
    others: float = 0.0
    reason: str = ""


def measure(
    server: Server, sources: Sequence[Source], scratch: Path, environment: Mapping[str, str]
) -> Opened:
    """Open files one after the other, then put a line into each; every answer is waited for."""
    lines = sum(source.lines for source in sources)
    files = [scratch / source.name for source in sources]
    try:
        with Client(server.command, scratch, environment, server.settings) as client:
            client.initialize(scratch)
            for file, source in zip(files, sources, strict=True):
                file.write_text(source.text, encoding="utf-8")
                item = {"uri": file.as_uri(), "languageId": "python", "version": 0, "text": source.text}
                client.notify("textDocument/didOpen", {"textDocument": item})
                _wait(client, file, 0)
            for file in files:
                place = {"line": 0, "character": 0}
                change = {"range": {"start": place, "end": place}, "text": "pass\n"}
                versioned = {"uri": file.as_uri(), "version": 1}
                client.notify(
                    "textDocument/didChange", {"textDocument": versioned, "contentChanges": [change]}
                )
                _wait(client, file, 1)
            process = psutil.Process(client.process.pid)
            others = sum(child.memory_info().rss for child in process.children(recursive=True))
            own = process.memory_info().rss
            return Opened(server.title, len(files), lines, own / 1e6, others / 1e6)
    except (ServerError, OSError, psutil.Error) as error:
        return Opened(server.title, len(files), lines, reason=str(error))
    finally:
        for file in files:
            file.unlink(missing_ok=True)


def _wait(client: Client, file: Path, version: int) -> None:
    def answers(message: Mapping[str, object]) -> bool:
        params = message.get("params")
        if message.get("method") != _PUBLISH or not isinstance(params, dict):
            return False
        return str(params["uri"]).endswith(f"/{file.name}") and params.get("version") == version

    client.wait(answers, patience=_PATIENCE)
