"""``secloop rules docs``: a page for each rule, and an index of them by language and by weakness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from secloop.cli.outputs import undecided
from secloop.cli.rules.coverage import WAYS, grouped
from secloop.cli.rules.loading import files_at, finish, load, open_engine, open_project, suites
from secloop.cli.tables import number_of
from secloop.model import Rule
from secloop.project.authoring import tests_of
from secloop.reports.metadata import cwes, page_name
from secloop.reports.rule_page import markdown, shown
from secloop.rules.testing import Suite
from secloop.workspace.writing import write_whole

_MARK = "<!-- Written by `secloop rules docs`; a change is lost when it runs again. -->\n"


@click.command("docs")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), default="docs/rules")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def docs(out: Path, paths: tuple[Path, ...]) -> None:
    """Write a page for each rule into the folder OUT (docs/rules), and an index of them.

    Of the rules in PATHS, or of all that apply in this folder's root. Pages that this command wrote for rules that
    are no more are removed; other files stay as they are.
    """
    rules = _rules(paths)
    pages = {
        f"{page_name(rule.id)}.md": f"# {shown(rule.id)}\n\n{markdown(rule, suite)}" for rule, suite in rules
    }
    pages["index.md"] = "\n".join(_index([rule for rule, _ in rules]))
    try:
        _write(out, {name: f"{_MARK}\n{text}" for name, text in pages.items()})
    except OSError as error:
        undecided(f"{error.filename} cannot be written: {error.strerror}")
    click.echo(f"{number_of(len(rules), 'page')} written to {out.as_posix()}")


def _rules(paths: Sequence[Path]) -> list[tuple[Rule, Suite | None]]:
    """The rules with their tests, in the order of their ids."""
    if paths:
        files = [file for path in paths for file in files_at(path)]
        ruleset = load(files, open_engine())
        by_path = {suite.rule_path: suite for suite in suites(files)}
        found = [(rule, by_path.get(rule.source.path)) for rule in ruleset.rules]
    else:
        project = open_project()
        ruleset = project.ruleset
        found = [(rule, tests_of(project, rule)) for rule in ruleset.rules]
    finish(ruleset.problems)
    return sorted(found, key=lambda pair: pair[0].id)


def _write(out: Path, pages: Mapping[str, str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        write_whole(out / name, text.encode())
    for path in sorted(out.glob("*.md")):
        if path.name not in pages and path.read_bytes().startswith(_MARK.encode()):
            path.unlink()


def _index(rules: Sequence[Rule]) -> Iterator[str]:
    yield "# Rules\n"
    yield f"{number_of(len(rules), 'rule')}, by language and by weakness.\n"
    yield "## By language\n"
    for group in grouped(rules, WAYS["language"]):
        yield f"### {shown(group.label[0])}\n"
        yield from _table(group.rules)
    yield "## By weakness\n"
    for group in grouped(rules, WAYS["cwe"]):
        name = ": ".join(filter(None, group.label)) if group.label[0] != "-" else "No weakness named"
        yield f"### {shown(name)}\n"
        yield from (f"- {_link(rule)}" for rule in group.rules)
        yield ""


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| Rule | Severity | Confidence | Weakness | Fix |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        weaknesses = ", ".join(entry.id for entry in cwes(rule.metadata))
        fix = "yes" if rule.has_fix else ""
        yield f"| {_link(rule)} | {rule.severity.label} | {rule.confidence.label} | {weaknesses} | {fix} |"
    yield ""


def _link(rule: Rule) -> str:
    return f"[{shown(rule.id)}]({page_name(rule.id)}.md)"
