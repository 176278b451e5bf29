"""Builds a rule set from files: reads, validates and compiles rules, or says what is wrong with each."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any

from secloop.model import Problem, ProblemKind, Rule, RuleSet
from secloop.rules import cached
from secloop.rules.digest import ruleset_digest
from secloop.rules.load import Compiler, Store
from secloop.rules.pack import RuleFile
from secloop.rules.read import Draft, FileContent, read_rule_file
from secloop.rules.refusal import TooSlowError
from secloop.rules.shipped import shipped_prefilters, shipped_rules

MAX_RULES = 10_000
"""Most rules in a set."""


def build_ruleset(
    files: Sequence[RuleFile], compiler: Compiler, store: Store | None, until: float
) -> tuple[RuleSet, bool]:
    """The rule set of files in order, and whether it is a function of them alone.

    It is not when time ran out or when the engine refused a rule, which may be different the next time.
    """
    drafts, problems, complete = _read(files, compiler.version, until)
    kept, conflicts = _without_duplicates(drafts)
    prefilters, refused = _compiled(kept, compiler, store)
    rules = sorted((draft.rule for draft in kept if draft.rule.id in prefilters), key=lambda rule: rule.id)
    ruleset = RuleSet(
        rules=tuple(rules),
        problems=tuple(sorted({*problems, *conflicts, *refused}, key=_problem_order)),
        digest=ruleset_digest(rule.digest for rule in rules),
        prefilters={rule.id: prefilters[rule.id] for rule in rules},
    )
    return ruleset, complete and not refused


def _problem_order(problem: Problem) -> tuple[str, int, str, str]:
    return problem.path, problem.line, problem.rule_id, problem.message


def _read(
    files: Sequence[RuleFile], engine_version: str, until: float
) -> tuple[list[Draft], list[Problem], bool]:
    """Every file's rules and problems, and whether all was read."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for index, file in enumerate(files):
        rest = f"{len(files) - index} of {len(files)} rule files were not read"
        try:
            if time.monotonic() > until:
                raise TooSlowError
            ready = shipped_rules(file, engine_version)
            content = (
                read_rule_file(file, engine_version, until)
                if ready is None
                else FileContent(tuple(Draft(rule, None) for rule in ready))
            )
        except TooSlowError:
            problems.append(Problem(ProblemKind.RULE, f"loading took too long; {rest}", file.path))
            return drafts, problems, False
        drafts += content.drafts
        problems += content.problems
        if len(drafts) > MAX_RULES:
            reason = f"more than {MAX_RULES:,} rules; what follows was not read"
            problems.append(Problem(ProblemKind.RULE, reason, file.path, drafts[MAX_RULES].rule.source.line))
            return drafts[:MAX_RULES], problems, False
    return drafts, problems, True


def _without_duplicates(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Problem]]:
    """One draft an id: a repository's override before the bundled rule, else the first and a problem."""
    kept: dict[str, Draft] = {}
    problems: list[Problem] = []
    for draft in drafts:
        first = kept.setdefault(draft.rule.id, draft)
        if first is draft:
            continue
        if _overrides(draft, first):
            kept[draft.rule.id] = draft
            continue
        place = f"{first.rule.source.path}:{first.rule.source.line}"
        hint = "; to replace the bundled rule set `metadata.secloop.overrides: true`"
        may_override = first.rule.source.origin == "bundled" and draft.rule.source.origin == "repo"
        problems.append(
            draft.problem(f"the rule id is already used at {place}{hint if may_override else ''}")
        )
    return list(kept.values()), problems


def _overrides(draft: Draft, first: Draft) -> bool:
    return (
        draft.rule.secloop.get("overrides") is True
        and draft.rule.source.origin == "repo"
        and first.rule.source.origin == "bundled"
    )


_BAD_PATTERN = re.compile(r"----- pattern -----\n(.*?)\n----- end pattern -----", re.DOTALL)


def _compiled(
    drafts: Sequence[Draft], compiler: Compiler, store: Store | None
) -> tuple[dict[str, Any], list[Problem]]:
    """The prefilter of each rule that the engine runs, and a problem for each that it does not."""
    rules = [draft.rule for draft in drafts]
    prefilters = shipped_prefilters(rules, compiler.version)
    others = [rule for rule in rules if rule.id not in prefilters]
    prefilters |= cached.get_prefilters(store, others, compiler.version)
    unknown = [draft for draft in drafts if draft.rule.id not in prefilters]
    if not unknown:
        return prefilters, []
    compilation = compiler.compile([draft.rule.definition for draft in unknown])
    problems: list[Problem] = []
    compiled: list[Rule] = []
    for draft in unknown:
        rule_id = draft.rule.id
        if rule_id in compilation.failures:
            problems.append(_compile_problem(draft, compilation.failures[rule_id]))
        elif rule_id in compilation.prefilters:
            compiled.append(draft.rule)
        else:
            problems.append(draft.problem("semgrep-core left this rule out and gave no reason"))
    prefilters |= {rule.id: compilation.prefilters[rule.id] for rule in compiled}
    cached.put_prefilters(store, compiled, compiler.version, prefilters)
    return prefilters, problems


def _compile_problem(draft: Draft, reason: str) -> Problem:
    """Points at the pattern that semgrep-core quotes, where it quotes one."""
    quoted = _BAD_PATTERN.search(reason)
    if quoted is None:
        return draft.problem(reason)
    line = draft.line_of_text(quoted[1])
    summary = reason[: quoted.start()].strip().removesuffix(": Stdlib.Parsing.Parse_error")
    pattern = " ".join(quoted[1].split())
    return draft.problem(f"{summary}: {pattern if len(pattern) <= 80 else pattern[:77] + '...'}", line)
