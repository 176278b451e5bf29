"""What a rule's fix would change for one match: the edits, or in words why there are none.

Semgrep's ``fix`` is rendered here from the *source text* that its metavariables stand for, since the
engine's own rendering goes through a token list that can lose quotes and commas. Nothing here is proved
yet: see ``prove.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import re2
from msgspec import Struct

from secloop.fixes.edits import Edit, in_cells, line_end_at, minimal, with_line_ends
from secloop.model import Match, Metavariable, Rule
from secloop.syntax.document import Document

_NAME = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$[0-9]+")
_GROUP = re.compile(r"[\\$]([0-9]+)")
_GROUP_NAME = re.compile(r"\(\?P?<([A-Za-z_]\w*)>")
_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = re.compile(r",[ \t]*$")
_OTHER_KEYS = frozenset({"id", "message", "fix", "fix-regex", "metadata", "languages", "severity"})


class Fix(Struct, frozen=True):
    """Edits that a rule offers for one match, in document order, and what they do in a few words.

    ``left`` are modules whose imports are not needed any more once every match is fixed.
    """

    edits: tuple[Edit, ...]
    title: str
    left: tuple[str, ...] = ()


class NoFix(Struct, frozen=True):
    """Why there is nothing to offer; one sentence without a full stop."""

    reason: str


def propose(document: Document, match: Match, rule: Rule) -> Fix | NoFix:
    """The first of the rule's codemod, ``fix`` and ``fix-regex`` that has something to offer for a match.

    The match must be of this document's text. The edits change something, do not overlap and, in a
    notebook, each stay in one cell.
    """
    refusal = NoFix("the rule defines no fix")
    for candidate in _candidates(document, match, rule):
        if isinstance(candidate, NoFix):
            refusal = candidate
        elif not candidate.edits:
            refusal = NoFix("the fix changes nothing")
        elif not in_cells(document, candidate.edits):
            refusal = NoFix("the fix would reach over the edge of a notebook cell")
        else:
            return candidate
    return refusal


def _candidates(document: Document, match: Match, rule: Rule) -> Iterator[Fix | NoFix]:
    if rule.codemod is not None:
        from secloop.fixes.codemods import run_codemod

        outcome = run_codemod(rule.codemod, document, match.span.start.offset, match.span.end.offset)
        if isinstance(outcome, str):
            yield NoFix(outcome)
        else:
            yield Fix(outcome.edits, outcome.title, outcome.left)
    template = rule.definition.get("fix")
    if isinstance(template, str):
        yield _rendered(document, match, rule, template)
    regex = rule.definition.get("fix-regex")
    if isinstance(regex, Mapping):
        yield _replaced(document, match, regex)


def _rendered(document: Document, match: Match, rule: Rule, template: str) -> Fix | NoFix:
    """A ``fix`` with its metavariables filled in, its further lines indented to where the match starts."""
    start, end = match.span.start.offset, match.span.end.offset
    text = _indented(template.strip(), _indentation(document, start))
    values: dict[str, str] = {}
    bound = {variable.name: variable for variable in match.metavariables}
    for name in sorted(set(_NAME.findall(text))):
        if name in bound:
            value = _source_text(document, bound[name], rule)
            if value is None:
                return NoFix(f"{name} has no text of its own in the file")
            values[name] = value
        elif name in _pattern_names(rule):
            return NoFix(f"{name} is not bound in this match")
    filled = with_line_ends(_fill(text, values), line_end_at(document, start))
    return _one_edit(document, start, end, filled)


def _one_edit(document: Document, start: int, end: int, text: str) -> Fix:
    edit = minimal(document, start, end, text)
    if edit is None:
        return Fix((), "")
    first_line = text.strip().split("\n", 1)[0].strip()
    return Fix((edit,), f"Replace with {_shortened(first_line)}" if first_line else "Remove")


def _shortened(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _fill(template: str, values: Mapping[str, str]) -> str:
    """Put values in place of names; a name bound to no arguments takes a comma beside it with it."""
    parts: list[str] = []
    at = 0
    for found in _NAME.finditer(template):
        if found.start() < at or found.group() not in values:
            continue
        before, value = template[at : found.start()], values[found.group()]
        at = found.end()
        if not value and found.group().startswith("$..."):
            after = _COMMA_AFTER.match(template, at)
            if after:
                at = after.end()
            else:
                before = _COMMA_BEFORE.sub("", before)
        parts += (before, value)
    return "".join((*parts, template[at:]))


def _indented(text: str, indentation: str) -> str:
    first, *rest = re.split(r"\r\n|\r|\n", text)
    return "\n".join((first, *(indentation + line if line.strip() else "" for line in rest)))


def _indentation(document: Document, offset: int) -> str:
    """White space as wide as what stands before an offset on its line, with the line's own tabs."""
    position = document.position(offset)
    before = document.line_text(position.line)[: position.column - 1]
    own = before[: len(before) - len(before.lstrip(" \t"))]
    return own + " " * (len(before) - len(own))


