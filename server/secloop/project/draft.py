"""Drafts a rule, with its test, from a piece of code that it is to find."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from secloop.project.root import Project
from secloop.project.sources import REPO_RULES
from secloop.rules.load import RuleFile, load_rules
from secloop.syntax.document import Document
from secloop.syntax.languages import canonical, languages
from secloop.syntax.source import syntax_of

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


class DraftError(ValueError):
    """No rule can be made of this; the message says why."""


def draft_rule(project: Project, rule_id: str, code: str, language: str, suffix: str) -> Mapping[str, str]:
    """The rule file and its test file, by path: the rule finds exactly this code until it is edited.

    Args:
        language: one of semgrep's names for it.
        suffix: how files of the language end, such as ``.py``; if empty, semgrep's first one.

    Raises:
        DraftError: if the id cannot be one or is taken, or the code is no pattern of the language.
    """
    known = canonical(language)
    if known is None:
        raise DraftError(f"there are no rules for the language {language!r}")
    if not _ID.fullmatch(rule_id):
        raise DraftError(f"{rule_id!r} cannot be a rule's id: lower-case letters, digits, dots and hyphens")
    if project.ruleset.get(rule_id) is not None:
        raise DraftError(f"there is a rule {rule_id!r} already")
    code = textwrap.dedent(code.replace("\r\n", "\n").replace("\r", "\n")).strip("\n").rstrip()
    if not code:
        raise DraftError("there is no code to make a rule of")
    path = f"{REPO_RULES}/{rule_id}.yaml"
    rule = _rule(rule_id, known, code)
    problems = load_rules([RuleFile(path, rule.encode(), "repo")], project.engine.compiler).problems
    if problems:
        raise DraftError(f"no rule can be made of this code: {problems[0].message}")
    return {path: rule, **_test(rule_id, code, suffix or next(iter(languages()[known].suffixes), ""))}


def _rule(rule_id: str, language: str, code: str) -> str:
    pattern = textwrap.indent(code, " " * 6, lambda line: bool(line.strip()))
    return (
        "rules:\n"
        f"  - id: {rule_id}\n"
        f"    languages: [{language}]\n"
        "    severity: MEDIUM\n"
        "    message: >-\n"
        "      Say what an attacker can do here, and what to do instead.\n"
        f"    pattern: |-\n{pattern}\n"
    )


def _test(rule_id: str, code: str, suffix: str) -> dict[str, str]:
    """The test file; none where the language has no comments to annotate with."""
    path = f"{REPO_RULES}/{rule_id}{'.test' if suffix in ('.yaml', '.yml', '.json') else ''}{suffix}"
    prefix = syntax_of(Document(path, code)).comment_prefix
    return {path: f"{prefix} ruleid: {rule_id}\n{code}\n"} if prefix and suffix else {}
