"""Turns engine results into findings under a policy, file by file, and files into the verdict of a root.

`evaluate_file` is what runs on each keystroke; `assemble` adds what needs all files: outcome, digests and
what can only be known of the whole. Both are functions of their arguments; the date is one of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from secloop import __version__
from secloop.model import (
    Acceptance,
    Components,
    FileResult,
    Finding,
    Lock,
    Match,
    Notice,
    Outcome,
    Partial,
    PolicyChange,
    Position,
    Problem,
    ProblemKind,
    Rule,
    RuleSet,
    Skipped,
    Span,
    Status,
    TraceStep,
    Verdict,
)
from secloop.policy.baseline import NO_BASELINE, Baseline, apply_baseline, mark_existing, stale_entries
from secloop.policy.comments import Suppression
from secloop.policy.digest import content_digest, policy_digest, verdict_digest
from secloop.policy.fingerprint import Identity, identities
from secloop.policy.globs import glob_problems, path_globs, rule_globs
from secloop.policy.selection import (
    is_selected,
    selected_rules,
    selection_notices,
    selection_problems,
    severity_of,
)
from secloop.policy.suppress import Subject, suppress
from secloop.policy.waivers import acceptance, waiver_notices, waiver_problems, waivers_for
from secloop.syntax.document import Document
from secloop.workspace.settings import Config


class FileFindings(Struct, frozen=True):
    """What a policy says of one file.

    Attributes:
        path: relative to the root.
        hash: the document's content hash (SPEC 1).
        findings: in document order, whatever their status.
        notices: what is wrong with the file's suppressions.
        problems: what kept the file from being checked.
        partial: ranges of the document that could not be parsed.
        suppressed_by: for each finding, the comment that accepts it.
        suppressions: every comment in the file that could accept something.
        waivers: index in ``config.waivers`` of each waiver that names a finding, once for each finding.
    """

    path: str
    hash: str
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()
    problems: tuple[Problem, ...] = ()
    partial: tuple[Span, ...] = ()
    suppressed_by: tuple[Suppression | None, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    waivers: tuple[int, ...] = ()


def evaluate_file(
    document: Document,
    result: FileResult,
    ruleset: RuleSet,
    config: Config,
    as_of: datetime.date,
    *,
    baseline: Baseline = NO_BASELINE,
) -> FileFindings:
    """The findings of one document: fingerprints, severity, suppressions, waivers and baseline.

    Args:
        ruleset: every rule that was loaded, not only those selected: a comment may name a rule that
            does not run today. Matches of rules that the policy does not select are dropped.
        as_of: the day on which waivers are judged.
    """
    # What a rule failed to find does not matter where its findings would not either.
    problems = [problem for problem in result.problems if _matters(problem, ruleset, config)]
    subjects: list[Subject] = []
    for match in result.matches:
        rule = ruleset.get(match.rule_id)
        if rule is None:
            message = f"the engine reported rule {match.rule_id!r}, which is not loaded"
            problems.append(Problem(ProblemKind.UNKNOWN, message, document.path, rule_id=match.rule_id))
        elif _is_reported(rule, document.path, config):
            subjects.append(Subject(match, rule, severity_of(rule, config)))
    failed = {problem.rule_id for problem in ruleset.problems}
    suppressed = suppress(
        document,
        subjects,
        config.suppressions,
        is_known=lambda rule_id: ruleset.get(rule_id) is not None or rule_id in failed,
        unused=_unused(document, result, ruleset, config),
    )
    ids = identities(document, [subject.match for subject in subjects])
    findings: list[Finding] = []
    waivers: list[int] = []
    for subject, identity, accepted in zip(subjects, ids, suppressed.acceptances, strict=True):
        named = waivers_for(config, subject.rule, document.path, identity.fingerprint)
        waivers += named
        status = Status.SUPPRESSED if accepted else Status.OPEN
        if accepted is None and (accepted := acceptance(config, named, as_of)):
            status = Status.WAIVED
        findings.append(_finding(document, subject, identity, status, accepted))
    return FileFindings(
        document.path,
        document.hash,
        apply_baseline(findings, baseline) if baseline.entries else tuple(findings),
        suppressed.notices,
        tuple(problems),
        result.partial,
        suppressed.by,
        suppressed.suppressions,
        tuple(waivers),
    )


def assemble(
    root: str,
    files: Sequence[FileFindings],
    *,
    ruleset: RuleSet,
    config: Config,
    as_of: datetime.date,
    semgrep_core: str,
    skipped: Iterable[Skipped] = (),
    problems: Iterable[Problem] = (),
    unsaved: Iterable[str] = (),
    baseline: Baseline = NO_BASELINE,
    existing: Iterable[Finding] | None = None,
    renames: Mapping[str, str] | None = None,
    revision: str = "",
    policy_changes: Sequence[PolicyChange] = (),
    whole: bool = False,
    options: Mapping[str, Any] | None = None,
    lock: Lock | None = None,
) -> Verdict:
    """The verdict of a root; the order of ``files`` and of everything else given does not matter.

    Args:
        root: how to name the root to a reader; not in the JSON or the digest.
        ruleset: every rule that was loaded, and what could not be (each is an error of the verdict).
        config: the effective configuration: the file with the flags that override it.
        semgrep_core: version of the engine.
        problems: further errors, of discovery, reading, configuration or git.
        unsaved: paths whose open buffer differs from the disk.
        baseline: applied here too, so that it may be left out of `evaluate_file`.
        existing: with ``--diff``, all findings of the base revision; None otherwise.
        renames: with ``--diff``, new path to old path.
        revision: with ``--diff``, how to name the base to a reader.
        policy_changes: see ``changes.py``; with ``policy.on-change = "fail"`` they fail the verdict.
        whole: whether the whole root was checked, so that a waiver without a finding is known to be stale.
        options: what else decided the outcome, for the policy digest, as JSON values.
        lock: what pins the rule packs; what their rules are is in the rule set's digest.
    """
    files = sorted(files, key=lambda one: one.path)
    findings = apply_baseline([finding for one in files for finding in one.findings], baseline)
    if existing is not None:
        findings = mark_existing(findings, existing, renames or {}, revision=revision)
    findings = tuple(sorted(findings, key=_reading_order))
    partial = tuple(Partial(one.path, one.partial) for one in files if one.partial)
    errors = _problems(
        (
            *problems,
            *ruleset.problems,
            *glob_problems(config),
            *selection_problems(ruleset, config),
            *waiver_problems(config, as_of),
            *(problem for one in files for problem in one.problems),
            *(_unparsed(one) for one in partial if config.strict_parsing),
        )
    )
    notices = (
        *(notice for one in files for notice in one.notices),
        *waiver_notices(config, as_of, [index for one in files for index in one.waivers], whole=whole),
        *selection_notices(ruleset, config),
        *stale_entries(findings, baseline, [one.path for one in files], whole=whole),
    )
    left_out = tuple(sorted(set(skipped), key=lambda one: (one.path, one.reason)))
    components = Components(
        secloop=__version__,
        semgrep_core=semgrep_core,
        ruleset_digest=ruleset.digest,
        policy_digest=policy_digest(config, baseline, options),
        content_digest=content_digest((one.path, one.hash) for one in files),
        as_of=as_of.isoformat(),
    )
    return Verdict(
        root=root,
        outcome=_outcome(errors, findings, policy_changes, config),
        digest=None if errors else verdict_digest(components, findings, left_out),
        components=components,
        findings=findings,
        problems=errors,
        skipped=left_out,
        partial=partial,
        unsaved=tuple(sorted(set(unsaved))),
        notices=tuple(sorted(set(notices), key=lambda n: (n.path, n.cell or 0, n.line, n.kind, n.message))),
        policy_changes=tuple(policy_changes),
        files_checked=len(files),
        rules_run=len(selected_rules(ruleset, config).rules),
        lock=lock,
    )


def fails(finding: Finding, config: Config) -> bool:
    """Whether a finding makes the verdict fail (SPEC 3, 8)."""
    return (
        finding.status is Status.OPEN
        and config.fail_on is not None
        and finding.severity >= config.fail_on
        and finding.severity.can_fail
    )


def _outcome(
    errors: Sequence[Problem],
    findings: Iterable[Finding],
    policy_changes: Sequence[PolicyChange],
    config: Config,
) -> Outcome:
    if errors:
        return Outcome.ERROR
    if any(fails(finding, config) for finding in findings):
        return Outcome.FAIL
    return Outcome.FAIL if policy_changes and config.policy.on_change == "fail" else Outcome.PASS


def _matters(problem: Problem, ruleset: RuleSet, config: Config) -> bool:
    rule = ruleset.get(problem.rule_id)
    return rule is None or _is_reported(rule, problem.path, config)


def _is_reported(rule: Rule, path: str, config: Config) -> bool:
    return is_selected(rule, config) and not any(
        rule_globs(rules).match(rule.id) and path_globs(glob).match(path)
        for glob, rules in config.per_path_ignores.items()
    )


def _unused(
    document: Document, result: FileResult, ruleset: RuleSet, config: Config
) -> Callable[[str], bool] | None:
    """The test of whether a rule that found nothing here really ran, None if no comment is to be reported."""
    if not config.suppressions.report_unused or result.problems or result.partial:
        return None

    def ran(rule_id: str) -> bool:
        rule = ruleset.get(rule_id)
        return rule is not None and _is_reported(rule, document.path, config)

    return ran


def _finding(
    document: Document, subject: Subject, identity: Identity, status: Status, accepted: Acceptance | None
) -> Finding:
    match, rule = subject.match, subject.rule
    cell, span = _within_cell(document, match.span)
    return Finding(
        rule_id=rule.id,
        path=document.path,
        span=span,
        severity=subject.severity,
        confidence=rule.confidence,
        message=match.message,
        fingerprint=identity.fingerprint,
        fingerprint_moved=identity.fingerprint_moved,
        status=status,
        fix=rule.has_fix,
        match=match,
        metadata=rule.metadata,
        cell=cell,
        acceptance=accepted,
        group=identity.group,
        group_moved=identity.group_moved,
        cell_trace=_cell_trace(document, match) if document.cells else None,
    )


def _cell_trace(document: Document, match: Match) -> tuple[TraceStep, ...]:
    steps = []
    for step in match.trace:
        cell, span = _within_cell(document, step.span)
        steps.append(replace(step, span=span, cell=cell))
    return tuple(steps)


def _within_cell(document: Document, span: Span) -> tuple[int | None, Span]:
    """The notebook cell in which a span starts and the span within it; elsewhere the span as it is."""
    cell = document.cell_of(span.start.offset)
    if cell is None:
        return None, span
    first_line = document.position(cell.start).line

    def shifted(position: Position) -> Position:
        return Position(position.offset - cell.start, position.line - first_line + 1, position.column)

    return cell.index, Span(shifted(span.start), shifted(span.end))


def _reading_order(finding: Finding) -> tuple[Any, ...]:
    return (finding.path, finding.match.span, finding.rule_id, finding.fingerprint)


def _problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.rule_id, p.kind.value, p.message)))


def _unparsed(partial: Partial) -> Problem:
    first = partial.ranges[0].start
    message = f"does not parse at line {first.line} (strict-parsing is on)"
    return Problem(ProblemKind.PARSE, message, partial.path, first.line)
