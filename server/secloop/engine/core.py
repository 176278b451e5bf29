"""semgrep-core as a program: where it is, its version, and one run of it on targets in a private folder."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct

from secloop.engine.cancel import Cancel
from secloop.engine.installed import core_binary
from secloop.engine.limits import Limits
from secloop.engine.process import Bounds, Ended, Process, run_process
from secloop.engine.rule_ids import core_id

TARGETS = "targets.json"
"""The file in a run's folder that says what to scan."""

_OWN_SETTINGS = ("SEMGREP_", "OTEL_", "OCAMLRUNPARAM", "CAMLRUNPARAM")
"""Prefixes of environment variables that would change what semgrep-core does."""


class Target(Struct, frozen=True):
    """A text to scan: its bytes, its file's suffix, its analyzers, the path that rules' ``paths:`` see."""

    data: bytes
    suffix: str
    analyzers: tuple[str, ...]
    rule_path: str


class Core:
    """Runs semgrep-core; safe to use from many threads at once.

    Everything it writes is in one folder that only this user can read and that goes when the process ends.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """``command`` is what to run instead of the installed semgrep-core, with its first arguments."""
        self._command = command
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._serial = itertools.count()

    def scan(
        self, rules: Sequence[Mapping[str, Any]], targets: Sequence[Target], limits: Limits, cancel: Cancel
    ) -> tuple[Ended, tuple[str, ...]]:
        """Run rules on targets; returns how it ended and the path that the output calls each target by.

        Raises:
            Cancelled: if the token is cancelled.
            OSError: if the program or its files cannot be had.
        """
        cancel.check()
        folder = self.new_folder()
        try:
            names, listing = write_targets(folder, targets)
            (folder / TARGETS).write_bytes(listing)
            process = self.start_scan(folder, rules, limits)
            return process.collect(bounds_of(limits), cancel), names
        finally:
            remove_folder(folder)

    def start_scan(
        self,
        folder: Path,
        rules: Sequence[Mapping[str, Any]],
        limits: Limits,
        *,
        inherited: Sequence[int] = (),
    ) -> Process:
        """Start a run of rules in a folder of ``new_folder``; it opens the folder's ``TARGETS`` after the rules.

        ``inherited`` are file descriptors that it has open as well.

        Raises:
            OSError: if the program or its files cannot be had.
        """
        (folder / "rules.json").write_bytes(_rules(rules))
        arguments = [
            *self._program(),
            *("-rules", str(folder / "rules.json")),
            *("-targets", str(folder / TARGETS)),
            *("-json", "-j", "1"),
            # One timeout is enough to have the file run again, rule by rule.
            *("-timeout", f"{limits.rule_timeout:g}", "-timeout_threshold", "1"),
            *("-max_memory", str(limits.max_memory_mb)),
        ]
        return Process(arguments, folder=folder, environment=_environment(), inherited=inherited)

    def prefilters(self, rules: Sequence[Mapping[str, Any]], limits: Limits, cancel: Cancel) -> Ended:
        """Print the prefilter formulas of rules."""
        folder = self.new_folder()
        try:
            (folder / "rules.json").write_bytes(_rules(rules))
            arguments = [
                *self._program(),
                "-prefilter_of_rules",
                str(folder / "rules.json"),
            ]
            bounds = bounds_of(limits)
            return run_process(
                arguments, folder=folder, environment=_environment(), bounds=bounds, cancel=cancel
            )
        finally:
            remove_folder(folder)

    def _program(self) -> Sequence[str]:
        return (str(core_binary()),) if self._command is None else self._command

    def new_folder(self) -> Path:
        """An empty folder for one run, which is to be removed after it.

        Raises:
            OSError: if it cannot be made.
        """
        with self._lock:
            if self._folder is None or not self._folder.is_dir():
                # On macOS the temporary folder is behind a symbolic link; names must come back as given.
                self._folder = Path(tempfile.mkdtemp(prefix="secloop-")).resolve()
                weakref.finalize(self, remove_folder, self._folder)
            folder = self._folder / str(next(self._serial))
        folder.mkdir(mode=0o700)
        return folder


def write_targets(folder: Path, targets: Sequence[Target]) -> tuple[tuple[str, ...], bytes]:
    """Write targets' files; returns the path that the output calls each by, and what ``TARGETS`` is to hold.

    Raises:
        OSError: if a file cannot be written.
    """
    names: list[str] = []
    rows: list[Any] = []
    for index, target in enumerate(targets):
        file = folder / f"{index}{target.suffix}"
        file.write_bytes(target.data)
        names.append(str(file))
        place = {"fpath": names[-1], "ppath": target.rule_path}
        rows += (
            ["CodeTarget", {"path": place, "analyzer": analyzer, "products": ["sast"]}]
            for analyzer in target.analyzers
        )
    return tuple(names), orjson.dumps(["Targets", rows])


def bounds_of(limits: Limits) -> Bounds:
    """What a run may do before it is killed."""
    # semgrep-core looks at its own limit only now and then: it was seen at eight times of it.
    return Bounds(limits.silence, limits.max_memory_mb * 3 // 2)


def _environment() -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_OWN_SETTINGS)}


def _rules(rules: Sequence[Mapping[str, Any]]) -> bytes:
    """A rule file for semgrep-core."""
    return _json({"rules": [{**rule, "id": core_id(rule["id"])} for rule in rules]})


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        # Integers of more than 64 bits and lone surrogates, which a rule may have.
        return json.dumps(value).encode("ascii")


def remove_folder(folder: Path) -> None:
    """Remove the folder of a run that has ended."""
    # A scanner or a dying process may hold a file on Windows; the whole folder goes at exit.
    shutil.rmtree(folder, ignore_errors=True)
