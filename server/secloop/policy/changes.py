"""What a change did to its own judge: rules, policy, baseline, waivers, suppressions (``--policy-from``).

A change must not approve itself. With ``--policy-from REV`` rules, policy and baseline come from REV, and
every loosening that the change brings is listed with the findings it hides. The caller evaluates three times:

    base    the changed tree under REV's rules, policy and baseline: this is the verdict
    head    the changed tree under its own rules, policy and baseline
    before  REV's tree under REV's rules, policy and baseline, to know which comments are old

    changes = policy_changes(
        Judged(rules, config, baseline, verdict.findings, paths), Judged(…of the changed tree's own…),
        before=files_of_rev, after=files_of_base, renames=git_renames,
    )
    verdict = assemble(…, policy_changes=changes)

A finding is *hidden* if it is open under ``base`` and under ``head`` is not found, is accepted, or no longer
fails the verdict. Tightening (a new rule, a waiver taken out) is no entry: nothing has to be approved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from secloop.model import Finding, PolicyChange, Problem, Rule, RuleSet, Severity, Status
from secloop.policy.baseline import NO_BASELINE, Baseline
from secloop.policy.comments import INLINE, Suppression
from secloop.policy.evaluate import FileFindings, fails
from secloop.policy.globs import path_globs, rule_globs
from secloop.policy.selection import severity_of
from secloop.policy.waivers import names
from secloop.workspace.settings import Config, Waiver

_Item = TypeVar("_Item")


class Judged(Struct, frozen=True):
    """The changed tree under the rules and policy of one revision.

    Attributes:
        findings: of all statuses, as the verdict has them.
        paths: the files that were checked.
        problems: what kept this revision's policy or baseline from loading (rules tell their own).
    """

    ruleset: RuleSet
    config: Config
    baseline: Baseline = NO_BASELINE
    findings: tuple[Finding, ...] = ()
    paths: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def policy_changes(
    base: Judged,
    head: Judged,
    *,
    before: Sequence[FileFindings] = (),
    after: Sequence[FileFindings] = (),
    renames: Mapping[str, str] | None = None,
) -> tuple[PolicyChange, ...]:
    """Every loosening that a change brings, sorted, with the fingerprints of the findings it hides.

    Args:
        base: the changed tree judged by the base revision.
        head: the changed tree judged by itself.
        before: the files of the base revision judged by the base revision.
        after: the files of the changed tree judged by the base revision.
        renames: new path to old path, from git.
    """
    hidden = _hidden(base, head)
    found = [
        *_unloadable(base, head),
        *_rules(base, head, hidden),
        *_selection(base, head, hidden),
        *_severities(base, head, hidden),
        *_thresholds(base, head, hidden),
        *_files(base, head, hidden),
        *_suppression_settings(base, head, hidden),
        *_waivers(base, head, hidden),
        *_baselines(base, head, hidden),
        *_comments(before, after, renames or {}),
    ]
    explained = {fingerprint for one in found for fingerprint in one.hides}
    unexplained = _prints(pair for pair in hidden if pair.was.fingerprint not in explained)
    if unexplained:
        # Such as a rule that a new rule directory overrides, or a file that .gitignore now leaves out.
        found.append(
            _policy(head, "findings are missing under the change's own rules and policy", unexplained)
        )
    return tuple(sorted(found, key=lambda one: (one.what, one.path, one.line, one.message, one.hides)))


class _Hidden(Struct, frozen=True):
    """A finding that is open under the base, and what became of it under the head (None: not found)."""

    was: Finding
    now: Finding | None

    @property
    def gone(self) -> bool:
        return self.now is None

    @property
    def still_open(self) -> bool:
        return self.now is not None and self.now.status is Status.OPEN

    def accepted_as(self, *kinds: str) -> bool:
        return self.now is not None and self.now.acceptance is not None and self.now.acceptance.kind in kinds


def _hidden(base: Judged, head: Judged) -> tuple[_Hidden, ...]:
    # Both sides look at one tree, so a fingerprint is the same finding.
    now = {finding.fingerprint: finding for finding in head.findings}
    pairs = (_Hidden(f, now.get(f.fingerprint)) for f in base.findings if f.status is Status.OPEN)
    return tuple(
        pair
        for pair in pairs
        if pair.now is None
        or pair.now.status is not Status.OPEN
        or (fails(pair.was, base.config) and not fails(pair.now, head.config))
    )


def _prints(hidden: Iterable[_Hidden]) -> tuple[str, ...]:
    return tuple(sorted({pair.was.fingerprint for pair in hidden}))


def _policy(head: Judged, message: str, hides: tuple[str, ...] = ()) -> PolicyChange:
    return PolicyChange("policy", head.config.path, 0, message, hides)


def _unloadable(base: Judged, head: Judged) -> Iterator[PolicyChange]:
    old = {replace(problem, line=0) for problem in (*base.ruleset.problems, *base.problems)}
    for what, problems in (("rule", head.ruleset.problems), ("policy", head.problems)):
        for one in problems:
            if replace(one, line=0) not in old:
                yield PolicyChange(what, one.path, one.line, f"does not load: {one.message}")


def _rules(base: Judged, head: Judged, hidden: Sequence[_Hidden]) -> Iterator[PolicyChange]:
    for rule in base.ruleset.rules:
        new = head.ruleset.get(rule.id)
        source = (new or rule).source
        if new is None:
            what = f"rule '{rule.id}' removed"
        elif new.digest == rule.digest:
            continue
        elif new.source.origin != rule.source.origin:
            what = f"rule '{rule.id}' overridden (was {rule.source.path})"
        else:
            what = f"rule '{rule.id}' changed"
        if new is not None and new.severity < rule.severity:
            what += f", severity lowered from {rule.severity.label} to {new.severity.label}"
        hides = _prints(
            pair
            for pair in hidden
            if pair.was.rule_id == rule.id and (pair.now is None or pair.now.severity < pair.was.severity)
        )
        yield PolicyChange("rule", source.path, source.line, what, hides)


def _selection(base: Judged, head: Judged, hidden: Sequence[_Hidden]) -> Iterator[PolicyChange]:
    old, new = base.config, head.config
    for glob in _added(old.ignore, new.ignore):
        hides = _prints(pair for pair in hidden if pair.gone and rule_globs((glob,)).match(pair.was.rule_id))
        yield _policy(head, f"ignore has a new entry '{glob}'", hides)
    dropped = {rule.id for rule in base.ruleset.rules if _in(old.select, rule) and not _in(new.select, rule)}
    if dropped:
        hides = _prints(pair for pair in hidden if pair.gone and pair.was.rule_id in dropped)
        yield _policy(head, f"select leaves out {_some(dropped)}", hides)
    for path, rule in _added(_pairs(old.per_path_ignores), _pairs(new.per_path_ignores)):
        hides = _prints(
            pair
            for pair in hidden
            if pair.gone
            and rule_globs((rule,)).match(pair.was.rule_id)
            and path_globs(path).match(pair.was.path)
        )
        yield _policy(head, f"per-path-ignores has a new entry '{rule}' for '{path}'", hides)
    if old.bundled_rules and not new.bundled_rules:
        gone = {rule.id for rule in base.ruleset.rules if rule.source.origin == "bundled"}
        hides = _prints(pair for pair in hidden if pair.gone and pair.was.rule_id in gone)
        yield _policy(head, "bundled-rules switched off", hides)


def _severities(base: Judged, head: Judged, hidden: Sequence[_Hidden]) -> Iterator[PolicyChange]:
    old, new = base.config.severity, head.config.severity
    for glob in sorted({*old, *new}):
        if old.get(glob) == new.get(glob):
            continue
        lowered = {
            rule.id
            for rule in base.ruleset.rules
            if rule_globs((glob,)).match(rule.id)
            and severity_of(rule, head.config) < severity_of(rule, base.config)
        }
        if not lowered:
            continue
        hides = _prints(pair for pair in hidden if pair.still_open and pair.was.rule_id in lowered)
        said = f"is now {new[glob].label}" if glob in new else "is no longer set"
        yield _policy(head, f"severity of '{glob}' {said}, which lowers {_some(lowered)}", hides)


def _thresholds(base: Judged, head: Judged, hidden: Sequence[_Hidden]) -> Iterator[PolicyChange]:
    old, new = base.config, head.config
    if _looser(old.fail_on, new.fail_on):
        hides = _prints(pair for pair in hidden if pair.still_open)
        message = f"fail-on loosened from {_level(old.fail_on)} to {_level(new.fail_on)}"
        yield _policy(head, message, hides)
    if new.min_confidence > old.min_confidence:
        hides = _prints(pair for pair in hidden if pair.gone and pair.was.confidence < new.min_confidence)
        message = f"min-confidence raised from {old.min_confidence.label} to {new.min_confidence.label}"
        yield _policy(head, message, hides)
    if old.strict_parsing and not new.strict_parsing:
        yield _policy(head, "strict-parsing switched off")
    if new.max_waiver_days > old.max_waiver_days:
        message = f"max-waiver-days raised from {old.max_waiver_days} to {new.max_waiver_days}"
        yield _policy(head, message)
    if old.policy.on_change == "fail" and new.policy.on_change != "fail":
        yield _policy(head, f"policy.on-change loosened from fail to {new.policy.on_change}")


def _files(base: Judged, head: Judged, hidden: Sequence[_Hidden]) -> Iterator[PolicyChange]:
    old, new = base.config, head.config
    unchecked = [pair for pair in hidden if pair.gone and pair.was.path not in head.paths]
    for glob in _added(old.exclude, new.exclude):
        hides = _prints(pair for pair in unchecked if path_globs(glob).match(pair.was.path))
        yield _policy(head, f"exclude has a new entry '{glob}'", hides)
    everything = _prints(unchecked)
    for glob in _added(new.exclude, old.exclude):
        if glob.startswith("!"):
            yield _policy(head, f"exclude has lost its exception '{glob}'", everything)
    if new.default_excludes and not old.default_excludes:
        yield _policy(head, "default-excludes switched on", everything)
    if old.check_minified and not new.check_minified:
        yield _policy(head, "check-minified switched off", everything)
    if new.max_file_size < old.max_file_size:
        message = f"max-file-size lowered from {old.max_file_size} to {new.max_file_size}"
        yield _policy(head, message, everything)


def _suppression_settings(base: Judged, head: Judged, hidden: Sequence[_Hidden]) -> Iterator[PolicyChange]:
    old, new = base.config.suppressions, head.config.suppressions
    if old.require_reason and not new.require_reason:
        hides = _prints(pair for pair in hidden if pair.accepted_as("inline", "nosemgrep", "nosec"))
        yield _policy(head, "suppressions.require-reason switched off", hides)
    if _looser(old.forbid_from, new.forbid_from):
        hides = _prints(pair for pair in hidden if pair.accepted_as("inline", "nosemgrep", "nosec"))
        message = (
            f"suppressions.forbid-from loosened from {_level(old.forbid_from)} to {_level(new.forbid_from)}"
        )
        yield _policy(head, message, hides)
    for form in ("nosemgrep", "nosec"):
        if getattr(new, form) and not getattr(old, form):
            hides = _prints(pair for pair in hidden if pair.accepted_as(form))
            yield _policy(head, f"suppressions.{form} switched on", hides)


def _waivers(base: Judged, head: Judged, hidden: Sequence[_Hidden]) -> Iterator[PolicyChange]:
    until = {
        _subject(waiver): waiver.expires for waiver in sorted(base.config.waivers, key=lambda w: w.expires)
    }
    for waiver in head.config.waivers:
        known = until.get(_subject(waiver))
        if known is not None and waiver.expires <= known:
            continue
        what = "added" if known is None else f"extended from {known}"
        said = ", ".join(f"{key} '{value}'" for key, value in _says(waiver) if value)
        message = f"waiver {what}: {said} until {waiver.expires} ({waiver.owner}: {waiver.reason})"
        hides = _prints(
            pair
            for pair in hidden
            if pair.accepted_as("waiver")
            and names(waiver, pair.was.rule_id, pair.was.path, pair.was.fingerprint)
        )
        yield PolicyChange("waiver", head.config.path, waiver.line, message, hides)


def _baselines(base: Judged, head: Judged, hidden: Sequence[_Hidden]) -> Iterator[PolicyChange]:
    grown = Counter(head.baseline.counts)
    grown.subtract(base.baseline.counts)
    more = sum(count for count in grown.values() if count > 0)
    if more:
        hides = _prints(pair for pair in hidden if pair.accepted_as("baseline"))
        message = f"baseline accepts {more} more finding{'' if more == 1 else 's'}"
        yield PolicyChange("baseline", head.baseline.path, 0, message, hides)


def _comments(
    before: Sequence[FileFindings], after: Sequence[FileFindings], renames: Mapping[str, str]
) -> Iterator[PolicyChange]:
    accepted = Counter(
        (one.path, finding.group_moved)
        for one in before
        for finding, by in zip(one.findings, one.suppressed_by, strict=True)
        if by is not None
    )
    written = Counter((one.path, *_key(by)) for one in before for by in one.suppressions)
    for one in sorted(after, key=lambda file: file.path):
        old_path = renames.get(one.path, one.path)
        added = _Added()
        for finding, by in zip(one.findings, one.suppressed_by, strict=True):
            if by is None:
                continue
            added.busy.add(by)
            if accepted[old_path, finding.group_moved] > 0:
                accepted[old_path, finding.group_moved] -= 1
            else:
                added.hides.setdefault(by, []).append(finding.fingerprint)
        for by in one.suppressions:
            key = (old_path, *_key(by))
            is_old = written[key] > 0
            written[key] -= 1
            # A comment that accepts nothing today may accept something tomorrow.
            if by in added.hides or (by.form == INLINE and by not in added.busy and not is_old):
                hides = tuple(sorted(added.hides.get(by, ())))
                yield PolicyChange("suppression", one.path, by.line, _comment_message(by), hides)


class _Added(Struct):
    """A file's comments that accept something, and the fingerprints that each newly accepts."""

    busy: set[Suppression] = field(default_factory=set)
    hides: dict[Suppression, list[str]] = field(default_factory=dict)


