"""Which rules and tests a command of ``secloop rules`` is about, and the engine that it asks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from secloop.cli.outputs import undecided
from secloop.model import FileResult, Problem, Rule, RuleSet
from secloop.project import REPO_RULES, Engine, Project
from secloop.rules.load import RuleFile, load_rules
from secloop.rules.pack import bundled_folder, is_rule_file, rule_files
from secloop.syntax.document import Document
from secloop.workspace.cache import open_cache
from secloop.workspace.roots import find_root
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree

if TYPE_CHECKING:
    from secloop.rules.testing import Analyze, Suite

FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
PATHS = click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))


def open_engine() -> Engine:
    """The engine, with the user's cache."""
    return Engine(cache=open_cache())


def open_project(engine: Engine | None = None) -> Project:
    """The root of the current folder."""
    here = Path.cwd()
    return Project.load(DiskTree(find_root(here, here)), engine or open_engine())


def root_config() -> Config:
    """The settings of the current folder's root."""
    from secloop.workspace.config import load_config

    here = Path.cwd()
    config, problems = load_config(DiskTree(find_root(here, here)))
    finish(problems)
    return config


def code_at(path: Path) -> tuple[list[Document], list[Problem]]:
    """The texts at a path, below a folder without what no check looks at, and what could not be read of them."""
    from secloop.workspace.discovery import discover
    from secloop.workspace.reading import read_document

    if path.is_file():
        return [document_at(path)], []
    tree = DiskTree(path.resolve())
    listed = discover(tree, Config(default_excludes=False))
    read = [read_document(tree, name, Config()) for name in listed.files]
    problems = [*listed.problems, *(each for each in read if isinstance(each, Problem))]
    return [each for each in read if isinstance(each, Document)], problems


def the_rule(rule_id: str, ruleset: RuleSet) -> Rule:
    """A rule by its id, or the end of the command."""
    rule = ruleset.get(rule_id)
    if rule is None:
        _unknown_rule(rule_id, ruleset)
    return rule


def load(files: Iterable[RuleFile], engine: Engine) -> RuleSet:
    """The rules of files."""
    return load_rules(files, engine.compiler, store=engine.cache)


def default_places() -> list[Path]:
    """The rules of the root: its own, and in secloop's checkout the bundled pack."""
    here = Path.cwd()
    root = find_root(here, here)
    pack = bundled_folder()[0]
    places = [root / REPO_RULES, *([pack] if root in pack.parents else [])]
    found = [Path(os.path.relpath(place)) for place in places if place.is_dir()]
    if not found:
        undecided(f"there are no rules in {REPO_RULES}; name the files or folders that hold some")
    return found


def files_at(path: Path) -> list[RuleFile]:
    """The rule files at a path, with paths as the user would write them."""
    try:
        if path.is_dir():
            files = list(rule_files(path, "" if path == Path() else path.as_posix(), "repo"))
            # A wrong path must not look as if all of its rules were fine.
            return files or undecided(f"there are no rule files in {path}")
        if not path.exists():
            undecided(f"{path} is not there")
        if not is_rule_file(path.name):
            undecided(f"{path} is not a rule file: these end in .yaml, .yml or .json, tests in .test.yaml")
        return [RuleFile(path.as_posix(), path.read_bytes(), "repo")]
    except OSError as error:
        undecided(f"{error.filename} cannot be read: {error.strerror}")


def suites(files: Iterable[RuleFile]) -> list[Suite]:
    """The rule files with the files beside them that test them."""
    from secloop.rules.testing import Suite, fixed_name, target_names

    found: list[Suite] = []
    listed: dict[Path, list[str]] = {}
    for file in files:
        path = Path(file.path)
        names = listed.get(path.parent)
        if names is None:
            names = listed[path.parent] = sorted(
                each.name for each in path.parent.iterdir() if each.is_file()
            )
        targets = tuple(document_at(path.parent / name) for name in target_names(path.name, names))
        fixed = {
            target.path: document_at(path.parent / name)
            for target in targets
            if (name := fixed_name(Path(target.path).name, names)) is not None
        }
        found.append(Suite(file.path, targets, fixed))
    return found


def document_at(path: Path) -> Document:
    """The text of a file, or the end of the command."""
    from secloop.syntax.document import UndecodableError, decode
    from secloop.syntax.notebook import is_notebook, notebook_document

    try:
        text = decode(path.read_bytes(), python=path.suffix == ".py")
    except (OSError, UndecodableError) as error:
        undecided(f"{path} cannot be read: {error}")
    name = path.as_posix()
    return notebook_document(name, text) if is_notebook(name) else Document(name, text)


def analyzer(engine: Engine) -> Analyze:
    """Runs rules over documents."""
    from secloop.engine.analyze import analyze

    runner = engine.runner(Config())

    def run(documents: Sequence[Document], ruleset: RuleSet) -> Iterable[FileResult]:
        return analyze(documents, ruleset, runner, cache=engine.cache)

    return run


def finish(problems: Sequence[Problem]) -> None:
    """Say what is wrong on standard error, and then stop with exit code 2."""
    tell(problems)
    if problems:
        sys.exit(2)


def tell(problems: Sequence[Problem]) -> None:
    """Say what is wrong on standard error."""
    for problem in problems:
        place = ":".join(str(part) for part in (problem.path, problem.line) if part)
        rule = f" [{problem.rule_id}]" if problem.rule_id else ""
        click.echo(f"{place}:{rule} {problem.message}", err=True)


def as_json(value: Any) -> str:
    """A value as people read JSON."""
    import json

    return json.dumps(value, indent=2, ensure_ascii=False)


def _unknown_rule(rule_id: str, ruleset: RuleSet) -> NoReturn:
    import difflib

    close = difflib.get_close_matches(rule_id, [rule.id for rule in ruleset.rules], n=1)
    hint = f"; did you mean {close[0]}?" if close else "; see `secloop rules list`"
    undecided(f"there is no rule {rule_id}{hint}")
