"""Which rules run and how severe they are: select, ignore, min-confidence and severity overrides."""

from __future__ import annotations

from collections.abc import Iterable

from secloop.model import Rule, RuleSet, Severity
from secloop.workspace.settings import Config


def selected_rules(ruleset: RuleSet, config: Config) -> RuleSet:
    """The rules that have to run under a policy, with the rule set's own digest and problems.

    A rule that is not selected, is ignored, or is below ``min-confidence`` is not run. A rule that did not
    load stays a problem whatever is selected: what it would have been cannot be known. Return the rule set
    itself when all of it runs, so that what is memoised per rule set is shared.
    """
    rules = tuple(rule for rule in ruleset.rules if is_selected(rule, config))
    if len(rules) == len(ruleset.rules):
        return ruleset
    kept = {rule.id for rule in rules}
    prefilters = {rule_id: formula for rule_id, formula in ruleset.prefilters.items() if rule_id in kept}
    return RuleSet(rules, ruleset.problems, ruleset.digest, prefilters)


def is_selected(rule: Rule, config: Config) -> bool:
    """Whether a policy runs this rule."""
    if rule.confidence < config.min_confidence:
        return False
    if config.select and not matches_any(config.select, rule.id):
        return False
    return not matches_any(config.ignore, rule.id)


def severity_of(rule: Rule, config: Config) -> Severity:
    """The rule's severity under a policy.

    The order of keys in a file means nothing: the exact id wins, then the glob with the most characters
    that are not ``*``, then the higher severity.
    """
    if not config.severity:
        return rule.severity
    exact = config.severity.get(rule.id)
    if exact is not None:
        return exact
    fitting = [
        (len(glob.replace("*", "")), severity)
        for glob, severity in config.severity.items()
        if matches_rule(glob, rule.id)
    ]
    return max(fitting)[1] if fitting else rule.severity


def matches_any(globs: Iterable[str], rule_id: str) -> bool:
    """Whether a rule id is one of these ids or fits one of these globs."""
    return any(matches_rule(glob, rule_id) for glob in globs)


def matches_rule(glob: str, rule_id: str) -> bool:
    """Whether a rule id equals ``glob`` or fits it, ``*`` standing for any characters.

    A glob comes from the repository, so it must not take exponential time: the leftmost place for each
    piece in turn is always good enough, and no step goes back.
    """
    first, *pieces = glob.split("*")
    if not pieces:
        return glob == rule_id
    last = pieces.pop()
    if len(rule_id) < len(first) + len(last) or not rule_id.startswith(first) or not rule_id.endswith(last):
        return False
    at, stop = len(first), len(rule_id) - len(last)
    for piece in pieces:
        found = rule_id.find(piece, at, stop)
        if found < 0:
            return False
        at = found + len(piece)
    return True
