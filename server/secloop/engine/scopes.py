"""How documents and rules are put to semgrep-core, so that each document gets exactly its rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from secloop.engine.core import Target
from secloop.engine.installed import target_suffix
from secloop.engine.task import Task
from secloop.model import Rule
from secloop.syntax.source import document_languages

_NOT_READ = ("fix", "fix-regex", "metadata", "paths")
"""Keys of a rule that say nothing about what it matches; ``paths`` are applied before (``selection``)."""


class Scopes:
    """Gives each document of a batch exactly its rules.

    Rules with ``paths:`` differ from file to file; a rule that runs where it does not apply could cost that
    file its time limit or make it partial. So documents with equal sets of such rules share a folder, as far
    as semgrep-core can see, and each such rule includes the folders of the sets that it is in.
    """

    def __init__(self, rules: Iterable[Sequence[Rule]]) -> None:
        """``rules`` are those of each document."""
        self._folders: dict[tuple[str, ...], int] = {}
        self._included: dict[str, list[str]] = {}
        for own in rules:
            ids = limited(own)
            if ids not in self._folders:
                folder = self._folders[ids] = len(self._folders)
                for rule_id in ids:
                    self._included.setdefault(rule_id, []).append(f"/{folder}/")

    def target(self, task: Task) -> Target:
        """A document as semgrep-core gets it."""
        return Target(
            task.document.normalized.data,
            target_suffix(task.document.path),
            _analyzers(task),
            f"/{self._folders[limited(task.rules)]}/x",
        )

    def definition(self, rule: Rule) -> Mapping[str, Any]:
        """A rule as semgrep-core gets it."""
        definition = {key: value for key, value in rule.definition.items() if key not in _NOT_READ}
        if rule.id in self._included:
            definition["paths"] = {"include": self._included[rule.id]}
        return definition


def limited(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The ids, sorted, of those rules that apply to some paths only."""
    return tuple(sorted(rule.id for rule in rules if rule.include or rule.exclude))


def _analyzers(task: Task) -> tuple[str, ...]:
    """The languages to read the document as: for each rule the first of the document's that it is for."""
    languages = document_languages(task.document)
    return tuple(sorted({next(name for name in languages if name in rule.languages) for rule in task.rules}))
