"""``secloop rules try``: what a pattern, or the rules of a file, find in some code."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from secloop.cli.outputs import show, undecided
from secloop.cli.rules.loading import FORMAT, as_json, files_at, finish, load, open_engine
from secloop.cli.running import prefix
from secloop.cli.tables import number_of
from secloop.engine.native.plan import NATIVE, plan
from secloop.model import RuleSet
from secloop.policy.json import finding_json
from secloop.project import Check, Engine, by_root
from secloop.project.trying import guessed_language, pattern_rules, try_rules
from secloop.reports import Report
from secloop.reports.model import TextOptions
from secloop.reports.terminal import for_stream
from secloop.reports.text import findings_text
from secloop.workspace.git import GitError


@click.command("try")
@click.argument("pattern", required=False)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--rule",
    "rule_file",
    type=click.Path(exists=True, path_type=Path),
    help="Try the rules of this file instead of a pattern; all arguments are PATHS then.",
)
@click.option("--lang", "languages", multiple=True, help="The pattern's language; guessed from PATHS.")
@FORMAT
def try_pattern(
    pattern: str | None,
    paths: tuple[Path, ...],
    rule_file: Path | None,
    languages: tuple[str, ...],
    form: str,
) -> None:
    """Show what PATTERN matches at PATHS (by default in the current folder), and which engine runs it.

    Exit codes: 0 whether or not something matches, 2 if the pattern or rule cannot be used or code cannot be read.
    """
    if rule_file is not None:
        paths = (*((_existing(pattern),) if pattern is not None else ()), *paths)
    elif pattern is None:
        raise click.UsageError("give a PATTERN, or a rule file with --rule")
    places = by_root(paths or (Path(),), Path.cwd())
    engine = open_engine()
    if rule_file is not None:
        ruleset = load(files_at(rule_file), engine)
        finish(ruleset.problems)
    else:
        assert pattern is not None
        ruleset = _of_pattern(pattern, languages or (_guessed(places),), engine)
    try:
        checks = try_rules(ruleset, places, engine)
    except GitError as error:
        undecided(str(error))
    show(f"{as_json(_value(ruleset, checks))}\n" if form == "json" else _text(ruleset, checks))
    finish([problem for check in checks for problem in check.verdict.problems])


def _existing(argument: str) -> Path:
    path = Path(argument)
    if not path.exists():
        raise click.UsageError(f"there is no {argument!r}; with --rule, all arguments are paths")
    return path


def _guessed(places: dict[Path, list[str]]) -> str:
    language = guessed_language(places)
    if language is None:
        undecided("the files say no language; name the pattern's with --lang")
    return language


def _of_pattern(pattern: str, languages: Sequence[str], engine: Engine) -> RuleSet:
    if not pattern.strip():
        undecided("the pattern is empty")
    ruleset = pattern_rules(pattern, languages, engine.compiler)
    if ruleset.problems:
        undecided(f"this is no pattern for {', '.join(languages)}: {ruleset.problems[0].message}")
    return ruleset


def _value(ruleset: RuleSet, checks: Sequence[Check]) -> dict[str, Any]:
    return {
        "rules": [
            {"id": rule.id, "languages": list(rule.languages), "engine": made.engine, "reason": made.reason}
            for rule in ruleset.rules
            for made in [plan(rule)]
        ],
        "findings": [
            {
                **finding_json(finding),
                "path": "/".join(filter(None, (prefix(check.project.root), finding.path))),
            }
            for check in checks
            for finding in check.verdict.findings
        ],
        "files_checked": sum(check.verdict.files_checked for check in checks),
    }


def _text(ruleset: RuleSet, checks: Sequence[Check]) -> str:
    by_place = {check.verdict.root: check for check in checks}
    report = Report(
        verdicts=tuple(check.verdict for check in checks),
        documents=lambda root, path: by_place[root].documents.get(path),
        prefixes={check.verdict.root: prefix(check.project.root) for check in checks},
        text=for_stream(TextOptions(show_suppressed=True), sys.stdout),
    )
    return "\n".join((*_engines(ruleset), "", findings_text(report) + _summary(checks), ""))


def _engines(ruleset: RuleSet) -> Iterator[str]:
    for rule in ruleset.rules:
        made = plan(rule)
        where = "native, in process" if made.engine == NATIVE else f"semgrep-core: {made.reason}"
        yield f"{rule.id} ({', '.join(rule.languages)}) runs {where}"


def _summary(checks: Sequence[Check]) -> str:
    found = sum(len(check.verdict.findings) for check in checks)
    files = sum(check.verdict.files_checked for check in checks)
    left_out = sum(len(check.verdict.skipped) for check in checks)
    skipped = f"; {number_of(left_out, 'path')} skipped" if left_out else ""
    matches = f"{found:,} match{'' if found == 1 else 'es'}"
    return f"{matches} in {number_of(files, 'file')}{skipped}"
