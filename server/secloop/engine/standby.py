"""Keeps a process that has read the rules of a text and waits for its next version.

More than half of what a keystroke costs is semgrep-core's start. It reads its rules first and its list of
targets after them; here that list is a pipe, on which the process waits. Whatever is odd about a run
so prepared is no result and no problem: the text runs again as if nothing had been prepared.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Sequence

from msgspec import Struct

from secloop.engine.cancel import Cancel
from secloop.engine.core import TARGETS, Core, bounds_of, remove_folder, write_targets
from secloop.engine.limits import Limits
from secloop.engine.output import MalformedOutput, Output, read_output
from secloop.engine.process import Ended
from secloop.engine.scopes import Scopes, limited
from secloop.engine.task import Task
from secloop.model import Rule

_IDLE = 60.0
"""Seconds after which what nobody asked for ends: a process takes about 85 MB."""


class Standby:
    """Keeps a process for the rules of one document: the one checked last. Safe to use from any thread.

    On Windows it never has any.
    """

    def __init__(self, core: Core, *, idle: float = _IDLE) -> None:
        """``idle`` is for how many seconds a process waits."""
        self._core = core
        self._idle = idle
        self._lock = threading.Lock()
        self._preparing = threading.Lock()
        self._waiting: _Waiting | None = None
        self._used: _Prepared | None = None
        self._timer: threading.Timer | None = None
        self._closed = False

    @property
    def process(self) -> int | None:
        """The id of the process that waits."""
        with self._lock:
            return self._waiting.process.pid if self._waiting is not None else None

    def run(self, task: Task, limits: Limits, cancel: Cancel) -> Output | None:
        """What a waiting process says of the only target, or None if that is to be had in the usual way.

        Raises:
            Cancelled: if the token is cancelled.
        """
        cancel.check()
        with self._lock:
            waiting = self._waiting
            if waiting is None or not waiting.prepared.covers(task.rules, limits):
                return None
            self._used = waiting.prepared
            self._swap(None)
        return waiting.run(task, cancel)

    def prepare(self, rules: Sequence[Rule], limits: Limits) -> None:
        """Have a process ready for a document with these rules, soon; returns at once."""
        if sys.platform == "win32" or self._closed:
            return
        name = "secloop-engine-standby"
        threading.Thread(target=self._prepare, args=(rules, limits), name=name, daemon=True).start()

    def close(self) -> None:
        """End what waits, for good."""
        with self._lock:
            self._closed = True
            useless = self._swap(None)
        if useless is not None:
            useless.end()

    def _prepare(self, rules: Sequence[Rule], limits: Limits) -> None:
        with self._preparing:
            with self._lock:
                if self._closed:
                    return
                wanted = _Prepared(tuple(rules), limits)
                if self._used is not None and self._used.covers(rules, limits):
                    wanted = self._used  # What a text needs comes and goes while a word is typed.
                if self._waiting is not None and self._waiting.prepared == wanted:
                    return
            try:
                waiting = _Waiting(self._core, wanted)
            except OSError:
                return  # The next run meets the same and says so.
            with self._lock:
                useless = waiting if self._closed else self._swap(waiting)
        if useless is not None:
            useless.end()

    def _swap(self, waiting: _Waiting | None) -> _Waiting | None:
        """Put a process, or none, in the place of the one that waits; with the lock held."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        before, self._waiting = self._waiting, waiting
        if waiting is not None:
            self._timer = threading.Timer(self._idle, self._retire, (waiting,))
            self._timer.daemon = True
            self._timer.start()
        return before

    def _retire(self, waiting: _Waiting) -> None:
        with self._lock:
            if self._waiting is not waiting:
                return
            self._swap(None)
        waiting.end()


class _Prepared(Struct, frozen=True):
    """Rules that a process has read, and the limits that it runs them under."""

    rules: tuple[Rule, ...]
    limits: Limits

    def covers(self, rules: Sequence[Rule], limits: Limits) -> bool:
        """Whether rules are among these, and none of the others could run where it does not apply."""
        digests = {rule.id: rule.digest for rule in self.rules}
        return (
            limits == self.limits
            and limited(rules) == limited(self.rules)
            and all(digests.get(rule.id) == rule.digest for rule in rules)
        )


class _Waiting:
    """A process with the rules of one document.

    It inherits the reading end of a pipe and finds it by a link in the place of its list of targets. The
    other end is here alone, so when secloop dies, however it does, the pipe ends: semgrep-core reads an empty
    list, which is none at all, and exits. A named pipe would not do, as opening one waits for a writer.
    """

    def __init__(self, core: Core, prepared: _Prepared) -> None:
        self.prepared = prepared
        self._scopes = Scopes([prepared.rules])
        self._folder = core.new_folder()
        try:
            reading, writing = os.pipe()
            self._pipe = io.FileIO(writing, "w")
            try:
                (self._folder / TARGETS).symlink_to(f"/dev/fd/{reading}")
                definitions = [self._scopes.definition(rule) for rule in prepared.rules]
                self.process = core.start_scan(
                    self._folder, definitions, prepared.limits, inherited=(reading,)
                )
            except OSError:
                self._pipe.close()
                raise
            finally:
                os.close(reading)
        except OSError:
            remove_folder(self._folder)
            raise

    def run(self, task: Task, cancel: Cancel) -> Output | None:
        """What the process finds with the document's rules, None if anything is odd; it is gone after it."""
        try:
            (name,), listing = write_targets(self._folder, [self._scopes.target(task)])
            self._tell(listing)
            ended = self.process.collect(bounds_of(self.prepared.limits), cancel)
        except OSError:
            return None
        finally:
            self.end()
        return self._read(ended, name, task)

    def _tell(self, listing: bytes) -> None:
        """Tell the process its targets: through the pipe if it waits there, else in a file.

        It opens ``TARGETS`` twice. With the file in the link's place the second time finds that, and so does
        the first time of a process that has not come so far: it does not look at the pipe.
        """
        file = self._folder / "listing.json"
        file.write_bytes(listing)
        file.replace(self._folder / TARGETS)
        with self._pipe:
            try:
                self._pipe.write(listing)
            except BrokenPipeError:
                return  # It is dead, which is seen when its output ends.

    def _read(self, ended: Ended, name: str, task: Task) -> Output | None:
        if ended.hung or ended.outgrown or ended.exit_code:
            return None
        try:
            rules = {rule.id: rule for rule in self.prepared.rules}
            output = read_output(ended.output, {name: task.document}, rules)
        except MalformedOutput:
            return None
        (target,) = output.targets.values()
        needed = {rule.id for rule in task.rules}
        if any(c.rule_id and c.rule_id not in needed for c in (*target.complaints, *output.complaints)):
            return None  # A rule that is not needed may have taken another one's findings along.
        target.found = [found for found in target.found if found.rule_id in needed]
        return output

    def end(self) -> None:
        """End the process, if it still runs, and remove its files."""
        self._pipe.close()
        self.process.end()
        remove_folder(self._folder)
