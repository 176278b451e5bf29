"""Globs of the policy file, compiled once, and paths as text that can be hashed."""

from __future__ import annotations

from functools import lru_cache

from secloop.model import Problem, ProblemKind
from secloop.workspace.ignore import GlobError, IdGlobs, PathGlobs
from secloop.workspace.settings import Config


@lru_cache(maxsize=1024)
def rule_globs(globs: tuple[str, ...]) -> IdGlobs:
    """What matches a rule id that is one of these ids or fits one of these globs.

    Globs beyond the limits match nothing: the verdict is an error, by `glob_problems` or by loading.
    """
    try:
        return IdGlobs(globs)
    except GlobError:
        return IdGlobs(())


@lru_cache(maxsize=1024)
def path_globs(glob: str) -> PathGlobs:
    """What matches a root-relative path that fits one gitignore-style pattern; limits as in `rule_globs`."""
    try:
        return PathGlobs((glob,))
    except GlobError:
        return PathGlobs(())


def glob_problems(config: Config) -> tuple[Problem, ...]:
    """An error for ``select`` and ``ignore`` beyond the limits: they may be flags, which nobody loads."""
    problems = []
    for key, globs in (("select", config.select), ("ignore", config.ignore)):
        try:
            IdGlobs(globs)
        except GlobError as error:
            problems.append(Problem(ProblemKind.POLICY, f'"{key}": {error}', config.path))
    return tuple(problems)


def encodable(path: str) -> str:
    """A path as text that has a UTF-8 form: bytes of a file name that are not UTF-8 (kept by Python as lone
    surrogates) become ``\\udcNN`` escapes."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode("utf-8")
