"""Which rules run and how severe they are: select, ignore, min-confidence and severity overrides."""

from __future__ import annotations

from collections.abc import Iterable

from secloop.model import Notice, Problem, ProblemKind, Rule, RuleSet, Severity
from secloop.policy.globs import rule_globs
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
    if config.select and not rule_globs(config.select).match(rule.id):
        return False
    return not rule_globs(config.ignore).match(rule.id)


def selection_problems(ruleset: RuleSet, config: Config) -> tuple[Problem, ...]:
    """An error for each entry of ``select`` that stands for no rule, and where none of its rules runs.

    A slip there would check nothing, and pass.
    """
    if ruleset.problems:
        return ()  # It may stand for a rule that did not load, and the verdict is an error already.
    where = f"{config.path} or --select" if config.path else "--select"
    wrong = [f"select names no rule: {_called(entry, ruleset)}" for entry in _unknown(config.select, ruleset)]
    if config.select and not wrong and not selected_rules(ruleset, config).rules:
        wrong = ["no rule that select names runs, since ignore or min-confidence leaves each out"]
    return tuple(Problem(ProblemKind.POLICY, f"{message} (in {where})") for message in wrong)


def selection_notices(ruleset: RuleSet, config: Config) -> tuple[Notice, ...]:
    """A warning for each other setting that is about no rule there is, such as one that was renamed."""
    if ruleset.problems:
        return ()
    settings = [("ignore", config.ignore, 0), ("severity", tuple(config.severity), 0)]
    settings += [(f"per-path-ignores of {glob}", rules, 0) for glob, rules in config.per_path_ignores.items()]
    settings += [("waiver", (waiver.rule,), waiver.line) for waiver in config.waivers if waiver.rule]
    return tuple(
        Notice("unknown-rule", f"{key} names no rule: {_called(entry, ruleset)}", config.path, line)
        for key, entries, line in settings
        for entry in _unknown(entries, ruleset)
    )


def _unknown(entries: Iterable[str], ruleset: RuleSet) -> list[str]:
    return [
        entry for entry in entries if not any(rule_globs((entry,)).match(rule.id) for rule in ruleset.rules)
    ]


def _called(entry: str, ruleset: RuleSet) -> str:
    import difflib  # only to word a mistake

    close = difflib.get_close_matches(entry, [rule.id for rule in ruleset.rules], n=1)
    return f'"{entry}"; did you mean "{close[0]}"?' if close else f'"{entry}"'


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
        if rule_globs((glob,)).match(rule.id)
    ]
    return max(fitting)[1] if fitting else rule.severity
