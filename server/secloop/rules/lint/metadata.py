"""Checks of what a rule says about itself: weakness, standards, references, examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from secloop.rules.lint.model import Complaint, Complaints, Steps, Subject

_CWE = re.compile(r"CWE-\d{1,5}: \S")
_OWASP = {edition: re.compile(rf"A(0[1-9]|10):{edition} - \S") for edition in (2021, 2025)}
_ASVS = re.compile(r"v5\.0\.0-\d{1,2}\.\d{1,2}\.\d{1,2}")
_WEB = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(/\S*)?")
_STANDARDS = ("pci-dss-4.0.1", "nist-800-53", "nist-ssdf", "soc2", "iso-27001-2022")
_STRIDE = (
    "spoofing",
    "tampering",
    "repudiation",
    "information-disclosure",
    "denial-of-service",
    "elevation-of-privilege",
)
_LEVELS = ("confidence", "likelihood", "impact")
_METADATA: Steps = ("metadata",)


def cwe(subject: Subject) -> Complaints:
    """``metadata.cwe`` names a weakness as ``CWE-79: …``."""
    named = _texts(subject.metadata.get("cwe"))
    if not named:
        yield Complaint("metadata.cwe does not say which weakness the rule finds", _METADATA)
    for text in named:
        if not _CWE.match(text):
            yield Complaint(
                f"metadata.cwe has {text!r}, which is not written as `CWE-79: its name`", _METADATA
            )


def owasp(subject: Subject) -> Complaints:
    """``metadata.owasp`` has a category of the Top 10 of 2021 and one of 2025."""
    named = _texts(subject.metadata.get("owasp"))
    for edition, written in _OWASP.items():
        if not any(map(written.match, named)):
            yield Complaint(f"metadata.owasp has no category such as `A03:{edition} - Injection`", _METADATA)
    for text in named:
        if not any(written.match(text) for written in _OWASP.values()):
            yield Complaint(f"metadata.owasp has {text!r}, which is of no edition of the Top 10", _METADATA)


def levels(subject: Subject) -> Complaints:
    """``confidence``, ``likelihood`` and ``impact`` are each HIGH, MEDIUM or LOW."""
    for key in _LEVELS:
        if subject.metadata.get(key) not in ("HIGH", "MEDIUM", "LOW"):
            yield Complaint(f"metadata.{key} is not one of HIGH, MEDIUM and LOW", _METADATA)


def references(subject: Subject) -> Complaints:
    """``metadata.references`` has web pages, and nothing else."""
    named = _texts(subject.metadata.get("references"))
    if not named:
        yield Complaint("metadata.references names no page to read on", _METADATA)
    for text in named:
        if not _WEB.fullmatch(text):
            yield Complaint(f"metadata.references has {text!r}, which is no web address", _METADATA)


def examples(subject: Subject) -> Complaints:
    """``metadata.secloop.bad`` and ``good`` are there, for the rule's page and for hovers."""
    for key in ("bad", "good"):
        value = subject.rule.secloop.get(key)
        if not isinstance(value, str) or not value.strip():
            yield Complaint(f"metadata.secloop.{key} has no example", _METADATA)


def technology(subject: Subject) -> Complaints:
    """``metadata.technology`` says which language and frameworks the rule is about."""
    if not _texts(subject.metadata.get("technology")):
        yield Complaint("metadata.technology names no language or framework", _METADATA)


def asvs(subject: Subject) -> Complaints:
    """``metadata.asvs`` names requirements of ASVS 5.0 as ``v5.0.0-1.2.5``."""
    named = _texts(subject.metadata.get("asvs"))
    if not named:
        yield Complaint("metadata.asvs names no requirement such as `v5.0.0-1.2.5`", _METADATA)
    for text in named:
        if not _ASVS.fullmatch(text):
            yield Complaint(f"metadata.asvs has {text!r}, which is not written as `v5.0.0-1.2.5`", _METADATA)


def controls(subject: Subject) -> Complaints:
    """``metadata.controls`` has control ids of each standard."""
    named = subject.metadata.get("controls")
    for standard in _STANDARDS:
        if not isinstance(named, Mapping) or not _texts(named.get(standard)):
            yield Complaint(f"metadata.controls has no control of {standard}", _METADATA)


def stride(subject: Subject) -> Complaints:
    """``metadata.stride`` has categories of threats, by their full names."""
    named = _texts(subject.metadata.get("stride"))
    if not named:
        yield Complaint("metadata.stride names no kind of threat", _METADATA)
    for text in named:
        if text not in _STRIDE:
            yield Complaint(
                f"metadata.stride has {text!r}, which is not one of {', '.join(_STRIDE)}", _METADATA
            )


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [text for text in values if isinstance(text, str) and text.strip()]