def _source_text(document: Document, variable: Metavariable, rule: Rule) -> str | None:
    """The text that a metavariable stands for, None if its place cannot be believed.

    Seen: semgrep-core gives the groups of a ``metavariable-regex`` (``$1`` and named ones) offsets that count
    within the string they were found in. Without a place their content is exact; any other metavariable's
    is its tokens joined, some of them missing.
    """
    group = variable.name[1:] in _groups_in_metavariables(rule)
    if variable.span is None:
        return variable.content if group else None
    return None if group else document.slice(variable.span.start.offset, variable.span.end.offset)


@lru_cache(maxsize=256)
def _groups_in_metavariables(rule: Rule) -> frozenset[str]:
    """Names and numbers of groups that the rule's ``metavariable-regex``es bind, if no other regex does."""
    groups: set[str] = set()
    for regex in _values(rule.definition, "metavariable-regex"):
        text = str(regex.get("regex", "")) if isinstance(regex, Mapping) else ""
        groups.update(_GROUP_NAME.findall(text))
        groups.update(map(str, range(1, text.count("(") + 1)))
    if any(True for _ in _values(rule.definition, "pattern-regex")):
        groups = {name for name in groups if not name.isdigit()}
    return frozenset(groups)


def _values(tree: Any, key: str) -> Iterator[Any]:
    """Every value of a key in nested mappings and lists; a rule's nesting is bounded when it is loaded."""
    if isinstance(tree, Mapping):
        for name, value in tree.items():
            if name == key:
                yield value
            yield from _values(value, key)
    elif isinstance(tree, (list, tuple)):
        for item in tree:
            yield from _values(item, key)


@lru_cache(maxsize=256)
def _pattern_names(rule: Rule) -> frozenset[str]:
    """Every metavariable that the rule's patterns speak of; other ``$WORDS`` in a fix are plain text."""
    patterns: dict[str, Any] = {
        key: value for key, value in rule.definition.items() if key not in _OTHER_KEYS
    }
    return frozenset(_NAME.findall(json.dumps(patterns, default=str)))


def _replaced(document: Document, match: Match, fix: Mapping[str, Any]) -> Fix | NoFix:
    """A ``fix-regex``: replace in the matched text; ``\\1`` and ``$1`` are groups, unknown ones are empty."""
    try:
        regex = _linear_regex(str(fix["regex"]))
    except re2.error as error:
        return NoFix(f"its fix-regex cannot run in linear time ({_regex_error(error)})")
    start, end = match.span.start.offset, match.span.end.offset
    old = document.slice(start, end).replace("\r\n", "\n")
    replacement = str(fix["replacement"])
    parts: list[str] = []
    at = 0
    for done, found in enumerate(_found(regex, old)):
        if done == fix.get("count"):
            break
        parts += (old[at : found.start()], _expanded(replacement, found))
        at = found.end()
    parts.append(old[at:])
    return _one_edit(document, start, end, with_line_ends("".join(parts), line_end_at(document, start)))


def _found(regex: Any, text: str) -> Iterator[Any]:
    """Every match, once: google-re2 gives an empty one at the end twice."""
    last = None
    for found in regex.finditer(text):
        if found.span() != last:
            yield found
        last = found.span()


def _expanded(replacement: str, found: Any) -> str:
    def group(reference: re.Match[str]) -> str:
        number = int(reference.group(1))
        return (found.group(number) or "") if number <= found.re.groups else ""

    return _GROUP.sub(group, replacement)


@lru_cache(maxsize=256)
def _linear_regex(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options=options)


def _regex_error(error: Exception) -> str:
    reason = error.args[0] if error.args else error
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
