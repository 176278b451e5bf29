"""A unit of an engine's work, and what runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from secloop.engine.cancel import Cancel
from secloop.engine.result import EngineResult
from secloop.model import Rule
from secloop.syntax.document import Document


class Task(Struct, frozen=True, eq=False):
    """A document and the rules to run on it: all of them apply to it, and at least one.

    ``can_match`` tells which of them could find anything by a look at the whole text. It may be asked where that is
    quicker than running the rule, and never changes what a rule finds; it is given where not all are known to.
    """

    document: Document
    rules: tuple[Rule, ...]
    can_match: Callable[[Rule], bool] | None = None


class Runner(Protocol):
    """What touches processes and files for ``analyze``."""

    @property
    def version(self) -> str:
        """The versions of the engines that run, for the cache key and the digest."""
        ...

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """Run tasks; yields the index of each with its result as it is finished, in any order.

        A result is a function of its task alone. What failed is in its ``failures``, never missing.

        Raises:
            Cancelled: when the token is cancelled.
        """
        ...
