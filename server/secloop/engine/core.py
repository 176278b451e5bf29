"""semgrep-core as a program: where it is, its version, and one run of it on targets in a private folder."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import sys
import tempfile
import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from secloop.engine.cancel import Cancel
from secloop.engine.limits import Limits
from secloop.engine.process import Bounds, Ended, run_process
from secloop.syntax.languages import semgrep_package

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,12}\Z")
_OWN_SETTINGS = ("SEMGREP_", "OTEL_", "OCAMLRUNPARAM", "CAMLRUNPARAM")
"""Prefixes of environment variables that would change what semgrep-core does."""


@lru_cache(maxsize=1)
def core_version() -> str:
    """The version of the installed semgrep, such as ``1.182.0``."""
    package = semgrep_package()
    named = [
        folder.name[len("semgrep-") : -len(".dist-info")]
        for folder in package.parent.glob("semgrep-*.dist-info")
    ]
    if len(named) == 1:
        return named[0]
    import importlib.metadata  # which takes longer to load than all else here; for unusual installations

    return importlib.metadata.version("semgrep")


@lru_cache(maxsize=1)
def core_binary() -> Path:
    """The semgrep-core program inside the installed semgrep package."""
    return semgrep_package() / "bin" / ("semgrep-core.exe" if sys.platform == "win32" else "semgrep-core")


def target_suffix(path: str) -> str:
    """The suffix that a target's file keeps: semgrep-core parses ``.tsx`` otherwise than ``.ts``."""
    found = _SUFFIX.search(path)
    suffix = found.group().lower() if found else ""
    return ".py" if suffix == ".ipynb" else suffix


@dataclass(frozen=True, slots=True)
class Target:
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
        folder = self._new_folder()
        try:
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
            (folder / "rules.json").write_bytes(_json({"rules": rules}))
            (folder / "targets.json").write_bytes(orjson.dumps(["Targets", rows]))
            arguments = [
                *self._program(),
                *("-rules", str(folder / "rules.json")),
                *("-targets", str(folder / "targets.json")),
                *("-json", "-j", "1"),
                # One timeout is enough to have the file run again, rule by rule.
                *("-timeout", f"{limits.rule_timeout:g}", "-timeout_threshold", "1"),
                *("-max_memory", str(limits.max_memory_mb)),
            ]
            return self._run(arguments, folder, limits, cancel), tuple(names)
        finally:
            _remove(folder)

    def prefilters(self, rules: Sequence[Mapping[str, Any]], limits: Limits, cancel: Cancel) -> Ended:
        """Print the prefilter formulas of rules."""
        folder = self._new_folder()
        try:
            (folder / "rules.json").write_bytes(_json({"rules": rules}))
            arguments = [
                *self._program(),
                "-prefilter_of_rules",
                str(folder / "rules.json"),
            ]
            return self._run(arguments, folder, limits, cancel)
        finally:
            _remove(folder)

    def _program(self) -> Sequence[str]:
        return (str(core_binary()),) if self._command is None else self._command

    def _run(self, arguments: Sequence[str], folder: Path, limits: Limits, cancel: Cancel) -> Ended:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(_OWN_SETTINGS)
        }
        # semgrep-core looks at its own limit only now and then: it was seen at eight times of it.
        bounds = Bounds(limits.silence, limits.max_memory_mb * 3 // 2)
        return run_process(arguments, folder=folder, environment=environment, bounds=bounds, cancel=cancel)

    def _new_folder(self) -> Path:
        with self._lock:
            if self._folder is None or not self._folder.is_dir():
                # On macOS the temporary folder is behind a symbolic link; names must come back as given.
                self._folder = Path(tempfile.mkdtemp(prefix="secloop-")).resolve()
                weakref.finalize(self, _remove, self._folder)
            folder = self._folder / str(next(self._serial))
        folder.mkdir(mode=0o700)
        return folder


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        # Integers of more than 64 bits and lone surrogates, which a rule may have.
        return json.dumps(value).encode("ascii")


def _remove(folder: Path) -> None:
    # A scanner or a dying process may hold a file on Windows; the whole folder goes at exit.
    shutil.rmtree(folder, ignore_errors=True)
