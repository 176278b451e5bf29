"""What all projects of a process share: how rules are compiled and run, and what remembers results."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from secloop.engine.combined import CombinedRunner
from secloop.engine.core import Core
from secloop.engine.semgrep import Limits, SemgrepCompiler, SemgrepRunner
from secloop.engine.standby import Standby
from secloop.engine.task import Runner
from secloop.workspace.cache import Cache
from secloop.workspace.settings import Config

if TYPE_CHECKING:
    from secloop.engine.native.incremental import RecentTexts


@dataclass(frozen=True)
class Engine:
    """What all projects of a process share: the engines, how many run at once, and what remembers results."""

    cache: Cache | None = None
    jobs: int | None = None
    core: Core = field(default_factory=Core)
    standby: Standby | None = None

    @cached_property
    def compiler(self) -> SemgrepCompiler:
        """Compiles rules."""
        return SemgrepCompiler(core=self.core)

    def runner(self, config: Config) -> Runner:
        """Runs rules, with the patience that a configuration asks for."""
        return CombinedRunner(SemgrepRunner(self.jobs, _limits(config), core=self.core))

    def typing_runner(self, config: Config) -> CombinedRunner:
        """Runs rules on the document that is being edited, of which only what changed is worked on.

        Where semgrep-core is needed, a process waits for it, if there is one.
        """
        semgrep = SemgrepRunner(self.jobs, _limits(config), core=self.core, standby=self.standby)
        return CombinedRunner(semgrep, self._typing_native)

    def _typing_native(self) -> Runner:
        from secloop.engine.native.runner import NativeRunner

        return NativeRunner(self._recent_texts)

    @cached_property
    def _recent_texts(self) -> RecentTexts:
        from secloop.engine.native.incremental import RecentTexts

        return RecentTexts()


def _limits(config: Config) -> Limits:
    return Limits(patient_rule_timeout=config.timeout, patient_max_memory_mb=config.max_memory)
