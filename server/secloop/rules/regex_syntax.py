"""Parses PCRE, the syntax of semgrep's regexes, into a small tree for the analysis in ``regexes``.

An own parser, because Python's reads another dialect, which besides changes with Python's version.
What a tree loses is only what cannot hide backtracking: captures, laziness and where assertions hold.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from secloop.rules.charsets import (
    ANY,
    ESCAPES,
    MAX_CODE_POINT,
    NOT_NEWLINE,
    POSIX,
    Ranges,
    category,
    complement,
    folded,
    intersection,
    of,
    union,
)

MAX_NESTING = 60
_STACKED = 4
"""Most quantifiers after one another, as in ``a{2}{3}``."""


class RegexSyntaxError(ValueError):
    """A regex that is not PCRE, or that uses what cannot be analysed."""


class Chars(Struct, frozen=True):
    """Exactly one character out of a set."""

    ranges: Ranges


class Sequence(Struct, frozen=True):
    """One after the other; the empty sequence matches the empty text."""

    items: tuple[Tree, ...]


class Choice(Struct, frozen=True):
    """One of several."""

    items: tuple[Tree, ...]


class Repeat(Struct, frozen=True):
    """``low`` to ``high`` times (None: any number); a possessive one never gives back what it took."""

    item: Tree
    low: int
    high: int | None
    possessive: bool = False


class Assertion(Struct, frozen=True):
    """Matches the empty text, if something holds there; ``body`` is a lookaround's."""

    body: Tree | None = None
    ahead: bool = False
    negated: bool = False


Tree: TypeAlias = "Chars | Sequence | Choice | Repeat | Assertion"
EMPTY = Sequence(())


def parse(regex: str) -> Tree:
    """The tree of a regex.

    Raises:
        RegexSyntaxError: if it is not PCRE, or recursive, or steers PCRE's matching (``(*VERB)``).
    """
    return _Parser(regex).whole()


_CONTROLS = {"a": 7, "e": 27, "f": 12, "n": 10, "r": 13, "t": 9}
_BOUNDS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_PLAIN = re.compile(r"[A-Za-z0-9_]+(?![*+?{]|\\E|\(\?#)")
"""Characters that stand for themselves and are not repeated: most of a regex is such."""
_QUANTIFIER = re.compile(r"\{\s*(\d*)\s*(,?)\s*(\d*)\s*\}")
_NAME = r"[A-Za-z_]\w*"
_GROUP_NAME = re.compile(rf"\?(?:P?<{_NAME}>|'{_NAME}')")
_BACKREFERENCE = re.compile(
    rf"\\(?:[1-9]\d*|g-?\d+|g\{{[-+]?\d+\}}|g\{{{_NAME}\}}|k(?:<{_NAME}>|'{_NAME}'|\{{{_NAME}\}}))"
)
_FLAGS = re.compile(r"\?(\^?[imsxnJUaDSWPT]*)(?:-([imsxnJU]*))?([:)])")
_LOOKAROUND = {"?=": (True, False), "?!": (True, True), "?<=": (False, False), "?<!": (False, True)}
_RECURSION = re.compile(rf"\?(?:R|[-+]?\d+|&{_NAME}|P>{_NAME})\)")
_CONDITION = re.compile(rf"\?\((?:[-+]?\d+|<{_NAME}>|'{_NAME}'|{_NAME})\)")
_EXTENDED_SPACE = re.compile(r"(?:\s|#[^\n]*(?:\n|$))+")
_OCTAL = re.compile(r"[0-7]{1,3}")
_HEX = re.compile(r"x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{0,2}))")


class _Mode(Struct, frozen=True):
    """The inline flags in force."""

    ignore_case: bool = False
    dot_all: bool = False
    extended: bool = False


