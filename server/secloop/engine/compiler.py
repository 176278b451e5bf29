"""Compiles rules with semgrep-core: which of them it would run, and the prefilter formula of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson

from secloop.engine.cancel import NEVER
from secloop.engine.core import Core, Target
from secloop.engine.installed import core_version
from secloop.engine.limits import Limits
from secloop.engine.rule_ids import own_id
from secloop.rules.load import Compilation


class SemgrepCompiler:
    """The ``Compiler`` of ``rules.load``: asks semgrep-core itself, so that no rule vanishes in silence.

    A run on an empty file names the rules that do not compile, with reasons; all others must then be in the
    output of ``-prefilter_of_rules``, which prints nothing at all if one rule is bad.
    """

    def __init__(self, limits: Limits | None = None, *, core: Core | None = None) -> None:
        self._limits = limits or Limits()
        self._core = core or Core()

    @property
    def version(self) -> str:
        """The version of semgrep-core."""
        return core_version()

    def compile(self, definitions: Sequence[Mapping[str, Any]]) -> Compilation:
        """Compile rules with distinct ids."""
        prefilters: dict[str, Any] = {}
        failures: dict[str, str] = {}
        self._compile(list(definitions), prefilters, failures)
        return Compilation(prefilters, failures)

    def _compile(
        self,
        definitions: list[Mapping[str, Any]],
        prefilters: dict[str, Any],
        failures: dict[str, str],
        attempt: int = 1,
    ) -> None:
        """Compile all together; what that does not settle by halves, down to the rule that is to blame."""
        if not definitions:
            return
        with ThreadPoolExecutor(1, "secloop-compile") as pool:
            # Both at once: usually nothing is refused, and then the formulas are the answer.
            hopeful = pool.submit(self._formulas, definitions)
            refused, reason, settled = self._refused(definitions)
            formulas = hopeful.result()
        failures.update(refused)
        good = [definition for definition in definitions if definition["id"] not in refused]
        if reason:
            formulas = {}
        elif refused:
            formulas = self._formulas(good)
        prefilters.update(formulas)
        unsettled = [definition for definition in good if definition["id"] not in formulas]
        if len(unsettled) < len(definitions):
            self._compile(unsettled, prefilters, failures)
        elif len(unsettled) == 1 and not settled and attempt < _ATTEMPTS:
            # A process may die for reasons of its own; a rule that was not refused in words gets another chance.
            self._compile(unsettled, prefilters, failures, attempt + 1)
        elif len(unsettled) == 1:
            failures[unsettled[0]["id"]] = reason or "semgrep-core leaves this rule out and does not say why"
        else:
            middle = len(unsettled) // 2
            self._compile(unsettled[:middle], prefilters, failures)
            self._compile(unsettled[middle:], prefilters, failures)

    def _refused(self, definitions: Sequence[Mapping[str, Any]]) -> tuple[dict[str, str], str, bool]:
        """Why rules are refused, by id; what went wrong with all of them, empty if nothing did; and whether
        another attempt would say the same."""
        try:
            ended, _ = self._core.scan(definitions, (_EMPTY,), self._limits, NEVER)
        except OSError as error:
            return {}, f"semgrep-core cannot be run: {error}", False
        if ended.hung:
            return {}, f"semgrep-core did not finish compiling it in {self._limits.silence:g} s", True
        if ended.outgrown:
            return {}, "semgrep-core runs out of memory compiling it", True
        try:
            output = orjson.loads(ended.output[ended.output.index(b"{") :])
            refused: dict[str, str] = {}
            general = ""
            for complaint in output["errors"]:
                rule_id = complaint.get("rule_id")
                if rule_id is None:
                    general = str(complaint["message"])
                else:
                    refused.setdefault(own_id(rule_id), str(complaint["message"]).strip())
            for skipped in output["skipped_rules"]:
                refused.setdefault(own_id(skipped["rule_id"]), str(skipped["details"]).strip())
            return refused, general, bool(general)
        except (ValueError, KeyError, TypeError):
            words = ended.stderr.splitlines()[-1] if ended.stderr else f"exit code {ended.exit_code}"
            return {}, f"semgrep-core could not load it: {words}", False

    def _formulas(self, definitions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The formula of each rule, None for one that has none; empty if semgrep-core does not answer."""
        if not definitions:
            return {}
        try:
            ended = self._core.prefilters(definitions, self._limits, NEVER)
            return {own_id(row["rule_id"]): _formula(row["filter"]) for row in orjson.loads(ended.output)}
        except (OSError, ValueError, KeyError, TypeError):
            return {}


_ATTEMPTS = 3
"""Runs of a rule alone before a failure that may not be its own refuses it all the same."""
_EMPTY = Target(b"", ".txt", ("regex",), "/x")


def _formula(option: Any) -> Any:
    """The formula in an OCaml option: ``["Some", formula]`` or ``"None"``."""
    return option[1] if isinstance(option, list) and len(option) == 2 and option[0] == "Some" else None
