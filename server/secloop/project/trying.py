"""Tries rules that no policy has: what a pattern, or the rules of a file, find in some paths."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from secloop.model import Confidence, RuleSet
from secloop.policy.baseline import NO_BASELINE
from secloop.project.engine import Engine
from secloop.project.root import Check, Project
from secloop.project.roots import check_roots
from secloop.rules.load import Compiler, RuleFile, load_rules
from secloop.syntax.languages import ANY_FILE, languages_of
from secloop.workspace.discovery import discover
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree

PATTERN_ID = "pattern"
METAVARIABLE = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*")


def pattern_rules(pattern: str, languages: Sequence[str], compiler: Compiler) -> RuleSet:
    """A rule that looks for a pattern and says what its metavariables were bound to; problems say why there is none."""
    rule = {
        "id": PATTERN_ID,
        "languages": list(languages),
        "severity": "INVENTORY",
        "message": _bindings(pattern),
        "pattern": pattern,
    }
    data = json.dumps({"rules": [rule]}).encode()
    return load_rules([RuleFile("pattern.json", data, "repo")], compiler)


def _bindings(pattern: str) -> str:
    names = dict.fromkeys(name for name in METAVARIABLE.findall(pattern) if name != "$_")
    return ", ".join(f"{name[1:]} is {name}" for name in names) or "matches"


def guessed_language(places: Mapping[Path, Sequence[str]]) -> str | None:
    """The language of most files at some paths of roots; None if all are in none that has code patterns."""
    found: Counter[str] = Counter()
    for root, paths in places.items():
        for path in discover(DiskTree(root), Config(), paths).files:
            found.update(one for one in languages_of(path, "") if one not in ANY_FILE)
    # Of python, python2 and python3, which share their files, the plain one.
    return max(found, key=lambda one: (found[one], -len(one), one), default=None)


def try_rules(ruleset: RuleSet, places: Mapping[Path, Sequence[str]], engine: Engine) -> list[Check]:
    """What rules find at some paths of roots (all of a root where none is given), whatever the policies select.

    Raises:
        GitError: if git is needed and fails.
    """

    def load(root: Path) -> Project:
        project = Project.load(DiskTree(root), engine)
        config = replace(project.config, select=(), ignore=(), severity={}, min_confidence=Confidence.LOW)
        return replace(project, config=config, ruleset=ruleset, baseline=NO_BASELINE)

    return check_roots(places, load)
