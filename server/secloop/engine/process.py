"""Runs one semgrep-core process: watches that it lives and stays small, and kills it on cancellation."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from secloop.engine.cancel import Cancel

_CHUNK = 1 << 16
_MAX_OUTPUT = 1 << 30
_STDERR_SHOWN = 300
_LOOK_EVERY = 0.2
"""Seconds between looks at a process: one pattern took 200 MB in that time."""


class Ended(Struct, frozen=True):
    """How a process ended.

    Attributes:
        output: what it printed.
        exit_code: negative for a signal.
        stderr: the end of what it printed there.
        hung, outgrown: whether it was killed here, for its silence or for its size.
    """

    output: bytes
    exit_code: int
    stderr: str
    hung: bool
    outgrown: bool


class Bounds(Struct, frozen=True):
    """What a process may do before it is killed: seconds without output, and MiB of memory.

    Memory is measured on Linux only; elsewhere semgrep-core's own ``-max_memory`` must do.
    """

    silence: float
    memory_mb: int


def run_process(
    arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str], bounds: Bounds, cancel: Cancel
) -> Ended:
    """Run a program to its end, in a folder, with exactly an environment.

    Raises:
        Cancelled: if the token was cancelled; the process is dead by then.
        OSError: if the program cannot be started.
    """
    cancel.check()
    return Process(arguments, folder=folder, environment=environment).collect(bounds, cancel)


class Process:
    """A started program, on which ``collect`` or ``end`` is called, or both."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        inherited: Sequence[int] = (),
    ) -> None:
        """Start a program in a folder, with exactly an environment, and with some open file descriptors.

        Raises:
            OSError: if the program cannot be started.
        """
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it ends
        try:
            self._process = subprocess.Popen(
                arguments,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                pass_fds=inherited,
                **_own_group(),
            )
        except BaseException:
            self._errors.close()
            raise

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def collect(self, bounds: Bounds, cancel: Cancel) -> Ended:
        """Wait for its end, within bounds that count from now.

        Raises:
            Cancelled: if the token was cancelled; the process is dead by then.
        """
        watch = _Watch(self._process, bounds)
        with self._errors as errors:
            with self._process as process, cancel.watching(watch.kill), watch:
                output = _read_all(process, watch)
                exit_code = process.wait()
            cancel.check()
            errors.seek(0, os.SEEK_END)
            errors.seek(max(errors.tell() - _STDERR_SHOWN, 0))
            stderr = errors.read().decode("utf-8", "replace").strip()
        return Ended(output, exit_code, stderr, watch.hung, watch.outgrown)

    def end(self) -> None:
        """Kill it; nobody wants what it says."""
        self._errors.close()
        with self._process:
            _kill(self._process)


def _own_group() -> dict[str, Any]:
    """Popen arguments that put the process into a group of its own, so that Ctrl-C reaches only secloop."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _read_all(process: subprocess.Popen[bytes], watch: _Watch) -> bytes:
    if process.stdout is None:
        raise OSError("the process has no output")
    descriptor = process.stdout.fileno()
    chunks: list[bytes] = []
    size = 0
    while chunk := os.read(descriptor, _CHUNK):
        watch.alive()
        chunks.append(chunk)
        size += len(chunk)
        if size > _MAX_OUTPUT:
            watch.outgrown = True
            watch.kill()
    return b"".join(chunks)


class _Watch:
    """Kills a process that is silent for too long or grows too large."""

    def __init__(self, process: subprocess.Popen[bytes], bounds: Bounds) -> None:
        self._process = process
        self._bounds = bounds
        self._seen = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="secloop-engine-watch", daemon=True)
        self.hung = False
        self.outgrown = False

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        # An exception in the reader must not leave the process behind.
        self.kill()

    def alive(self) -> None:
        """Note a sign of life."""
        self._seen = time.monotonic()

    def kill(self) -> None:
        """End the process and what it started, if it still runs. Safe from any thread."""
        _kill(self._process)

    def _watch(self) -> None:
        while not self._over.wait(min(_LOOK_EVERY, self._bounds.silence)):
            if time.monotonic() - self._seen > self._bounds.silence:
                self.hung = True
            elif _memory_mb(self._process.pid) > self._bounds.memory_mb:
                self.outgrown = True
            else:
                continue
            self.kill()
            return


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # it ended by itself in between


def _memory_mb(pid: int) -> float:
    """MiB of memory that a process has in use; 0 where that cannot be known."""
    if not sys.platform.startswith("linux"):
        return 0
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            pages = int(file.read().split()[1])
    except (OSError, IndexError, ValueError):
        return 0  # it has just ended
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
