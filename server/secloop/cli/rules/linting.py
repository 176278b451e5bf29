"""``secloop rules lint``: what is amiss with rules that load."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import structs

from secloop.cli.progress import progress_bar
from secloop.cli.rules.loading import (
    FORMAT,
    PATHS,
    analyzer,
    as_json,
    code_at,
    default_places,
    files_at,
    finish,
    load,
    open_engine,
    root_config,
    suites,
)
from secloop.cli.tables import number_of
from secloop.model import Problem, RuleSet
from secloop.rules.lint.checks import CHECKS
from secloop.rules.lint.model import Advice, Demands, Subject
from secloop.rules.lint.run import Choice, lint
from secloop.rules.pack import RuleFile, bundled_folder
from secloop.syntax.document import Document
from secloop.workspace.settings import LintSettings

_CHECK = click.Choice(CHECKS)


@click.command("lint")
@PATHS
@click.option("--only", multiple=True, type=_CHECK, help="Make only this check; repeat it for more.")
@click.option("--ignore", multiple=True, type=_CHECK, help="Leave out this check; repeat it for more.")
@click.option(
    "--code",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Well-kept code, in which no rule should fire more than --max-hits times.",
)
@click.option("--max-hits", type=click.IntRange(min=0), default=10, show_default=True)
@FORMAT
def lint_rules(
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    ignore: tuple[str, ...],
    code: tuple[Path, ...],
    max_hits: int,
    form: str,
) -> None:
    """Say what is amiss with the rules at PATHS (by default the rules of this folder's root).

    Metadata, messages, tests, patterns of which the tests show no use, and regexes. The table `lint` of
    secloop.toml says what this root wants of its rules; the bundled pack has to pass every check.

    Exit codes: 0 nothing amiss, 1 something is, 2 a rule is broken or something could not be read.
    """
    engine = open_engine()
    files = [file for path in paths or default_places() for file in files_at(path)]
    ruleset = load(files, engine)
    finish(ruleset.problems)
    settings = root_config().lint
    documents, unread = _code(code)
    with progress_bar(True, "Running", "rules") as progress:
        advice = lint(
            _subjects(ruleset, files, settings),
            analyzer(engine),
            Choice(only, (*settings.ignore, *ignore), settings.require),
            files=files,
            code=documents,
            most_hits=max_hits,
            progress=progress,
        )
    if form == "json":
        click.echo(as_json([structs.asdict(one) for one in advice]))
    else:
        _tell(advice, len(ruleset.rules))
    finish(unread)
    if advice:
        sys.exit(1)


def _code(paths: Sequence[Path]) -> tuple[list[Document], list[Problem]]:
    found = [code_at(path) for path in paths]
    return [each for texts, _ in found for each in texts], [each for _, unread in found for each in unread]


def _subjects(ruleset: RuleSet, files: Sequence[RuleFile], settings: LintSettings) -> list[Subject]:
    own = Demands(settings.min_found, settings.min_not_found, settings.min_message, settings.max_message)
    by_path = {suite.rule_path: suite for suite in suites(files)}
    pack = bundled_folder()[0]
    subjects: list[Subject] = []
    for rule in ruleset.rules:
        bundled = pack in Path(rule.source.path).resolve().parents
        demands = Demands() if bundled else own
        subjects.append(Subject(rule, by_path[rule.source.path], demands, bundled))
    return subjects


def _tell(advice: Sequence[Advice], rules: int) -> None:
    for one in advice:
        click.echo(f"{one.path}:{one.line}: [{one.rule_id}] {one.check}: {one.message}")
    about = len({one.rule_id for one in advice})
    if advice:
        click.echo(f"{number_of(len(advice), 'complaint')} about {about:,} of {number_of(rules, 'rule')}")
    else:
        click.echo(f"nothing is amiss with {number_of(rules, 'rule')}")
