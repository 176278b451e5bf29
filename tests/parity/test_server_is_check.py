"""Invariant 1: whatever edits led to a content, the server says of it what ``secloop check`` says.

Random sequences drive the real server over stdio. Wherever a sequence rests, what is shown in each open file
must be the server's verdict, and that must be the verdict of an uncached check of an equal folder, all of its
JSON; at the end, with all saved, also that of a real ``secloop check`` process. A failure prints the sequence:
put it into ``REPLAYED``.

``SECLOOP_SEQUENCES`` sets how many there are; without it they are the same at each run.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from edit_sequences import (
    Close,
    EditCell,
    Open,
    Replace,
    Rest,
    Sequence,
    SpliceCells,
    sequences,
)
from editor_session import replay
from hypothesis import HealthCheck, Phase, given, seed, settings
from lsp_client import Server
from uncached_check import UncachedCheck

WANTED = os.environ.get("SECLOOP_SEQUENCES")
COUNT = int(WANTED or 200)
_SETTINGS = settings(
    max_examples=-(-COUNT // 8),
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)

REPLAYED: tuple[tuple[str, Sequence], ...] = (
    # A file is closed while the root's rules load again.
    ("utf-32", Sequence((Replace(".gitignore", "*.js\n"), Open("ci.yaml"), Close("ci.yaml")))),
    # A notebook that is open ceases to be one that is checked.
    ("utf-16", Sequence((EditCell(0, ((0, 0, "eval(1)\n"),)), Rest(), Replace(".gitignore", "nb.ipynb\n")))),
    ("utf-8", Sequence((EditCell(0, ((0, 0, "eval(1)\n"),)), Rest(), EditCell(0, ((0, 0, "\x00"),))))),
    # A notebook without a code cell is saved.
    ("utf-16", Sequence((SpliceCells(0, 3, (("raw", "x"),)),))),
)
"""Sequences that once failed, with the encoding of the client."""


@dataclass(frozen=True)
class Kind:
    """A kind of client: how it counts positions, whether it asks for diagnostics, whether it watches files."""

    encoding: str
    pulls: bool = False
    watches: bool = True


KINDS = (Kind("utf-8", watches=False), Kind("utf-16"), Kind("utf-16", pulls=True), Kind("utf-32"))


class Stage:
    """A server for one kind of client, kept from sequence to sequence until one fails."""

    def __init__(self, home: Path, cache: Path, repository: Path, uncached: UncachedCheck) -> None:
        self._home, self._cache, self._repository, self._uncached = home, cache, repository, uncached
        self._server: Server | None = None

    def play(self, kind: Kind, sequence: Sequence) -> None:
        """Replay a sequence; a failure says which."""
        if self._server is None:
            self._server = Server(cache=self._cache)
            self._server.initialize(encoding=kind.encoding, pulls=kind.pulls, watches=kind.watches)
        try:
            replay(
                sequence,
                self._server,
                self._home,
                repository=self._repository,
                uncached=self._uncached,
                cache=self._cache,
            )
        except Exception as error:
            # What went wrong must not depend on what came before, or it could not be made smaller.
            self._server.kill()
            self._server = None
            failure = f"{error}\n\n({kind.encoding!r}, {sequence!r}),"
            print(failure)  # now: making it smaller may take minutes
            raise AssertionError(failure) from error

    def leave(self) -> None:
        if self._server is not None:
            self._server.stop()


@pytest.fixture
def stage(tmp_path: Path, cache: Path, repository: Path, uncached: UncachedCheck) -> Iterator[Stage]:
    made = Stage(tmp_path, cache, repository, uncached)
    yield made
    made.leave()


@pytest.mark.timeout(600 + 20 * COUNT)
@pytest.mark.parametrize("number", range(8))
def test_the_server_says_what_check_says(number: int, stage: Stage) -> None:
    kind = KINDS[number % 4]

    # Eight tests, so that two processors share them; the seed makes each test's sequences its own.
    @seed(number if WANTED is None else secrets.randbits(64))
    @_SETTINGS
    @given(sequences(kind.encoding))
    def play(sequence: Sequence) -> None:
        stage.play(kind, sequence)

    play()


@pytest.mark.parametrize(("encoding", "sequence"), REPLAYED)
def test_a_sequence_that_once_failed(encoding: str, sequence: Sequence, stage: Stage) -> None:
    stage.play(Kind(encoding), sequence)