class _Parser:
    def __init__(self, regex: str) -> None:
        self.regex = regex
        self.at = 0
        self.mode = _Mode()
        self.depth = 0

    def whole(self) -> Tree:
        tree = self._choice()
        if self.at < len(self.regex):
            raise RegexSyntaxError("has an unmatched `)`")
        return tree

    def _next(self, text: str) -> bool:
        """Step over a text if it stands here."""
        if self.regex.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def _choice(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise RegexSyntaxError(f"is nested deeper than {MAX_NESTING} groups")
        outer = self.mode
        branches = [self._sequence()]
        while self._next("|"):
            branches.append(self._sequence())
        self.mode = outer
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Tree:
        items: list[Tree] = []
        while self.at < len(self.regex) and self.regex[self.at] not in "|)":
            plain = _PLAIN.match(self.regex, self.at) if not self.mode.extended else None
            if plain:
                items += (self._literal(ord(char)) for char in plain[0])
                self.at = plain.end()
                continue
            quoted = self._quoted()
            if quoted is not None:
                items += quoted[:-1]
                items += (self._repeated(last) for last in quoted[-1:])
                continue
            item = self._atom()
            if item is not None:
                items.append(self._repeated(item))
        return items[0] if len(items) == 1 else Sequence(_narrowed(items))

    def _quoted(self) -> list[Tree] | None:
        r"""The characters of ``\Q...\E``."""
        if not self._next("\\Q"):
            return [] if self._next("\\E") else None
        end = self.regex.find("\\E", self.at)
        text = self.regex[self.at : end if end >= 0 else None]
        self.at = end + 2 if end >= 0 else len(self.regex)
        return [self._literal(ord(char)) for char in text]

    def _literal(self, code: int) -> Chars:
        return _folded_literal(code) if self.mode.ignore_case else _literal(code)

    def _folded(self, ranges: Ranges) -> Ranges:
        return folded(ranges) if self.mode.ignore_case else ranges

    def _atom(self) -> Tree | None:
        """One item, or None where none stands: a comment, space in extended mode, a flag setting."""
        if self._skipped_space():
            return None
        char = self.regex[self.at]
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == "\\":
            return self._escape()
        if char in "^$":
            return Assertion()
        if char == ".":
            return Chars(ANY if self.mode.dot_all else NOT_NEWLINE)
        if char in "*+?":
            raise RegexSyntaxError(f"has a `{char}` with nothing to repeat")
        return self._literal(ord(char))

    def _skipped_space(self) -> bool:
        """Step over spaces and comments in extended mode; whether there were any."""
        if not self.mode.extended:
            return False
        found = _EXTENDED_SPACE.match(self.regex, self.at)
        self.at = found.end() if found else self.at
        return found is not None

    def _repeated(self, item: Tree) -> Tree:
        for _ in range(_STACKED):
            self._skipped_space()
            bounds = self._bounds()
            if bounds is None:
                return item
            low, high = bounds
            possessive = self._next("+")
            if not possessive:
                self._next("?")
            item = Repeat(item, low, high, possessive)
        raise RegexSyntaxError("repeats a repeat too often")

    def _bounds(self) -> tuple[int, int | None] | None:
        mark = self.regex[self.at : self.at + 1]
        if mark in _BOUNDS:
            self.at += 1
            return _BOUNDS[mark]
        if mark != "{":
            return None
        found = _QUANTIFIER.match(self.regex, self.at)
        if found is None or not (found[1] or found[3]):
            return None
        self.at = found.end()
        low = _count(found[1] or "0")
        high = low if not found[2] else _count(found[3]) if found[3] else None
        if high is not None and high < low:
            raise RegexSyntaxError(f"has the bounds {found[0]} out of order")
        return low, high

    def _group(self) -> Tree | None:
        """What follows a ``(``."""
        if self.regex.startswith("*", self.at):
            raise RegexSyntaxError("uses a `(*VERB)`, which steers the matching and is not supported")
        if _RECURSION.match(self.regex, self.at):
            raise RegexSyntaxError("is recursive, which is not supported")
        if self._next("?#"):
            end = self.regex.find(")", self.at)
            self.at = end + 1 if end >= 0 else len(self.regex)
            return None
        for mark, (ahead, negated) in _LOOKAROUND.items():
            if self._next(mark):
                return Assertion(self._closed(), ahead, negated)
        named = _GROUP_NAME.match(self.regex, self.at)
        if named or not self.regex.startswith("?", self.at):
            self.at = named.end() if named else self.at
            return self._closed()
        if self._next("?>"):
            inner = self._closed()
            # Of an atomic group only `(?>x*)` needs telling apart; any other is read as an ordinary group.
            return replace(inner, possessive=True) if isinstance(inner, Repeat) else inner
        if self._next("?|"):
            return self._closed()
        return self._special_group()

    def _special_group(self) -> Tree | None:
        reference = re.compile(rf"\?P={_NAME}\)").match(self.regex, self.at)
        if reference:
            self.at = reference.end()
            return Chars(ANY)
        condition = _CONDITION.match(self.regex, self.at)
        if condition:
            self.at = condition.end()
            return Choice((self._closed(), EMPTY))
        if self.regex.startswith(("?(?=", "?(?!", "?(?<=", "?(?<!"), self.at):
            self.at += 2
            assertion = self._group() or EMPTY
            return Sequence((assertion, Choice((self._closed(), EMPTY))))
        flags = _FLAGS.match(self.regex, self.at)
        if flags is None:
            shown = self.regex[self.at : self.at + 10]
            raise RegexSyntaxError(f"has a group that is not supported: ({shown}")
        self.at = flags.end()
        outer = self.mode
        self._set_flags(flags[1], flags[2] or "")
        if flags[3] == ")":
            return None
        tree = self._closed()
        self.mode = outer
        return tree

    def _set_flags(self, added: str, removed: str) -> None:
        base = _Mode() if added.startswith("^") else self.mode
        self.mode = _Mode(
            ignore_case=(base.ignore_case or "i" in added) and "i" not in removed,
            dot_all=(base.dot_all or "s" in added) and "s" not in removed,
            extended=(base.extended or "x" in added) and "x" not in removed,
        )

    def _closed(self) -> Tree:
        tree = self._choice()
        if not self._next(")"):
            raise RegexSyntaxError("has a `(` without `)`")
        return tree

    def _escape(self) -> Tree:
        r"""What follows a ``\`` outside classes."""
        reference = _BACKREFERENCE.match(self.regex, self.at - 1)
        if reference:
            # It repeats what was matched: without a choice, so one character stands for it.
            self.at = reference.end()
            return Chars(ANY)
        char = self.regex[self.at : self.at + 1]
        if char and char in "bBAZzGK":
            self.at += 1
            return Assertion()
        if char == "g":
            raise RegexSyntaxError("is recursive, which is not supported")
        return Chars(self._folded(self._escaped_set()))

    def _escaped_set(self) -> Ranges:
        r"""The set of an escape, inside and outside classes, from after the ``\``."""
        if self.at == len(self.regex):
            raise RegexSyntaxError(r"ends in a `\`")
        char = self.regex[self.at]
        if char in ESCAPES:
            self.at += 1
            return ESCAPES[char]
        if char in "pP":
            return self._property()
        code = self._escaped_code(char)
        return ((code, code),)

    def _escaped_code(self, char: str) -> int:
        hexadecimal = _HEX.match(self.regex, self.at)
        octal = _OCTAL.match(self.regex, self.at)
        if hexadecimal:
            self.at = hexadecimal.end()
            return min(int(hexadecimal[1] or hexadecimal[2] or "0", 16), MAX_CODE_POINT)
        if octal:
            self.at = octal.end()
            return int(octal[0], 8)
        self.at += 1
        if char == "c" and self.at < len(self.regex):
            self.at += 1
            return ord(self.regex[self.at - 1].upper()) & 0x1F
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char.isascii() and char.isalnum():
            raise RegexSyntaxError(rf"has the unknown escape `\{char}`")
        return ord(char)

    def _property(self) -> Ranges:
        r"""The set of ``\p{..}``: exact in Latin-1 for general categories, all characters beyond."""
        found = re.compile(r"([pP])(?:\{(\^?)([\w&]+)\}|([A-Z]))").match(self.regex, self.at)
        if found is None:
            raise RegexSyntaxError(r"has a malformed `\p`")
        self.at = found.end()
        name = found[3] or found[4]
        if not re.fullmatch("[CLMNPSZ][a-z]?", name):
            return ANY
        negated = (found[1] == "P") != bool(found[2])
        return category(name, negated)

    def _class(self) -> Tree:
        """What follows a ``[``."""
        negated = self._next("^")
        sets: list[Ranges] = []
        first = True
        while first or not self.regex.startswith("]", self.at):
            if self.at >= len(self.regex):
                raise RegexSyntaxError("has a `[` without `]`")
            first = False
            sets.append(self._class_item())
        self.at += 1
        folded = self._folded(union(sets))
        return Chars(complement(folded) if negated else folded)

    def _class_item(self) -> Ranges:
        posix = re.compile(r"\[:(\^?)(\w+):\]").match(self.regex, self.at)
        if posix:
            if posix[2] not in POSIX:
                raise RegexSyntaxError(f"has the unknown class {posix[0]}")
            self.at = posix.end()
            return complement(POSIX[posix[2]]) if posix[1] else POSIX[posix[2]]
        if self._next("\\Q"):
            end = self.regex.find("\\E", self.at)
            text = self.regex[self.at : end if end >= 0 else None]
            self.at = end + 2 if end >= 0 else len(self.regex)
            return of(text)
        if self._next("\\E"):
            return ()
        low = self._class_character()
        ends_here = not self.regex.startswith("-", self.at) or self.regex.startswith("-]", self.at)
        if ends_here or len(low) != 1 or low[0][0] != low[0][1]:
            return low
        self.at += 1
        high = self._class_character()
        if len(high) != 1 or high[0][0] != high[0][1]:
            return union((low, of("-"), high))
        if high[0][0] < low[0][0]:
            raise RegexSyntaxError("has a range out of order")
        return ((low[0][0], high[0][0]),)

    def _class_character(self) -> Ranges:
        if self.at >= len(self.regex):
            raise RegexSyntaxError("has a `[` without `]`")
        char = self.regex[self.at]
        self.at += 1
        if char != "\\":
            return of(char)
        if self._next("b"):
            return of("\b")
        return self._escaped_set()


@lru_cache(maxsize=256)
def _literal(code: int) -> Chars:
    return Chars(((code, code),))


@lru_cache(maxsize=256)
def _folded_literal(code: int) -> Chars:
    return Chars(folded(((code, code),)))


def _count(digits: str) -> int:
    if len(digits) > 5 or int(digits) > 65_535:
        raise RegexSyntaxError(f"repeats {digits[:10]} times, more than PCRE does")
    return int(digits)


def _narrowed(items: list[Tree]) -> tuple[Tree, ...]:
    """``(?!a).`` as "any but a", and ``(?=a).`` as "a", where one character is looked at."""
    narrowed = list(items)
    for index in range(len(items) - 2, -1, -1):
        look, following = narrowed[index], narrowed[index + 1]
        if (
            isinstance(look, Assertion)
            and look.ahead
            and isinstance(look.body, Chars)
            and isinstance(following, Chars)
        ):
            allowed = complement(look.body.ranges) if look.negated else look.body.ranges
            narrowed[index + 1] = Chars(intersection(following.ranges, allowed))
    return tuple(narrowed)
