"""Tells from a text alone that a rule cannot match it: semgrep-core's prefilter formulas, compiled.

A formula may let a rule through that then finds nothing, but must never hold one back that would
match. So whatever is not understood here holds for every text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol


class Text:
    """A text to test formulas on; remembers what was already looked for in it."""

    __slots__ = ("_found", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._found: dict[bytes, bool] = {}

    def has(self, needle: bytes) -> bool:
        """Whether the bytes occur anywhere."""
        found = self._found.get(needle)
        if found is None:
            found = self._found[needle] = needle in self.data
        return found


class Check(Protocol):
    """A compiled formula."""

    def holds(self, text: Text) -> bool:
        """False only if the rule cannot match the text."""
        ...


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every text."""

    def holds(self, text: Text) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class HasAll:
    """Holds for texts with every needle in them, as a part of a word too: a superset of semgrep's words."""

    needles: tuple[bytes, ...]

    def holds(self, text: Text) -> bool:
        return all(map(text.has, self.needles))


@dataclass(frozen=True, slots=True)
class Searches:
    """Holds for texts in which a regular expression (RE2) matches."""

    pattern: Any

    def holds(self, text: Text) -> bool:
        return self.pattern.search(text.data) is not None


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part does."""

    parts: tuple[Check, ...]

    def holds(self, text: Text) -> bool:
        return all(part.holds(text) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any_:
    """Holds when some part does."""

    parts: tuple[Check, ...]

    def holds(self, text: Text) -> bool:
        return any(part.holds(text) for part in self.parts)


ALWAYS = Always()


def compile_formula(formula: Any) -> Check:
    """Compile what ``-prefilter_of_rules`` prints for a rule, such as ``["And", [["Pred", ["Idents", ["run"]]]]]``.

    Never raises: a node of an unknown kind or shape holds for every text.
    """
    match formula:
        case ["And", [*parts]]:
            return _all([compile_formula(part) for part in parts])
        case ["Or", [_, *_] as parts]:
            compiled = tuple(compile_formula(part) for part in parts)
            return ALWAYS if ALWAYS in compiled else Any_(compiled)
        case ["Pred", ["Idents", [*words]]] if all(isinstance(word, str) for word in words):
            return _all([HasAll((word.encode("utf-8", "surrogatepass"),)) for word in words])
        case ["Pred", ["Regexp", str(source)]]:
            return _search(source)
        case _:
            return ALWAYS


def _all(parts: list[Check]) -> Check:
    needles = {needle for part in parts if isinstance(part, HasAll) for needle in part.needles}
    others = [part for part in parts if not isinstance(part, (HasAll, Always))]
    checks: list[Check] = []
    if needles:
        # The longest is the rarest, as a rule, so it decides soonest; plain searches go before regexes.
        checks.append(HasAll(tuple(sorted(needles, key=lambda needle: (-len(needle), needle)))))
    checks += others
    if not checks:
        return ALWAYS
    return checks[0] if len(checks) == 1 else All(tuple(checks))


@lru_cache(maxsize=4096)
def _search(source: str) -> Check:
    translated = to_re2(source)
    if translated is None:
        return ALWAYS
    import re2  # only rules with regexes need it

    options = re2.Options()
    options.log_errors = False
    try:
        return Searches(re2.compile(translated.encode("utf-8"), options))
    except (re2.error, UnicodeEncodeError):
        return ALWAYS


# What one character of a pattern means to PCRE2 as semgrep-core uses it (UTF, no UCP, MULTILINE: all
# measured) and how RE2 says the same or more. RE2 has no lookaround and no back reference, so its
# patterns are monotone: a part that accepts more makes the whole accept more.
_TOKEN = re.compile(r"\\[xop]\{[^}]*\}|\\x[0-9A-Fa-f]{2}|\\.|\[\^?\]?|\]|\(\?|.", re.DOTALL)
_SAME = frozenset("dDwWSnrtfbA")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ")
_GROUP = re.compile(r"\(\?(?:[imsU]*(?:-[isU]+)?[:)]|P?<[A-Za-z_])")
_ODD_REPEAT = re.compile(r"\{[ ,]|\{\d+ |\{\d*,[ ]")


def to_re2(source: str) -> str | None:
    """An RE2 pattern that matches in every text in which PCRE2 would match ``source``; None if unsure."""
    if _ODD_REPEAT.search(source) or not source.isascii() and "(?" in source:
        return None  # newer PCRE2 reads {,3}; cases fold by each library's Unicode version
    out: list[str] = ["(?m)"]
    in_class = False
    at = 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        assert token is not None  # its last alternative takes any character
        piece = token.group()
        at = token.end()
        if in_class:
            translated = _in_class(piece)
            in_class = piece != "]"
        elif piece.startswith("["):
            translated, in_class = piece, True
        elif piece == "(?":
            translated = piece if _GROUP.match(source, at - 2) else None
        else:
            translated = _outside(piece)
        if translated is None:
            return None
        out.append(translated)
    return None if in_class else "".join(out)


def _outside(piece: str) -> str | None:
    if piece[0] != "\\":
        return piece
    letter = piece[1:2]
    if letter == "s":
        return r"[\s\x0b]"  # RE2's \s has no vertical tab
    if letter in "zZ":
        return "(?:)"
    if letter == "x" and len(piece) > 2 or letter in _SAME or letter in _PUNCTUATION:
        return piece
    return None


def _in_class(piece: str) -> str | None:
    if piece[0] == "[":
        # A POSIX class such as [:space:], or a bracket that stands for itself.
        return None
    if piece[0] != "\\":
        return piece
    letter = piece[1:2]
    if letter == "s":
        return r"\s\x0b"
    if letter in "dwnrtf" or letter == "x" and len(piece) > 2 or letter in _PUNCTUATION:
        return piece
    return None


def compile_prefilters(prefilters: Mapping[str, Any]) -> Mapping[str, Check]:
    """Compile a rule set's formulas; a rule without one always runs."""
    return {rule_id: compile_formula(formula) for rule_id, formula in prefilters.items()}
