"""From command-line arguments to checks and their reports: what every mode of ``secloop check`` does."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from secloop.cli.outputs import Output, undecided, write
from secloop.cli.progress import progress_bar
from secloop.cli.proofs import Fixes, with_proofs
from secloop.model import Finding
from secloop.policy.evaluate import fails
from secloop.project import Check, Engine, Options, Project, by_root, check_roots
from secloop.reports import Report, TextOptions, render
from secloop.reports.model import Replacement
from secloop.reports.terminal import for_stream
from secloop.syntax.document import Document, UndecodableError, decode, is_binary
from secloop.syntax.languages import languages_of
from secloop.syntax.notebook import is_notebook, notebook_document
from secloop.workspace import git
from secloop.workspace.cache import open_cache
from secloop.workspace.config import MAX_CONFIG_SIZE
from secloop.workspace.roots import Read, read_disk
from secloop.workspace.tree import DiskTree, IndexTree, OverlayTree, Tree


class Source(Struct, frozen=True):
    """Where content comes from: the disk, git's index, or standard input over the disk.

    ``stdin`` is the text given for a path, which then is the only one checked.
    """

    places: tuple[Path, ...]
    staged: bool = False
    stdin: bytes | None = None

    def grouped(self) -> dict[Path, list[str]]:
        """The paths to check by root.

        Raises:
            GitError: if the index cannot be read.
        """
        return by_root(self.places, Path.cwd(), _index_reader() if self.staged else read_disk)

    def tree(self, root: Path) -> Tree:
        """The content of a root.

        Raises:
            GitError: if the index cannot be read.
        """
        if self.staged:
            return IndexTree(root)
        disk = DiskTree(root)
        if self.stdin is None:
            return disk
        ((_, (path,)),) = self.grouped().items()
        return OverlayTree(disk, {path: _stdin_document(path, self.stdin)})


def _index_reader() -> Read:
    """Gives configuration files as they are staged, so that they make the roots that the commit will have."""
    top = git.top_level(Path.cwd())
    if top is None:
        return read_disk
    tree = IndexTree(top)

    def read(path: Path) -> bytes | None:
        try:
            return tree.read(path.relative_to(top).as_posix(), MAX_CONFIG_SIZE)
        except (FileNotFoundError, ValueError):
            return None  # Not staged, or outside of the repository.

    return read


def _stdin_document(path: str, data: bytes) -> Document:
    first_line = data[:200].split(b"\n", 1)[0].decode("latin-1")
    try:
        if is_binary(data):
            undecided("standard input is binary, not text")
        text = decode(data, python="python" in languages_of(path, first_line))
        return notebook_document(path, text) if is_notebook(path) else Document(path, text)
    except UndecodableError as error:
        undecided(f"standard input cannot be read: {error}")


def engine(jobs: int | None, cached: bool) -> Engine:
    """The engine of this process, with the persistent cache unless that is not wanted."""
    return Engine(cache=open_cache(None) if cached else None, jobs=jobs)


class Request(Struct, frozen=True):
    """What one invocation of ``secloop check`` asks for."""

    source: Source
    engine: Engine
    options: Options
    outputs: tuple[Output, ...]
    text: TextOptions
    progress: bool


def run_checks(request: Request) -> list[Check]:
    """Check every root that the paths belong to.

    Raises:
        GitError: if git is needed and fails.
        OptionError: if an option's word is not one of those it may be.
    """

    def load(root: Path) -> Project:
        # A baseline named on the command line is relative to the current folder, as users type it.
        options = _in_root(request.options, root)
        return Project.load(request.source.tree(root), request.engine, options)

    with progress_bar(request.progress) as progress:
        return check_roots(request.source.grouped(), load, progress=progress)


def _in_root(options: Options, root: Path) -> Options:
    if not options.baseline:
        return options
    path = Path.cwd() / options.baseline
    try:
        return replace(options, baseline=path.relative_to(root).as_posix())
    except ValueError:
        return replace(options, baseline=str(path))


def report(request: Request, checks: Sequence[Check]) -> int:
    """Write every report that was asked for; returns the exit code."""
    fixes: Fixes = {}
    if any(output.format == "sarif" for output in request.outputs):
        checks, fixes = with_proofs(checks)
    model = _report(request, checks, fixes)
    for output in request.outputs:
        write(output, render(_for_output(model, output), output.format))
    return model.outcome.exit_code


def _report(request: Request, checks: Sequence[Check], fixes: Fixes) -> Report:
    by_root = {check.verdict.root: check for check in checks}

    def document(root: str, path: str) -> Document | None:
        return by_root[root].documents.get(path)

    def fix(root: str, finding: Finding) -> tuple[Replacement, ...] | None:
        return fixes.get((root, finding.fingerprint))

    return Report(
        verdicts=tuple(check.verdict for check in checks),
        rules={check.verdict.root: check.project.ruleset for check in checks},
        documents=document,
        fixes=fix,
        fails=lambda root, finding: fails(finding, by_root[root].project.config),
        prefixes={check.verdict.root: prefix(check.project.root) for check in checks},
        pages={check.verdict.root: check.project.config.rule_pages for check in checks},
        text=request.text,
    )


def prefix(root: Path) -> str:
    """What makes a root's paths relative to the current folder, as users and CI services read them.

    Empty for the current folder, and for a root that is not below it: its paths stay relative to the root.
    """
    try:
        below = root.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return ""
    return "" if below == "." else below


def shown(root: Path, path: str) -> str:
    """A path of a root relative to the current folder, if the root is below it."""
    return "/".join(part for part in (prefix(root), path) if part)


def _for_output(model: Report, output: Output) -> Report:
    """Colours, width and box characters as the terminal has them; files get the defaults."""
    if output.path is not None:
        return model
    return replace(model, text=for_stream(model.text, sys.stdout))


def source_of(paths: Sequence[str], staged: bool, stdin_filename: str | None, use_stdin: bool) -> Source:
    """The content that the arguments name.

    Raises:
        click.UsageError: if they contradict each other.
    """
    if not use_stdin:
        if stdin_filename is not None:
            raise click.UsageError("--stdin-filename needs --stdin")
        return Source(tuple(Path(path) for path in paths or (".",)), staged)
    if staged or paths:
        raise click.UsageError("--stdin takes the text from standard input: give neither PATHS nor --staged")
    if stdin_filename is None:
        raise click.UsageError("--stdin needs --stdin-filename FILE: rules and policy depend on the path")
    if sys.stdin is None:
        undecided("standard input is closed")
    return Source((Path(stdin_filename),), stdin=sys.stdin.buffer.read())


def say(message: str) -> None:
    """A word to the user on standard error, apart from the report."""
    click.echo(f"secloop: {message}", err=True)
