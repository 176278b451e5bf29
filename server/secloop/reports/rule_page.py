"""A rule's page: what it finds, why that matters, what is vulnerable and what safe, how to fix it, where to read on.

The page is a function of the rule and of the tests beside it, both of which ship with secloop, so every surface
makes it when it is asked for it: as Markdown for editors and the site, as text for a terminal.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from secloop.model import Rule
from secloop.reports.escape_markdown import code_span, fenced
from secloop.reports.metadata import cwes, examples, how_to_fix, owasp, owasp_page, references
from secloop.reports.visible import one_line, visible_lines
from secloop.rules.examples import Examples
from secloop.rules.examples import examples as examples_of
from secloop.rules.sentences import has_instruction, is_instruction, sentences
from secloop.rules.testing import Suite
from secloop.syntax.document import Document

_FENCES = {"js": "javascript", "ts": "typescript", "terraform": "hcl"}
_STANDARDS = {
    "pci-dss-4.0.1": "PCI DSS 4.0.1",
    "nist-800-53": "NIST SP 800-53",
    "nist-ssdf": "NIST SSDF",
    "soc2": "SOC 2",
    "iso-27001-2022": "ISO 27001:2022",
}
_MOST_CHANGES = 3
_CODE = re.compile(r"(?:`([^`]+)`|(\$[A-Z_][A-Z_0-9]*))")
_ENTITIES = re.compile(r"[&<>~|$]")
_SPECIAL = re.compile(r"[\\`*_\[\]!{}]")
_LIST_START = re.compile(r"^(\d*)([-+#.)])")


class Code(Struct, frozen=True):
    """A block of code in a language, as Markdown names it."""

    text: str
    language: str


class Link(Struct, frozen=True):
    """An entry of a list, with an address or without."""

    text: str
    url: str = ""


Block = str | Code | Link
"""A paragraph, code, or an entry of a list."""


class Section(Struct, frozen=True):
    """A heading and what is below it."""

    heading: str
    blocks: tuple[Block, ...]


def sections(rule: Rule, suite: Suite | None = None) -> list[Section]:
    """The page's sections, each with the same heading for every rule; one that has nothing to say is left out."""
    found, why, advice = _parted(rule.message)
    shown = _examples(rule, suite)
    language = _FENCES.get(rule.languages[0], rule.languages[0]) if rule.languages else ""
    page: dict[str, list[Block]] = {
        "What it finds": [*found, *_about(rule)],
        "Why it matters": [*why, *_classes(rule)],
        "Vulnerable": _code(shown.vulnerable, language),
        "Safe": _code(shown.safe, language),
        "Fix": [*advice, *_fix(rule, suite)],
        "References": [Link(url, url) for url in references(rule.metadata)],
    }
    return [Section(heading, tuple(blocks)) for heading, blocks in page.items() if blocks]


def markdown(rule: Rule, suite: Suite | None = None) -> str:
    """The page as Markdown, without its title; safe whatever the rule and its tests say."""
    parts: list[str] = []
    for section in sections(rule, suite):
        parts.append(f"## {section.heading}")
        items: list[str] = []
        for block in section.blocks:
            if isinstance(block, Link):
                items.append(f"- {_linked(block)}")
                continue
            parts += ["\n".join(items)] if items else []
            items = []
            parts.append(fenced(block.text, block.language) if isinstance(block, Code) else shown(block))
        parts += ["\n".join(items)] if items else []
    return "\n\n".join(parts) + "\n"


def text(rule: Rule, suite: Suite | None = None) -> Iterator[tuple[str, list[str]]]:
    """The page for a terminal: each heading with its lines, which are not wrapped."""
    for section in sections(rule, suite):
        lines: list[str] = []
        for block in section.blocks:
            if isinstance(block, Code):
                lines += ["", *(f"    {line}" for line in visible_lines(block.text).split("\n"))]
            elif isinstance(block, Link):
                apart = f": {block.url}" if block.url and block.url != block.text else ""
                lines.append(f"- {one_line(block.text)}{apart}")
            else:
                lines.append(one_line(block))
        yield section.heading, lines


def shown(words: str) -> str:
    """One line of Markdown that every reader takes for these words, also those that know few escapes.

    What stands between backticks is code, and so is a metavariable.
    """
    line = one_line(words)
    marked, at = [], 0
    for found in _CODE.finditer(line):
        marked += [_plain(line[at : found.start()]), code_span(found[1] or found[2])]
        at = found.end()
    marked.append(_plain(line[at:]))
    return _LIST_START.sub(r"\1\\\2", "".join(marked))


