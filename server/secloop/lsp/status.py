"""secloop/status: tells the client what is known of each root, once nobody types."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from secloop.lsp.known import Known, known
from secloop.lsp.state import State
from secloop.model import Problem, Verdict
from secloop.policy.json import summary

STATUS = "secloop/status"

_QUIET = 0.2
"""Seconds without news after which the status is worked out."""

_WHOLE_QUIET = 1.0
"""The same once whole roots were checked: a digest over thousands of findings would take time from keystrokes."""

_SHOWN_ERRORS = 20


class StatusReports:
    """Sends the status of every root whose status is not what was sent last. Silent until ``wanted``."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._due = 0.0
        self._task: asyncio.Task[None] | None = None
        self._sent: dict[Path, Mapping[str, Any]] = {}
        self.wanted = False
        """Whether the client asked for it."""

    def note(self) -> None:
        """Something may have changed. Called at every keystroke: it only notes the time."""
        if not self.wanted:
            return
        self._due = asyncio.get_running_loop().time() + (_WHOLE_QUIET if self._state.wholes else _QUIET)
        if self._task is None:
            self._task = self._state.work.spawn(self._report())

    async def _report(self) -> None:
        loop = asyncio.get_running_loop()
        while (left := self._due - loop.time()) > 0:
            await asyncio.sleep(left)
        self._task = None
        for one in known(self._state):
            if one.project is None or one.settled:
                status = await self._state.work.in_worker(_status, one)
                if self._sent.get(one.root) != status:
                    self._sent[one.root] = status
                    self._state.client.notify(STATUS, status)


def _status(one: Known) -> dict[str, Any]:
    place = {"root": str(one.root), "name": one.root.name}
    if one.project is None:
        return {
            **place,
            "outcome": "error" if one.settled else "checking",
            "counts": {},
            "rules": 0,
            "digest": "",
            "whole": False,
            "errors": ["its rules could not be loaded"] if one.settled else [],
        }
    verdict = one.verdict(one.project)
    return {
        **place,
        "outcome": verdict.outcome.value,
        "counts": summary(verdict)["open"],
        "rules": verdict.rules_run,
        "digest": (verdict.digest or "") if one.digest_holds else "",
        "whole": one.whole is not None,
        "errors": _errors(verdict),
    }


def _errors(verdict: Verdict) -> list[str]:
    shown = [_words(problem) for problem in verdict.problems[:_SHOWN_ERRORS]]
    more = len(verdict.problems) - len(shown)
    return [*shown, f"… and {more} more"] if more else shown


def _words(problem: Problem) -> str:
    place = ":".join(str(part) for part in (problem.path, problem.line) if part)
    return f"{place}: {problem.message}" if place else problem.message
