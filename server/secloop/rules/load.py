"""Loads rule files into a rule set, from the store where the same files were loaded before."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from secloop import __version__
from secloop.model import RuleSet
from secloop.rules import cached
from secloop.rules.pack import RuleFile

__all__ = ["Compilation", "Compiler", "RuleFile", "Store", "load_rules"]

LOAD_BUDGET = 10.0
"""Seconds that loading a root's rules may take (SPEC 12)."""


class Compilation(Struct, frozen=True):
    """What an engine makes of rules, by id.

    ``prefilters`` has an entry for each rule that compiled: the formula without which the rule cannot match,
    None when there is none. ``failures`` holds a reason for each that did not.
    """

    prefilters: Mapping[str, Any]
    failures: Mapping[str, str]


class Compiler(Protocol):
    """An engine that can say whether it would run a rule; ``version`` names it and its version."""

    @property
    def version(self) -> str:
        """The version of semgrep-core, such as ``1.182.0``."""
        ...

    def compile(self, definitions: Sequence[Mapping[str, Any]]) -> Compilation:
        """Compile rules with distinct ids."""
        ...


class Store(Protocol):
    """A place that may remember bytes: never an error, at worst a miss."""

    def get_many(self, namespace: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values that are there, by key."""
        ...

    def put_many(self, namespace: str, values: Mapping[str, bytes]) -> None:
        """Remember values, if possible."""
        ...


def load_rules(
    files: Iterable[RuleFile],
    compiler: Compiler,
    *,
    store: Store | None = None,
    deadline: float | None = None,
) -> RuleSet:
    """Load rules; the order of ``files`` does not matter.

    Never raises for a bad rule: it becomes one of the set's ``problems``, which name file, line, rule
    and reason, and every other rule is still loaded.

    Args:
        store: remembers what was read, validated and compiled, so that an unchanged set is not again.
        deadline: ``time.monotonic()`` at which to stop reading; ``LOAD_BUDGET`` from now by default. What
            was not read by then is a problem.
    """
    ordered = sorted(files, key=lambda file: (_ORIGINS.get(file.origin, 1), file.path, file.data))
    key = _set_key(ordered, compiler.version)
    known = cached.get_ruleset(store, key)
    if known is not None:
        return known
    # A warm load imports no parser and no validator.
    from secloop.rules.build import build_ruleset

    until = time.monotonic() + LOAD_BUDGET if deadline is None else deadline
    ruleset, complete = build_ruleset(ordered, compiler, store, until)
    if complete:
        cached.put_ruleset(store, key, ruleset)
    return ruleset


_ORIGINS = {"bundled": 0, "pack": 1, "repo": 2}


def _set_key(ordered: Sequence[RuleFile], engine_version: str) -> str:
    """Identifies files and everything that reads them; each part is length-prefixed by its hash."""
    parts = [f"{cached.FORMAT} {__version__} {engine_version}"]
    for file in ordered:
        parts += (file.origin, file.pack, file.path, hashlib.sha256(file.data).hexdigest())
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
