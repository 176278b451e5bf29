"""The rules that a SARIF run names: descriptors with help, and CWE as a taxonomy (SARIF 3.19, 3.49)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from secloop.model import Confidence, Finding, Rule, Severity, Verdict
from secloop.reports.escape_markdown import escaped, fenced
from secloop.reports.metadata import Cwe, cwes, examples, how_to_fix, owasp, page_of, references
from secloop.reports.model import Report
from secloop.reports.visible import first_sentence, one_line, paragraphs

Json = dict[str, Any]
LEVELS: Mapping[Severity, str] = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
SECURITY_SEVERITIES: Mapping[Severity, str] = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.INFO: "0.0",
}


def level(severity: Severity) -> str:
    """SARIF's level (SPEC 8)."""
    return LEVELS[severity]


class _Described(Struct, frozen=True, order=True):
    """What a report says of a rule: equal for two roots unless they define it differently."""

    rule_id: str
    message: str
    severity: Severity
    confidence: Confidence
    cwes: tuple[Cwe, ...]
    owasp: tuple[str, ...]
    references: tuple[str, ...]
    how_to_fix: str
    examples: tuple[str, str]
    page: str


class Descriptors:
    """The rules that findings name, each once, and the CWE entries that those name.

    Two roots may define one id differently: then each has a descriptor, and a finding points at its own.
    """

    def __init__(self, used: Mapping[tuple[str, str], _Described]) -> None:
        self._described = sorted(set(used.values()))
        order = {rule: number for number, rule in enumerate(self._described)}
        self._places = {user: order[rule] for user, rule in used.items()}
        entries = {entry.number: entry for rule in self._described for entry in rule.cwes}
        self.cwes: list[Cwe] = [entries[number] for number in sorted(entries)]

    @classmethod
    def of(cls, report: Report) -> Descriptors:
        """The descriptors for every finding of a report, by rule id."""
        used: dict[tuple[str, str], _Described] = {}
        for verdict, finding in report.findings():
            ruleset = report.rules.get(verdict.root)
            rule = ruleset.get(finding.rule_id) if ruleset is not None else None
            used.setdefault(
                (verdict.root, finding.rule_id), _describe(finding, rule, report.pages.get(verdict.root, ""))
            )
        return cls(used)

    def index(self, verdict: Verdict, rule_id: str) -> int:
        """Where a rule that has a finding stands."""
        return self._places[verdict.root, rule_id]

    def find(self, verdict: Verdict, rule_id: str) -> int | None:
        """Where a rule stands, None if no finding names it."""
        return self._places.get((verdict.root, rule_id))

    def rules(self) -> list[Json]:
        """The ``reportingDescriptor`` of each rule."""
        return [self._descriptor(rule) for rule in self._described]

    def taxon(self, entry: Cwe) -> Json:
        """A reference to a CWE entry in the run's taxonomy."""
        numbers = [known.number for known in self.cwes]
        component = {"name": "CWE", "index": 0}
        return {"id": entry.id, "index": numbers.index(entry.number), "toolComponent": component}

    def taxonomy(self) -> Json:
        """The part of CWE that the rules name."""
        return {
            "name": "CWE",
            "organization": "MITRE",
            "shortDescription": {"text": "The MITRE Common Weakness Enumeration."},
            "informationUri": "https://cwe.mitre.org/",
            "isComprehensive": False,
            "taxa": [
                {
                    "id": entry.id,
                    "shortDescription": {"text": entry.name or entry.id},
                    "helpUri": entry.url,
                }
                for entry in self.cwes
            ],
        }

    def _descriptor(self, rule: _Described) -> Json:
        descriptor: Json = {
            "id": one_line(rule.rule_id),
            "name": pascal(rule.rule_id),
            "shortDescription": {"text": first_sentence(rule.message) or one_line(rule.rule_id)},
            "fullDescription": {"text": "\n\n".join(paragraphs(rule.message)) or one_line(rule.rule_id)},
            "help": {"text": _help_text(rule), "markdown": _help_markdown(rule)},
            "defaultConfiguration": {"level": level(rule.severity)},
            "properties": {
                "tags": _tags(rule),
                "precision": rule.confidence.label,
                "security-severity": SECURITY_SEVERITIES[rule.severity],
            },
        }
        if rule.page or rule.references:
            descriptor["helpUri"] = rule.page or rule.references[0]
        if rule.cwes:
            descriptor["relationships"] = [
                {"target": self.taxon(entry), "kinds": ["superset"]} for entry in rule.cwes
            ]
        return descriptor


def _describe(finding: Finding, rule: Rule | None, pages: str) -> _Described:
    metadata = finding.metadata
    return _Described(
        rule_id=finding.rule_id,
        message=rule.message if rule is not None else finding.message,
        # The severity that policy gives the rule, which readers of SARIF take from here.
        severity=finding.severity,
        confidence=finding.confidence,
        cwes=tuple(cwes(metadata)),
        owasp=tuple(owasp(metadata)),
        references=tuple(references(metadata)),
        how_to_fix=how_to_fix(metadata),
        examples=examples(metadata),
        page=page_of(finding.rule_id, pages),
    )


def pascal(rule_id: str) -> str:
    """An id's words joined, each with a capital, as readers of SARIF expect a name."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", rule_id)) or "Rule"


def _tags(rule: _Described) -> list[str]:
    return [
        "security",
        *(f"external/cwe/cwe-{entry.number}" for entry in rule.cwes),
        *(f"external/owasp/{_slug(name)}" for name in rule.owasp),
    ]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _help_text(rule: _Described) -> str:
    parts = paragraphs(rule.message) or [one_line(rule.rule_id)]
    if rule.how_to_fix:
        parts.append(f"How to fix: {rule.how_to_fix}")
    bad, good = rule.examples
    parts += [f"{title}:\n{code}" for title, code in (("Bad", bad), ("Good", good)) if code]
    classes = [*(entry.id for entry in rule.cwes), *rule.owasp]
    parts += [", ".join(classes)] if classes else []
    parts += ["\n".join(rule.references)] if rule.references else []
    return "\n\n".join(parts)


def _help_markdown(rule: _Described) -> str:
    parts = [escaped(text, code=True) for text in paragraphs(rule.message) or [rule.rule_id]]
    if rule.how_to_fix:
        parts.append(f"**How to fix:** {escaped(rule.how_to_fix, code=True)}")
    bad, good = rule.examples
    parts += [f"**{title}**\n\n{fenced(code)}" for title, code in (("Bad", bad), ("Good", good)) if code]
    links = [f"- [{entry.id}]({entry.url}) {escaped(entry.name)}".rstrip() for entry in rule.cwes]
    links += [f"- {escaped(name)}" for name in rule.owasp]
    links += [f"- <{url}>" for url in rule.references]
    parts += ["**References**\n\n" + "\n".join(links)] if links else []
    return "\n\n".join(parts)
