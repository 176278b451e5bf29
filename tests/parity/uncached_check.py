"""What ``check`` says of folders, computed in this process without any cache.

An engine's start costs more than its work on such small files, so many folders are asked for at once: a
first pass notes which rules each text needs, one run answers them all, and a second pass takes it from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from secloop.engine.cancel import NEVER, Cancel
from secloop.engine.combined import CombinedRunner
from secloop.engine.installed import core_version
from secloop.engine.result import NOTHING, EngineResult
from secloop.engine.semgrep import SemgrepCompiler, SemgrepRunner
from secloop.engine.task import Task
from secloop.policy.json import verdict_json
from secloop.project import Engine, Options, Project
from secloop.rules.load import Compilation
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree

Key = tuple[str, str, str]


class UncachedCheck:
    """Verdicts of folders, each as ``check`` in that folder gives it."""

    def __init__(self) -> None:
        self._runner = _TwoPasses()
        self._engine = _Engine(jobs=1, two_passes=self._runner)

    def verdicts(self, folders: Sequence[Path]) -> list[Any]:
        """The JSON verdict of each folder."""
        self._runner.begin()
        for folder in folders:
            self._verdict(folder)
        self._runner.run_all()
        return [self._verdict(folder) for folder in folders]

    def _verdict(self, folder: Path) -> Any:
        project = Project.load(DiskTree(folder), self._engine, Options())
        self._runner.ruleset = project.active.digest
        return orjson.loads(orjson.dumps(verdict_json(project.check().verdict)))


class _TwoPasses:
    """A runner that first only learns what will be asked, then has it run, then answers."""

    version = core_version()

    def __init__(self) -> None:
        self.ruleset = ""
        self._tasks: dict[Key, Task] = {}
        self._results: dict[Key, EngineResult] | None = None

    def begin(self) -> None:
        self._tasks, self._results = {}, None

    def run_all(self) -> None:
        self._results = {}
        for ruleset in {key[0] for key in self._tasks}:
            # A run is given the rules of all its tasks, so they must be of one set.
            tasks = {key: task for key, task in self._tasks.items() if key[0] == ruleset}
            answers = dict(CombinedRunner(SemgrepRunner(1)).run(list(tasks.values()), NEVER))
            self._results.update({key: answers[number] for number, key in enumerate(tasks)})

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        for number, task in enumerate(tasks):
            key = (self.ruleset, task.document.path, task.document.text)
            if self._results is None:
                self._tasks[key] = task
                yield number, NOTHING
            else:
                yield number, self._results[key]


class _Compiler:
    """semgrep-core's answer to each definition, asked for once in the life of this process."""

    def __init__(self) -> None:
        self._compiler = SemgrepCompiler()
        self._known: dict[bytes, Compilation] = {}

    @property
    def version(self) -> str:
        return self._compiler.version

    def compile(self, definitions: Sequence[Mapping[str, Any]]) -> Compilation:
        keys = {definition["id"]: orjson.dumps(definition) for definition in definitions}
        new = [definition for definition in definitions if keys[definition["id"]] not in self._known]
        compiled = self._compiler.compile(new)
        for name in (definition["id"] for definition in new):
            self._known[keys[name]] = Compilation(
                {k: v for k, v in compiled.prefilters.items() if k == name},
                {k: v for k, v in compiled.failures.items() if k == name},
            )
        parts = [self._known[key] for key in keys.values()]
        return Compilation(
            {name: value for part in parts for name, value in part.prefilters.items()},
            {name: value for part in parts for name, value in part.failures.items()},
        )


class _Engine(Engine, frozen=True, dict=True):
    """An engine of the project layer without a cache."""

    two_passes: Any = None

    @cached_property
    def compiler(self) -> Any:
        return _Compiler()

    def runner(self, config: Config) -> Any:
        return self.two_passes
