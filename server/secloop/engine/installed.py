"""The installed semgrep-core: where it is, its version, and what it goes by in a file's name; loads next to nothing."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path

from secloop.syntax.languages import semgrep_package

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,12}\Z")


@lru_cache(maxsize=1)
def core_version() -> str:
    """The version of the installed semgrep, such as ``1.182.0``."""
    package = semgrep_package()
    named = [
        folder.name[len("semgrep-") : -len(".dist-info")]
        for folder in package.parent.glob("semgrep-*.dist-info")
    ]
    if len(named) == 1:
        return named[0]
    import importlib.metadata  # which takes longer to load than all else here; for unusual installations

    return importlib.metadata.version("semgrep")


@lru_cache(maxsize=1)
def core_binary() -> Path:
    """The semgrep-core program inside the installed semgrep package."""
    return semgrep_package() / "bin" / ("semgrep-core.exe" if sys.platform == "win32" else "semgrep-core")


def target_suffix(path: str) -> str:
    """The suffix that a target's file keeps: semgrep-core parses ``.tsx`` otherwise than ``.ts``."""
    found = _SUFFIX.search(path)
    suffix = found.group().lower() if found else ""
    return ".py" if suffix == ".ipynb" else suffix
