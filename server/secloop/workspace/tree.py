"""Where content comes from: the disk, open buffers over it, git's index or a revision.

A tree is one root as one check sees it. Make a new one for each check: what it has looked up (tracked
files, resolved folders) is kept for its lifetime. Paths are relative to the root, with ``/``.
"""

from __future__ import annotations

import enum
import errno
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from secloop.syntax.document import Document
from secloop.workspace import git


class Kind(enum.Enum):
    """What a directory entry is; only files have content and only folders are entered."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "symbolic link"
    OTHER = "not a regular file"


class TooLargeError(OSError):
    """The file is larger than the limit it was read with; ``size`` is its size in bytes, or at least that."""

    def __init__(self, path: str, size: int) -> None:
        super().__init__(errno.EFBIG, "the file is too large", path)
        self.size = size


class Tree(Protocol):
    """One root's content.

    Attributes:
        root: the root's absolute path (which need not exist on disk for a revision).
        label: what the content is, for messages: ``disk``, ``buffers``, ``index`` or a revision.
    """

    root: Path
    label: str

    def scan(self, folder: str) -> Mapping[str, Kind]:
        """Names in a folder (``''`` is the root). Raises OSError if it cannot be listed."""
        ...

    def read(self, path: str, limit: int | None = None) -> bytes:
        """A file's bytes, never from outside the root. Raises OSError, TooLargeError beyond the limit."""
        ...

    def buffer(self, path: str) -> Document | None:
        """The open buffer that stands for a file, if there is one."""
        ...

    def tracked(self, repository: str = "") -> frozenset[str]:
        """Files git tracks in the root, or in the repository embedded at a folder of it. Raises GitError."""
        ...

    def outer_ignores(self) -> tuple[tuple[str, bytes], ...]:
        """The ``.gitignore`` files between git's top level and the root, outermost first.

        Each with the root's path relative to the file's folder, ending in ``/``.
        """
        ...


def paths(tree: Tree, under: str = "") -> Iterator[str]:
    """Every regular file below a folder, sorted, before any ignore rule; links are not followed.

    Raises:
        OSError: if a folder cannot be listed.
    """
    prefix = f"{under}/" if under else ""
    for name, kind in sorted(tree.scan(under).items()):
        if kind is Kind.FILE:
            yield prefix + name
        elif kind is Kind.FOLDER:
            yield from paths(tree, prefix + name)


class DiskTree:
    """The files on disk below a root."""

    label = "disk"

    def __init__(self, root: Path) -> None:
        self.root = root
        self._base = os.path.join(str(root), "")
        self._real_root = os.path.join(os.path.realpath(root), "")
        self._inside: dict[str, bool] = {}

    def scan(self, folder: str) -> Mapping[str, Kind]:
        if not self._holds(folder):
            raise PermissionError(errno.EACCES, "a symbolic link leads out of the root", folder)
        with os.scandir(self._base + folder) as entries:
            return {entry.name: _kind(entry) for entry in entries}

    def read(self, path: str, limit: int | None = None) -> bytes:
        folder, _, name = path.rpartition("/")
        if not self._holds(folder) or name in ("", ".", ".."):
            raise PermissionError(errno.EACCES, "the path leads out of the root", path)
        full = self._base + path
        try:
            return read_regular(full, path, limit)
        except _LinkError:
            real = os.path.realpath(full)
            if not real.startswith(self._real_root):
                raise PermissionError(errno.EACCES, "a symbolic link leads out of the root", path) from None
            return read_regular(real, path, limit)

    def buffer(self, path: str) -> Document | None:
        return None

    def tracked(self, repository: str = "") -> frozenset[str]:
        if not repository and git.top_level(self.root) is None:
            return frozenset()
        try:
            return git.ls_files(Path(self._base + repository))
        except git.GitMissingError:
            # Without git nothing is known to be tracked: the folder is read as one outside of git.
            return frozenset()

    def outer_ignores(self) -> tuple[tuple[str, bytes], ...]:
        top = git.top_level(self.root)
        if top is None:
            return ()
        found: list[tuple[str, bytes]] = []
        for folder in _between(top, self.root):
            try:
                data = read_regular(str(folder / ".gitignore"), ".gitignore", None)
            except (FileNotFoundError, _LinkError):
                continue  # git does not follow a .gitignore that is a link either.
            found.append((self.root.relative_to(folder).as_posix() + "/", data))
        return tuple(found)

    def _holds(self, folder: str) -> bool:
        """Whether a folder lies in the root, whatever links its path goes through."""
        known = self._inside.get(folder)
        if known is None:
            real = os.path.join(os.path.realpath(self._base + folder), "")
            known = self._inside[folder] = real.startswith(self._real_root)
        return known


