"""Which of semgrep's languages a file is in, by name and shebang, from the table semgrep ships."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import orjson
from msgspec import Struct

_SHEBANG = re.compile(r"^#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-S[ \t]*)?(?:\S*/)?)?([A-Za-z_.+-]+)")
ANY_FILE = ("generic", "aliengrep", "regex")
"""Semgrep's languages whose rules apply to every text file."""


class Language(Struct, frozen=True):
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
    table = orjson.loads((semgrep_package() / "semgrep_interfaces" / "lang.json").read_bytes())
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


@lru_cache(maxsize=1)
def _ids_by_suffix() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language in languages().values():
        for suffix in language.suffixes:
            found.setdefault(suffix, []).append(language.id)
    return {suffix: tuple(ids) for suffix, ids in found.items()}


@lru_cache(maxsize=1)
def _suffix_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(suffix) for suffix in _ids_by_suffix()}))


@lru_cache(maxsize=4096)
def _by_name(name: str) -> tuple[str, ...]:
    """The languages of a name and those of any file, sorted; only the latter if its suffix says nothing."""
    if name.endswith(".ipynb"):
        # Its document is its Python code (SPEC 1), so it is Python and not JSON.
        return _with_any_file("python", "python2", "python3")
    table = languages()
    # A long list of names is asked for: looking suffixes up is faster than trying each.
    named = (_ids_by_suffix().get(name[-length:], ()) for length in _suffix_lengths())
    found = {language_id for ids in named for language_id in ids}
    return _with_any_file(*(one for one in found if not name.endswith(table[one].excluded_suffixes)))


def _with_any_file(*ids: str) -> tuple[str, ...]:
    return tuple(sorted({*ids, *ANY_FILE}))


_UNNAMED = _with_any_file()


def languages_of(path: str, first_line: str) -> tuple[str, ...]:
    """Ids of the languages whose rules apply to a file, sorted; generic and regex rules apply to all.

    A name decides where it can; a file whose name has no suffix is asked for its shebang. The
    executable bit does not count, so that an unsaved buffer and a file on disk agree.
    """
    name = path.rsplit("/", 1)[-1]
    found = _by_name(name)
    if found != _UNNAMED or "." in name.lstrip("."):
        return found
    shebang = _SHEBANG.match(first_line)
    if not shebang:
        return found
    interpreter = re.sub(r"[\d.]+$", "", shebang.group(1)) or shebang.group(1)
    words = {shebang.group(1), interpreter}
    named = (language.id for language in languages().values() if words.intersection(language.interpreters))
    return _with_any_file(*named)
