"""semgrep-core's runner and compiler, loaded when there is something to run: most checks need only its version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from secloop.engine.cancel import Cancel
from secloop.engine.installed import core_version
from secloop.engine.result import EngineResult
from secloop.engine.task import Runner, Task
from secloop.rules.load import Compilation, Compiler


class DeferredRunner:
    """A ``Runner`` that is made when it is first to run something."""

    def __init__(self, make: Callable[[], Runner]) -> None:
        self._make = make

    @property
    def version(self) -> str:
        """The version of semgrep-core."""
        return core_version()

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        return self._made.run(tasks, cancel)

    @cached_property
    def _made(self) -> Runner:
        return self._make()


class DeferredCompiler:
    """A ``Compiler`` that is made when it is first to compile something."""

    def __init__(self, make: Callable[[], Compiler]) -> None:
        self._make = make

    @property
    def version(self) -> str:
        """The version of semgrep-core."""
        return core_version()

    def compile(self, definitions: Sequence[Mapping[str, Any]]) -> Compilation:
        """See ``Compiler.compile``."""
        return self._make().compile(definitions)
