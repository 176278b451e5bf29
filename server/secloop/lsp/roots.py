"""The roots that open files belong to, each with its project, and what a root depends on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from secloop.model import Notice, Problem, ProblemKind
from secloop.policy.waivers import waiver_notices, waiver_problems
from secloop.project import REPO_RULES, Project
from secloop.project.authoring import Complaint
from secloop.syntax.document import Document, UndecodableError, decode
from secloop.workspace.config import CONFIG_NAME, PYPROJECT_NAME
from secloop.workspace.lock import LOCK_NAME

_ROOT_NAMES = frozenset({CONFIG_NAME, PYPROJECT_NAME})
_SETUP_NAMES = _ROOT_NAMES | {".gitignore"}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a rule or policy file, with the file's text on disk to show it in, if it has any."""

    about: Problem | Notice
    text: Document | None


@dataclass(eq=False)
class Root:
    """One root with the project that its current rules and policy make; None until they are loaded."""

    path: Path
    project: Project | None = None
    loading: asyncio.Task[None] | None = None
    stale: bool = False
    """Whether rules or policy changed since they were last read."""
    watching: asyncio.Task[None] | None = None
    """What sees its rules and policy change, where they are in no open folder."""
    faults: Mapping[Path, Sequence[Fault]] = field(default_factory=dict)
    complaints: Mapping[Path, Sequence[Complaint]] = field(default_factory=dict)
    """What is wrong in open test files of its rules."""

    def stop(self) -> None:
        """Stop what runs for it."""
        for task in (self.loading, self.watching):
            if task is not None:
                task.cancel()

    def relative(self, file: Path) -> str | None:
        """A file's path below the root, with ``/``; None if it is not below it."""
        return file.relative_to(self.path).as_posix() if self.path in file.parents else None

    def depends_on(self, file: Path) -> bool:
        """Whether rules, policy or ignore rules of this root may be in that file or folder."""
        if file.name in _SETUP_NAMES:
            return file.parent in (self.path, *self.path.parents) or self.path in file.parents
        path = self.relative(file)
        if path is None:
            return False
        config = self.project.config if self.project else None
        if path in (config.baseline if config else None, LOCK_NAME) or self.is_of_rules(path):
            return True
        if any(path.startswith(f"{place}/") for place in self._pack_places()):
            return True
        places = (*self._rule_places(), *self._pack_places())
        return any(place == path or place.startswith(f"{path}/") for place in places)

    def is_of_rules(self, path: str) -> bool:
        """Whether a path is where rules and their tests are."""
        return any(path == place or path.startswith(f"{place}/") for place in self._rule_places())

    def _rule_places(self) -> Iterator[str]:
        config = self.project.config if self.project else None
        return (place.strip("/") for place in (REPO_RULES, *(config.rules if config else ())))

    def _pack_places(self) -> Iterator[str]:
        """Where packs from elsewhere are, whose rules are somebody else's to edit."""
        packs = self.project.config.packs if self.project else {}
        return (pack.folder for pack in packs.values() if not pack.wheel)


def is_within(path: Path, folders: Sequence[Path]) -> bool:
    """Whether a path is one of some folders or in one."""
    return any(folder == path or folder in path.parents for folder in folders)


def makes_roots(file: Path) -> bool:
    """Whether a file can decide where a root is."""
    return file.name in _ROOT_NAMES


def folder_of(file: Path, folders: Sequence[Path]) -> Path | None:
    """The innermost open folder that holds a file. Where no folder is open, the file's own."""
    if not folders:
        return file.parent
    holding = [folder for folder in folders if folder in file.parents]
    return max(holding, key=lambda folder: len(folder.parts)) if holding else None


def faults_of(project: Project) -> Mapping[Path, list[Fault]]:
    """What is wrong with a project's rules and policy, by file; reads the files."""
    abouts: Iterable[Problem | Notice] = (
        *project.problems,
        *project.ruleset.problems,
        *waiver_problems(project.config, project.as_of),
        *waiver_notices(project.config, project.as_of, (), whole=False),
    )
    found: dict[Path, list[Fault]] = {}
    for about in abouts:
        path = about.path or project.config.path or CONFIG_NAME
        found.setdefault(project.root / path, []).append(Fault(about, _text(project, path)))
    return found


def _text(project: Project, path: str) -> Document | None:
    try:
        return Document(path, decode(project.tree.read(path, 1_000_000), python=False))
    except (OSError, UndecodableError):
        return None  # That it cannot be read is what the fault says.


def not_checked(path: str, reason: BaseException) -> Problem:
    """The problem of a file whose check failed in a way that nobody foresaw."""
    return Problem(ProblemKind.UNKNOWN, f"secloop could not check this file: {reason}", path)
