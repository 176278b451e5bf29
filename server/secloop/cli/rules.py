"""``secloop rules``: lists, shows, explains, tests and validates rules."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from secloop.cli.outputs import show as show_text
from secloop.cli.outputs import undecided
from secloop.model import FileResult, Problem, Rule, RuleSet
from secloop.project import REPO_RULES, Engine, Project
from secloop.reports.visible import one_line, visible
from secloop.rules.load import RuleFile, load_rules
from secloop.rules.pack import bundled_folder, is_rule_file, rule_files
from secloop.syntax.document import Document
from secloop.workspace.cache import open_cache
from secloop.workspace.roots import find_root
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree

if TYPE_CHECKING:
    from secloop.rules.testing import Suite

_FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group()
def rules() -> None:
    """List, show, explain, test and validate rules.

    Exit codes: 0 fine, 1 a test failed, 2 a rule is broken or something could not be read.
    """


@rules.command("list")
@_FORMAT
def list_rules(form: str) -> None:
    """List the rules that apply in this folder's root."""
    ruleset = _project().ruleset
    if form == "json":
        click.echo(json.dumps([_summary(rule) for rule in ruleset.rules], indent=2, ensure_ascii=False))
    else:
        _print_table(ruleset)
    _finish(ruleset.problems)


@rules.command()
@click.argument("rule_id", metavar="ID")
@_FORMAT
def show(rule_id: str, form: str) -> None:
    """Show one rule: what it finds, why, and where it is defined."""
    ruleset = _project().ruleset
    rule = ruleset.get(rule_id)
    if rule is None:
        undecided(_unknown_rule(rule_id, ruleset))
    if form == "json":
        value = {**_summary(rule), "definition": dict(rule.definition)}
        click.echo(json.dumps(value, indent=2, ensure_ascii=False))
    else:
        from secloop.cli.rule_text import rule_page

        click.echo(rule_page(rule))


@rules.command()
@click.argument("rule_id", metavar="ID")
@_FORMAT
def explain(rule_id: str, form: str) -> None:
    """Show how one rule runs: in which engine and why, what code must hold for it to match, what it looks for."""
    ruleset = _project().ruleset
    rule = ruleset.get(rule_id)
    if rule is None:
        undecided(_unknown_rule(rule_id, ruleset))
    from secloop.cli.rule_plan import plan_page, plan_value

    value = plan_value(rule)
    if form == "json":
        click.echo(json.dumps(value, indent=2, ensure_ascii=False))
    else:
        click.echo(plan_page(rule, value))


@rules.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def validate(paths: tuple[Path, ...]) -> None:
    """Check that rules load: those in PATHS, or all that apply in this folder's root."""
    if paths:
        files = [file for path in paths for file in _files(path)]
        ruleset = _load(files, _engine())
        _finish(ruleset.problems)
    else:
        project = _project()
        ruleset = project.ruleset
        _finish((*project.problems, *ruleset.problems))
    click.echo(f"{_count(len(ruleset.rules), 'rule')} {'is' if len(ruleset.rules) == 1 else 'are'} valid")


@rules.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def test(paths: tuple[Path, ...]) -> None:
    """Run the tests beside the rules in PATHS (by default the rules of this folder's root).

    A test of X.yaml is a file X.* with comments such as `# ruleid: ID` and `# ok: ID` before lines that the
    rule must and must not find; X.fixed.py is what the fixes make of X.py.
    """
    from secloop.cli.rule_text import report_lines
    from secloop.project.authoring import fixed
    from secloop.rules.testing import run_suites

    engine = _engine()
    files = [file for path in paths or _default_places() for file in _files(path)]
    ruleset = _load(files, engine)
    reports = run_suites(_suites(files), ruleset, _analyzer(engine), fixed)
    for line in report_lines(reports):
        click.echo(line)
    _finish(ruleset.problems)
    if any(not report.passed for report in reports) or not any(report.targets for report in reports):
        sys.exit(1)


def _engine() -> Engine:
    return Engine(cache=open_cache())


def _project() -> Project:
    here = Path.cwd()
    return Project.load(DiskTree(find_root(here, here)), _engine())


def _load(files: Iterable[RuleFile], engine: Engine) -> RuleSet:
    return load_rules(files, engine.compiler, store=engine.cache)


def _default_places() -> list[Path]:
    """The rules of the root: its own, and in secloop's checkout the bundled pack."""
    here = Path.cwd()
    root = find_root(here, here)
    pack = bundled_folder()[0]
    places = [root / REPO_RULES, *([pack] if root in pack.parents else [])]
    found = [Path(os.path.relpath(place)) for place in places if place.is_dir()]
    if not found:
        undecided(f"there are no rules in {REPO_RULES}; name the files or folders that hold some")
    return found


