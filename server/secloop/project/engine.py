"""What all projects of a process share: how rules are compiled and run, and what remembers results."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from secloop.engine.core import Core
from secloop.engine.semgrep import Limits, SemgrepCompiler, SemgrepRunner
from secloop.engine.standby import Standby
from secloop.workspace.cache import Cache
from secloop.workspace.settings import Config


@dataclass(frozen=True)
class Engine:
    """What all projects of a process share: semgrep-core, how many run at once, and what remembers results."""

    cache: Cache | None = None
    jobs: int | None = None
    core: Core = field(default_factory=Core)
    standby: Standby | None = None

    @cached_property
    def compiler(self) -> SemgrepCompiler:
        """Compiles rules."""
        return SemgrepCompiler(core=self.core)

    def runner(self, config: Config) -> SemgrepRunner:
        """Runs rules, with the patience that a configuration asks for."""
        return SemgrepRunner(self.jobs, _limits(config), core=self.core)

    def typing_runner(self, config: Config) -> SemgrepRunner:
        """Runs rules on the document that is being edited: with a process that waits for it, if there is one."""
        return SemgrepRunner(self.jobs, _limits(config), core=self.core, standby=self.standby)


def _limits(config: Config) -> Limits:
    return Limits(patient_rule_timeout=config.timeout, patient_max_memory_mb=config.max_memory)
