"""What accepting the present content of rule packs would change: their rules, and the findings of a root."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from secloop.model import Finding, Problem, Rule, RuleSet, Severity, Status
from secloop.project.packs import recall
from secloop.project.root import Project
from secloop.rules.digest import ruleset_digest
from secloop.rules.load import load_rules
from secloop.rules.packs import PackContent
from secloop.workspace.lock import LockedPack

NEW, CHANGED, SAME, DROPPED = "new", "changed", "same", "dropped"


class ChangedRule(Struct, frozen=True):
    """A rule that is different, and in which parts; None if what was accepted is not known here."""

    id: str
    parts: tuple[str, ...] | None


class PackUpdate(Struct, frozen=True):
    """One pack as it is and as it was accepted; ``content`` is None for one that the configuration does not name.

    ``known`` tells whether the rules that were accepted are to be had, and not their digests only.
    """

    name: str
    status: str
    content: PackContent | None
    locked: LockedPack | None
    after: RuleSet
    before: RuleSet
    known: bool = True
    added: tuple[Rule, ...] = ()
    changed: tuple[ChangedRule, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def lock(self) -> LockedPack:
        """What is locked once this is accepted."""
        assert self.content is not None
        rules = {own_id(rule.id): rule.digest for rule in self.after.rules}
        return LockedPack(self.content.digest, rules)


class FindingChanges(Struct, frozen=True):
    """Findings that come, go, or have another severity or status, and what kept files from being checked."""

    added: tuple[Finding, ...] = ()
    removed: tuple[Finding, ...] = ()
    changed: tuple[tuple[Finding, Finding], ...] = ()
    """As they were and as they are."""
    problems: tuple[Problem, ...] = ()


def own_id(rule_id: str) -> str:
    """The id that a rule has in its pack."""
    return rule_id.partition("/")[2]


def pack_update(
    project: Project, name: str, content: PackContent | None, locked: LockedPack | None
) -> PackUpdate:
    """Compare what a pack holds with what was accepted."""
    after = _rules(project, name, content)
    if locked is None:
        return PackUpdate(name, NEW, content, None, after, _NOTHING, added=after.rules)
    if content is not None and content.digest == locked.digest:
        return PackUpdate(name, SAME, content, locked, after, after)
    old = recall(project.engine.cache, project.tree, name, locked.digest)
    before = _rules(project, name, old)
    digests = {f"{name}/{rule}": digest for rule, digest in locked.rules.items()}
    if old is not None:
        digests = {rule.id: rule.digest for rule in before.rules}
    return PackUpdate(
        name,
        DROPPED if content is None else CHANGED,
        content,
        locked,
        after,
        before,
        known=old is not None,
        added=tuple(rule for rule in after.rules if rule.id not in digests),
        changed=tuple(
            ChangedRule(rule.id, _parts(before.get(rule.id), rule))
            for rule in after.rules
            if digests.get(rule.id, rule.digest) != rule.digest
        ),
        removed=tuple(rule_id for rule_id in sorted(digests) if after.get(rule_id) is None),
    )


def finding_changes(project: Project, updates: Sequence[PackUpdate]) -> FindingChanges:
    """What rules that are new, different or gone mean for the root: only these run, since no rule depends on another."""
    touched = {
        rule_id
        for update in updates
        for rule_id in (
            *(rule.id for rule in update.added),
            *(changed.id for changed in update.changed),
            *update.removed,
        )
    }
    now, problems = _findings(project, [update.after for update in updates], touched)
    then, more = _findings(project, [update.before for update in updates], touched)
    return FindingChanges(
        tuple(found for fingerprint, found in now.items() if fingerprint not in then),
        tuple(found for fingerprint, found in then.items() if fingerprint not in now),
        tuple(
            (then[fingerprint], found)
            for fingerprint, found in now.items()
            if fingerprint in then and _weight(then[fingerprint]) != _weight(found)
        ),
        tuple(dict.fromkeys((*problems, *more))),
    )


_NOTHING = RuleSet((), (), ruleset_digest(()))


def _rules(project: Project, name: str, content: PackContent | None) -> RuleSet:
    if content is None:
        return _NOTHING
    return load_rules(content.rule_files(name), project.engine.compiler, store=project.engine.cache)


def _findings(
    project: Project, rulesets: Iterable[RuleSet], wanted: set[str]
) -> tuple[Mapping[str, Finding], Sequence[Problem]]:
    """The findings, by fingerprint, of the wanted rules of some rule sets."""
    rulesets = tuple(rulesets)
    rules = tuple(rule for ruleset in rulesets for rule in ruleset.rules if rule.id in wanted)
    if not rules:
        return {}, ()
    prefilters = {rule_id: value for ruleset in rulesets for rule_id, value in ruleset.prefilters.items()}
    only = RuleSet(
        tuple(sorted(rules, key=lambda rule: rule.id)),
        (),
        ruleset_digest(rule.digest for rule in rules),
        {rule.id: prefilters[rule.id] for rule in rules},
    )
    verdict = replace(project, ruleset=only, problems=()).check().verdict
    return {finding.fingerprint: finding for finding in verdict.findings}, verdict.problems


def _weight(finding: Finding) -> tuple[Severity, Status]:
    return finding.severity, finding.status


def _parts(old: Rule | None, new: Rule) -> tuple[str, ...] | None:
    if old is None:
        return None
    return tuple(_differences(old.definition, new.definition))


def _differences(old: Mapping[str, Any], new: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """The keys under which two definitions differ; what is short is shown as it was and is."""
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key == "metadata" and isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _differences(before, after, "metadata.")
        elif key in _SHORT and isinstance(before, str) and isinstance(after, str):
            yield f"{prefix}{key} ({before} → {after})"
        else:
            yield f"{prefix}{key}"


_SHORT = frozenset({"severity", "confidence", "likelihood", "impact"})
