"""``secloop check``: the verdict over files, for terminals, hooks and CI."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from secloop.cli.outputs import OutputsCommand, asks_for_reports, outputs_of, undecided
from secloop.cli.running import Request, engine, report, run_checks, say, source_of
from secloop.project import OptionError, Options
from secloop.reports import FORMATS, Detail, TextOptions
from secloop.workspace.git import GitError

_SEVERITIES = ("critical", "high", "medium", "low", "never")
_CONFIDENCES = ("high", "medium", "low")


def _date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime.date | None:
    try:
        return None if value is None else datetime.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date like 2026-01-31") from None


def _globs(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Repeated and comma-separated values are one list; none given is None."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip()) or None


@click.command(cls=OutputsCommand, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "-f",
    "--format",
    "format",
    multiple=True,
    type=click.Choice(tuple(FORMATS)),
    help="Report format; text by default. Repeat with --output for more reports.",
)
@click.option(
    "-o",
    "--output",
    "output",
    multiple=True,
    metavar="FILE",
    help="Write the report of the --format before it to FILE.",
)
@click.option(
    "--diff",
    metavar="REV",
    help="Only what is new since the merge base with REV can fail; the rest has status baseline.",
)
@click.option(
    "--staged", is_flag=True, help="Check what is staged: files, rules and policy from git's index."
)
@click.option("--stdin", "use_stdin", is_flag=True, help="Check the text on standard input.")
@click.option("--stdin-filename", metavar="FILE", help="The path that the text on standard input stands for.")
@click.option("--baseline", metavar="FILE", help="Accept the findings listed in FILE.")
@click.option("--write-baseline", is_flag=True, help="Write all open findings to the baseline file.")
@click.option(
    "--add-suppressions", metavar="REASON", help="Write an ignore comment with REASON for every open finding."
)
@click.option("--fix", is_flag=True, help="Apply every fix that is proved to work.")
@click.option(
    "--dry-run", is_flag=True, help="With --fix or --add-suppressions: print a unified diff, change nothing."
)
@click.option("--fail-on", type=click.Choice(_SEVERITIES), help="Lowest severity that fails the verdict.")
@click.option(
    "--min-confidence", type=click.Choice(_CONFIDENCES), help="Leave out rules less sure than this."
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    callback=_globs,
    help="Run only these rules (ids or globs, comma-separated).",
)
@click.option("--ignore", multiple=True, metavar="RULES", callback=_globs, help="Do not run these rules.")
@click.option(
    "--strict-parsing/--no-strict-parsing", default=None, help="A file that does not parse is an error."
)
@click.option(
    "--as-of",
    metavar="DATE",
    callback=_date,
    help="The date on which waivers are judged; today (UTC) by default.",
)
@click.option(
    "--policy-from",
    metavar="REV",
    help="Take rules and policy from REV, and list what the change did to them.",
)
@click.option("-w", "--watch", is_flag=True, help="Check again whenever something changes.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Engine processes at once; one a core by default."
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache of results.")
@click.option("-q", "--quiet", is_flag=True, help="Print the verdict line only.")
@click.option("-v", "--verbose", is_flag=True, help="Print everything that is known of each finding.")
@click.option("--concise", is_flag=True, help="Print one line a finding.")
@click.option(
    "--show-suppressed",
    is_flag=True,
    help="Also show findings that are suppressed, waived or in the baseline.",
)
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[str, ...],
    format: tuple[str, ...],
    output: tuple[str, ...],
    diff: str | None,
    staged: bool,
    use_stdin: bool,
    stdin_filename: str | None,
    baseline: str | None,
    write_baseline: bool,
    add_suppressions: str | None,
    fix: bool,
    dry_run: bool,
    fail_on: str | None,
    min_confidence: str | None,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    strict_parsing: bool | None,
    as_of: datetime.date | None,
    policy_from: str | None,
    watch: bool,
    jobs: int | None,
    no_cache: bool,
    quiet: bool,
    verbose: bool,
    concise: bool,
    show_suppressed: bool,
) -> None:
    """Check PATHS (the current folder by default) and print the verdict.

    Exit codes: 0 pass, 1 fail, 2 could not decide.
    """
    modes = _modes(write_baseline, add_suppressions, fix, watch)
    if dry_run and not (fix or add_suppressions):
        raise click.UsageError("--dry-run goes with --fix or --add-suppressions")
    if staged and (fix or add_suppressions) and not dry_run:
        raise click.UsageError(
            "changes are made to the work tree, which may differ from the index: leave out --staged"
        )
    _refuse_what_a_mode_cannot_do(
        ctx, modes, stdin=use_stdin, dry_run=dry_run, compared=bool(diff or policy_from)
    )
    options = Options(
        select=select,
        ignore=ignore,
        fail_on=fail_on,
        min_confidence=min_confidence,
        strict_parsing=strict_parsing,
        baseline=baseline,
        diff=diff,
        policy_from=policy_from,
        as_of=as_of,
    )
    request = Request(
        source=source_of(paths, staged, stdin_filename, use_stdin),
        engine=engine(jobs, cached=not no_cache),
        options=options,
        outputs=outputs_of(ctx),
        text=_text_options(quiet, concise, verbose, show_suppressed),
        progress=not quiet and not watch,
    )
    try:
        code = _run(request, modes, add_suppressions or "", dry_run=dry_run)
    except (GitError, OptionError) as error:
        undecided(str(error))
    if (cache := request.engine.cache) is not None:
        cache.close()
        if cache.notice:
            say(cache.notice)
    ctx.exit(code)


def _run(request: Request, modes: list[str], reason: str, *, dry_run: bool) -> int:
    """Do what the mode asks, each imported only when it is used; returns the exit code."""
    if modes == ["--write-baseline"]:
        from secloop.cli import baselines

        return baselines.write(request)
    if modes == ["--add-suppressions"]:
        from secloop.cli import suppressing

        return suppressing.add(request, reason, dry_run=dry_run)
    if modes == ["--fix"]:
        from secloop.cli import fixing

        return fixing.fix(request, dry_run=dry_run)
    if modes == ["--watch"]:
        return _watch(request)
    return report(request, run_checks(request))


def _watch(request: Request) -> int:
    if request.source.stdin is not None:
        raise click.UsageError("--watch watches files, not standard input")
    from secloop.cli.watching import clear, watch

    def once() -> int:
        try:
            checks = run_checks(request)
        except GitError as error:
            # Somebody else may be at work on the index: the next change may find it whole again.
            say(str(error))
            return 2
        clear()
        return report(request, checks)

    # Our own report is no change to check.
    outputs = {Path(output.path).resolve() for output in request.outputs if output.path is not None}
    return watch(request.source.grouped(), once, "checked", outputs=outputs, git=request.source.staged)


def _refuse_what_a_mode_cannot_do(
    ctx: click.Context, modes: list[str], *, stdin: bool, dry_run: bool, compared: bool
) -> None:
    """Say so where a mode would leave out in silence what was asked for."""
    if not modes or modes == ["--watch"]:
        return
    (mode,) = modes
    if mode == "--write-baseline" and compared:
        raise click.UsageError(
            "--write-baseline accepts what is open in the whole content: leave out --diff and --policy-from"
        )
    reports = mode == "--fix" and not (stdin or dry_run)
    if not reports and asks_for_reports(ctx):
        what = f"{mode} {'--dry-run ' if dry_run else '--stdin ' if stdin else ''}".strip()
        raise click.UsageError(f"{what} writes no report: leave out --format and --output")


def _modes(write_baseline: bool, add_suppressions: str | None, fix: bool, watch: bool) -> list[str]:
    wanted = {
        "--write-baseline": write_baseline,
        "--add-suppressions": add_suppressions is not None,
        "--fix": fix,
        "--watch": watch,
    }
    modes = [name for name, on in wanted.items() if on]
    if len(modes) > 1:
        raise click.UsageError(f"{' and '.join(modes)} cannot be combined")
    return modes


def _text_options(quiet: bool, concise: bool, verbose: bool, show_suppressed: bool) -> TextOptions:
    if quiet + concise + verbose > 1:
        raise click.UsageError("give one of --quiet, --concise and --verbose")
    detail = (
        Detail.QUIET if quiet else Detail.CONCISE if concise else Detail.VERBOSE if verbose else Detail.FULL
    )
    return TextOptions(detail=detail, show_suppressed=show_suppressed)
