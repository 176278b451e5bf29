"""Which files of a root are checked (SPEC 2), the same on every surface.

What is left out: ``.git``; folders that are roots of their own; symbolic links, pipes and devices; excludes
(the default ones and the policy's); and what ``.gitignore`` files ignore, unless git tracks it.

Leaving out is listed only where every checkout of the same content agrees on it: an excluded file or
folder is one entry if it was named explicitly or if git tracks something in it. A virtual environment that
exists on one machine only changes no verdict.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from secloop.model import Problem, ProblemKind, Skipped
from secloop.workspace.config import MAX_CONFIG_SIZE, has_config
from secloop.workspace.git import GitError, is_repository
from secloop.workspace.ignore import GlobError, PathGlobs, Patterns, encode, ignore_patterns
from secloop.workspace.roots import read_disk
from secloop.workspace.settings import Config
from secloop.workspace.tree import Kind, Tree

DEFAULT_EXCLUDES = (
    # Ruff's, without .vscode (it holds settings that rules may judge), plus caches of JavaScript tools and
    # .secloop, whose rule tests are bad code on purpose. All are folders, at any depth.
    ".bzr/",
    ".direnv/",
    ".eggs/",
    ".git-rewrite/",
    ".hg/",
    ".ipynb_checkpoints/",
    ".mypy_cache/",
    ".next/",
    ".nox/",
    ".nuxt/",
    ".pants.d/",
    ".pyenv/",
    ".pytest_cache/",
    ".pytype/",
    ".ruff_cache/",
    ".secloop/",
    ".svn/",
    ".tox/",
    ".venv/",
    ".yarn/",
    "__pycache__/",
    "__pypackages__/",
    "_build/",
    "buck-out/",
    "build/",
    "dist/",
    "node_modules/",
    "site-packages/",
    "venv/",
)
"""Left out unless ``default-excludes`` is false; ``exclude = ["!build/"]`` takes one back."""

_MAX_IGNORE_SIZE = 1_000_000
_IGNORE_NAME = ".gitignore"


class Discovery(Struct, frozen=True):
    """The files to check, sorted, and what was left out or failed.

    ``nested_roots`` are the folders that were met and are roots of their own, with their own verdicts.
    """

    files: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()
    problems: tuple[Problem, ...] = ()
    nested_roots: tuple[str, ...] = ()


def discover(tree: Tree, config: Config, paths: Sequence[str] = ()) -> Discovery:
    """The files of a root that are checked: all, or those at or below some paths relative to it."""
    return Discoverer(tree, config).discover(paths)


class _Ignore(Struct, frozen=True):
    """A ``.gitignore`` file's patterns, and how a root-relative path becomes one relative to its folder."""

    patterns: Patterns
    prepend: bytes
    strip: int

    def decide(self, path: bytes, kind: Kind) -> bool | None:
        return self.patterns.decide(self.prepend + path[self.strip :], directory=kind is Kind.FOLDER)


class _Tracked:
    """What git tracks: files, and the folders that hold some."""

    def __init__(self, files: frozenset[str]) -> None:
        self.files = files
        self._folders: set[str] = set()
        for path in files:
            folder = path.rpartition("/")[0]
            while folder and folder not in self._folders:
                self._folders.add(folder)
                folder = folder.rpartition("/")[0]

    def holds(self, path: str) -> bool:
        return path in self.files or path in self._folders


class _Folder(Struct, frozen=True):
    """A folder that was entered, with the rules that hold in it.

    ``ignored``: it was entered for what git tracks in it only, since an ignore rule matches it.
    """

    path: str
    kinds: Mapping[str, Kind]
    tracked: _Tracked
    ignores: tuple[_Ignore, ...]
    ignored: bool

    def child(self, name: str) -> str:
        return f"{self.path}/{name}" if self.path else name

    def ignores_child(self, path: str, kind: Kind) -> bool:
        """Whether an ignore rule matches a path in this folder; the nearest file's last pattern decides."""
        if self.ignored:
            return True
        data = encode(path)
        for ignore in reversed(self.ignores):
            decision = ignore.decide(data, kind)
            if decision is not None:
                return decision
        return False


