"""Which of semgrep's languages a file is in, by name and shebang, from the table semgrep ships."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_SHEBANG = re.compile(r"^#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-S[ \t]*)?(?:\S*/)?)?([A-Za-z_.+-]+)")
ANY_FILE = ("generic", "aliengrep", "regex")
"""Semgrep's languages whose rules apply to every text file."""


@dataclass(frozen=True, slots=True)
class Language:
    """One of semgrep's languages: its id, the words rules use for it, and how its files are named."""

    id: str
    keys: tuple[str, ...]
    suffixes: tuple[str, ...]
    excluded_suffixes: tuple[str, ...]
    interpreters: tuple[str, ...]


def semgrep_package() -> Path:
    """The folder of the installed semgrep package, found without importing it.

    Raises:
        ModuleNotFoundError: if semgrep is not installed.
    """
    spec = importlib.util.find_spec("semgrep")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("semgrep is not installed beside secloop; reinstall secloop")
    return Path(spec.submodule_search_locations[0])


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """Semgrep's languages by id, from ``semgrep_interfaces/lang.json``."""
    table = json.loads((semgrep_package() / "semgrep_interfaces" / "lang.json").read_bytes())
    return {
        row["id"]: Language(
            row["id"],
            tuple(row["keys"]),
            tuple(ext for ext in row["exts"] if ext),
            tuple(row["excluded_exts"]),
            tuple(row["shebangs"]),
        )
        for row in table
    }


@lru_cache(maxsize=1)
def _ids_by_key() -> Mapping[str, str]:
    return {key: language.id for language in languages().values() for key in language.keys}


def canonical(key: str) -> str | None:
    """The id of the language a rule names (``py`` → ``python``), or None if semgrep has no such one."""
    return _ids_by_key().get(key.lower())


@lru_cache(maxsize=4096)
def _by_name(name: str) -> tuple[str, ...]:
    if name.endswith(".ipynb"):
        # Its document is its Python code (SPEC 1), so it is Python and not JSON.
        return ("python", "python2", "python3")
    return tuple(
        language.id
        for language in languages().values()
        if name.endswith(language.suffixes) and not name.endswith(language.excluded_suffixes or "\0")
    )


def languages_of(path: str, first_line: str) -> tuple[str, ...]:
    """Ids of the languages whose rules apply to a file, sorted; generic and regex rules apply to all.

    A name decides where it can; a file whose name has no suffix is asked for its shebang. The
    executable bit does not count, so that an unsaved buffer and a file on disk agree.
    """
    name = path.rsplit("/", 1)[-1]
    found = _by_name(name)
    if not found and "." not in name.lstrip("."):
        shebang = _SHEBANG.match(first_line)
        if shebang:
            interpreter = re.sub(r"[\d.]+$", "", shebang.group(1)) or shebang.group(1)
            words = {shebang.group(1), interpreter}
            found = tuple(
                language.id for language in languages().values() if words.intersection(language.interpreters)
            )
    return tuple(sorted({*found, *ANY_FILE}))
