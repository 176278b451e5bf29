"""The only module that runs git: plumbing commands that execute nothing of a repository (SPEC 12).

A cloned repository's configuration names programs (fsmonitor, hooks, filters, textconv, external diffs,
ssh commands, credential helpers, pagers). None runs: every command is plumbing that reads the object
database or the index and never the work tree, the keys are overridden on the command line, the
environment is scrubbed, and every transport is refused, so that a partial clone is not completed.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, cast

from msgspec import Struct

TIMEOUT = 60.0
"""Seconds after which a git command that does not answer is ended."""

_OBJECT_ID = re.compile(r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")
_OVERRIDES = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *(
        part
        for setting in (
            "core.fsmonitor=false",
            f"core.hooksPath={os.devnull}",
            "core.untrackedCache=false",
            "core.sshCommand=false",
            "core.gitProxy=",
            "core.askPass=",
            "core.pager=cat",
            "core.editor=false",
            f"core.attributesFile={os.devnull}",
            "credential.helper=",
            "diff.external=",
            "protocol.allow=never",
            "submodule.recurse=false",
            "maintenance.auto=false",
            "gc.auto=0",
        )
        for part in ("-c", setting)
    ),
)
# The user's own choice of configuration files stays (it may hold safe.directory); GIT_DIR and everything
# else that redirects or executes does not.
_KEPT = re.compile(r"^GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)$")


class GitError(Exception):
    """git refused or failed; the message is one sentence for the user."""


class GitMissingError(GitError):
    """No git program is installed."""


class TreeEntry(Struct, frozen=True):
    """A file of a tree or of the index: its object and git's mode (``120000`` link, ``160000`` submodule)."""

    mode: str
    object_id: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == "120000"

    @property
    def is_submodule(self) -> bool:
        """Whether it is another repository's commit."""
        return self.mode == "160000"


def is_repository(folder: Path) -> bool:
    """Whether a folder is the top of a git work tree, told from its ``.git`` without running git."""
    marker = folder / ".git"
    try:
        return (marker / "HEAD").exists() or marker.is_file()
    except OSError:
        return False


def top_level(path: Path) -> Path | None:
    """The top of the git work tree that holds a folder, or None outside of git. Runs nothing."""
    return next((folder for folder in (path, *path.parents) if is_repository(folder)), None)


def ls_files(folder: Path) -> frozenset[str]:
    """Paths, relative to the folder, of the files below it that git tracks.

    Raises:
        GitError: if git fails or is missing.
    """
    return frozenset(_names(_run(folder, "ls-files", "-z", "--cached")))


def ls_index(folder: Path) -> Mapping[str, TreeEntry]:
    """The index below a folder, by path relative to it; honours a commit's own GIT_INDEX_FILE.

    ``git commit -a``, ``-p`` and ``git commit PATH`` run their hooks with GIT_INDEX_FILE naming the index
    that the commit is made from, which is what a pre-commit check must judge. It counts only if it lies
    in this repository's own git folder.

    Raises:
        GitError: if git fails or is missing, or if files are unmerged.
    """
    _refuse_bare(folder)
    entries: dict[str, TreeEntry] = {}
    for record in _names(_run(folder, "ls-files", "-z", "--stage", index=_hook_index(folder))):
        head, path = record.split("\t", 1)
        mode, object_id, stage = head.split(" ")
        if stage != "0":
            raise GitError(f"{path} has unresolved merge conflicts in the index; resolve them first")
        entries[path] = TreeEntry(mode, object_id)
    return entries


def ls_tree(folder: Path, revision: str) -> Mapping[str, TreeEntry]:
    """The files of a revision below a folder, by path relative to it; empty if it has no such folder.

    Raises:
        GitError: if git fails or is missing, or there is no such revision.
    """
    commit = resolve(folder, revision)
    entries: dict[str, TreeEntry] = {}
    for record in _names(_run(folder, "ls-tree", "-r", "-z", commit)):
        head, path = record.split("\t", 1)
        mode, _, object_id = head.split(" ")
        entries[path] = TreeEntry(mode, object_id)
    return entries


def resolve(folder: Path, revision: str) -> str:
    """The object id of the commit that a revision names.

    Raises:
        GitError: if there is no such commit.
    """
    if not revision or revision.startswith("-") or "\0" in revision:
        raise GitError(f"{revision!r} is not a revision")
    _refuse_bare(folder)
    try:
        found = _run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except _CommandError as error:
        if error.stderr:
            raise
        found = ""
    if not _OBJECT_ID.match(found):
        raise GitError(f"there is no commit {revision!r} in this repository{_hint(folder, revision)}")
    return found


def _refuse_bare(folder: Path) -> None:
    """A bare repository has neither an index nor files: comparing them would pass, whatever is in its commits."""
    if all((folder / name).exists() for name in ("HEAD", "objects", "refs", "config")):
        raise GitError(f"{folder} is a bare repository, which has no files to check; check a work tree of it")


def _hint(folder: Path, revision: str) -> str:
    if revision != "HEAD":
        try:
            resolve(folder, "HEAD")
        except GitError:
            pass
        else:
            return "; check its name, or fetch it (a shallow clone has only the newest commits)"
    return ", which has no commits yet"


