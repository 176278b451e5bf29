"""The files that are measured: real code of the environment's own packages, always the same ones."""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from secloop.project import Engine, Project
from secloop.rules.pack import bundled_folder, is_rule_file
from secloop.syntax.document import Document, UndecodableError, decode
from secloop.workspace.tree import DiskTree

DATA = Path(__file__).resolve().parent / "data"
TREE = "libcst"
"""The package that stands for an application: a dependency of secloop, so it is always there."""
_LINES = 1_400
_FUNCTIONS = 10
_LARGE_PARTS = 200
_LARGEST_COPIED = 10_000_000
_LARGE_LINES = 10_000


@dataclass(frozen=True)
class Source:
    """A file to edit: its name, its language, its text and what its table row says."""

    name: str
    language: str
    text: str
    about: str

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n")


def site_packages() -> Path:
    """The folder of the packages that secloop runs with."""
    return Path(sysconfig.get_path("purelib"))


def copy_packages(folder: Path) -> None:
    """Copy the environment's packages, to be a root of their own outside of any virtual environment.

    Binaries over 10 MB (semgrep-core) and bytecode stay behind: no tool reads them.
    """

    def left_behind(parent: str, names: list[str]) -> list[str]:
        paths = ((name, os.path.join(parent, name)) for name in names)
        return [name for name, path in paths if name == "__pycache__" or _is_huge(path)]

    shutil.copytree(site_packages(), folder, ignore=left_behind)


def _is_huge(path: str) -> bool:
    return os.path.isfile(path) and os.path.getsize(path) > _LARGEST_COPIED


def copy_rules(folder: Path) -> None:
    """Copy the bundled pack's rule files without their tests, as `semgrep --config` wants them."""
    pack, _ = bundled_folder()
    for file in sorted(filter(Path.is_file, pack.rglob("*"))):
        if is_rule_file(file.name):
            target = folder / file.relative_to(pack)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def sources(scratch: Path) -> list[Source]:
    """The files whose edits are timed.

    Args:
        scratch: a folder without a policy; the whole bundled pack applies in it.
    """
    project = Project.load(DiskTree(scratch), Engine())
    if project.problems or project.ruleset.problems:
        raise SystemExit(f"the bundled pack does not load: {project.ruleset.problems}")

    def untouched(text: str) -> bool:
        return not project.needed(Document("module.py", text))

    plain = _nearest(untouched)
    mistakes = (DATA / "findings.py").read_text(encoding="utf-8")
    large = _joined(untouched)
    script = (DATA / "app.js").read_text(encoding="utf-8")
    return [
        Source("plain.py", "python", plain, "no rule can match"),
        Source("findings.py", "python", plain + mistakes, "with findings"),
        Source("app.js", "javascript", script, "with findings"),
        Source("large.py", "python", large, "no rule can match"),
        Source("large_findings.py", "python", large + mistakes, "with findings"),
    ]


def _nearest(untouched: Callable[[str], bool]) -> str:
    """The module nearest to 1,400 lines that no rule can match; of equally near ones the first by path."""
    modules = ((abs(text.count("\n") - _LINES), path, text) for path, text in _modules())
    return next(text for _, _, text in sorted(modules) if untouched(text))


def _joined(untouched: Callable[[str], bool]) -> str:
    """Modules of 200 lines and more, by path, until together they have 10,000 and still no rule can match."""
    joined = ""
    for _, text in _modules():
        if text.count("\n") < _LARGE_PARTS:
            continue
        longer = joined + text
        if untouched(longer):
            joined = longer
        if joined.count("\n") >= _LARGE_LINES:
            break
    return joined


def _modules() -> Iterator[tuple[str, str]]:
    """The environment's modules that hold code, with their paths, sorted; only what is plain UTF-8."""
    base = site_packages()
    for file in _sorted(base.rglob("*.py"), base):
        try:
            text = decode((base / file).read_bytes(), python=True)
        except (UndecodableError, OSError):
            continue
        if (
            text.count("\ndef ") + text.count("\n    def ") >= _FUNCTIONS
            and "\r" not in text
            and "\f" not in text
        ):
            yield file, text


def _sorted(files: Iterable[Path], base: Path) -> list[str]:
    return sorted(file.relative_to(base).as_posix() for file in files)