class _Found(Struct):
    """What one discovery has found so far."""

    files: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    problems: dict[tuple[str, str], Problem] = field(default_factory=dict)
    nested_roots: set[str] = field(default_factory=set)

    def problem(
        self, path: str, message: str, kind: ProblemKind = ProblemKind.UNREADABLE, line: int = 0
    ) -> None:
        shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
        self.problems[shown, message] = Problem(kind, message, shown, line)

    def unreadable(self, path: str, error: OSError) -> None:
        self.problem(path, f"it cannot be read: {error.strerror}")

    def result(self) -> Discovery:
        return Discovery(
            tuple(sorted(self.files)),
            tuple(Skipped(path, "excluded") for path in sorted(self.skipped)),
            tuple(problem for _, problem in sorted(self.problems.items(), key=lambda item: item[0])),
            tuple(sorted(self.nested_roots)),
        )


class Discoverer:
    """Discovery over one tree under one configuration; answers about any number of paths.

    What git tracks is asked once. The server asks ``covers`` for a buffer: the same decision as a walk's.
    """

    def __init__(self, tree: Tree, config: Config) -> None:
        self._tree = tree
        self._single_root = bool(config.path)
        self._start = _Found()
        self._tracked = self._ask_tracked("", self._start)
        self._excludes = self._exclude_globs(config)

    def covers(self, path: str) -> bool:
        """Whether a file, relative to the root, is one that is checked."""
        return path in self.discover((path,)).files

    def discover(self, paths: Sequence[str] = ()) -> Discovery:
        """The files of the root that are checked: all, or those at or below some paths relative to it."""
        found = _Found(problems=dict(self._start.problems))
        try:
            top = self._load("", self._tree.scan(""), self._tracked, self._outer_ignores(found), False, found)
        except OSError as error:
            found.unreadable("", error)
            return found.result()
        for path in paths or ("",):
            self._visit(top, path, found)
        return found.result()

    def _visit(self, folder: _Folder, named: str, found: _Found) -> None:
        """Take in one explicitly named path: judge each folder on the way to it, then what it names."""
        path = posixpath.normpath(named) if named else "."
        if path.startswith(("/", "../")) or path == ".." or "\0" in path:
            found.problem(named, "the path is outside the root")
            return
        for name in path.split("/") if path != "." else ():
            child = folder.child(name)
            kind = folder.kinds.get(name)
            if kind is None or (child != path and kind is Kind.FILE):
                found.problem(path, "there is no such file or folder")
            elif kind is Kind.OTHER:
                found.problem(path, "it is not a regular file")
            elif self._left_out(folder, name, child, kind):
                found.skipped.add(path)
            elif kind is Kind.FILE:
                found.files.add(child)
            else:
                entered = self._enter(folder, child, found)
                if entered is not None:
                    folder = entered
                    continue
            return
        self._walk(folder, found)

    def _walk(self, folder: _Folder, found: _Found) -> None:
        pending = [folder]
        while pending:
            current = pending.pop()
            for name, kind in current.kinds.items():
                path = current.child(name)
                if kind is Kind.LINK or kind is Kind.OTHER:
                    if kind is Kind.OTHER and path in current.tracked.files:
                        found.problem(path, "git tracks it, but it is not a regular file")
                elif self._left_out(current, name, path, kind):
                    if name != ".git" and current.tracked.holds(path):
                        found.skipped.add(path + "/" if kind is Kind.FOLDER else path)
                elif not name.isascii() and not _is_utf8(name):
                    found.problem(path, "its name is not UTF-8; rename or exclude it")
                elif kind is Kind.FILE:
                    found.files.add(path)
                else:
                    entered = self._enter(current, path, found)
                    if entered is not None:
                        pending.append(entered)

    def _left_out(self, folder: _Folder, name: str, path: str, kind: Kind) -> bool:
        if kind is Kind.LINK or name == ".git":
            return True
        if self._excludes.decide(encode(path), directory=kind is Kind.FOLDER):
            return True
        # Tracked files count whatever ignores them, and so do the folders on the way to them.
        return not folder.tracked.holds(path) and folder.ignores_child(path, kind)

    def _enter(self, parent: _Folder, path: str, found: _Found) -> _Folder | None:
        """The folder at a path, unless it is a root of its own or cannot be read."""
        try:
            kinds = self._tree.scan(path)
        except OSError as error:
            found.unreadable(path, error)
            return None
        embedded = ".git" in kinds and is_repository(self._tree.root / path)
        # Where no configuration is above it, a repository's top is its root.
        if (embedded and not self._single_root) or has_config(
            lambda name: self._config_in(path, kinds, name)
        ):
            found.nested_roots.add(path)
            return None
        if embedded:  # Its own rules hold in it, as git has it.
            return self._load(path, kinds, self._ask_tracked(path, found), (), False, found)
        ignored = parent.ignored or parent.ignores_child(path, Kind.FOLDER)
        return self._load(path, kinds, parent.tracked, parent.ignores, ignored, found)

    def _load(
        self,
        path: str,
        kinds: Mapping[str, Kind],
        tracked: _Tracked,
        ignores: tuple[_Ignore, ...],
        ignored: bool,
        found: _Found,
    ) -> _Folder:
        folder = _Folder(path, kinds, tracked, ignores, ignored)
        # git follows no .gitignore that is a link, and reads none in an ignored folder.
        if ignored or kinds.get(_IGNORE_NAME) is not Kind.FILE:
            return folder
        name = folder.child(_IGNORE_NAME)
        try:
            data = self._tree.read(name, _MAX_IGNORE_SIZE)
        except OSError as error:
            found.unreadable(name, error)
            return folder
        added = _read_ignore(data, name, b"", len(encode(path)) + 1 if path else 0, found)
        return _Folder(path, kinds, tracked, (*ignores, *added), ignored)

    def _outer_ignores(self, found: _Found) -> tuple[_Ignore, ...]:
        return tuple(
            ignore
            for prefix, data in self._tree.outer_ignores()
            for ignore in _read_ignore(
                data, "../" * prefix.count("/") + _IGNORE_NAME, encode(prefix), 0, found
            )
        )

    def _config_in(self, folder: str, kinds: Mapping[str, Kind], name: str) -> bytes | None:
        if name not in kinds:
            return None
        try:
            return self._tree.read(f"{folder}/{name}", MAX_CONFIG_SIZE)
        except FileNotFoundError:
            return None  # A link that leads nowhere.
        except PermissionError:
            if kinds[name] is Kind.LINK:  # Out of the root: it is a root of its own, as find_root says.
                return read_disk(self._tree.root / folder / name)
            raise

    def _ask_tracked(self, repository: str, found: _Found) -> _Tracked:
        try:
            files = self._tree.tracked(repository)
        except GitError as error:
            found.problem(repository, str(error), ProblemKind.GIT)
            return _Tracked(frozenset())
        return _Tracked(frozenset(f"{repository}/{path}" for path in files) if repository else files)

    def _exclude_globs(self, config: Config) -> PathGlobs:
        defaults = (*DEFAULT_EXCLUDES, *_pack_folders(config)) if config.default_excludes else ()
        try:
            return PathGlobs((*defaults, *config.exclude))
        except GlobError as error:
            self._start.problem(config.path, f'"exclude": {error}', ProblemKind.POLICY)
            return PathGlobs(defaults)


def _pack_folders(config: Config) -> Iterator[str]:
    """Globs of the folders of packs: as with ``.secloop``, their rules' tests are bad code on purpose."""
    for pack in config.packs.values():
        if not pack.wheel:
            yield "/" + re.sub(r"([\\*?\[\]])", r"\\\1", pack.folder) + "/"


def _read_ignore(data: bytes, name: str, prepend: bytes, strip: int, found: _Found) -> tuple[_Ignore, ...]:
    try:
        patterns = ignore_patterns(data)
    except GlobError as error:
        found.problem(name, f"its patterns cannot be used: {error}", ProblemKind.POLICY, error.line)
        return ()
    return (_Ignore(patterns, prepend, strip),) if patterns else ()


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