def _files(path: Path) -> list[RuleFile]:
    """The rule files at a path, with paths as the user would write them."""
    try:
        if path.is_dir():
            return list(rule_files(path, "" if path == Path() else path.as_posix(), "repo"))
        if not is_rule_file(path.name):
            undecided(f"{path} is not a rule file: these end in .yaml, .yml or .json, tests in .test.yaml")
        return [RuleFile(path.as_posix(), path.read_bytes(), "repo")]
    except OSError as error:
        undecided(f"{error.filename} cannot be read: {error.strerror}")


def _suites(files: Iterable[RuleFile]) -> list[Suite]:
    from secloop.rules.testing import Suite, fixed_name, target_names

    suites: list[Suite] = []
    listed: dict[Path, list[str]] = {}
    for file in files:
        path = Path(file.path)
        names = listed.get(path.parent)
        if names is None:
            names = listed[path.parent] = sorted(
                each.name for each in path.parent.iterdir() if each.is_file()
            )
        targets = tuple(_document(path.parent / name) for name in target_names(path.name, names))
        fixed = {
            target.path: _document(path.parent / name)
            for target in targets
            if (name := fixed_name(Path(target.path).name, names)) is not None
        }
        suites.append(Suite(file.path, targets, fixed))
    return suites


def _document(path: Path) -> Document:
    from secloop.syntax.document import UndecodableError, decode
    from secloop.syntax.notebook import is_notebook, notebook_document

    try:
        text = decode(path.read_bytes(), python=path.suffix == ".py")
    except (OSError, UndecodableError) as error:
        undecided(f"{path} cannot be read: {error}")
    name = path.as_posix()
    return notebook_document(name, text) if is_notebook(name) else Document(name, text)


def _analyzer(engine: Engine) -> Any:
    from secloop.engine.analyze import analyze

    runner = engine.runner(Config())

    def run(documents: Sequence[Document], ruleset: RuleSet) -> Iterable[FileResult]:
        return analyze(documents, ruleset, runner, cache=engine.cache)

    return run


def _finish(problems: Sequence[Problem]) -> None:
    """Say what is wrong on standard error, and then stop with exit code 2."""
    for problem in problems:
        place = ":".join(str(part) for part in (problem.path, problem.line) if part)
        rule = f" [{problem.rule_id}]" if problem.rule_id else ""
        click.echo(f"{place}:{rule} {problem.message}", err=True)
    if problems:
        sys.exit(2)


def _summary(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity.label,
        "confidence": rule.confidence.label,
        "languages": list(rule.languages),
        "message": rule.message,
        "fix": rule.has_fix,
        "path": rule.source.path,
        "line": rule.source.line,
        "origin": rule.source.origin,
        "digest": rule.digest,
        "metadata": dict(rule.metadata),
    }


def _print_table(ruleset: RuleSet) -> None:
    columns = _fitting(
        [
            ("Rule", [one_line(rule.id) for rule in ruleset.rules]),
            ("Severity", [rule.severity.label for rule in ruleset.rules]),
            ("Confidence", [rule.confidence.label for rule in ruleset.rules]),
            ("Languages", [", ".join(rule.languages) for rule in ruleset.rules]),
            ("Fix", ["yes" if rule.has_fix else "" for rule in ruleset.rules]),
            ("From", ["" if _is_bundled(rule) else visible(rule.source.path) for rule in ruleset.rules]),
        ]
    )
    widths = [_width(column) for column in columns]
    rows = zip(*([heading, *cells] for heading, cells in columns), strict=True)
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    show_text("\n".join([*lines, "", _count(len(ruleset.rules), "rule"), ""]))


_Column = tuple[str, list[str]]


def _width(column: _Column) -> int:
    heading, cells = column
    return max(map(len, [heading, *cells]))


def _fitting(columns: list[_Column]) -> list[_Column]:
    """The columns that fit into the terminal, the first ones being the most telling; in a pipe all of them."""
    most = _terminal_width()
    while most is not None and len(columns) > 1 and sum(_width(column) + 2 for column in columns) - 2 > most:
        columns = columns[:-1]
    return columns


def _terminal_width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _is_bundled(rule: Rule) -> bool:
    return rule.source.origin == "bundled"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _unknown_rule(rule_id: str, ruleset: RuleSet) -> str:
    import difflib

    close = difflib.get_close_matches(rule_id, [rule.id for rule in ruleset.rules], n=1)
    hint = f"; did you mean {close[0]}?" if close else "; see `secloop rules list`"
    return f"there is no rule {rule_id}{hint}"
