"""The bundled pack against half of it, on the same code with the same findings: time follows hits, not rules.

Half of the pack is every rule that finds something in this code, filled up with every other one of the rest. Both are
asked in turn, in this process, so that what else the machine does falls on both.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from inputs import TREE, Source
from keystrokes import keystrokes
from profile_keystroke import press

from secloop.lsp.documents import Buffer
from secloop.project import Engine, Options, Project
from secloop.syntax.document import Document, UndecodableError, decode
from secloop.workspace.tree import DiskTree

_TYPED_INTO = ("plain.py", "findings_20.py")
_WARM_UP = 40


@dataclass(frozen=True)
class Compared:
    """What was done, and the milliseconds that it took with the whole pack and with half of it."""

    what: str
    whole: float
    half: float


@dataclass(frozen=True)
class Halves:
    """How many rules the pack and its half have, and what they took."""

    rules: tuple[int, int]
    compared: tuple[Compared, ...]


def compare(scratch: Path, sources: Sequence[Source], packages: Path, edits: int, repeat: int) -> Halves:
    """Measure both.

    Args:
        scratch: a folder with no rules of its own.
        packages: the folder of the package that is checked as a whole.
        edits: so many keystrokes in each file.
        repeat: so many checks of the package, of which the fastest counts.
    """
    tree = list(_documents(packages / TREE))
    typed = [source for source in sources if source.name in _TYPED_INTO]
    whole = Project.load(DiskTree(scratch), Engine())
    texts = [*tree, *(Document(source.name, source.text) for source in typed)]
    finding = {match.rule_id for result in whole.analyze(texts, cached=False) for match in result.matches}
    half = Project.load(DiskTree(scratch), Engine(), Options(select=_half(whole, finding)))
    compared = [one for source in typed for one in _keystrokes(source, whole, half, scratch, edits)]
    compared.append(_check(tree, whole, half, repeat))
    return Halves((len(whole.active.rules), len(half.active.rules)), tuple(compared))


def _half(whole: Project, finding: set[str]) -> tuple[str, ...]:
    ids = sorted(rule.id for rule in whole.active.rules)
    quiet = [rule_id for rule_id in ids if rule_id not in finding]
    ordered = [*sorted(finding), *quiet[::2], *quiet[1::2]]
    return tuple(ordered[: len(ids) // 2])


def _documents(folder: Path) -> Iterator[Document]:
    for file in sorted(folder.rglob("*.py")):
        try:
            text = decode(file.read_bytes(), python=True)
        except (UndecodableError, OSError):
            continue
        yield Document(file.relative_to(folder).as_posix(), text)


def _keystrokes(
    source: Source, whole: Project, half: Project, scratch: Path, edits: int
) -> Iterator[Compared]:
    buffers = [
        Buffer((scratch / source.name).as_uri(), source.text, 0, source.language) for _ in (whole, half)
    ]
    times: tuple[list[float], list[float]] = ([], [])
    for number, key in enumerate(islice(keystrokes(source), _WARM_UP + edits)):
        for project, buffer, taken in zip((whole, half), buffers, times, strict=True):
            milliseconds = press(project, buffer, key)
            if number >= _WARM_UP:
                taken.append(milliseconds)
    for percent in (50, 95):
        cuts = [statistics.quantiles(taken, n=100, method="inclusive")[percent - 1] for taken in times]
        yield Compared(f"keystroke in {source.name}, p{percent}", *cuts)


def _check(tree: Sequence[Document], whole: Project, half: Project, repeat: int) -> Compared:
    fastest = [float("inf")] * 2
    for _ in range(repeat):
        for number, project in enumerate((whole, half)):
            started = time.perf_counter()
            found = sum(len(result.matches) for result in project.analyze(tree, cached=False))
            fastest[number] = min(fastest[number], time.perf_counter() - started)
    what = f"{TREE}, {len(tree):,} files with {found:,} matches, without a cache"
    return Compared(what, *(seconds * 1000 for seconds in fastest))
