"""Patterns that a sibling makes superfluous: whatever code one matches, the other matches too.

Each pattern is made into code, in several ways where ``...`` leaves a choice, and the others run on it. One that
matches all of that code as a whole, with the same metavariables, finds at least what the first one finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from secloop.model import Match, Rule
from secloop.rules.digest import rule_digest
from secloop.rules.lint.model import Complaint, Subject
from secloop.rules.lint.parts import alternatives, at
from secloop.rules.lint.running import Found
from secloop.rules.lint.trial import Trial, could_not_run, trial
from secloop.rules.read import build_rule
from secloop.rules.testing import Analyze
from secloop.syntax.document import Document
from secloop.syntax.languages import languages

_NAME = re.compile(r"\$[A-Z_][A-Z_0-9]*")
_REST = re.compile(r"\.\.\.")
_RESTS = ("", "rest_a", "rest_a, rest_b", "rest_a=rest_b")
"""What stands for ``...`` between brackets."""


class _Pattern(Struct, frozen=True):
    """A bare pattern with its siblings' place, the name of a rule that has it alone, and code that it matches."""

    steps: tuple[str | int, ...]
    text: str
    name: str
    codes: tuple[Document, ...]


def subsumed(subjects: Iterable[Subject], analyze: Analyze) -> Found:
    """A pattern that matches nothing that another one of the same list does not match."""
    for subject in subjects:
        patterns = list(_patterns(subject))
        lists = {pattern.steps[:-2] for pattern in patterns}
        if len(lists) == len(patterns):
            continue  # each is alone
        ran = _run(subject, patterns, analyze)
        for complaint in could_not_run((ran.failed.get(each.name), each.steps) for each in patterns):
            yield subject, complaint
        found = _wholly(patterns, ran)
        for pattern in patterns:
            wider = next((other for other in patterns if _covers(other, pattern, found, subject)), None)
            if wider is not None:
                words = f"`{_line(wider.text)}` finds all that `{_line(pattern.text)}` finds"
                yield subject, Complaint(words, pattern.steps)


def _patterns(subject: Subject) -> Iterator[_Pattern]:
    """The alternatives that are one pattern and nothing else."""
    language = languages().get(subject.rule.languages[0])
    suffix = language.suffixes[0] if language is not None and language.suffixes else ""
    for number, part in enumerate(alternatives(subject.definition)):
        text = part.value.get("pattern") if isinstance(part.value, Mapping) and len(part.value) == 1 else None
        if not isinstance(text, str) or not suffix or "\n" in text.strip():
            continue
        codes = tuple(
            Document(f"pattern-{number:05}-{way}{suffix}", code + "\n")
            for way, code in enumerate(_codes(text))
        )
        yield _Pattern((*part.steps, "pattern"), text, f"pattern-{number:05}", codes)


def _codes(pattern: str) -> Iterator[str]:
    """Code that a pattern matches; none if it has what stands for nothing that can be made up."""
    text = _NAME.sub(lambda found: _identifier(found.group()), pattern.strip())
    if "$" in text or "<..." in text or "=~/" in text:
        return
    made = dict.fromkeys(_filled(text, rest) for rest in (_RESTS if _REST.search(text) else ("",)))
    yield from made


def _filled(text: str, rest: str) -> str:
    """The text with something for each ``...``: in a string a word, elsewhere arguments, and no commas too many."""
    text = re.sub(r"([\"'])\.\.\.\1", r"\1word\1", text)
    text = _REST.sub(rest, text)
    text = re.sub(r"([(\[{])\s*,\s*", r"\1", text)
    return re.sub(r",\s*(?=[,)\]}])", "", text)


def _identifier(name: str) -> str:
    return f"meta_{name[1:].lower()}"


def _run(subject: Subject, patterns: Sequence[_Pattern], analyze: Analyze) -> Trial:
    """What each pattern matches of the code that was made of all of them."""
    rules = [_bare(subject.rule, pattern) for pattern in patterns]
    return trial(rules, [code for pattern in patterns for code in pattern.codes], analyze)


def _bare(rule: Rule, pattern: _Pattern) -> Rule:
    definition = {
        "id": pattern.name,
        "languages": list(rule.languages),
        "severity": "INFO",
        "message": pattern.name,
        "pattern": pattern.text,
    }
    return build_rule(definition, rule.source, rule_digest(definition))


def _wholly(patterns: Sequence[_Pattern], ran: Trial) -> Mapping[str, Mapping[str, Match]]:
    """By code, what each pattern matches of it as a whole."""
    sizes = {code.path: len(code.data) for pattern in patterns for code in pattern.codes}
    found: dict[str, dict[str, Match]] = {path: {} for path in sizes}
    for name, matches in ran.found.items():
        for path, match in matches:
            if match.span.start.offset == 0 and match.span.end.offset >= sizes[path] - 1:
                found[path][name] = match
    return found


def _covers(
    wider: _Pattern, narrow: _Pattern, found: Mapping[str, Mapping[str, Match]], subject: Subject
) -> bool:
    """Whether one pattern matches, as the other binds it, every code that was made of the other."""
    if wider.name == narrow.name or wider.steps[:-2] != narrow.steps[:-2] or not narrow.codes:
        return False
    own = set(_NAME.findall(narrow.text))
    silent = {key: value for key, value in subject.definition.items() if key != "message"}
    if any(_used_elsewhere(name, wider, silent) for name in _NAME.findall(wider.text) if name not in own):
        return False  # What else binds or tests the name holds for the wider one alone.
    needed = {name for name in own if _used_elsewhere(name, narrow, subject.definition)}
    both_ways = _matches_all(narrow, wider, found, needed)
    equal = both_ways and _matches_all(wider, narrow, found, needed)
    # Of two that match the same, only the later one is superfluous.
    return both_ways and (not equal or wider.name < narrow.name)


def _matches_all(
    narrow: _Pattern, wider: _Pattern, found: Mapping[str, Mapping[str, Match]], needed: set[str]
) -> bool:
    own = [code for code in narrow.codes if narrow.name in found[code.path]]
    if not own:
        return False  # the code made of it is none that it matches: nothing is known
    return all(
        (match := found[code.path].get(wider.name)) is not None
        and needed <= {each.name for each in match.metavariables if each.content == _identifier(each.name)}
        for code in own
    )


def _used_elsewhere(name: str, pattern: _Pattern, definition: Mapping[str, Any]) -> bool:
    """Whether a metavariable means something outside of its pattern's list of alternatives."""
    siblings: Any = at(definition, pattern.steps[:-2])
    return _count(name, definition) > _count(name, siblings)


def _count(name: str, value: Any) -> int:
    if isinstance(value, str):
        return len(re.findall(rf"{re.escape(name)}(?![A-Z_0-9])", value))
    if isinstance(value, Mapping):
        return sum(_count(name, child) for key, child in value.items() if key != "metadata")
    return sum(_count(name, child) for child in value) if isinstance(value, list) else 0


def _line(text: str) -> str:
    return " ".join(text.split())
