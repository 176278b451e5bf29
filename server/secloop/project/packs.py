"""Rule packs from elsewhere: their content is read as data and counts only as ``secloop.lock`` pins it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from secloop.model import Lock, Problem, ProblemKind
from secloop.project.sources import MAX_RULE_FILE, RULE_TOO_LARGE, folder_rules
from secloop.rules.load import RuleFile
from secloop.rules.pack import is_rule_file
from secloop.rules.packs import PackContent
from secloop.workspace import git
from secloop.workspace.cache import Cache
from secloop.workspace.config import load_config
from secloop.workspace.git import GitError
from secloop.workspace.lock import LOCK_NAME, read_lock
from secloop.workspace.settings import Config, Pack
from secloop.workspace.tree import ObjectTree, RevisionTree, TooLargeError, Tree, read_regular

_MAX_FILES = 10_000
_MAX_SIZE = 100_000_000
"""Most bytes of a pack's rule files together."""
_REMEMBERED = "pack"


class PackError(Exception):
    """A pack cannot be read; the message says why and what to do."""


class Packs(Struct, frozen=True):
    """The rule files of the packs that are as they were accepted, and a problem for each that is not."""

    files: tuple[RuleFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    lock: Lock | None = None


def accepted_packs(tree: Tree, config: Config) -> Packs:
    """The packs that a configuration names. One whose content is not what is locked has no rules, and is an error."""
    if not config.packs:
        return Packs()
    lock, wrong = read_lock(tree)
    files: list[RuleFile] = []
    problems = list(wrong)
    for name, pack in sorted(config.packs.items()):
        locked = lock.packs.get(name)
        update = f"`secloop rules update {name}`"
        if locked is None:
            if not wrong:
                message = f'the pack "{name}" is not in {LOCK_NAME}, so none of its rules runs; {update} shows and accepts it'
                problems.append(Problem(ProblemKind.RULE, message, config.path, pack.line))
            continue
        try:
            content = read_pack(tree, pack)
        except PackError as error:
            problems.append(Problem(ProblemKind.RULE, f'the pack "{name}": {error}', config.path, pack.line))
            continue
        if content.digest == locked.digest:
            files += content.rule_files(name)
        else:
            advice = f"{update} shows what changed and accepts it"
            if pack.wheel and isinstance(
                tree, RevisionTree
            ):  # A wheel is as it is installed, whatever is checked.
                advice = f"install the {pack.wheel} that the {LOCK_NAME} of {tree.label[:12]} pins"
            message = f'the pack "{name}" is not what was accepted, so none of its rules runs; {advice}'
            problems.append(Problem(ProblemKind.RULE, message, LOCK_NAME, locked.line))
    named = {name: lock.packs[name].digest for name in sorted(config.packs) if name in lock.packs}
    return Packs(tuple(files), tuple(problems), Lock(LOCK_NAME, lock.digest, named) if named else None)


def read_pack(tree: Tree, pack: Pack) -> PackContent:
    """What a pack holds now.

    Raises:
        PackError: if it cannot be read, or holds no rules.
    """
    content = _wheel(pack) if pack.wheel else _folder(tree, pack.folder)
    if not content.files:
        advice = (
            "; if it is a git submodule, `git submodule update --init` checks it out"
            if not pack.wheel
            else "; say with `path` in which folder of the wheel they are"
            if pack.path
            else ""
        )
        raise PackError(f"there are no rule files in {pack.wheel or pack.path}{advice}")
    return content


def _folder(tree: Tree, folder: str) -> PackContent:
    """The rule files below a folder; in git's objects a submodule is the commit that is recorded for it."""
    if isinstance(tree, ObjectTree):
        for place, commit in tree.submodules.items():
            if folder == place or folder.startswith(f"{place}/"):
                return _submodule(tree.root, place, commit, folder)
    return PackContent(_files(tree, folder), folder)


def _submodule(root: Path, place: str, commit: str, folder: str) -> PackContent:
    if not Path(os.path.realpath(root / place)).is_relative_to(os.path.realpath(root)):
        raise PackError(f"{place} leads out of the root")
    try:
        with RevisionTree(root / place, commit) as inner:
            return PackContent(_files(inner, folder[len(place) :].strip("/")), folder)
    except (GitError, OSError) as error:
        advice = "check it out with `git submodule update --init`"
        raise PackError(
            f"commit {commit[:12]} of the submodule {place} is not here: {error}; {advice}"
        ) from None


def _files(tree: Tree, folder: str) -> Mapping[str, bytes]:
    problems: list[Problem] = []
    paths = folder_rules(tree, folder, problems)
    if problems:
        raise PackError(f"{problems[0].path}: {problems[0].message}")
    if paths == [folder]:
        raise PackError(f"{folder} is a file; a pack is the folder that its rules are in")
    return _read(
        {path[len(folder) :].lstrip("/"): path for path in paths}, partial(tree.read, limit=MAX_RULE_FILE)
    )


def _read(places: Mapping[str, str], read: Callable[[str], bytes]) -> Mapping[str, bytes]:
    """The rule files of a pack by their paths in it, given where each is; within limits."""
    if len(places) > _MAX_FILES:
        raise PackError(f"there are more than {_MAX_FILES:,} rule files in it")
    files: dict[str, bytes] = {}
    size = 0
    for path, place in places.items():
        try:
            files[path] = read(place)
        except TooLargeError:
            raise PackError(f"{place}: {RULE_TOO_LARGE}") from None
        except OSError as error:
            raise PackError(f"{place}: cannot be read: {error.strerror}") from None
        size += len(files[path])
        if size > _MAX_SIZE:
            raise PackError(f"its rule files are larger than {_MAX_SIZE // 1_000_000} MB together")
    return files


def _wheel(pack: Pack) -> PackContent:
    """The rule files that an installed distribution lists: read from disk, and nothing of it is imported."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(pack.wheel)
    except (PackageNotFoundError, ValueError):
        raise PackError(
            f"{pack.wheel} is not installed beside secloop; install it in the same environment"
        ) from None
    base = Path(os.fspath(found.locate_file("")))  # type: ignore[call-overload]
    prefix = f"{pack.folder}/" if pack.folder else ""
    listed = sorted(file.as_posix() for file in found.files or ())
    places = {
        path[len(prefix) :]: path for path in listed if path.startswith(prefix) and _is_rule_of_wheel(path)
    }

    def read(path: str) -> bytes:
        # Some installers link to their caches.
        return read_regular(os.path.realpath(base / path), path, MAX_RULE_FILE)

    return PackContent(_read(places, read), (base / pack.folder).as_posix())


def _is_rule_of_wheel(path: str) -> bool:
    """Whether a file that a wheel lists is a rule file; not its own data, nor what lies outside of it."""
    names = path.split("/")
    hidden_or_outside = any(name.startswith(".") for name in names)  # ".." among them
    absolute = not names[0] or ":" in names[0]
    own = names[0].endswith(".dist-info")
    return is_rule_file(path) and not (hidden_or_outside or absolute or own)


def remember(cache: Cache | None, content: PackContent) -> None:
    """Keep what was accepted, so that a later update can say what is different."""
    if cache is not None:
        cache.put(_REMEMBERED, content.digest, msgspec.json.encode(dict(content.files)))


def recall(cache: Cache | None, tree: Tree, name: str, digest: str) -> PackContent | None:
    """What was accepted: as it is remembered, else as it was committed; None if it is not to be had."""
    data = None if cache is None else cache.get(_REMEMBERED, digest)
    content = None
    if data is not None:
        try:
            content = PackContent(msgspec.json.decode(data, type=dict[str, bytes]))
        except msgspec.DecodeError:
            content = None  # A cache is no authority: what it says is checked, here and below.
    if content is None or content.digest != digest:
        content = _committed(tree.root, name)
    return content if content is not None and content.digest == digest else None


def _committed(root: Path, name: str) -> PackContent | None:
    """What the folder of a pack held in the last commit, if there is one."""
    if git.top_level(root) is None:
        return None
    try:
        with RevisionTree(root, "HEAD") as head:
            pack = load_config(head)[0].packs.get(name)
            return read_pack(head, pack) if pack is not None and not pack.wheel else None
    except (PackError, GitError, OSError):
        return None
