"""Rules, the real engine, and code with ``§`` around what a finding spans, for the tests of fixes."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from secloop.engine.analyze import analyze_each
from secloop.engine.semgrep import SemgrepRunner
from secloop.fixes.codemods import Rewritten, run_codemod
from secloop.fixes.edits import apply
from secloop.model import Confidence, FileResult, Match, Rule, RuleSet, RuleSource, Severity
from secloop.syntax.document import Document


def marked(code: str, path: str = "app.py") -> tuple[Document, int, int]:
    """The document of marked code, dedented, and the byte offsets of the marks."""
    before, inside, after = textwrap.dedent(code).lstrip("\n").split("§")
    start = len(before.encode())
    return Document(path, before + inside + after), start, start + len(inside.encode())


def rewritten(codemod: str, code: str, path: str = "app.py") -> str:
    """The text after a codemod, or ``refused: `` and its reason."""
    document, start, end = marked(code, path)
    outcome = run_codemod(codemod, document, start, end)
    return apply(document, outcome.edits).text if isinstance(outcome, Rewritten) else f"refused: {outcome}"


def match_at(document: Document, rule_id: str, start: int, end: int) -> Match:
    """A match of a rule between two byte offsets."""
    return Match(rule_id, document.span(start, end), "message")


def ruleset(*definitions: Mapping[str, Any]) -> RuleSet:
    """Rules for Python unless they say otherwise; without prefilters, each runs on every text."""
    rules = tuple(sorted(map(_rule, definitions), key=lambda rule: rule.id))
    return RuleSet(rules, (), repr([rule.definition for rule in rules]))


def _rule(definition: Mapping[str, Any]) -> Rule:
    full = {"languages": ["python"], "severity": "ERROR", "message": "found", **definition}
    return Rule(
        id=full["id"],
        languages=tuple(full["languages"]),
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        message=full["message"],
        definition=full,
        source=RuleSource("rules.yaml", 1, "repo"),
        digest=full["id"],
    )


@lru_cache(maxsize=1)
def _runner() -> SemgrepRunner:
    return SemgrepRunner(1)


def engine(rules: RuleSet) -> Callable[[Sequence[Document]], Sequence[FileResult]]:
    """The real engine under some rules."""
    return lambda documents: analyze_each(documents, rules, _runner())
