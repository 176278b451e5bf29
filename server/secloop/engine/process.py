"""Runs one semgrep-core process: watches it for signs of life, and kills it on cancellation."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secloop.engine.cancel import Cancel

_CHUNK = 1 << 16
_MAX_OUTPUT = 1 << 30
_STDERR_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: what it printed, its exit code (negative: a signal), and whether secloop ended it."""

    output: bytes
    exit_code: int
    hung: bool
    stderr: str


def run_process(
    arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str], silence: float, cancel: Cancel
) -> Ended:
    """Run a program to its end, in a folder, with exactly an environment.

    Args:
        silence: seconds without output after which it counts as hung and is killed.

    Raises:
        Cancelled: if the token was cancelled; the process is dead by then.
        OSError: if the program cannot be started.
    """
    cancel.check()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            **_own_group(),
        )
        life = _Life(process, silence)
        with process, cancel.watching(life.kill), life:
            output = _read_all(process, life)
            exit_code = process.wait()
        cancel.check()
        errors.seek(0, os.SEEK_END)
        errors.seek(max(errors.tell() - _STDERR_SHOWN, 0))
        stderr = errors.read().decode("utf-8", "replace").strip()
        return Ended(output, exit_code, life.hung, stderr)


def _own_group() -> dict[str, Any]:
    """Popen arguments that put the process into a group of its own, so that Ctrl-C reaches only secloop."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _read_all(process: subprocess.Popen[bytes], life: _Life) -> bytes:
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    chunks: list[bytes] = []
    size = 0
    while chunk := os.read(descriptor, _CHUNK):
        life.seen()
        chunks.append(chunk)
        size += len(chunk)
        if size > _MAX_OUTPUT:
            life.kill()
    return b"".join(chunks)


class _Life:
    """Kills a process that was silent for too long."""

    def __init__(self, process: subprocess.Popen[bytes], silence: float) -> None:
        self._process = process
        self._silence = silence
        self._seen = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="secloop-engine-watch", daemon=True)
        self.hung = False

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        # An exception in the reader must not leave the process behind.
        self.kill()

    def seen(self) -> None:
        """Note a sign of life."""
        self._seen = time.monotonic()

    def kill(self) -> None:
        """End the process and what it started, if it still runs. Safe from any thread."""
        if self._process.poll() is not None:
            return
        try:
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return  # it ended by itself in between

    def _watch(self) -> None:
        left = self._silence
        while not self._over.wait(left):
            left = self._seen + self._silence - time.monotonic()
            if left <= 0:
                self.hung = True
                self.kill()
                return
