"""The rules that a SARIF run names: descriptors with help, and CWE as a taxonomy (SARIF 3.19, 3.49)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secloop.model import Confidence, Finding, Rule, Severity, Verdict
from secloop.reports.escape_markdown import escaped, fenced
from secloop.reports.metadata import Cwe, cwes, examples, how_to_fix, owasp, references
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


@dataclass(frozen=True, slots=True)
class _Described:
    """A rule as far as a report knows it: from its rule set, or from a finding alone."""

    rule_id: str
    message: str
    severity: Severity
    confidence: Confidence
    metadata: Mapping[str, Any]


class Descriptors:
    """The rules that findings name, each once, and the CWE entries that those name.

    Two roots may define one id differently: then each has a descriptor, and a finding points at its own.
    """

    def __init__(self, described: list[_Described], places: Mapping[tuple[str, str], int]) -> None:
        self._described = described
        self._places = places
        entries = {entry.number: entry for rule in described for entry in cwes(rule.metadata)}
        self.cwes: list[Cwe] = [entries[number] for number in sorted(entries)]

    @classmethod
    def of(cls, report: Report) -> Descriptors:
        """The descriptors for every finding of a report, by rule id."""
        keyed: dict[tuple[str, str], _Described] = {}
        users: dict[tuple[str, str], tuple[str, str]] = {}
        for verdict, finding in report.findings():
            ruleset = report.rules.get(verdict.root)
            rule = ruleset.get(finding.rule_id) if ruleset is not None else None
            key = (finding.rule_id, rule.digest if rule is not None else "")
            keyed.setdefault(key, _describe(finding, rule))
            users[verdict.root, finding.rule_id] = key
        order = {key: number for number, key in enumerate(sorted(keyed))}
        places = {user: order[key] for user, key in users.items()}
        return cls([keyed[key] for key in order], places)

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
        links = references(rule.metadata)
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
        if links:
            descriptor["helpUri"] = links[0]
        classes = cwes(rule.metadata)
        if classes:
            descriptor["relationships"] = [
                {"target": self.taxon(entry), "kinds": ["superset"]} for entry in classes
            ]
        return descriptor


def _describe(finding: Finding, rule: Rule | None) -> _Described:
    # The severity is the one that policy gives the rule, which readers of SARIF take from here.
    message = rule.message if rule is not None else finding.message
    return _Described(finding.rule_id, message, finding.severity, finding.confidence, finding.metadata)


def pascal(rule_id: str) -> str:
    """An id's words joined, each with a capital, as readers of SARIF expect a name."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", rule_id)) or "Rule"


def _tags(rule: _Described) -> list[str]:
    return [
        "security",
        *(f"external/cwe/cwe-{entry.number}" for entry in cwes(rule.metadata)),
        *(f"external/owasp/{_slug(name)}" for name in owasp(rule.metadata)),
    ]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _help_text(rule: _Described) -> str:
    parts = paragraphs(rule.message) or [one_line(rule.rule_id)]
    if advice := how_to_fix(rule.metadata):
        parts.append(f"How to fix: {advice}")
    bad, good = examples(rule.metadata)
    parts += [f"{title}:\n{code}" for title, code in (("Bad", bad), ("Good", good)) if code]
    classes = [*(entry.id for entry in cwes(rule.metadata)), *owasp(rule.metadata)]
    parts += [", ".join(classes)] if classes else []
    parts += ["\n".join(references(rule.metadata))] if references(rule.metadata) else []
    return "\n\n".join(parts)


def _help_markdown(rule: _Described) -> str:
    parts = [escaped(text, code=True) for text in paragraphs(rule.message) or [rule.rule_id]]
    if advice := how_to_fix(rule.metadata):
        parts.append(f"**How to fix:** {escaped(advice, code=True)}")
    bad, good = examples(rule.metadata)
    parts += [f"**{title}**\n\n{fenced(code)}" for title, code in (("Bad", bad), ("Good", good)) if code]
    links = [f"- [{entry.id}]({entry.url}) {escaped(entry.name)}".rstrip() for entry in cwes(rule.metadata)]
    links += [f"- {escaped(name)}" for name in owasp(rule.metadata)]
    links += [f"- <{url}>" for url in references(rule.metadata)]
    parts += ["**References**\n\n" + "\n".join(links)] if links else []
    return "\n\n".join(parts)
