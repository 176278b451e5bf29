"""The files that are measured: real code of the environment's own packages, always the same ones."""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from secloop.project import Engine, Project
from secloop.rules.pack import bundled_folder, is_rule_file
from secloop.syntax.document import Document, UndecodableError, decode
from secloop.syntax.source import syntax_of
from secloop.workspace.tree import DiskTree

DATA = Path(__file__).resolve().parent / "data"
TREE = "libcst"
"""The package that stands for an application: a dependency of secloop, so it is always there."""
RULES = "rules"
COMPACT = Path(__file__).resolve().parent.parent / "tests" / "differential" / "rules"
LINES = 1_400
SIZES = (500, 2_000, 10_000)
_FUNCTIONS = 10
_LARGEST_COPIED = 10_000_000
_IMPORTS = 30
_MISTAKE = """\
def digest_{}(name):
    value = md5(name.encode())
    log(value.hexdigest())


"""
"""One finding each; the import it needs is the first line of the file."""
_IMPORT = "from hashlib import md5\n\n\n"


@dataclass(frozen=True)
class Source:
    """A file to edit: its name, its language and its text."""

    name: str
    language: str
    text: str

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


def copy_rules(scratch: Path, *, compact: bool) -> None:
    """Put the rules into a folder: the bundled pack and, if asked, the compact rules of the differential test.

    All are in ``rules``, without their tests, as ``semgrep --config`` wants them; secloop has the pack in itself
    and finds the others in ``.secloop/rules``.
    """
    pack, _ = bundled_folder()
    sets = [(pack, (RULES,)), (COMPACT, (f"{RULES}/compact", ".secloop/rules"))]
    for base, targets in sets if compact else sets[:1]:
        for file in sorted(filter(Path.is_file, base.rglob("*"))):
            if is_rule_file(file.name):
                for target in (scratch / name / file.relative_to(base) for name in targets):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, target)


def sources(scratch: Path) -> list[Source]:
    """The files whose edits are timed.

    Args:
        scratch: a folder with the rules.
    """
    project = Project.load(DiskTree(scratch), Engine())
    if project.problems or project.ruleset.problems:
        raise SystemExit(f"the rules do not load: {project.ruleset.problems}")
    parts = _clean_parts(project, max(SIZES))
    script = (DATA / "app.js").read_text(encoding="utf-8")
    return [
        *(Source(f"findings_{n}.py", "python", _with_mistakes(parts, LINES, n)) for n in (0, 20, 100)),
        *(Source(f"lines_{n}.py", "python", _with_mistakes(parts, n, 20)) for n in SIZES),
        Source("app.js", "javascript", script),
        *_untouched(project),
    ]


def _untouched(project: Project) -> Iterator[Source]:
    """The module nearest to 1,400 lines that no rule can match, of equally near ones the first by path."""
    modules = ((abs(text.count("\n") - LINES), path, text) for path, text in _modules())
    for _, _, text in sorted(modules):
        if not project.needed(Document("module.py", text)):
            yield Source("plain.py", "python", text)
            return


def opened_sources(scratch: Path, count: int) -> list[Source]:
    """So many modules as they are, of 100 to 800 lines, to be open at the same time."""
    texts = (text for _, text in _modules() if 100 <= text.count("\n") <= 800)
    return [Source(f"open_{n}.py", "python", text) for n, text in zip(range(count), texts, strict=False)]


def _with_mistakes(parts: list[str], lines: int, count: int) -> str:
    """Real code of about so many lines, with so many mistakes on purpose spread over it."""
    wanted = lines - count * _MISTAKE.count("\n")
    chosen: list[str] = []
    for part in parts:
        if wanted <= 0:
            break
        chosen.append(part)
        wanted -= part.count("\n")
    for number in range(count):
        chosen.insert((number + 1) * len(chosen) // (count + 1), _MISTAKE.format(number))
    return _IMPORT + "".join(chosen)


def _clean_parts(project: Project, lines: int) -> list[str]:
    """Top-level statements of the environment's modules in which no rule finds anything, also when together."""
    parts: list[str] = []
    for _, text in _modules():
        if sum(part.count("\n") for part in parts) >= lines:
            break
        if text.count("\n") <= 800:
            parts += _without_findings(project, _statements(text))
    imports = [part for part in parts if part.startswith(("import ", "from "))][:_IMPORTS]
    definitions = [part for part in parts if not part.startswith(("import ", "from "))]
    return _without_findings(project, [_IMPORT, *imports, *definitions])[1:]


def _without_findings(project: Project, parts: list[str]) -> list[str]:
    """Those parts in which nothing is found when they are checked as one text."""
    while True:
        (result,) = project.analyze([Document("module.py", "".join(parts))])
        if result.problems:
            raise SystemExit(f"a part of the input cannot be checked: {result.problems}")
        lines = {match.span.start.line for match in result.matches}
        if not lines:
            return parts
        kept, line = [], 1
        for part in parts:
            end = line + part.count("\n")
            if lines.isdisjoint(range(line, end)):
                kept.append(part)
            line = end
        parts = kept


def _statements(text: str) -> list[str]:
    """The definitions and imports of a module with two blank lines behind each."""
    tree = syntax_of(Document("module.py", text)).tree
    assert tree is not None
    kinds = ("function_definition", "class_definition", "decorated_definition", "import_statement")
    nodes = [node for node in tree.root_node.children if node.type in kinds and not node.has_error]
    texts = [node.text.decode() for node in nodes if node.text is not None]
    return [text + ("\n" if text.startswith("import ") else "\n\n\n") for text in texts]


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
