"""Finds rule files: the pack that ships with secloop, and which files of a folder are rules."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

RULE_SUFFIXES = (".yaml", ".yml", ".json")
_FIXTURES = (".test", ".fixed")


class RuleFile(Struct, frozen=True):
    """A rule file's bytes; ``origin`` is ``bundled``, ``repo`` or ``pack`` (see ``model.RuleSource``).

    ``pack`` is the name of the pack that it belongs to, which the ids of its rules begin with.
    """

    path: str
    data: bytes
    origin: str
    pack: str = ""


def is_rule_file(name: str) -> bool:
    """Whether a file of this name, in a folder of rules, is a rule file.

    Rule files are ``*.yaml``, ``*.yml`` and ``*.json``. Not rule files but their tests, as in semgrep, are
    ``X.test.yaml``, ``X.fixed.yaml``, ``X.test.fixed.yaml`` and so on, and hidden files.
    """
    stem, suffix = os.path.splitext(name.rsplit("/", 1)[-1])
    return suffix in RULE_SUFFIXES and not stem.startswith(".") and not stem.endswith(_FIXTURES)


def bundled_folder() -> tuple[Path, str]:
    """Where the bundled pack lies, and the prefix its paths are shown with.

    In an installed package that is ``secloop/pack``; in a source checkout the top-level ``rules``.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "pack"
    return (installed, "rules") if installed.is_dir() else (package.parent.parent / "rules", "rules")


@lru_cache(maxsize=1)
def bundled_rules() -> tuple[RuleFile, ...]:
    """The rule files of the bundled pack, sorted by path."""
    folder, prefix = bundled_folder()
    return tuple(rule_files(folder, prefix, "bundled"))


def rule_files(folder: Path, prefix: str, origin: str) -> Iterator[RuleFile]:
    """The rule files under a folder, sorted by path, with paths shown under ``prefix``.

    Symbolic links to folders are not followed, and hidden folders are left out.

    Raises:
        OSError: if a file cannot be read.
    """
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(prefix, os.path.relpath(parent, folder)).as_posix()
        for name in sorted(filter(is_rule_file, names)):
            with open(os.path.join(parent, name), "rb") as file:
                yield RuleFile(name if below == "." else f"{below}/{name}", file.read(), origin)
