"""Path globs of the policy file: one gitignore-style pattern against one path, in linear time."""

from __future__ import annotations

from functools import lru_cache

from pathspec import GitIgnoreSpec


@lru_cache(maxsize=1024)
def _spec(glob: str) -> GitIgnoreSpec:
    # RE2: the pattern comes from the repository (pathspec's own regexes took 111 s on `*a*a*a*a*a*a*a*a*b`).
    return GitIgnoreSpec.from_lines([glob], backend="re2")


def path_matches(glob: str, path: str) -> bool:
    """Whether a root-relative path (``/`` between its parts) fits a gitignore-style pattern."""
    return _spec(glob).match_file(encodable(path))


def encodable(path: str) -> str:
    """A path as text that has a UTF-8 form: bytes of a file name that are not UTF-8 (kept by Python as lone
    surrogates) become ``\\udcNN`` escapes."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode("utf-8")
