"""Tells from a text alone that a rule cannot match it: semgrep-core's prefilter formulas, compiled.

A formula may let a rule through that then finds nothing, but must never hold one back that would
match. So whatever is not understood here holds for every text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Any, Protocol

from msgspec import Struct

_SEARCH_MEMORY = 32 << 20
"""Bytes that RE2 may use for the automaton of one vocabulary, which grows with what texts make of it."""


class Vocabulary:
    """The needles that a group of formulas asks for, found in a text in one pass.

    A needle is a regular expression (RE2) for texts of a few lengths at most, such as a word (``\\bos\\b``): of those
    the automaton stays small.
    """

    def __init__(self, checks: Iterable[Check]) -> None:
        import re2  # not before there is a text to look at

        options = re2.Options()
        options.log_errors = False
        options.max_mem = _SEARCH_MEMORY
        self._set = re2.Set.SearchSet(options)
        # The empty needle is in every text: a pass that does not find it did not work.
        needles = (b"", *sorted(frozenset().union(*(check.needles for check in checks)) - {b""}))
        # What RE2 does not take counts as present in every text.
        self._refused = frozenset(needle for needle in needles if not self._takes(needle))
        self.needles = tuple(needle for needle in needles if needle not in self._refused)
        self._works = True
        try:
            self._set.Compile()
        except re2.error:  # too many for the memory
            self._works = False

    def _takes(self, needle: bytes) -> bool:
        import re2

        try:
            self._set.Add(needle)
        except re2.error:
            return False
        return True

    def present(self, data: bytes) -> frozenset[bytes]:
        """The needles that occur in a text."""
        found = (self._set.Match(data) or ()) if self._works else ()
        if 0 in found:
            return self._refused.union([self.needles[index] for index in found])
        # The automaton ran out of memory.
        import re2

        return self._refused.union([needle for needle in self.needles if re2.search(needle, data)])


class Text:
    """A text to test formulas on: its bytes as UTF-8, and which needles of a vocabulary are in it."""

    __slots__ = ("_matches", "data", "present")

    def __init__(self, data: bytes, vocabulary: Vocabulary) -> None:
        self.data = data
        self.present = vocabulary.present(data)
        self._matches: dict[Searches, bool] = {}

    def matches(self, search: Searches) -> bool:
        """Whether a regular expression matches anywhere; rules that share one search once."""
        found = self._matches.get(search)
        if found is None:
            found = self._matches[search] = search.pattern.search(self.data) is not None
        return found


class Check(Protocol):
    """A compiled formula."""

    @property
    def needles(self) -> frozenset[bytes]:
        """What a ``Text`` must have looked for before it can be tested."""
        ...

    def holds(self, text: Text) -> bool:
        """False only if the rule cannot match the text."""
        ...


class HasAll(Struct, frozen=True):
    """Holds for texts with every needle in them; with none, for every text."""

    needles: frozenset[bytes]

    def holds(self, text: Text) -> bool:
        return self.needles <= text.present


class Searches(Struct, frozen=True, eq=False):
    """Holds for texts in which a regular expression (RE2) matches."""

    pattern: Any
    needles: frozenset[bytes] = frozenset()

    def holds(self, text: Text) -> bool:
        return text.matches(self)


class All(Struct, frozen=True, dict=True):
    """Holds when every part does."""

    parts: tuple[Check, ...]

    @cached_property
    def needles(self) -> frozenset[bytes]:
        return frozenset().union(*(part.needles for part in self.parts))

    def holds(self, text: Text) -> bool:
        return all(part.holds(text) for part in self.parts)


class Some(Struct, frozen=True, dict=True):
    """Holds when a text has all needles of one of the ``sets``, or one of the other parts holds."""

    sets: tuple[frozenset[bytes], ...]
    parts: tuple[Check, ...]

    @cached_property
    def needles(self) -> frozenset[bytes]:
        return frozenset().union(*self.sets, *(part.needles for part in self.parts))

    def holds(self, text: Text) -> bool:
        return any(map(text.present.issuperset, self.sets)) or any(part.holds(text) for part in self.parts)


ALWAYS = HasAll(frozenset())
"""Holds for every text."""


def compile_formula(formula: Any, is_word: Callable[[str], bool] = lambda _: False) -> Check:
    """Compile what ``-prefilter_of_rules`` prints for a rule: ``["Pred", ["Idents", ["run"]]]``.

    Never raises: a node of an unknown kind or shape holds for every text.

    Args:
        is_word: whether an identifier can only stand in a text as a whole word; otherwise a part of a word
            will do. Without it ``os`` is in every text that says ``close``.
    """
    match formula:
        case ["And", [*parts]]:
            return _all([compile_formula(part, is_word) for part in parts])
        case ["Or", [_, *_] as parts]:
            return _some([compile_formula(part, is_word) for part in parts])
        case ["Pred", ["Idents", [*words]]] if all(isinstance(word, str) for word in words):
            return _has_all(words, is_word)
        case ["Pred", ["Regexp", str(source)]]:
            return _search(source)
        case _:
            return ALWAYS


def _has_all(words: list[str], is_word: Callable[[str], bool]) -> Check:
    try:
        return HasAll(frozenset(_needle(word, whole=is_word(word)) for word in words))
    except UnicodeEncodeError:
        return ALWAYS


def _needle(word: str, *, whole: bool) -> bytes:
    literal = re.escape(word.encode("utf-8"))
    return rb"\b" + literal + rb"\b" if whole else literal


def _all(parts: list[Check]) -> Check:
    needles = frozenset().union(*(part.needles for part in parts if isinstance(part, HasAll)))
    others = dict.fromkeys(part for part in parts if not isinstance(part, HasAll))
    checks = (*([HasAll(needles)] if needles else []), *others)
    if not checks:
        return ALWAYS
    return checks[0] if len(checks) == 1 else All(checks)


def _some(parts: list[Check]) -> Check:
    sets: set[frozenset[bytes]] = set()
    others: dict[Check, None] = {}
    for part in parts:
        if isinstance(part, HasAll):
            sets.add(part.needles)
        elif isinstance(part, Some):
            sets.update(part.sets)
            others.update(dict.fromkeys(part.parts))
        else:
            others[part] = None
    # What asks for more than another part does adds nothing.
    least = [needles for needles in sets if not any(other < needles for other in sets)]
    if not others and len(least) == 1:
        return HasAll(least[0])
    if frozenset() in sets:
        return ALWAYS
    return Some(tuple(sorted(least, key=sorted)), tuple(others))


@lru_cache(maxsize=4096)
def _search(source: str) -> Check:
    translated = to_re2(source)
    if translated is None:
        return ALWAYS
    try:
        pattern = translated.encode("utf-8")
        return Searches(_compiled(pattern)) if _REPEATS.search(translated) else HasAll(frozenset((pattern,)))
    except ValueError:
        return ALWAYS


def _compiled(pattern: bytes) -> Any:
    """Compile a regex for RE2.

    Raises:
        ValueError: if it cannot be.
    """
    import re2  # only rules with such regexes need it

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise ValueError(str(error)) from None


# What one character of a pattern means to PCRE2 as semgrep-core uses it (UTF, no UCP, MULTILINE: all
# measured) and how RE2 says the same or more. RE2 has no lookaround and no back reference, so its
# patterns are monotone: a part that accepts more makes the whole accept more.
_TOKEN = re.compile(r"\\[xop]\{[^}]*\}|\\x[0-9A-Fa-f]{2}|\\.|\[\^?\]?|\]|\(\?|.", re.DOTALL)
_SAME = frozenset("dDwWSnrtfbA")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ")
_QUANTIFIERS = frozenset("*+?")
_GROUP = re.compile(r"\(\?(?:[imsU]*(?:-[isU]+)?[:)]|P?<[A-Za-z_])")
_ANY_START = re.compile(
    r"((?:\(\?[imsU]+\))*)(?:(?:\\A)?\.\*(?![?+*{])|\\A\(\?:\\W\*\+\\w\+\+\)\*\?\\W\*\+(?=\\b))"
)
"""Any text, or any words: PCRE, which counts its steps, gets through a large file by words only."""
_ANY_END = re.compile(r"(?<!\\)\.\*(?:\\[zZ])?\Z")
_REPEATS = re.compile(r"(?<!\\)(?:\\\\)*[*+{]")
_ODD_REPEAT = re.compile(r"\{[ ,]|\{\d+ |\{\d*,[ ]")


def to_re2(source: str) -> str | None:
    """An RE2 pattern that matches in every text in which PCRE2 would match ``source``; None if unsure."""
    if _ODD_REPEAT.search(source) or (not source.isascii() and "(?" in source):
        return None  # newer PCRE2 reads {,3}; cases fold by each library's Unicode version
    # Whether there is more text before and after does not matter to a search, and costs it much.
    source = _ANY_END.sub("", _ANY_START.sub(r"\1", source, count=1) if _ANY_START.match(source) else source)
    out: list[str] = ["(?m)"]
    in_class = False
    for token in _TOKEN.finditer(source):  # its last alternative takes any character
        piece = token.group()
        if in_class:
            translated = _in_class(piece)
            in_class = piece != "]"
        elif piece.startswith("["):
            translated, in_class = piece, True
        elif piece == "+" and out[-1] in _QUANTIFIERS:
            continue  # possessive: what gives back may accept more
        elif piece == "(?":
            translated = piece if _GROUP.match(source, token.start()) else None
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
    if (letter == "x" and len(piece) > 2) or letter in _SAME or letter in _PUNCTUATION:
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
    if letter in "dwnrtf" or (letter == "x" and len(piece) > 2) or letter in _PUNCTUATION:
        return piece
    return None
