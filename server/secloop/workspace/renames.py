"""Which files were moved between two trees, so that what a file held before follows it.

git's own detection cannot be used for a work tree: it would read files through the repository's filters
(SPEC 12). So one detection serves every pair of trees (revision, index, disk, open buffers), with git's
criteria: equal content first, then at least half of the larger file's bytes in common lines. It does not
depend on git's version or settings.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from msgspec import Struct

from secloop.workspace.tree import Tree

_LARGEST = 2_000_000  # Bytes; larger files are not compared.
_LEAST_IN_COMMON = 0.5
# A line that more removed files than this have says nothing about which of them a file was.
_COMMON_LINE = 50


class _File(Struct, frozen=True):
    path: str
    digest: bytes
    size: int
    lines: Counter[bytes]

    @property
    def name(self) -> str:
        return posixpath.basename(self.path)


def renames(
    before: Tree, old_paths: Collection[str], after: Tree, new_paths: Collection[str]
) -> Mapping[str, str]:
    """The old path of each new file that was moved; no old file has moved twice.

    Only paths that one side lacks are read. Files that are unreadable, empty or very large have not moved.
    """
    known, kept = frozenset(old_paths), frozenset(new_paths)
    removed = _files(before, sorted(known - kept)) if kept - known else []
    added = _files(after, sorted(kept - known)) if removed else []
    moved = _equal(removed, added)
    gone = set(moved.values())
    return moved | _similar(
        [file for file in removed if file.path not in gone],
        [file for file in added if file.path not in moved],
    )


def _files(tree: Tree, paths: Collection[str]) -> list[_File]:
    files: list[_File] = []
    for path in paths:
        try:
            data = tree.read(path, _LARGEST)
        except OSError:
            continue  # Whether it can be checked at all is for the check to say, not for this.
        data = data.replace(b"\r\n", b"\n")  # A checkout's line ends are no change.
        if data:
            lines = Counter(data.splitlines(keepends=True))
            files.append(_File(path, hashlib.sha256(data).digest(), len(data), lines))
    return files


def _equal(removed: Collection[_File], added: Collection[_File]) -> dict[str, str]:
    """Files of equal content; those that kept their name find each other first."""
    sources: defaultdict[bytes, list[_File]] = defaultdict(list)
    for file in removed:
        sources[file.digest].append(file)
    moved: dict[str, str] = {}
    for same_name in (True, False):
        for file in added:
            candidates = sources.get(file.digest, [])
            source = next((each for each in candidates if not same_name or each.name == file.name), None)
            if source is not None and file.path not in moved:
                candidates.remove(source)
                moved[file.path] = source.path
    return moved


def _similar(removed: Collection[_File], added: Collection[_File]) -> dict[str, str]:
    """The most similar pairs, most similar first; among equals, those that kept their name."""
    holders: defaultdict[bytes, list[_File]] = defaultdict(list)
    for file in removed:
        for line in file.lines:
            holders[line].append(file)
    pairs: list[tuple[float, bool, str, str]] = []
    for file in added:
        candidates = {
            each.path: each
            for line in file.lines
            if len(holders.get(line, ())) <= _COMMON_LINE
            for each in holders.get(line, ())
        }
        for source in candidates.values():
            score = _in_common(source, file)
            if score >= _LEAST_IN_COMMON:
                pairs.append((-score, source.name != file.name, source.path, file.path))
    moved: dict[str, str] = {}
    gone: set[str] = set()
    for _, _, old, new in sorted(pairs):
        if old not in gone and new not in moved:
            gone.add(old)
            moved[new] = old
    return moved


def _in_common(old: _File, new: _File) -> float:
    smaller, larger = sorted((old.size, new.size))
    if smaller < larger * _LEAST_IN_COMMON:
        return 0.0
    shared = sum(len(line) * min(count, new.lines[line]) for line, count in old.lines.items())
    return shared / larger
