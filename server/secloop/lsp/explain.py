"""What a finding is, why it matters and how to fix it: the text of a hover, as Markdown or plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from secloop.lsp import markup
from secloop.lsp.diagnostics import documentation
from secloop.model import Finding, Rule
from secloop.project import Project
from secloop.reports.escape_markdown import fenced
from secloop.reports.metadata import cwes, how_to_fix, owasp, owasp_page, references

_FENCE_LANGUAGES = {"js": "javascript", "ts": "typescript"}


def markdown(finding: Finding, project: Project) -> str:
    """Markdown about one finding; safe whatever the rule file says."""
    rule = project.ruleset.get(finding.rule_id)
    metadata = rule.metadata if rule else finding.metadata
    head = (
        f"**{markup.escape(finding.rule_id)}** — {finding.severity.label} severity,"
        f" {finding.confidence.label} confidence"
    )
    parts = [head, markup.prose(finding.message)]
    if finding.acceptance is not None:
        words = f"{finding.status.value}: {finding.acceptance.reason or 'no reason given'}"
        parts.append(f"*{markup.escape(words)}*")
    return "\n\n".join((*parts, *_details(metadata, rule, project)))


def _details(metadata: Mapping[str, Any], rule: Rule | None, project: Project) -> Iterator[str]:
    """What to do, examples and links."""
    advice = how_to_fix(metadata)
    if advice:
        yield f"**How to fix.** {markup.prose(advice)}"
    for title, code in _examples(rule):
        language = rule.languages[0] if rule and rule.languages else ""
        yield f"{title}:\n\n{fenced(code, _FENCE_LANGUAGES.get(language, language))}"
    links = _links(metadata)
    page = documentation(rule, project)
    if page:
        links.insert(0, ("About this rule", page))
    if links:
        yield " · ".join(markup.link(text, url) for text, url in links)


def plain_text(finding: Finding, project: Project) -> str:
    """The same for editors that render no Markdown."""
    rule = project.ruleset.get(finding.rule_id)
    metadata = rule.metadata if rule else finding.metadata
    parts = [
        f"{finding.rule_id} — {finding.severity.label} severity, {finding.confidence.label} confidence",
        finding.message,
    ]
    if finding.acceptance is not None:
        parts.append(f"{finding.status.value}: {finding.acceptance.reason or 'no reason given'}")
    advice = how_to_fix(metadata)
    if advice:
        parts.append(f"How to fix: {advice}")
    parts += [f"{title}:\n{code.rstrip()}" for title, code in _examples(rule)]
    parts += [f"{text}: {url}" for text, url in _links(metadata)]
    return markup.plain("\n\n".join(parts))


def _examples(rule: Rule | None) -> list[tuple[str, str]]:
    """The bad and the good example that the rule gives, each with its title."""
    if rule is None:
        return []
    pairs = (("Instead of", rule.secloop.get("bad")), ("write", rule.secloop.get("good")))
    return [(title, code) for title, code in pairs if isinstance(code, str) and code.strip()]


def _links(metadata: Mapping[str, Any]) -> list[tuple[str, str]]:
    links = [(f"{cwe.id}{f': {cwe.name}' if cwe.name else ''}", cwe.url) for cwe in cwes(metadata)]
    links += [(name, owasp_page(name)) for name in owasp(metadata)]
    links += [(url, url) for url in references(metadata)]
    return links
