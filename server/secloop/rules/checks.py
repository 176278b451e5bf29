"""Refuses rules that semgrep-core would silently never match with, or that could exhaust it (SPEC 6, 12)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from secloop.rules.nodes import Step
from secloop.rules.paths import GlobError, check_globs
from secloop.rules.patterns import excess
from secloop.rules.refusal import Refusal, TooSlowError
from secloop.rules.regexes import RegexError, check_regex
from secloop.syntax.languages import canonical


def refusal(definition: Mapping[str, Any], engine_version: str, until: float) -> Refusal | None:
    """The first reason not to load a rule that fits the schema, or None.

    Raises:
        TooSlowError: at ``until``, on the clock of ``time.monotonic()``.
    """
    return next(_refusals(definition, engine_version, until), None)


def _refusals(definition: Mapping[str, Any], engine_version: str, until: float) -> Iterator[Refusal]:
    yield from _never_matches(definition)
    yield from _version(definition, engine_version)
    yield from _languages(definition)
    yield from _globs(definition)
    yield from _metadata(definition)
    yield from _texts(definition, until)


_DEAD_MODES = {
    "join": "`mode: join` needs semgrep's own front end; semgrep-core never matches such a rule",
    "extract": "`mode: extract` hands code to other rules, which secloop does not do;"
    " the rule would never match",
}
_DEAD_KEYS = {
    "r2c-internal-project-depends-on": "supply-chain rules need lock files, which secloop does not read;"
    " the rule would never match",
    "project-depends-on": "supply-chain rules need lock files, which secloop does not read;"
    " the rule would never match",
    "validators": "`validators` send what they find over the network, which secloop never does;"
    " semgrep-core alone never matches such a rule",
    "join": "`join` needs semgrep's own front end; semgrep-core never matches such a rule",
    "request": "secret rules need semgrep's own service; semgrep-core never matches such a rule",
    "response": "secret rules need semgrep's own service; semgrep-core never matches such a rule",
}


def _never_matches(definition: Mapping[str, Any]) -> Iterator[Refusal]:
    """What semgrep-core accepts and never matches with."""
    if not definition["id"]:
        yield Refusal(("id",), "the rule's id is empty")
    reason = _DEAD_MODES.get(definition.get("mode", "search"))
    if reason:
        yield Refusal(("mode",), reason)
    for key, reason in _DEAD_KEYS.items():
        if key in definition:
            yield Refusal((key,), reason)
    if definition.get("metadata", {}).get("product") == "secrets":
        yield Refusal(
            ("metadata", "product"), "rules of semgrep's product `secrets` never match; leave it out"
        )


_VERSION = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?")


def _version(definition: Mapping[str, Any], engine_version: str) -> Iterator[Refusal]:
    """Rules for another version, which semgrep-core leaves out without an error."""
    ours = _parsed_version(engine_version)
    for key in ("min-version", "max-version"):
        if key not in definition:
            continue
        wanted = _parsed_version(definition[key])
        if wanted is None:
            yield Refusal((key,), f"`{key}` is {definition[key][:40]!r}, not a version such as 1.100.0")
        elif ours is not None and (ours < wanted if key == "min-version" else ours > wanted):
            yield Refusal((key,), f"`{key}` is {definition[key]}, but this is semgrep {engine_version}")


def _parsed_version(text: str) -> tuple[int, ...] | None:
    found = _VERSION.fullmatch(text.strip())
    return tuple(int(part or 0) for part in found.groups()) if found else None


def _languages(definition: Mapping[str, Any]) -> Iterator[Refusal]:
    if not definition["languages"]:
        yield Refusal(("languages",), "`languages` is empty, so the rule would never match")
    for index, key in enumerate(definition["languages"]):
        if canonical(key) is None:
            yield Refusal(("languages", index), f"unknown language {key[:40]!r}")


def _globs(definition: Mapping[str, Any]) -> Iterator[Refusal]:
    for key, globs in definition.get("paths", {}).items():
        for index, glob in enumerate(globs):
            try:
                check_globs((glob,))
            except GlobError as error:
                yield Refusal(("paths", key, index), str(error))


def _metadata(definition: Mapping[str, Any]) -> Iterator[Refusal]:
    """``metadata.secloop`` is ours, so a wrong type in it is a mistake; other metadata is free."""
    ours = definition.get("metadata", {}).get("secloop", {})
    if not isinstance(ours, Mapping):
        yield Refusal(("metadata", "secloop"), "`metadata.secloop` must be a mapping")
        return
    if not isinstance(ours.get("overrides", False), bool):
        yield Refusal(("metadata", "secloop", "overrides"), "`overrides` must be true or false")
    if not isinstance(ours.get("codemod", ""), str):
        yield Refusal(("metadata", "secloop", "codemod"), "`codemod` must be the name of a codemod")


_PATTERN_KEYS = frozenset(
    {
        "pattern",
        "pattern-not",
        "pattern-inside",
        "pattern-not-inside",
        "semgrep-internal-pattern-anywhere",
        # The newer syntax, where a pattern may also stand alone in a list.
        "match",
        "all",
        "any",
        "not",
        "inside",
        "anywhere",
        "sources",
        "sinks",
        "sanitizers",
        "propagators",
    }
)
_REGEX_KEYS = frozenset({"pattern-regex", "pattern-not-regex", "regex"})
_NOT_CODE = frozenset({"id", "message", "metadata", "paths", "languages", "options", "severity", "fix"})


def _texts(definition: Mapping[str, Any], until: float) -> Iterator[Refusal]:
    """Every pattern and regex of the rule."""
    for key, value in definition.items():
        if key not in _NOT_CODE:
            for owner, steps, text in _strings(value, (key,), key):
                if time.monotonic() > until:
                    raise TooSlowError
                yield from _text(owner, steps, text)


_PRO_ONLY = frozenset({"metavariable-name", "semgrep-internal-metavariable-name"})


def _text(owner: str, steps: tuple[Step, ...], text: str) -> Iterator[Refusal]:
    if not _PRO_ONLY.isdisjoint(steps):
        yield Refusal(steps, "`metavariable-name` needs semgrep's Pro engine; with this one it is an error")
        return
    regexes: list[str] = []
    if owner in _REGEX_KEYS:
        regexes.append(text)
    elif owner in _PATTERN_KEYS:
        reason = excess(text)
        if reason is not None:
            yield Refusal(steps, reason)
            return
        regexes += _regexes_in_pattern(text)
    elif owner == "comparison":
        regexes += _regexes_in_comparison(text)
    for regex in regexes:
        try:
            check_regex(regex)
        except RegexError as error:
            yield Refusal(steps, f"the regular expression {_shown(regex)} {error}")


_STRING_REGEX = re.compile(r"=~/(.*?)/[a-z]*[\"'`]", re.DOTALL)
_CALL_REGEX = re.compile(r"re\.\w+\(\s*[rub]*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", re.DOTALL)


def _regexes_in_pattern(pattern: str) -> Iterator[str]:
    """The regexes of string literals such as ``"=~/^http:/"`` in a code pattern."""
    yield from (found[1] for found in _STRING_REGEX.finditer(pattern))


def _regexes_in_comparison(comparison: str) -> Iterator[str]:
    """The regexes that a ``metavariable-comparison`` gives to ``re.match`` and its kin."""
    yield from (found[1][1:-1] for found in _CALL_REGEX.finditer(comparison))


def _shown(regex: str) -> str:
    return repr(regex if len(regex) <= 60 else regex[:57] + "...")


def _strings(value: Any, steps: tuple[Step, ...], owner: str) -> Iterator[tuple[str, tuple[Step, ...], str]]:
    """Every string below a value, with the key that it stands under."""
    if isinstance(value, str):
        yield owner, steps, value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield from _strings(child, (*steps, key), key)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _strings(child, (*steps, index), owner)