def merge_base(folder: Path, revision: str, other: str = "HEAD") -> str:
    """The object id of the best common ancestor of two revisions.

    Raises:
        GitError: if one of them does not exist or they have no common ancestor.
    """
    first, second = resolve(folder, revision), resolve(folder, other)
    try:
        return _run(folder, "merge-base", first, second).decode().strip()
    except _CommandError as error:
        if error.stderr:
            raise
        raise GitError(
            f"{revision!r} and {other!r} have no common ancestor here;"
            " a shallow clone needs its history (fetch-depth: 0)"
        ) from None


def changed_paths(folder: Path, before: str, after: str) -> frozenset[str]:
    """Paths below a folder, relative to it, that differ between two revisions.

    Raises:
        GitError: if git fails or one of them does not exist.
    """
    old, new = ls_tree(folder, before), ls_tree(folder, after)
    return frozenset(path for path in {*old, *new} if old.get(path) != new.get(path))


class BlobReader:
    """Reads blobs as they are stored, without smudge filters or textconv, through one git process.

    Safe to use from several threads. Close it, or use it as a context manager.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._busy_since: float | None = None

    def __enter__(self) -> BlobReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, object_id: str, limit: int | None = None) -> tuple[bytes, int]:
        """The first ``limit`` bytes of a blob (all, if None) and its size.

        Raises:
            GitError: if git fails.
            FileNotFoundError: if the object is not here, as in a partial clone.
        """
        with self._lock:
            process = self._started()
            self._busy_since = time.monotonic()
            try:
                return self._exchange(process, object_id, limit)
            except (BrokenPipeError, ValueError) as error:
                self._end()
                raise GitError("git cat-file ended unexpectedly; the repository may be damaged") from error
            finally:
                self._busy_since = None

    def close(self) -> None:
        """End the git process."""
        with self._lock:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [_program(), *_OVERRIDES, "cat-file", "--batch"],
                cwd=self._folder,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=_NO_WINDOW,
            )
            threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()
        return self._process

    def _exchange(
        self, process: subprocess.Popen[bytes], object_id: str, limit: int | None
    ) -> tuple[bytes, int]:
        requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        requests.write(object_id.encode("ascii") + b"\n")
        requests.flush()
        header = answers.readline().split()
        if header[1:] == [b"missing"]:
            raise FileNotFoundError(f"object {object_id} is not in this repository (a partial clone?)")
        if len(header) != 3:
            raise ValueError(header)
        size = int(header[2])
        wanted = size if limit is None else min(size, limit)
        data = answers.read(wanted)
        rest = size - wanted + 1
        while rest > 0:
            chunk = answers.read(min(rest, 1 << 20))
            if not chunk:
                raise ValueError("truncated")
            rest -= len(chunk)
        return data, size

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """End a process that hangs, as it does on an object that is a pipe."""
        while process.poll() is None:
            since = self._busy_since
            if since is not None and time.monotonic() - since > TIMEOUT:
                process.kill()
            time.sleep(0.5)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)):
            with contextlib.suppress(BrokenPipeError):  # Nobody reads what was still buffered.
                pipe.close()


class _CommandError(GitError):
    def __init__(self, message: str, stderr: str) -> None:
        super().__init__(message)
        self.stderr = stderr


_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def _run(folder: Path, *arguments: str, index: Path | None = None) -> bytes:
    environment = _environment()
    if index is not None:
        environment["GIT_INDEX_FILE"] = str(index)
    try:
        done = subprocess.run(
            [_program(), *_OVERRIDES, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            creationflags=_NO_WINDOW,
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} did not answer within {TIMEOUT:.0f} s") from None
    except OSError as error:
        raise GitError(f"git could not be run in {folder}: {error.strerror}") from error
    if done.returncode != 0:
        stderr = done.stderr.decode("utf-8", "replace").strip()
        raise _CommandError(_explain(arguments[0], folder, stderr), stderr)
    return done.stdout


def _explain(command: str, folder: Path, stderr: str) -> str:
    if "dubious ownership" in stderr or "unsafe repository" in stderr:
        return (
            f"git refuses to read {folder} because another user owns it;"
            f" if you trust it: git config --global --add safe.directory {folder}"
        )
    reason = stderr.splitlines()[0].removeprefix("fatal: ") if stderr else "it failed"
    return f"git {command}: {reason}"


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if _is_kept(name.upper())}
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": "",  # No transport, whatever protocol.*.allow says: nor a lazy fetch.
        "GIT_DISCOVERY_ACROSS_FILESYSTEM": "1",  # As top_level looks for it.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ATTR_NOSYSTEM": "1",
    }


def _is_kept(name: str) -> bool:
    if name.startswith("GIT_"):
        return _KEPT.match(name) is not None
    return name != "SSH_ASKPASS"


def _program() -> str:
    """The git on the PATH, never one in the current folder, which may be the checked repository.

    Raises:
        GitMissingError: if there is none.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        candidate = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    raise GitMissingError("git is not installed, or not on the PATH")


def _hook_index(folder: Path) -> Path | None:
    named = os.environ.get("GIT_INDEX_FILE")
    if not named:
        return None
    index = Path(os.path.realpath(named))
    git_folder = os.path.realpath(_run(folder, "rev-parse", "--absolute-git-dir").decode().rstrip("\n"))
    return index if index.parent == Path(git_folder) else None


def _names(output: bytes) -> Iterator[str]:
    """The NUL-terminated records of a command's output."""
    for record in output.split(b"\0"):
        if record:
            yield record.decode("utf-8", "surrogateescape")
