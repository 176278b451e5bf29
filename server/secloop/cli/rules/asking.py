"""Asks for what a new rule is made of, where it was not given."""

from __future__ import annotations

from collections.abc import Sequence

import click
from msgspec.structs import replace

from secloop.rules.draft import Draft


def asked(draft: Draft, severities: Sequence[str]) -> Draft:
    """The draft with what a person says to each question; an empty answer leaves it for later."""
    rule_id = draft.rule_id or _word("Id of the rule (lower-case letters, digits, hyphens)")
    language = draft.language or _word("Language", "python")
    code = draft.code or _code("Code that it finds")
    return replace(
        draft,
        rule_id=rule_id,
        language=language,
        code=code,
        vary=draft.vary or _words("Texts in it that may be anything else"),
        safe=draft.safe or tuple(_pieces("Code that it must not find")),
        fix=draft.fix or _word("What to write instead of what it finds", ""),
        message=draft.message or _word("Message: what an attacker can do here, and what to do instead", ""),
        severity=_severity(draft, severities),
        cwe=draft.cwe or _words("CWE, such as 79"),
        references=draft.references or _words("Web pages to read on"),
    )


def _word(question: str, default: str | None = None) -> str:
    answer: str = click.prompt(question, default=default, show_default=bool(default), err=True)
    return answer.strip()


def _words(question: str) -> tuple[str, ...]:
    return tuple(
        each.strip() for each in _word(f"{question} (with `;` between)", "").split(";") if each.strip()
    )


def _code(question: str) -> str:
    """Lines until an empty one."""
    click.echo(f"{question} (an empty line ends it):", err=True)
    lines = []
    while line := click.prompt("", default="", prompt_suffix="> ", show_default=False, err=True):
        lines.append(line)
    return "\n".join(lines)


def _pieces(question: str) -> list[str]:
    """Pieces of code until an empty one."""
    found = []
    while piece := _code(question):
        found.append(piece)
    return found


def _severity(draft: Draft, severities: Sequence[str]) -> str:
    answer: str = click.prompt(
        "Severity", default=draft.severity.lower(), type=click.Choice(list(severities)), err=True
    )
    return answer.upper()
