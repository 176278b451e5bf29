"""``secloop rules new``: a rule, with its test, made of a piece of code that it is to find."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from secloop.cli.outputs import undecided
from secloop.cli.rules.asking import asked
from secloop.cli.rules.loading import analyzer, document_at, open_project, root_config
from secloop.cli.rules.text import report_lines
from secloop.model import RuleSet
from secloop.project import REPO_RULES, Engine, Project
from secloop.project.authoring import fixed
from secloop.project.trying import METAVARIABLE
from secloop.reports.metadata import cwes
from secloop.rules.draft import Draft, Drafted, DraftError, draft_rule
from secloop.rules.lint.model import Advice, Demands, Subject
from secloop.rules.lint.run import Choice, lint
from secloop.rules.load import RuleFile, load_rules
from secloop.rules.testing import Suite, SuiteReport, run_suites
from secloop.syntax.document import Document
from secloop.syntax.languages import ANY_FILE, languages_of
from secloop.workspace.settings import LintSettings
from secloop.workspace.writing import write_whole

_LINES = re.compile(r"(?P<path>.+):(?P<first>\d+)(?:-(?P<last>\d+))?")
_SEVERITIES = ("critical", "high", "medium", "low", "info")


@click.command("new")
@click.argument("rule_id", metavar="[ID]", default="")
@click.option("--code", default="", help="Code that the rule finds; `-` for standard input.")
@click.option("--from", "origin", metavar="FILE:LINES", help="Take the code from a file: `app.py:10-12`.")
@click.option("--lang", "language", default="", help="The code's language; the file of --from says it, too.")
@click.option("--vary", multiple=True, help="A text of the code that may be anything; repeat it for more.")
@click.option("--ok", "safe", multiple=True, help="Code that the rule must not find; repeat it for more.")
@click.option("--fix", default="", help="What a finding is replaced with.")
@click.option("--message", default="", help="What an attacker can do here, and what to do instead.")
@click.option("--severity", type=click.Choice(_SEVERITIES), default="medium", show_default=True)
@click.option("--cwe", multiple=True, help="A weakness, such as 79; repeat it for more.")
@click.option("--reference", multiple=True, help="A web page to read on; repeat it for more.")
@click.option("--folder", type=click.Path(path_type=Path), help=f"Where to put it, instead of {REPO_RULES}.")
@click.option(
    "-i",
    "--interactive",
    is_flag=True,
    help="Ask for what is not given; as without code or ID in a terminal.",
)
def new_rule(
    rule_id: str,
    code: str,
    origin: str | None,
    language: str,
    vary: tuple[str, ...],
    safe: tuple[str, ...],
    fix: str,
    message: str,
    severity: str,
    cwe: tuple[str, ...],
    reference: tuple[str, ...],
    folder: Path | None,
    interactive: bool,
) -> None:
    """Write a rule that finds a piece of code, with its test, and say what is still to be filled in.

    Its tests pass, and nothing is overwritten.

    Exit codes: 0 written, 2 no rule can be made of this.
    """
    suffix = ""
    if origin is not None:
        code, suffix, language = _lines_of(origin, language)
    elif code == "-":
        code = click.get_text_stream("stdin").read()
    draft = Draft(rule_id, code, language, suffix, vary, safe, severity.upper(), message, fix, cwe, reference)
    if interactive or (sys.stdin.isatty() and not (rule_id and code)):
        draft = asked(draft, _SEVERITIES)
    if lacking := [words for words, given in _needed(draft) if not given]:
        raise click.UsageError(f"give {' and '.join(lacking)}")
    project = open_project()
    place = folder.as_posix() if folder is not None else (project.root / REPO_RULES).as_posix()
    _make(replace(draft, cwe=_named(draft.cwe, project.ruleset)), place, project)


def _needed(draft: Draft) -> tuple[tuple[str, str], ...]:
    """What a rule cannot be made without, in words, and what was given."""
    return (
        ("an ID", draft.rule_id),
        ("the code with --code or --from", draft.code),
        ("the code's language with --lang", draft.language),
    )


def _lines_of(origin: str, language: str) -> tuple[str, str, str]:
    """The code that ``FILE:LINES`` names, how its file ends, and its language."""
    match = _LINES.fullmatch(origin)
    path = Path(match["path"] if match else origin)
    document = document_at(path)
    if match is None:
        undecided(f"--from takes the lines that the rule is to find, as in {path}:10-12")
    first = int(match["first"])
    last = int(match["last"] or first)
    if not 1 <= first <= last <= document.line_count:
        undecided(f"{path} has no lines {first} to {last}")
    code = "\n".join(document.line_text(line) for line in range(first, last + 1))
    known = [one for one in languages_of(path.name, "") if one not in ANY_FILE]
    return code, path.suffix, language or min(known, key=len, default="")


def _named(given: Sequence[str], ruleset: RuleSet) -> tuple[str, ...]:
    """Weaknesses with their names, as far as other rules know them."""
    names = {entry.number: entry.name for rule in ruleset.rules for entry in cwes(rule.metadata)}
    found = []
    for text in given:
        for entry in cwes({"cwe": text}):
            name = entry.name or names.get(entry.number, "")
            found.append(f"{entry.id}: {name}" if name else entry.id)
        if not cwes({"cwe": text}):
            undecided(f"{text!r} is no weakness such as CWE-79")
    return tuple(found)


def _make(draft: Draft, folder: str, project: Project) -> None:
    engine = project.engine
    try:
        made = draft_rule(draft, folder, {rule.id for rule in project.ruleset.rules}, engine.compiler)
    except DraftError as error:
        undecided(str(error))
    ruleset = load_rules([RuleFile(made.rule[0], made.rule[1].encode(), "repo")], engine.compiler)
    suite = Suite(made.rule[0], (Document(*made.test),) if made.test[0] else (), {})
    report = _tested(suite, ruleset, engine)
    suite = _with_fixed(suite, ruleset, engine)
    fixes = {document.path: document.text for document in suite.fixed.values()}
    _write({**made.files, **fixes})
    _tell(made, report, _advice(suite, ruleset, engine, made, root_config().lint))


def _tested(suite: Suite, ruleset: RuleSet, engine: Engine) -> SuiteReport:
    """What the tests of the rule show; if they fail, nothing is written."""
    (report,) = run_suites([suite], ruleset, analyzer(engine), fixed)
    if not report.passed:
        undecided(
            "\n".join(("the rule would not pass its tests:", *report_lines([report]), *_pattern_hint(suite)))
        )
    return report


def _pattern_hint(suite: Suite) -> Iterator[str]:
    """That code was wanted, where what was given reads like a pattern."""
    names = dict.fromkeys(name for target in suite.targets for name in METAVARIABLE.findall(target.text))
    if names:
        yield f"{', '.join(names)}: give code that the rule finds, not a pattern; --vary says what of it may be anything"


def _with_fixed(suite: Suite, ruleset: RuleSet, engine: Engine) -> Suite:
    """The suite with what the fixes make of the test, if the rule has one."""
    if not ruleset.rules[0].has_fix:
        return suite
    results = {result.path: result for result in analyzer(engine)(suite.targets, ruleset)}
    made = {}
    for target in suite.targets:
        stem, _, suffix = target.path.rpartition(".")
        text = fixed(target, results[target.path], ruleset).text
        made[target.path] = Document(f"{stem}.fixed.{suffix}", text)
    return replace(suite, fixed=made)


def _write(files: Mapping[str, str]) -> None:
    there = [path for path in files if Path(path).exists()]
    if there:
        undecided(f"{there[0]} is there already, and nothing was written")
    try:
        for path, text in files.items():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            write_whole(Path(path), text.encode())
    except OSError as error:
        undecided(f"{error.filename} cannot be written: {error.strerror}")


def _advice(
    suite: Suite, ruleset: RuleSet, engine: Engine, made: Drafted, settings: LintSettings
) -> list[Advice]:
    demands = Demands(settings.min_found, settings.min_not_found, settings.min_message, settings.max_message)
    files = [RuleFile(made.rule[0], made.rule[1].encode(), "repo")]
    subjects = [Subject(ruleset.rules[0], suite, demands)]
    return lint(subjects, analyzer(engine), Choice((), settings.ignore, settings.require), files=files)


def _tell(made: Drafted, report: SuiteReport, advice: Sequence[Advice]) -> None:
    for path in made.files:
        click.echo(f"wrote {_shown(path)}")
    if report.targets:
        click.echo("its tests pass: `secloop rules test` runs them")
    wanted = list(_wanted(made, report, advice))
    for words in wanted:
        click.echo(f"to fill in: {words}")


def _wanted(made: Drafted, report: SuiteReport, advice: Sequence[Advice]) -> Iterator[str]:
    if made.unsaid:
        yield "the message: what an attacker can do here, and what to do instead"
    if not report.targets:
        yield "a test, since the language has no comments to annotate one with"
    yield from (f"{one.message} ({_shown(one.path)}:{one.line})" for one in advice)


def _shown(path: str) -> str:
    """A path as people in the current folder write it."""
    try:
        return Path(path).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path
