"""Real Python code to compare engines on: the fixtures and the packages of the development environment."""

from __future__ import annotations

import random
import sysconfig
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from compared_engines import parse
from rule_corpus import COMPACT_RULES, PACK

from secloop.syntax.document import Document, UndecodableError, decode

LONGEST = 12_000
"""Bytes of an excerpt, so that a batch of rules on it takes semgrep-core little time."""


@cache
def fixtures() -> tuple[Path, ...]:
    """The tests of rules."""
    return tuple(sorted({*PACK.rglob("*.py"), *COMPACT_RULES.glob("*.py")}))


@cache
def packages() -> tuple[Path, ...]:
    """The modules of the installed packages, which others have written in many styles."""
    site = Path(sysconfig.get_paths()["purelib"])
    return tuple(sorted(path for path in site.rglob("*.py") if 400 < path.stat().st_size < 400_000))


def document(path: Path, longest: int = LONGEST, choice: random.Random | None = None) -> Document | None:
    """A file as a document, or some of its top-level statements where it is long; None if it cannot be read."""
    try:
        text = decode(path.read_bytes(), python=True)
    except (OSError, UndecodableError):
        return None
    whole = Document(path.name, text)
    if len(whole.normalized.data) > longest:
        data = _excerpt(whole.normalized.data, longest, choice or random.Random(0))
        return Document(path.name, data.decode(errors="replace"))
    return whole


def any_document(choice: random.Random) -> Document:
    """A document with something in it: mostly from the environment's packages, else from the rules' own tests."""
    return _any_of(choice, lambda: packages() if choice.random() < 0.75 else fixtures())


def compact_document(choice: random.Random) -> Document:
    """A document with something in it that changes with the compact rules only: from their tests."""
    return _any_of(choice, lambda: sorted(COMPACT_RULES.glob("*.py")))


def _any_of(choice: random.Random, paths: Callable[[], Sequence[Path]]) -> Document:
    while True:
        path = choice.choice(paths())
        found = document(path, choice=choice)
        if found is not None and len(found.normalized.data) > 200:
            return found


def _excerpt(data: bytes, longest: int, choice: random.Random) -> bytes:
    """Imports and a run of statements that starts anywhere."""
    statements = parse(data).root_node.named_children
    imports = [node for node in statements if node.type.startswith("import")]
    first = choice.randrange(len(statements)) if statements else 0
    chosen = list(imports)
    left = longest
    for node in statements[first:]:
        left -= node.end_byte - node.start_byte
        if left < 0:
            break
        if node not in imports:
            chosen.append(node)
    chosen.sort(key=lambda node: node.start_byte)
    return b"\n".join(data[node.start_byte : node.end_byte] for node in chosen) + b"\n"
