"""Translates PCRE, the dialect of Semgrep's regexes, to that of another engine, feature by feature.

What it emits leaves nothing to the other engine's defaults: every character class is spelled out in code points, every
flag is worked into the characters it applies to. What the two engines would read differently is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from secloop.engine.native.errors import Unsupported
from secloop.rules.charsets import ANY, ESCAPES, NOT_NEWLINE, POSIX, Ranges, complement, of, union


class Backtracking(Exception):
    """The regex needs an engine that backtracks: it looks around, refers back or is possessive."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A regex in the other dialect.

    Attributes:
        text: the regex.
        groups: names of the capturing groups in order, "" for one without.
        nullable: whether it may match the empty text.
        refers: whether it refers back to a group.
        ends: whether it has an ``$`` that also stands before a newline at the very end, which ``text`` has as the end.
    """

    text: str
    groups: tuple[str, ...]
    nullable: bool
    ends: bool
    refers: bool


@dataclass(frozen=True, slots=True)
class _Mode:
    """The inline flags in force."""

    ignore_case: bool = False
    multiline: bool = False
    dot_all: bool = False
    extended: bool = False

    @property
    def plain(self) -> bool:
        """Whether letters and digits stand for themselves alone, and nothing but a quantifier repeats them."""
        return not self.ignore_case and not self.extended


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of the translation; ``repeatable`` if a quantifier may follow it."""

    text: str
    nullable: bool
    repeatable: bool = True


_NAME: Final = r"[A-Za-z_]\w{0,31}"
_PLAIN: Final = re.compile(r"[A-Za-z0-9_]+(?![*+?{]|\\E|\(\?#)")
"""Characters that stand for themselves, and are not repeated, in any dialect: most of a regex is such."""
_GROUP: Final = re.compile(rf"\?(?:P?<({_NAME})>|'({_NAME})')", re.ASCII)
_BACKREFERENCE: Final = re.compile(
    rf"\\(?:([1-9])(?!\d)|g([1-9])(?!\d)|g\{{([1-9])\}}|k(?:<({_NAME})>|'({_NAME})'|\{{({_NAME})\}}))",
    re.ASCII,
)
_NAMED_BACKREFERENCE: Final = re.compile(rf"\?P=({_NAME})\)", re.ASCII)
_FLAGS: Final = re.compile(r"\?([imsx]*)(?:-([imsx]+))?([:)])")
_COUNT: Final = re.compile(r"\{(\d{1,4})(?:(,)(\d{0,4}))?\}")
_SPACE: Final = re.compile(r"(?:[\t\n\v\f\r ]|#[^\n]*(?:\n|$))+")
_HEX: Final = re.compile(r"x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{0,2}))")
_OCTAL: Final = re.compile(r"o\{([0-7]{1,7})\}|(0[0-7]{0,2})")
_POSIX: Final = re.compile(r"\[:(\^?)(\w+):\]")
_CONTROLS: Final = {"a": 7, "e": 27, "f": 12, "n": 10, "r": 13, "t": 9}
_SETS: Final = frozenset("dDwWsShHvVN")
_SHORT: Final = {ESCAPES[letter]: f"\\{letter}" for letter in "dDwW"}
"""What the other engines mean by the same escapes, if told to think of ASCII only."""
_MOST_FOLDED: Final = 2_000
_NESTING: Final = 60


def translate(regex: str, *, multiline: bool, backtracking: bool) -> Translated:
    """Translate a regex for RE2, or for the backtracking module `regex`.

    Args:
        multiline: whether ``^`` and ``$`` stand at the ends of lines unless a flag says otherwise.
        backtracking: for the module `regex`.

    Raises:
        Backtracking: if RE2 cannot express it.
        Unsupported: if neither engine is known to read it as PCRE does.
    """
    translator = _Translator(regex, _Mode(multiline=multiline), backtracking)
    whole = translator.choice()
    if translator.at < len(regex):
        raise Unsupported("a regex with an unmatched `)`")
    return Translated(
        whole.text, tuple(translator.groups), whole.nullable, translator.ends, translator.refers
    )