def _plain(words: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", _ENTITIES.sub(lambda found: f"&#{ord(found.group())};", words))


def _linked(link: Link) -> str:
    if not link.url:
        return shown(link.text)
    return f"<{link.url}>" if link.text == link.url else f"[{shown(link.text)}](<{link.url}>)"


def _parted(message: str) -> tuple[list[str], list[str], list[str]]:
    """A message as what is found, why that matters, and what to do instead: a paragraph of each, if there is one."""
    first, *rest = sentences(message) or [""]
    advice = [each for each in rest if is_instruction(each)] or [
        each for each in rest if has_instruction(each)
    ][-1:]
    why = [each for each in rest if each not in advice]
    if not advice and has_instruction(first):
        advice = [first]
    found, why, advice = ([" ".join(each)] if each else [] for each in ([first], why, advice))
    return found, why, advice


def _about(rule: Rule) -> Iterator[str]:
    names = list(dict.fromkeys(re.findall(r"\$[A-Z_][A-Z_0-9]*", rule.message)))
    if names:
        which = " and ".join(f"`{name}`" for name in names)
        yield f"In a finding, the code that is meant stands in place of {which}."
    facts = {
        "Severity": [rule.severity.label],
        "Confidence": [rule.confidence.label],
        "Languages": list(rule.languages),
        "Technology": [
            each for each in _texts(rule.metadata.get("technology")) if each not in rule.languages
        ],
    }
    yield " ".join(f"{title}: {', '.join(values)}." for title, values in facts.items() if values)


def _classes(rule: Rule) -> Iterator[Block]:
    """How likely and how bad it is, and what standards call it."""
    metadata = rule.metadata
    likelihood, impact = metadata.get("likelihood"), metadata.get("impact")
    if likelihood and impact:
        yield f"An attack is of {str(likelihood).lower()} likelihood, and of {str(impact).lower()} impact."
    for entry in cwes(metadata):
        yield Link(f"{entry.id}: {entry.name}" if entry.name else entry.id, entry.url)
    for name in owasp(metadata):
        yield Link(f"OWASP Top 10: {name}", owasp_page(name))
    for title, value in (("ASVS 5.0", metadata.get("asvs")), ("STRIDE", metadata.get("stride"))):
        if named := _texts(value):
            yield Link(f"{title}: {', '.join(named)}")
    controls = metadata.get("controls")
    for standard, ids in controls.items() if isinstance(controls, Mapping) else ():
        yield Link(f"{_STANDARDS.get(standard, standard)}: {', '.join(_texts(ids))}")


def _examples(rule: Rule, suite: Suite | None) -> Examples:
    """Those of the tests; where these have none of a kind, the one that the rule gives."""
    # Tests of a pack from elsewhere name its rules as they are called in it.
    name = rule.id.partition("/")[2] if rule.source.origin == "pack" else rule.id
    tested = examples_of(suite.targets, name) if suite is not None else Examples()
    bad, good = examples(rule.metadata)
    return Examples(tested.vulnerable or ((bad,) if bad else ()), tested.safe or ((good,) if good else ()))


def _code(pieces: Sequence[str], language: str) -> list[Block]:
    return [Code("\n\n".join(pieces), language)] if pieces else []


def _fix(rule: Rule, suite: Suite | None) -> Iterator[Block]:
    advice = how_to_fix(rule.metadata)
    if advice:
        yield advice
    if not rule.has_fix:
        return
    targets = suite.targets if suite is not None else ()
    pairs = ((target, suite.fixed[target.path]) for target in targets if suite and target.path in suite.fixed)
    changes = list(dict.fromkeys(change for old, new in pairs for change in _changes(old, new)))
    yield f"Editors offer a fix, which `secloop check --fix` applies, too{':' if changes else '.'}"
    if changes:
        yield Code("\n".join(changes[:_MOST_CHANGES]), "diff")


def _changes(old: Document, new: Document) -> Iterator[str]:
    """Each change of lines, as in a diff but without its place."""
    before, after = (each.text.splitlines() for each in (old, new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            lines = [*(f"-{line}" for line in before[first:last]), *(f"+{line}" for line in after[start:end])]
            yield "\n".join(lines)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [one_line(str(each)) for each in values if isinstance(each, (str, int)) and str(each).strip()]
