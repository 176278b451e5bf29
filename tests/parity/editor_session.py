"""Replays a sequence in a folder with the real server, and compares what it says wherever it comes to rest."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from client_text import ClientText
from edit_sequences import (
    INITIAL,
    NOTEBOOK,
    NOTEBOOK_LANGUAGE,
    Change,
    Close,
    EditCell,
    Open,
    Remove,
    Replace,
    Rest,
    Save,
    Sequence,
    SpliceCells,
    Step,
    Write,
    notebook_text,
)
from lsp_client import PATIENCE, Server, command, environment
from uncached_check import UncachedCheck

_KINDS = {"code": 2, "raw": 2, "markdown": 1}


@dataclass
class Cell:
    """A notebook cell as the client has it."""

    uri: str
    kind: str
    text: ClientText
    version: int = 1

    def item(self) -> dict[str, Any]:
        language = {"code": "python"}.get(self.kind, self.kind)
        return {"uri": self.uri, "languageId": language, "version": self.version, "text": self.text.text}

    def head(self) -> dict[str, Any]:
        return {"kind": _KINDS[self.kind], "document": self.uri}


class EditorSession:
    """One folder, what is open in it, and the rests so far."""

    def __init__(self, server: Server, home: Path, *, repository: Path | None) -> None:
        self.server = server
        self.root = home / "root"
        self._home = home
        self._texts: dict[str, ClientText] = {}
        self._versions: dict[str, int] = {}
        self._cells: list[Cell] | None = None
        self._notebook_version = 1
        self._repository = repository
        self._rests: list[tuple[Path, Any]] = []
        self.root.mkdir(parents=True)
        if repository is not None:
            shutil.copytree(repository, self.root / ".git")
        for path, text in INITIAL.items():
            self._write(path, text, tell=False)

    # Steps

    def apply(self, step: Step) -> None:
        """Do a step; one that does not apply to the present state does nothing."""
        if isinstance(step, Rest):
            self.rest()
        elif isinstance(step, (EditCell, SpliceCells)):
            self._notebook_step(step)
        elif isinstance(step, Write):
            self._write(step.path, step.text)
        elif isinstance(step, Remove):
            if self._on_disk(step.path):
                (self.root / step.path).unlink()
                self._tell(step.path, 3)
        elif step.path == NOTEBOOK:
            self._notebook_file_step(step)
        else:
            self._text_step(step)

    def _text_step(self, step: Open | Change | Replace | Save | Close) -> None:
        path = step.path
        if isinstance(step, Close):
            if self._texts.pop(path, None) is not None:
                self.server.notify("textDocument/didClose", {"textDocument": {"uri": self._uri(path)}})
            return
        if isinstance(step, Save):
            if path in self._texts:
                self._save(path, self._texts[path].saved)
            return
        text = self._open(path)
        if isinstance(step, Change):
            self._changed(path, [text.change(*edit) for edit in step.edits])
        elif isinstance(step, Replace):
            self._changed(path, [text.replace(step.text)])

    def _open(self, path: str) -> ClientText:
        if path not in self._texts:
            content = (self.root / path).read_bytes().decode() if self._on_disk(path) else ""
            self._texts[path] = ClientText(content, self.server.encoding)
            self._versions[path] = self._versions.get(path, 0) + 1
            self.server.open(self.root / path, content, self._versions[path])
        return self._texts[path]

    def _changed(self, path: str, changes: list[dict[str, Any]]) -> None:
        self._versions[path] += 1
        document = {"uri": self._uri(path), "version": self._versions[path]}
        self.server.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def _save(self, path: str, content: str) -> None:
        self._write(path, content)
        self.server.notify("textDocument/didSave", {"textDocument": {"uri": self._uri(path)}})

    # The notebook

    def _notebook_file_step(self, step: Open | Change | Replace | Save | Close) -> None:
        if isinstance(step, Open):
            self._open_notebook()
        elif self._cells is not None and isinstance(step, Save):
            self._write(NOTEBOOK, self._notebook_saved())
        elif self._cells is not None and isinstance(step, Close):
            self._cells, closed = None, [{"uri": cell.uri} for cell in self._cells]
            params = {"notebookDocument": {"uri": self._uri(NOTEBOOK)}, "cellTextDocuments": closed}
            self.server.notify("notebookDocument/didClose", params)

    def _open_notebook(self) -> list[Cell] | None:
        """Open it, if the file is a Python notebook: an editor opens no other."""
        if self._cells is None and self._on_disk(NOTEBOOK):
            try:
                content = json.loads((self.root / NOTEBOOK).read_bytes())
                if content["metadata"] != NOTEBOOK_LANGUAGE:
                    return None
                self._cells = [
                    self._cell(one["cell_type"], "".join(one["source"])) for one in content["cells"]
                ]
            except (ValueError, TypeError, KeyError):
                return None
            self._notebook_version += 1
            notebook = {
                "uri": self._uri(NOTEBOOK),
                "notebookType": "jupyter-notebook",
                "version": self._notebook_version,
                "metadata": {"metadata": NOTEBOOK_LANGUAGE},
                "cells": [cell.head() for cell in self._cells],
            }
            items = [cell.item() for cell in self._cells]
            params = {"notebookDocument": notebook, "cellTextDocuments": items}
            self.server.notify("notebookDocument/didOpen", params)
        return self._cells

    def _notebook_step(self, step: EditCell | SpliceCells) -> None:
        cells = self._open_notebook()
        if cells is None:
            return
        if isinstance(step, EditCell):
            if not cells:
                return
            cell = cells[step.cell % len(cells)]
            cell.version += 1
            document = {"uri": cell.uri, "version": cell.version}
            changes = [cell.text.change(*edit) for edit in step.edits]
            change: dict[str, Any] = {"textContent": [{"document": document, "changes": changes}]}
        else:
            start = step.start % (len(cells) + 1)
            new = [self._cell(kind, source) for kind, source in step.cells]
            old = cells[start : start + step.delete]
            cells[start : start + step.delete] = new
            array = {"start": start, "deleteCount": len(old), "cells": [cell.head() for cell in new]}
            change = {
                "structure": {
                    "array": array,
                    "didOpen": [cell.item() for cell in new],
                    "didClose": [{"uri": cell.uri} for cell in old],
                }
            }
        self._notebook_version += 1
        notebook = {"uri": self._uri(NOTEBOOK), "version": self._notebook_version}
        self.server.notify(
            "notebookDocument/didChange", {"notebookDocument": notebook, "change": {"cells": change}}
        )

    def _cell(self, kind: str, source: str) -> Cell:
        uri = f"vscode-notebook-cell:{(self.root / NOTEBOOK).as_posix()}#{uuid.uuid4().hex}"
        return Cell(uri, kind, ClientText(source, self.server.encoding))

    def _notebook_saved(self) -> str:
        return notebook_text((cell.kind, cell.text.saved) for cell in self._cells or ())

    # The disk

    def _uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def _on_disk(self, path: str) -> bool:
        return (self.root / path).exists()

    def _write(self, path: str, text: str, *, tell: bool = True) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written at once, as editors do: nobody sees half a file.
        scratch = self._home / "written"
        scratch.write_bytes(ClientText(text, "utf-16").saved.encode())
        scratch.replace(file)
        if tell:
            self._tell(path, 2)

    def _tell(self, path: str, kind: int) -> None:
        change = {"uri": self._uri(path), "type": kind}
        self.server.notify("workspace/didChangeWatchedFiles", {"changes": [change]})

    # Rests

    def rest(self) -> None:
        """Compare what is shown with the server's verdict, and keep that for comparing it with ``check``'s."""
        verdict = self.server.verdict()
        self._shown_is(verdict)
        assert not self.server.errors, self.server.errors
        self._rests.append((self._copy(), verdict))

    def finish(self, uncached: UncachedCheck, cache: Path) -> None:
        """Save everything and compare: with a real ``check``, and each rest with an uncached one."""
        for path, text in self._texts.items():
            self._save(path, text.saved)
        if self._cells is not None:
            self._write(NOTEBOOK, self._notebook_saved())
        checked = _check_process(self.root, cache)
        verdict = self.server.verdict()
        assert verdict == checked, _differences(verdict, checked, "server", "check process")
        self._shown_is(verdict)
        self._rests.append((self.root, verdict))
        for (_, said), right in zip(
            self._rests, uncached.verdicts([folder for folder, _ in self._rests]), strict=True
        ):
            said.pop("unsaved"), right.pop("unsaved")
            assert said == right, _differences(said, right, "server", "uncached check")
        assert not self.server.errors, self.server.errors

    def _copy(self) -> Path:
        """A folder with what the server sees: the open texts over the files."""
        target = self._home / f"rest-{len(self._rests)}"
        shutil.copytree(self.root, target, symlinks=True)
        contents = {path: text.saved for path, text in self._texts.items()}
        if self._cells is not None:
            contents[NOTEBOOK] = self._notebook_saved()
        for path, content in contents.items():
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode())
        return target

    def _shown_is(self, verdict: Any) -> None:
        """Every open text shows, for its version, exactly its findings of the verdict, in the right places."""
        for path, text in self._texts.items():
            places = None if path.endswith(".ipynb") else text
            wanted = Counter(_finding(one, places) for one in verdict["findings"] if one["path"] == path)
            self._shows(self._uri(path), self._versions[path], wanted, exact=places is not None)
        for index, cell in enumerate(self._cells or ()):
            wanted = Counter(
                _finding(one, cell.text)
                for one in verdict["findings"]
                if one["path"] == NOTEBOOK and one["cell"] == index
            )
            if cell.kind == "code":
                self._shows(cell.uri, cell.version, wanted, exact=True)

    def _shows(self, uri: str, version: int, wanted: Counter[Any], *, exact: bool) -> None:
        def shown() -> Counter[Any] | None:
            if self.server.pulls:
                report = self.server.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
                return _shown(report["items"], exact)
            known, items = self.server.diagnostics.get(uri, (None, []))
            # Nothing need be said again of a text that shows nothing.
            return _shown(items, exact) if known == version or not items else None

        # A change of rules or policy reaches what is shown a moment after it reaches the verdict.
        until = time.monotonic() + PATIENCE / 3
        while (now := shown()) != wanted:
            if time.monotonic() > until:
                raise AssertionError(f"{uri} version {version}\nshows   {now}\nverdict {wanted}")
            self.server.pause(0.05)

    def leave(self) -> None:
        """Close everything and the folder."""
        for path in list(self._texts):
            self.apply(Close(path))
        self.apply(Close(NOTEBOOK))
        self.server.move_to(None, self.root)


def _finding(finding: Mapping[str, Any], text: ClientText | None) -> tuple[Any, ...]:
    place = (_place(text.position(finding["start"])), _place(text.position(finding["end"]))) if text else ()
    return (finding["rule_id"], finding["fingerprint"], finding["status"], *place)


def _shown(items: list[dict[str, Any]], exact: bool) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for item in items:
        data = item.get("data") or {}
        if "fingerprint" in data:
            where = item["range"]
            place = (_place(where["start"]), _place(where["end"])) if exact else ()
            found[(item["code"], data["fingerprint"], data["status"], *place)] += 1
    return found


def _place(position: Mapping[str, int]) -> tuple[int, int]:
    return position["line"], position["character"]


def _check_process(root: Path, cache: Path) -> Any:
    """The verdict of a real ``secloop check`` in a folder; its exit code must say the same."""
    done = subprocess.run(
        command("check", "--format", "json"),
        cwd=root,
        env=environment(cache),
        capture_output=True,
        timeout=PATIENCE,
    )
    assert done.stdout, done.stderr.decode()
    verdict = json.loads(done.stdout)
    assert done.returncode == {"pass": 0, "fail": 1, "error": 2}[verdict["verdict"]], done.stderr.decode()
    return verdict


def _differences(one: Any, other: Any, name: str, other_name: str) -> str:
    """What differs between two verdicts, part by part."""
    lines = []
    for key in sorted({*one, *other}):
        left, right = one.get(key), other.get(key)
        if left != right:
            if isinstance(left, list) and isinstance(right, list):
                left, right = [x for x in left if x not in right], [x for x in right if x not in left]
            lines.append(f"{key}:\n  {name}: {left}\n  {other_name}: {right}")
    return "\n".join(lines)


def replay(
    sequence: Sequence, server: Server, home: Path, *, repository: Path, uncached: UncachedCheck, cache: Path
) -> None:
    """Do all of a sequence in a new folder, which the server then forgets."""
    home = home / uuid.uuid4().hex
    session = EditorSession(server, home, repository=repository if sequence.git else None)
    server.move_to(session.root, None)
    for step in sequence.steps:
        session.apply(step)
    session.rest()
    session.finish(uncached, cache)
    session.leave()
    shutil.rmtree(home)
