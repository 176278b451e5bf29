"""``secloop.lock``: which content of each rule pack was accepted. Written by ``secloop rules update``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from secloop.model import Problem, ProblemKind
from secloop.workspace.config import PACK_NAME, FileReport
from secloop.workspace.kinds import WRONG, MapOf, Number, Setting, Table, Text
from secloop.workspace.toml import TomlError, parse_toml
from secloop.workspace.tree import Tree

LOCK_NAME = "secloop.lock"
_MAX_SIZE = 10_000_000
_MAX_RULES = 10_000


class LockedPack(Struct, frozen=True):
    """A pack as it was accepted: its digest, and those of its rules by the ids that they have in it.

    ``digest`` alone decides; the rules are for those who read the file's changes. ``line`` is where it is locked.
    """

    digest: str
    rules: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


class LockFile(Struct, frozen=True):
    """What a lock file says. ``digest`` is the SHA-256 of its text, empty if there is none."""

    version: int = 1
    packs: Mapping[str, LockedPack] = field(default_factory=dict)
    digest: str = ""


_PACK = Table(
    LockedPack,
    {
        "digest": Setting(
            Text("sha256: and 64 hexadecimal digits", pattern="^sha256:[0-9a-f]{64}$"), "What was accepted."
        ),
        "rules": Setting(MapOf(Text(), most=_MAX_RULES), "The digests of its rules."),
    },
)
_LOCK = Table(
    LockFile,
    {
        "version": Setting(Number(1, 1, whole=True), "The format."),
        "packs": Setting(MapOf(_PACK, PACK_NAME), "Accepted packs."),
    },
)


def read_lock(tree: Tree) -> tuple[LockFile, tuple[Problem, ...]]:
    """The lock of a tree's root, and every error in it: with one, nothing counts as accepted."""
    try:
        data = tree.read(LOCK_NAME, _MAX_SIZE)
    except FileNotFoundError:
        return LockFile(), ()
    except OSError as error:
        message = f"the lock cannot be read: {error.strerror}"
        return LockFile(), (Problem(ProblemKind.POLICY, message, LOCK_NAME),)
    try:
        toml = parse_toml(data)
    except TomlError as error:
        message = f"not valid TOML: {error}; `secloop rules update` writes it anew"
        return LockFile(), (Problem(ProblemKind.POLICY, message, LOCK_NAME, error.line),)
    report = FileReport(toml, LOCK_NAME, ())
    lock = _LOCK.read(toml.values, (), report)
    if report.problems or lock is WRONG or not isinstance(lock, LockFile):
        return LockFile(), tuple(report.problems)
    return LockFile(lock.version, lock.packs, hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()), ()


def lock_text(packs: Mapping[str, LockedPack]) -> str:
    """The lock file that says that these packs are accepted."""
    return "\n".join(_lines(packs)) + "\n"


def _lines(packs: Mapping[str, LockedPack]) -> Iterator[str]:
    yield "# The content of each rule pack that was accepted, written by `secloop rules update`: not to be edited."
    yield "version = 1"
    for name, pack in sorted(packs.items()):
        yield ""
        yield f"[packs.{json.dumps(name)}]"
        yield f"digest = {json.dumps(pack.digest)}"
        yield ""
        yield f"[packs.{json.dumps(name)}.rules]"
        for rule, digest in sorted(pack.rules.items()):
            yield f"{json.dumps(rule)} = {json.dumps(digest)}"
