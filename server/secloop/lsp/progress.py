"""Work-done progress of a workspace check, and its cancellation by the user."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from lsprotocol import types
from pygls.progress import Progress

_TITLE = "secloop: checking the workspace"


class WorkDone:
    """One progress bar in the editor; says nothing where the editor cannot show one."""

    def __init__(self, progress: Progress, token: types.ProgressToken | None) -> None:
        self._progress = progress
        self._token = token
        self._percentage = -1

    @classmethod
    async def begin(
        cls,
        progress: Progress,
        token: types.ProgressToken | None,
        *,
        can_create: bool,
        on_cancel: Callable[[], None],
    ) -> WorkDone:
        """Start it with the token that came with a request, or with a new one if the client takes that."""
        if token is None and can_create:
            token = str(uuid.uuid4())
            await progress.create_async(token)
        if token is not None:
            progress.begin(token, types.WorkDoneProgressBegin(title=_TITLE, cancellable=True, percentage=0))
            progress.tokens[token].add_done_callback(
                lambda future: on_cancel() if future.cancelled() else None
            )
        return cls(progress, token)

    def report(self, done: int, total: int) -> None:
        """Show how many files are done; only when the percentage changes."""
        percentage = 100 * done // max(total, 1)
        if self._token is not None and percentage != self._percentage:
            self._percentage = percentage
            message = f"{done} of {total} files"
            self._progress.report(
                self._token, types.WorkDoneProgressReport(percentage=percentage, message=message)
            )

    def end(self, message: str) -> None:
        """Finish it."""
        if self._token is not None:
            self._progress.tokens.pop(self._token, None)
            self._progress.end(self._token, types.WorkDoneProgressEnd(message=message))
