"""Builds documents, rules and matches by hand: source with ``§…§`` around what a rule finds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from secloop.model import (
    Confidence,
    FileResult,
    Finding,
    Match,
    Rule,
    RuleSet,
    RuleSource,
    Severity,
    Verdict,
)
from secloop.policy.evaluate import FileFindings, assemble, evaluate_file
from secloop.syntax.document import Document
from secloop.syntax.source import syntax_of
from secloop.workspace.settings import Config

TODAY = datetime.date(2025, 6, 15)
_MARK = re.compile(r"§(?:(?P<rule>[\w.-]+)!)?(?P<text>[^§]*)§")


def rule(
    rule_id: str,
    severity: Severity = Severity.HIGH,
    confidence: Confidence = Confidence.HIGH,
    metadata: Mapping[str, Any] | None = None,
    *,
    version: int = 1,
    origin: str = "repo",
) -> Rule:
    """A rule of which nothing but its policy side matters; another ``version`` has another digest."""
    return Rule(
        id=rule_id,
        languages=("python",),
        severity=severity,
        confidence=confidence,
        message=f"{rule_id} found",
        definition={"id": rule_id, "metadata": dict(metadata or {})},
        source=RuleSource(f".secloop/rules/{rule_id}.yaml", 2, origin),
        digest=f"{rule_id}-{version}",
    )


def rules(*loaded: Rule | str) -> RuleSet:
    """A rule set of these rules (a bare id makes a rule of high severity)."""
    made = tuple(sorted((rule(r) if isinstance(r, str) else r for r in loaded), key=lambda r: r.id))
    return RuleSet(made, (), "ruleset-" + ",".join(r.digest for r in made))


def marked(source: str, path: str = "app.py", default_rule: str = "r") -> tuple[Document, FileResult]:
    """The document without its marks, and a match for each ``§text§`` or ``§rule-id!text§``."""
    parts: list[str] = []
    found: list[tuple[str, int, int]] = []
    at = size = 0
    for mark in _MARK.finditer(source):
        before, text = source[at : mark.start()], mark.group("text")
        size += len(before.encode())
        found.append((mark.group("rule") or default_rule, size, size + len(text.encode())))
        size += len(text.encode())
        parts += (before, text)
        at = mark.end()
    parts.append(source[at:])
    document = Document(path, "".join(parts))
    matches = sorted(
        (match(document, rule_id, start, end) for rule_id, start, end in found),
        key=lambda match: (match.span, match.rule_id),
    )
    return document, FileResult(path, tuple(matches))


def match(document: Document, rule_id: str, start: int, end: int) -> Match:
    """A match of a byte range, with its place."""
    syntax = syntax_of(document)
    place = (syntax.scope(start), syntax.tokens(start, end))
    return Match(rule_id, document.span(start, end), f"{rule_id} found", place=place)


def evaluate(
    source: str,
    config: Config | None = None,
    ruleset: RuleSet | None = None,
    *,
    path: str = "app.py",
    as_of: datetime.date = TODAY,
) -> FileFindings:
    """What the policy says of marked source."""
    document, result = marked(source, path)
    ids = {match.rule_id for match in result.matches} | {"r"}
    return evaluate_file(document, result, ruleset or rules(*ids), config or Config(), as_of)


def verdict(
    *files: FileFindings, config: Config | None = None, ruleset: RuleSet | None = None, **more: Any
) -> Verdict:
    """The verdict of evaluated files."""
    return assemble(
        "root",
        files,
        ruleset=ruleset or rules("r"),
        config=config or Config(),
        as_of=more.pop("as_of", TODAY),
        semgrep_core="1.0",
        **more,
    )


def statuses(file: FileFindings) -> str:
    """The first letter of each finding's status in document order: o, s, w, b."""
    return "".join(finding.status.value[0] for finding in file.findings)


def kinds(file: FileFindings) -> list[str]:
    """The kinds of a file's notices."""
    return [notice.kind for notice in file.notices]


def renamed(file: FileFindings, path: str) -> FileFindings:
    """The same findings as they would be in a file of another name (fingerprints without the path stay)."""
    moved = tuple(_moved(finding, path) for finding in file.findings)
    return replace(file, path=path, findings=moved)


def _moved(finding: Finding, path: str) -> Finding:
    return replace(finding, path=path, fingerprint="moved" + finding.fingerprint)