class _Translator:
    def __init__(self, regex: str, mode: _Mode, backtracking: bool) -> None:
        self.regex = regex
        self.mode = mode
        self.backtracking = backtracking
        self.at = 0
        self.depth = 0
        self.groups: list[str] = []
        self.ends = False
        self.refers = False

    def _next(self, text: str) -> bool:
        """Step over a text if it stands here."""
        if self.regex.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def _backtrack(self) -> None:
        """Note a feature that RE2 lacks."""
        if not self.backtracking:
            raise Backtracking

    def choice(self) -> _Piece:
        """What stands up to the end of the group."""
        self.depth += 1
        if self.depth > _NESTING:
            raise Unsupported("a regex of many nested groups")
        outer = self.mode
        branches = [self._sequence()]
        while self._next("|"):
            branches.append(self._sequence())
        self.mode = outer
        self.depth -= 1
        return _Piece(
            "|".join(branch.text for branch in branches), any(branch.nullable for branch in branches)
        )

    def _sequence(self) -> _Piece:
        texts: list[str] = []
        nullable = True
        opened = False  # a ``^`` that nothing follows yet which takes a character
        while self.at < len(self.regex) and self.regex[self.at] not in "|)":
            plain = _PLAIN.match(self.regex, self.at) if self.mode.plain else None
            if plain:
                texts.append(plain[0])
                self.at = plain.end()
                nullable = opened = False
                continue
            if self._skipped():
                continue
            at_line_start = self.mode.multiline and self.regex[self.at] == "^"
            piece = self._repeated(self._atom())
            texts.append(piece.text)
            nullable = nullable and piece.nullable
            opened = (opened or at_line_start) and piece.nullable
        if opened:
            # PCRE has no line start at the very end of a text, and RE2 cannot say so.
            self._backtrack()
        return _Piece("".join(texts), nullable)

    def _skipped(self) -> bool:
        """Step over what is no part of the regex: comments, space in extended mode, ``\\E``."""
        if self._next("\\E"):
            return True
        if self._next("(?#"):
            end = self.regex.find(")", self.at)
            if end < 0:
                raise Unsupported("a regex with an open comment")
            self.at = end + 1
            return True
        found = _SPACE.match(self.regex, self.at) if self.mode.extended else None
        self.at = found.end() if found else self.at
        return found is not None

    def _repeated(self, piece: _Piece) -> _Piece:
        while self._skipped():
            pass
        bounds = self._bounds()
        if bounds is None:
            return piece
        low, high, text = bounds
        if not piece.repeatable:
            raise Unsupported("a regex that repeats what has no width")
        if high is None and piece.nullable:
            raise Unsupported("a regex that repeats what may be empty")
        if self._next("+"):
            self._backtrack()
            text += "+"
        elif self._next("?"):
            text += "?"
        if self._bounds() is not None:
            raise Unsupported("a regex that repeats a repeat")
        return _Piece(piece.text + text, low == 0 or piece.nullable)

    def _bounds(self) -> tuple[int, int | None, str] | None:
        """Least and most repeats, and the quantifier's text, if one stands here; steps over it."""
        mark = self.regex[self.at : self.at + 1]
        if mark and mark in "*+?":
            self.at += 1
            return int(mark == "+"), 1 if mark == "?" else None, mark
        found = _COUNT.match(self.regex, self.at) if mark == "{" else None
        if found is None:
            return None
        low = int(found[1])
        high = low if found[2] is None else int(found[3]) if found[3] else None
        if high is not None and high < low:
            raise Unsupported("a regex with bounds out of order")
        if max(low, high or 0) > 1000:
            self._backtrack()
        self.at = found.end()
        return low, high, found[0]

    def _atom(self) -> _Piece:
        char = self.regex[self.at]
        if char == "\\" and self._next("\\Q"):
            return self._quoted()
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return self._chars(self._class())
        if char == "\\":
            return self._escape()
        if char == "^":
            return self._line_start()
        if char == "$":
            return self._line_end(self.mode.multiline)
        if char == ".":
            return self._chars(ANY if self.mode.dot_all else NOT_NEWLINE)
        if char in "*+?":
            raise Unsupported(f"a regex with a `{char}` that repeats nothing")
        return self._chars(self._folded(of(char)))

    def _quoted(self) -> _Piece:
        r"""The characters of ``\Q...\E``, of which a quantifier repeats the last."""
        end = self.regex.find("\\E", self.at)
        text = self.regex[self.at : end if end >= 0 else None]
        if not text:
            raise Unsupported("a regex that quotes nothing")
        if end >= 0 and self.regex[end + 2 : end + 3] in {"*", "+", "?", "{"}:
            raise Unsupported("a regex that repeats what it quotes")
        self.at = end if end >= 0 else len(self.regex)
        return _Piece("".join(self._chars(self._folded(of(char))).text for char in text), False)

    def _line_start(self) -> _Piece:
        if not self.mode.multiline:
            return _Piece("\\A", True, False)
        if self.backtracking:
            return _Piece("(?:\\A|(?<=\\n)(?!\\Z))", True, False)
        return _Piece("(?m:^)", True, False)

    def _line_end(self, multiline: bool) -> _Piece:
        if multiline:
            return _Piece("(?m:$)", True, False)
        self.ends = True
        return _Piece("(?=\\n?\\Z)" if self.backtracking else "\\z", True, False)

    def _group(self) -> _Piece:
        for mark in ("?=", "?!", "?<=", "?<!", "?>"):
            if self._next(mark):
                self._backtrack()
                inner = self._closed()
                assertion = mark != "?>"
                return _Piece(f"({mark}{inner.text})", assertion or inner.nullable, not assertion)
        reference = _NAMED_BACKREFERENCE.match(self.regex, self.at)
        if reference:
            self.at = reference.end()
            return self._reference(reference[1])
        named = _GROUP.match(self.regex, self.at)
        if named or not self.regex.startswith(("?", "*"), self.at):
            self.at = named.end() if named else self.at
            name = (named[1] or named[2]) if named else ""
            if name and name in self.groups:
                raise Unsupported("a regex with two groups of one name")
            self.groups.append(name)
            inner = self._closed()
            return _Piece(f"({inner.text})", inner.nullable)
        return self._flags()

    def _flags(self) -> _Piece:
        found = _FLAGS.match(self.regex, self.at)
        if found is None:
            raise Unsupported(f"a regex with ({self.regex[self.at : self.at + 3]}")
        self.at = found.end()
        outer = self.mode
        added, removed = found[1], found[2] or ""
        self.mode = replace(
            outer,
            ignore_case=(outer.ignore_case or "i" in added) and "i" not in removed,
            multiline=(outer.multiline or "m" in added) and "m" not in removed,
            dot_all=(outer.dot_all or "s" in added) and "s" not in removed,
            extended=(outer.extended or "x" in added) and "x" not in removed,
        )
        if found[3] == ")":
            return _Piece("", True, False)
        inner = self._closed()
        self.mode = outer
        return _Piece(f"(?:{inner.text})", inner.nullable)

    def _closed(self) -> _Piece:
        inner = self.choice()
        if not self._next(")"):
            raise Unsupported("a regex with a `(` without `)`")
        return inner

    def _reference(self, group: str) -> _Piece:
        """What repeats a group's text; by number or name."""
        self._backtrack()
        self.refers = True
        if self.mode.ignore_case:
            raise Unsupported("a regex that refers back to a group in any case")
        number = (
            int(group) if group.isdigit() else self.groups.index(group) + 1 if group in self.groups else 0
        )
        if not 0 < number <= len(self.groups):
            raise Unsupported("a regex that refers to a group further on")
        return _Piece(f"(?:\\{number})", True)

    def _escape(self) -> _Piece:
        r"""What follows a ``\`` outside classes."""
        reference = _BACKREFERENCE.match(self.regex, self.at - 1)
        if reference:
            self.at = reference.end()
            return self._reference(next(filter(None, reference.groups())))
        char = self.regex[self.at : self.at + 1]
        if char and char in "bBAZz":
            self.at += 1
            if char == "Z":
                return self._line_end(False)
            if char == "z":
                return _Piece("\\Z" if self.backtracking else "\\z", True, False)
            return _Piece(f"\\{char}", True, False)
        if self._next("R"):
            self._backtrack()
            return _Piece(f"(?>\\r\\n|{self._chars(ESCAPES['v']).text})", False)
        return self._chars(self._escaped(folding=True))

    def _escaped(self, *, folding: bool) -> Ranges:
        r"""The characters of an escape, inside and outside classes, from after the ``\``."""
        char = self.regex[self.at : self.at + 1]
        if char and char in _SETS:
            self.at += 1
            return ESCAPES[char]
        found = of(chr(self._code(char)))
        return self._folded(found) if folding else found

    def _code(self, char: str) -> int:
        hexadecimal = _HEX.match(self.regex, self.at)
        octal = _OCTAL.match(self.regex, self.at)
        if hexadecimal or octal:
            found = hexadecimal or octal
            assert found is not None
            self.at = found.end()
            code = int(found[1] or found[2] or "0", 16 if hexadecimal else 8)
        elif char in _CONTROLS:
            self.at += 1
            code = _CONTROLS[char]
        elif not char or char.isalnum() or ord(char) > 127:
            raise Unsupported(f"a regex with \\{char}")
        else:
            self.at += 1
            code = ord(char)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise Unsupported("a regex with a code that is no character")
        return code

    def _class(self) -> Ranges:
        """What follows a ``[``."""
        negated = self._next("^")
        sets: list[Ranges] = []
        first = True
        while first or not self.regex.startswith("]", self.at):
            if self.at >= len(self.regex):
                raise Unsupported("a regex with a `[` without `]`")
            first = False
            sets.append(self._class_item())
        self.at += 1
        ranges = union(sets)
        return complement(ranges) if negated else ranges

    def _class_item(self) -> Ranges:
        posix = _POSIX.match(self.regex, self.at)
        if posix:
            if posix[2] not in POSIX:
                raise Unsupported(f"a regex with {posix[0]}")
            self.at = posix.end()
            cased = posix[2] in {"lower", "upper"} and self.mode.ignore_case
            named = POSIX["alpha" if cased else posix[2]]
            return complement(named) if posix[1] else named
        if self.regex.startswith(("[.", "[=", "\\Q", "\\E"), self.at):
            raise Unsupported(f"a regex with [{self.regex[self.at : self.at + 2]}")
        low, is_set = self._class_character()
        if not self.regex.startswith("-", self.at) or self.regex.startswith("-]", self.at):
            return low if is_set else self._folded(low)
        if is_set:
            raise Unsupported("a regex with a range between classes")
        self.at += 1
        high, is_set = self._class_character()
        if is_set or high[0][0] < low[0][0]:
            raise Unsupported("a regex with a range between classes, or out of order")
        return self._folded(((low[0][0], high[0][0]),))

    def _class_character(self) -> tuple[Ranges, bool]:
        """A character or a set, and whether it is one of an escape that stands for several."""
        if self.at >= len(self.regex):
            raise Unsupported("a regex with a `[` without `]`")
        char = self.regex[self.at]
        self.at += 1
        if char != "\\":
            return of(char), False
        if self._next("b"):
            return of("\b"), False
        is_set = self.regex[self.at : self.at + 1] in _SETS
        return self._escaped(folding=False), is_set

    def _folded(self, ranges: Ranges) -> Ranges:
        return _both_cases(ranges) if self.mode.ignore_case else ranges

    def _chars(self, ranges: Ranges) -> _Piece:
        return _Piece(_characters(ranges, self.backtracking), False)