def _key(by: Suppression) -> tuple[str, tuple[str, ...]]:
    return by.form, tuple(sorted(by.ids))


def _comment_message(by: Suppression) -> str:
    form = "secloop: ignore" if by.form == INLINE else by.form
    ids = f"[{', '.join(by.ids)}]" if by.ids else " (every rule)"
    return f"suppression added: {form}{ids}" + (f" {by.reason}" if by.reason else ", no reason given")


def _added(old: Iterable[_Item], new: Iterable[_Item]) -> list[_Item]:
    known = set(old)
    return [item for item in dict.fromkeys(new) if item not in known]


def _pairs(ignores: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(path, rule) for path, rules in sorted(ignores.items()) for rule in rules]


def _in(select: tuple[str, ...], rule: Rule) -> bool:
    return not select or rule_globs(select).match(rule.id)


def _looser(old: Severity | None, new: Severity | None) -> bool:
    """Whether a level from which something is forbidden or fails has gone up; None stands for never."""
    return old is not None and (new is None or new > old)


def _level(severity: Severity | None) -> str:
    return "never" if severity is None else severity.label


def _subject(waiver: Waiver) -> tuple[str, str, str]:
    return waiver.rule, waiver.path, waiver.fingerprint.lower()


def _says(waiver: Waiver) -> tuple[tuple[str, str], ...]:
    return ("rule", waiver.rule), ("path", waiver.path), ("fingerprint", waiver.fingerprint)


def _some(ids: Iterable[str]) -> str:
    """Some of these rule ids in words, at most three by name."""
    ordered = sorted(ids)
    shown = ", ".join(f"'{one}'" for one in ordered[:3])
    return shown if len(ordered) <= 3 else f"{shown} and {len(ordered) - 3} more"
