"""Drafts a rule, with its test, from a piece of code that it is to find."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from secloop.rules.load import Compiler, RuleFile, load_rules
from secloop.syntax.document import Document
from secloop.syntax.languages import canonical, languages
from secloop.syntax.source import syntax_of

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_PLACEHOLDER = "Say what an attacker can do here, and what to do instead."
_LIKE_RULES = (".yaml", ".yml", ".json")
"""What ends like a rule file, so that its test has to say that it is one."""


class DraftError(ValueError):
    """No rule can be made of this; the message says why."""


class Draft(Struct, frozen=True):
    """What a rule is made of; what is left empty is for its author to fill in.

    Attributes:
        language: one of semgrep's names for it.
        suffix: how files of the language end, such as ``.py``; if empty, as most do.
        vary: texts of the code that may be anything else: each becomes a metavariable.
        safe: pieces of code that the rule must not find.
        fix: what a finding is replaced with.
        cwe: weaknesses such as ``CWE-79: Cross-site Scripting``.
    """

    rule_id: str
    code: str
    language: str
    suffix: str = ""
    vary: tuple[str, ...] = ()
    safe: tuple[str, ...] = ()
    severity: str = "MEDIUM"
    message: str = ""
    fix: str = ""
    cwe: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


class Drafted(Struct, frozen=True):
    """A rule file and its test file, which has no path where the language has no comments to annotate with."""

    rule: tuple[str, str]
    test: tuple[str, str]
    unsaid: bool
    """Whether the message is still to be written."""

    @property
    def files(self) -> Mapping[str, str]:
        """Texts by path."""
        return {path: text for path, text in (self.rule, self.test) if path}


def draft_rule(draft: Draft, folder: str, taken: Collection[str], compiler: Compiler) -> Drafted:
    """A rule that finds exactly the code given, but for what may vary, until it is edited.

    Args:
        folder: where the rule is to be, relative to what its path is to be relative to.
        taken: ids that other rules have.

    Raises:
        DraftError: if the id cannot be one or is taken, or the code is no pattern of the language.
    """
    known = canonical(draft.language)
    if known is None:
        raise DraftError(f"there are no rules for the language {draft.language!r}")
    if not _ID.fullmatch(draft.rule_id):
        raise DraftError(
            f"{draft.rule_id!r} cannot be a rule's id: lower-case letters, digits, dots and hyphens"
        )
    if draft.rule_id in taken:
        raise DraftError(f"there is a rule {draft.rule_id!r} already")
    code = _plain(draft.code)
    if not code:
        raise DraftError("there is no code to make a rule of")
    path = f"{folder}/{draft.rule_id}.yaml"
    rule = "".join(f"{line}\n" for line in _rule(draft, known, code))
    problems = load_rules([RuleFile(path, rule.encode(), "repo")], compiler).problems
    if problems:
        raise DraftError(f"no rule can be made of this code: {problems[0].message}")
    test = _test(draft, folder, code, draft.suffix or _suffix(known))
    return Drafted((path, rule), test, not draft.message.strip())


def _suffix(language: str) -> str:
    """How files of a language mostly end: as it is called, or else as semgrep names first."""
    suffixes = languages()[language].suffixes
    return f".{language}" if f".{language}" in suffixes else next(iter(suffixes), "")


def _rule(draft: Draft, language: str, code: str) -> Iterator[str]:
    names = _metavariables(draft.vary, code)
    yield "rules:"
    yield f"  - id: {draft.rule_id}"
    yield f"    languages: [{language}]"
    yield f"    severity: {draft.severity}"
    yield "    message: >-"
    words = " ".join(draft.message.split()) or _PLACEHOLDER
    # A line that is broken at a hyphen would get a space there.
    yield from textwrap.wrap(
        words,
        110,
        initial_indent=" " * 6,
        subsequent_indent=" " * 6,
        break_long_words=False,
        break_on_hyphens=False,
    )
    if draft.cwe or draft.references:
        yield "    metadata:"
        yield "      category: security"
        yield from _list("cwe", draft.cwe)
        yield from _list("references", draft.references)
    yield from _block("pattern", _varied(code, names))
    if draft.fix:
        yield from _block("fix", _varied(_plain(draft.fix), names))


def _list(key: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"      {key}:"
        yield from (f"        - {json.dumps(value, ensure_ascii=False)}" for value in values)


def _block(key: str, text: str) -> Iterator[str]:
    yield f"    {key}: |-"
    yield from (f"      {line}" if line.strip() else "" for line in text.split("\n"))


def _metavariables(vary: Sequence[str], code: str) -> Mapping[str, str]:
    """By what may vary, the longest first, the metavariable that stands for it."""
    names: dict[str, str] = {}
    for text in vary:
        if text not in code:
            raise DraftError(f"{text!r} may vary, but is not in the code")
        name = re.sub(r"[^A-Z0-9]+", "_", text.upper()).strip("_0123456789") or "VALUE"
        same = sum(known.rstrip("0123456789") == f"${name}" for known in names.values())
        names.setdefault(text, f"${name}{same + 1 if same else ''}")
    return {text: names[text] for text in sorted(names, key=len, reverse=True)}


def _varied(code: str, names: Mapping[str, str]) -> str:
    """The code with its metavariables; a name is not replaced inside of a longer one."""
    if not names:
        return code
    each = (
        re.sub(r"^(?=\w)", r"(?<!\\w)", re.escape(text)) + r"(?!\w)" * text[-1].isalnum() for text in names
    )
    return re.sub("|".join(each), lambda found: names[found.group()], code)


def _test(draft: Draft, folder: str, code: str, suffix: str) -> tuple[str, str]:
    path = f"{folder}/{draft.rule_id}{'.test' if suffix in _LIKE_RULES else ''}{suffix}"
    prefix = syntax_of(Document(path, code)).comment_prefix
    if not prefix or not suffix:
        return "", ""
    cases = [("ruleid", code), *(("ok", _plain(safe)) for safe in draft.safe)]
    return path, "\n".join(f"{prefix} {kind}: {draft.rule_id}\n{case}\n" for kind, case in cases)


def _plain(code: str) -> str:
    return textwrap.dedent(code.replace("\r\n", "\n").replace("\r", "\n")).strip("\n").rstrip()