@lru_cache(maxsize=2048)
def _characters(ranges: Ranges, backtracking: bool) -> str:
    """A regex for one character of a set."""
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _character(ranges[0][0], backtracking)
    if ranges == ANY:
        return "(?s:.)"
    if ranges == NOT_NEWLINE:
        return "[^\\n]"
    if ranges in _SHORT:
        return _SHORT[ranges]
    if not ranges:
        raise Unsupported("a regex with an empty class")
    ends = ((_character(low, backtracking), _character(high, backtracking)) for low, high in ranges)
    inner = "".join(low if low == high else f"{low}-{high}" for low, high in ends)
    return f"[{inner}]"


def _character(code: int, backtracking: bool) -> str:
    char = chr(code)
    if char.isascii() and (char.isalnum() or char == "_"):
        return char
    if backtracking:
        return f"\\x{code:02x}" if code < 256 else f"\\U{code:08x}"
    return f"\\x{{{code:x}}}"


_KELVIN: Final = {"k": "\u212a", "s": "\u017f"}


@lru_cache(maxsize=2048)
def _both_cases(ranges: Ranges) -> Ranges:
    """With the other case of each letter, as Unicode's simple case folding has it."""
    if sum(high - low + 1 for low, high in ranges) > _MOST_FOLDED:
        raise Unsupported("a regex with many characters in any case")
    sets = [ranges]
    for low, high in ranges:
        for code in range(low, high + 1):
            char = chr(code)
            if code < 128:
                sets.append(of(char.swapcase() + _KELVIN.get(char.lower(), "")))
            elif char.lower() != char.upper():
                both = {char.lower(), char.upper(), char.title()}
                if len(both) > 2 or any(len(each) != 1 or each.isascii() for each in both):
                    raise Unsupported(f"a regex with {char} in any case")
                if any(each.lower() != char.lower() for each in both):
                    raise Unsupported(f"a regex with {char} in any case")
                sets.append(of("".join(sorted(both))))
    return union(sets)
