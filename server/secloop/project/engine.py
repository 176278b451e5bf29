"""What all projects of a process share: how rules are compiled and run, and what remembers results."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from secloop.engine.combined import CombinedRunner
from secloop.engine.deferred import DeferredCompiler, DeferredRunner
from secloop.engine.task import Runner
from secloop.rules.load import Compiler
from secloop.workspace.cache import Cache
from secloop.workspace.settings import Config

if TYPE_CHECKING:
    from secloop.engine.core import Core
    from secloop.engine.native.incremental import RecentTexts
    from secloop.engine.semgrep import SemgrepRunner
    from secloop.engine.standby import Standby


class Engine(Struct, frozen=True, dict=True):
    """What all projects of a process share: the engines, how many run at once, and what remembers results."""

    cache: Cache | None = None
    jobs: int | None = None
    shared_core: Core | None = None
    standby: Standby | None = None

    @cached_property
    def compiler(self) -> Compiler:
        """Compiles rules."""
        return DeferredCompiler(self._compiler)

    def runner(self, config: Config) -> Runner:
        """Runs rules, with the patience that a configuration asks for."""
        return CombinedRunner(DeferredRunner(lambda: self._semgrep(config)), self._pooled_native)

    def typing_runner(self, config: Config) -> CombinedRunner:
        """Runs rules on the document that is being edited, of which only what changed is worked on.

        Where semgrep-core is needed, a process waits for it, if there is one.
        """
        semgrep = DeferredRunner(lambda: self._semgrep(config, self.standby))
        return CombinedRunner(semgrep, self._typing_native)

    @cached_property
    def _core(self) -> Core:
        from secloop.engine.core import Core

        return self.shared_core or Core()

    def _compiler(self) -> Compiler:
        from secloop.engine.compiler import SemgrepCompiler

        return SemgrepCompiler(core=self._core)

    def _semgrep(self, config: Config, standby: Standby | None = None) -> SemgrepRunner:
        from secloop.engine.limits import Limits
        from secloop.engine.semgrep import SemgrepRunner

        limits = Limits(patient_rule_timeout=config.timeout, patient_max_memory_mb=config.max_memory)
        return SemgrepRunner(self.jobs, limits, core=self._core, standby=standby)

    def _pooled_native(self) -> Runner:
        from secloop.engine.native.pool import PooledRunner

        return PooledRunner(self.jobs)

    def _typing_native(self) -> Runner:
        from secloop.engine.native.runner import NativeRunner

        return NativeRunner(self._recent_texts)

    @cached_property
    def _recent_texts(self) -> RecentTexts:
        from secloop.engine.native.incremental import RecentTexts

        return RecentTexts()
