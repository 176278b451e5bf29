"""Finds the statements of a broken Python text that do not parse, and takes them out of it.

A parser's own recovery decides by what it costs, so that an open docstring can turn every later one inside out.
Here damage stays where it is: a text is cut into statements by indentation alone, each is parsed on its own, and
only those that fail are cut again, into their suites, and at last blanked. What comes out is a function of the
text alone, has its length, and almost always parses.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

_DEEPEST: Final = 24
_EFFORT: Final = 12
"""How many times its own size, and some kilobytes, of a text may be parsed and lexed to repair it."""

_CONTINUES: Final = rb"(?:elif|else|except|finally)\b"
_COMPOUND: Final = rb"(?:async[ \t]+)?(def|class|if|for|while|with|try|match|case|elif|else|except|finally)\b"
_NEVER_INSIDE: Final = re.compile(
    rb"[ \t]*(?:def|class|import|return|raise|assert|del|pass|break|continue|global|nonlocal|while|try|with)\b"
)
"""Starts of lines that no bracket can be open before: whatever it was, it was not closed."""
_CODE_LINE: Final = re.compile(rb"^([ \t]*)[^\s#]", re.MULTILINE)
_HEADER_END: Final = re.compile(rb":[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_NAMED: Final = re.compile(rb"(?:async[ \t]+)?(?:def|class)[ \t]+[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_CLASS: Final = re.compile(rb"[ \t]*class\b")
_CASE: Final = re.compile(rb"[ \t]*case\b")
_TOKEN: Final = re.compile(
    rb"#[^\n]*|\\\n|[()\[\]{}]"
    rb'|"""(?:[^"\\]|\\.|"(?!""))*(?:"""|(?P<open>\Z))'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*(?:'''|(?P<open2>\Z))"
    rb'|"(?:[^"\\\n]|\\.)*"?'
    rb"|'(?:[^'\\\n]|\\.)*'?",
    re.DOTALL,
)
_DEPTHS: Final = {0x28: 1, 0x5B: 1, 0x7B: 1, 0x29: -1, 0x5D: -1, 0x7D: -1}
_BLANK: Final = bytes(byte if byte == 0x0A else 0x20 for byte in range(256))


class Repaired(Struct, frozen=True):
    """A text without what is damaged in it: ``data`` has the length of the original.

    ``damaged`` are the byte ranges that were replaced, sorted and apart: what does not parse.
    """

    data: bytes
    damaged: tuple[tuple[int, int], ...]


def repair(data: bytes, parses: Callable[[bytes], bool]) -> Repaired:
    """Take out of a text the statements that do not parse.

    Args:
        data: UTF-8 with ``\\n`` line ends that does not parse as a whole.
        parses: whether a text parses without an error; a function of that text.
    """
    work = _Repair(data, parses)
    work.suite(0, len(data), b"", 0)
    return work.result()


class _Repair:
    """One repair. Ranges are byte offsets of the text and start at the start of a line."""

    def __init__(self, data: bytes, parses: Callable[[bytes], bool]) -> None:
        self._data = data
        self._parses = parses
        self._effort = _EFFORT * len(data) + 20_000
        self._edits: list[tuple[int, int, bytes]] = []

    def result(self) -> Repaired:
        """What was done to the text."""
        data = self._data
        edits = sorted(self._edits)
        parts: list[bytes] = []
        at = 0
        for start, end, instead in edits:
            parts += (data[at:start], instead, data[start + len(instead) : end].translate(_BLANK))
            at = end
        return Repaired(b"".join((*parts, data[at:])), tuple((start, end) for start, end, _ in edits))

    def suite(self, start: int, end: int, indent: bytes, depth: int) -> int | None:
        """Repair statements that stand one below the other at an indentation.

        Returns where a damaged one starts that reaches to the end with a string or brackets open.
        """
        starts = _statements(self._data, start, end, indent)
        open_since = None
        at = 0
        while at < len(starts):
            first, last = starts[at], starts[at + 1] if at + 1 < len(starts) else end
            before = len(self._edits)
            open_since = self._statement(first, last, indent, depth)
            at += 1
            if open_since is not None and (joined := self._joined(starts, at, open_since, end)):
                del self._edits[before:]
                open_since, at = None, joined
        return open_since

    def _statement(self, start: int, end: int, indent: bytes, depth: int) -> int | None:
        """Repair one statement: inside its suites where it has such, else as a whole; returns as ``suite`` does."""
        clauses: Sequence[_Clause] = ()
        if _CLASS.match(self._data, start):
            # Its methods are parsed one by one in any case: the class as a whole could be most of the file.
            clauses = _clauses(self._data, start, end, indent)
        if not clauses:
            if self._is_intact(start, end):
                return None
            clauses = _clauses(self._data, start, end, indent)
        headers = self._headers(clauses) if clauses and depth < _DEEPEST else None
        if headers is None:
            return self._take_out(start, end, indent)
        open_since = None
        for clause, header in zip(clauses, headers, strict=True):
            if header is not None:
                self._edits.append((clause.start, clause.colon + 1, header))
            open_since = self.suite(clause.body, clause.end, clause.indent, depth + 1)
        return open_since

    def _is_intact(self, start: int, end: int) -> bool:
        text = self._data[start:end]
        return self._checked(b"match _:\n" + text if _CASE.match(text) else text)

    def _checked(self, text: bytes) -> bool:
        """Whether a text parses; what would cost too much counts as damaged."""
        self._effort -= len(text)
        return self._effort >= 0 and self._parses(text)

    def _joined(self, starts: Sequence[int], following: int, open_since: int, end: int) -> int | None:
        """Which statement follows the one before ``following``, which ended in the midst of something.

        What looked like the start of a statement may stand in a string or in brackets. None if not so.
        """
        closed = self._closed(starts, following, open_since, end)
        if closed is None or closed == following:
            return None
        stop = starts[closed] if closed < len(starts) else end
        return closed if self._is_intact(starts[following - 1], stop) else None

    def _closed(self, starts: Sequence[int], following: int, since: int, end: int) -> int | None:
        """The first of the following starts that stands in no string or brackets opened since ``since``.

        Their number if everything is closed at the end, None if something stays open.
        """
        depth, reached = 0, since
        for token in _TOKEN.finditer(self._data, since, end):
            self._effort -= token.end() - reached
            reached = token.end()
            while following < len(starts) and starts[following] <= token.start():
                if depth == 0:
                    return following
                if self._effort < 0 or _NEVER_INSIDE.match(self._data, starts[following]):
                    return None
                following += 1
            if token.lastgroup:
                return None
            following = bisect_left(starts, token.end(), following)
            depth += _DEPTHS.get(self._data[token.start()], 0)
            if depth < 0:
                return None
        return following if depth == 0 else None

    def _headers(self, clauses: Sequence[_Clause]) -> list[bytes | None] | None:
        """What to put in place of each clause's header, None for one that is intact; None if nothing helps."""
        own = [self._data[clause.whole : clause.colon + 1] for clause in clauses]
        found: list[bytes | None] = [None] * len(clauses)
        if self._checked(_skeleton(clauses, own)):
            return found
        for index, clause in enumerate(clauses):
            room = clause.colon + 1 - clause.start
            instead = next((one for one in clause.stand_ins(self._data) if len(one) <= room), None)
            if instead is None:
                continue
            changed = self._data[clause.whole : clause.start] + instead
            if self._checked(_skeleton(clauses, [*own[:index], changed, *own[index + 1 :]])):
                found[index] = instead
                return found
        return None

    def _take_out(self, start: int, end: int, indent: bytes) -> int | None:
        """Blank a statement. Returns as ``suite`` does."""
        first = _CODE_LINE.search(self._data, start, end)
        if first is None:
            return None
        start = first.end() - 1
        text = self._data[start:end].rstrip()
        self._edits.append((start, start + len(text), _nothing(text) if indent else b""))
        return start if self._closed((), 0, start, end) is None else None


def _nothing(text: bytes) -> bytes:
    """What stands for a damaged statement in a suite, which may not be empty; it is as long as the text, if it can be.

    So what encloses it ends where it did, and the next character typed in it is an edit inside of that.
    """
    if len(text) >= 10:
        return b"pass" + b" " * (len(text) - 9) + b";pass"
    return b"pass" if len(text) >= 4 and b"\n" not in text[:4] else b""


class _Clause(Struct, frozen=True):
    """A header with its suite: ``whole`` is where it starts with what stands above it (decorators),
    ``start`` its own first byte, ``colon`` the last one of the header, ``body`` the line after it."""

    whole: int
    start: int
    colon: int
    body: int
    end: int
    indent: bytes
    """Of the suite."""
    keyword: bytes

    def stand_ins(self, data: bytes) -> Iterator[bytes]:
        """Headers that parse: first what says as much as can be known of this one, then a short one."""
        if self.keyword in (b"def", b"class") and (named := _NAMED.match(data, self.start)):
            yield named.group() + (b"():" if self.keyword == b"def" else b":")
        yield _STAND_INS.get(self.keyword, b"if _:")


_STAND_INS: Final = {
    b"match": b"match _:",
    b"case": b"case _:",
    b"elif": b"elif _:",
    b"else": b"else:",
    b"except": b"except:",
    b"finally": b"finally:",
    b"try": b"try:",
}


@lru_cache(maxsize=64)
def _statement_start(indent: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n" + re.escape(indent) + rb"(?!" + _CONTINUES + rb")[A-Za-z_@\x80-\xff]")


@lru_cache(maxsize=64)
def _clause_start(indent: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"^" + re.escape(indent) + _COMPOUND, re.MULTILINE)


def _statements(data: bytes, start: int, end: int, indent: bytes) -> list[int]:
    """Where statements start in a range, by indentation alone; decorators belong to what they decorate."""
    found = [start]
    decorated = data.startswith(b"@", start + len(indent))
    for match in _statement_start(indent).finditer(data, start, end):
        if not decorated:
            found.append(match.start() + 1)
        decorated = data[match.end() - 1] == 0x40
    return found


def _clauses(data: bytes, start: int, end: int, indent: bytes) -> list[_Clause]:
    """The clauses of a compound statement; none if it is not one, or one of them has no suite below it."""
    heads = list(_clause_start(indent).finditer(data, start, end))
    if not heads or not _leads(data, start, heads[0].start()):
        return []
    found: list[_Clause] = []
    for index, head in enumerate(heads):
        stop = heads[index + 1].start() if index + 1 < len(heads) else end
        colon = _HEADER_END.search(data, head.start(), stop)
        if colon is None:
            return []
        first = _CODE_LINE.search(data, colon.end(), stop)
        if first is None or not _is_deeper(first.group(1), indent):
            return []
        whole = start if index == 0 else head.start()
        own = head.start() + len(indent)
        found.append(_Clause(whole, own, colon.start(), colon.end(), stop, first.group(1), head.group(1)))
    return found


def _leads(data: bytes, start: int, head: int) -> bool:
    """Whether nothing but comments and decorators stands between two places."""
    first = _CODE_LINE.search(data, start, head)
    return first is None or data[first.end() - 1] == 0x40


def _is_deeper(inner: bytes, outer: bytes) -> bool:
    return len(inner) > len(outer) and inner.startswith(outer)


def _skeleton(clauses: Sequence[_Clause], headers: Sequence[bytes]) -> bytes:
    """A compound statement with nothing in its suites."""
    return b"".join(_skeleton_lines(clauses, headers))


def _skeleton_lines(clauses: Sequence[_Clause], headers: Sequence[bytes]) -> Iterator[bytes]:
    if clauses[0].keyword == b"case":
        yield b"match _:\n"
    for clause, header in zip(clauses, headers, strict=True):
        yield header + b"\n" + clause.indent
        # A `match` without cases does not parse.
        yield b"case _: pass\n" if clause.keyword == b"match" else b"pass\n"