def _between(top: Path, root: Path) -> list[Path]:
    """The folders from ``top`` down to the one above ``root``."""
    above = [folder for folder in root.parents if folder == top or top in folder.parents]
    return above[::-1]


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_symlink():
        return Kind.LINK
    if entry.is_file(follow_symlinks=False):
        return Kind.FILE
    if entry.is_dir(follow_symlinks=False):
        is_junction = getattr(entry, "is_junction", None)  # Windows, from Python 3.12
        return Kind.LINK if is_junction is not None and is_junction() else Kind.FOLDER
    return Kind.OTHER


class _LinkError(OSError):
    """The path's last component is a symbolic link; if all links were followed before, it leads to itself."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.ELOOP, "a symbolic link leads to itself", path)


_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # Opening a pipe must not wait for its writer.
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_regular(full: str, path: str, limit: int | None) -> bytes:
    """A regular file's bytes; what is a link, pipe or device is not opened for reading.

    Raises:
        OSError: if it cannot be read; TooLargeError beyond ``limit`` bytes. ``path`` names it in messages.
    """
    if not hasattr(os, "O_NOFOLLOW") and os.path.islink(full):
        raise _LinkError(path)
    try:
        descriptor = os.open(full, _OPEN_FLAGS)
    except OSError as error:
        # ELOOP is what O_NOFOLLOW says on Linux and macOS, EMLINK on FreeBSD.
        if error.errno in (errno.ELOOP, errno.EMLINK) and os.path.islink(full):
            raise _LinkError(path) from None
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", path)
        if limit is not None and status.st_size > limit:
            raise TooLargeError(path, status.st_size)
        # One more byte than there should be: nearly always this reads all, and tells that it has.
        data = os.read(descriptor, status.st_size + 1)
        if len(data) != status.st_size or not data:
            # It grew or shrank, its size is a lie, as in /proc, or it came in parts, as over a network.
            data += _rest(descriptor, None if limit is None else limit + 1 - len(data))
        if limit is not None and len(data) > limit:
            raise TooLargeError(path, len(data))
        return data
    finally:
        os.close(descriptor)


def _rest(descriptor: int, most: int | None) -> bytes:
    """What is left to read of a file, at most so many bytes."""
    with open(descriptor, "rb", closefd=False) as file:
        return file.read() if most is None else file.read(max(most, 0))


class OverlayTree:
    """A tree with open buffers over it: a buffer wins, be it code, a rule, policy or ``.gitignore``.

    Args:
        buffers: by path relative to the root; a ``.gitignore`` above it may be given as ``../.gitignore``.
    """

    label = "buffers"

    def __init__(self, base: Tree, buffers: Mapping[str, Document]) -> None:
        self.root = base.root
        self.base = base
        self.buffers = buffers
        self._names: dict[str, dict[str, Kind]] = {}
        for path in buffers:
            kind = Kind.FILE
            while path and not path.startswith("../"):
                folder, _, name = path.rpartition("/")
                self._names.setdefault(folder, {}).setdefault(name, kind)
                path, kind = folder, Kind.FOLDER

    def scan(self, folder: str) -> Mapping[str, Kind]:
        added = self._names.get(folder)
        if added is None:
            return self.base.scan(folder)
        try:
            return {**added, **self.base.scan(folder)}
        except FileNotFoundError:
            return added  # A new file's folder need not be there yet.

    def read(self, path: str, limit: int | None = None) -> bytes:
        document = self.buffers.get(path)
        if document is None:
            return self.base.read(path, limit)
        if limit is not None and len(document.data) > limit:
            raise TooLargeError(path, len(document.data))
        return document.data

    def buffer(self, path: str) -> Document | None:
        return self.buffers.get(path)

    def tracked(self, repository: str = "") -> frozenset[str]:
        return self.base.tracked(repository)

    def outer_ignores(self) -> tuple[tuple[str, bytes], ...]:
        found = dict(self.base.outer_ignores())
        top = git.top_level(self.root)
        below_top = 0 if top is None else len(self.root.relative_to(top).parts)
        for path, document in self.buffers.items():
            above = path.count("../")
            if path.endswith("../.gitignore") and above <= below_top:
                found["/".join(self.root.parts[-above:]) + "/"] = document.data
        return tuple(sorted(found.items(), key=lambda item: -item[0].count("/")))


_Self = TypeVar("_Self", bound="ObjectTree")


class ObjectTree:
    """Files listed with their git objects; ``submodules`` are commits of other repositories, by path."""

    label = ""

    def __init__(self, root: Path, entries: Mapping[str, git.TreeEntry]) -> None:
        self.root = root
        self.entries = {path: entry for path, entry in entries.items() if not entry.is_submodule}
        self.submodules = {path: entry.object_id for path, entry in entries.items() if entry.is_submodule}
        self._blobs = git.BlobReader(root)
        self._folders: dict[str, dict[str, Kind]] = {"": {}}
        for path, entry in self.entries.items():
            kind = Kind.LINK if entry.is_link else Kind.FILE
            while path:
                folder, _, name = path.rpartition("/")
                known = self._folders.setdefault(folder, {})
                if name in known:
                    break
                known[name] = kind
                path, kind = folder, Kind.FOLDER

    def scan(self, folder: str) -> Mapping[str, Kind]:
        try:
            return self._folders[folder]
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, f"no such folder in {self.label}", folder) from None

    def read(self, path: str, limit: int | None = None) -> bytes:
        entry = self.entries.get(path)
        if entry is None:
            raise FileNotFoundError(errno.ENOENT, f"no such file in {self.label}", path)
        if entry.is_link:
            raise OSError(errno.EINVAL, "it is a symbolic link", path)
        try:
            data, size = self._blobs.read(entry.object_id, limit)
        except git.GitError as error:
            raise OSError(errno.EIO, str(error), path) from error
        if len(data) < size:
            raise TooLargeError(path, size)
        return data

    def buffer(self, path: str) -> Document | None:
        return None

    def tracked(self, repository: str = "") -> frozenset[str]:
        return frozenset(self.entries)

    def outer_ignores(self) -> tuple[tuple[str, bytes], ...]:
        return ()  # Everything here is tracked, and no ignore rule holds for what git tracks.

    def close(self) -> None:
        """End the git process that reads the objects."""
        self._blobs.close()

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class IndexTree(ObjectTree):
    """What the next commit would hold: files, rules and policy from git's index (``--staged``).

    Raises:
        GitError: from the constructor, if git fails or is missing, or files are unmerged.
    """

    label = "index"

    def __init__(self, root: Path) -> None:
        super().__init__(root, git.ls_index(root))


class RevisionTree(ObjectTree):
    """What a revision holds below the root; empty if the root is not there yet.

    Raises:
        GitError: from the constructor, if git fails or is missing, or there is no such revision.
    """

    def __init__(self, root: Path, revision: str) -> None:
        super().__init__(root, git.ls_tree(root, revision))
        self.label = revision
