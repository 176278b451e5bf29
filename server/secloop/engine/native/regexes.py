"""Runs Semgrep's regexes as PCRE would, on UTF-8, within a time that is bounded.

RE2 runs what it can express, in linear time. What looks around or refers back is left to the module `regex`, which
stops at a time limit; rules whose regexes could come near it are refused when they are loaded (``rules.regexes``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from secloop.engine.native.errors import Unsupported
from secloop.engine.native.pcre import Backtracking, Translated, translate
from secloop.rules.charsets import ANY, intersection, of
from secloop.rules.regex_syntax import Assertion, Chars, RegexSyntaxError, Repeat, Sequence, Tree, parse

TIME_LIMIT: Final = 2.0
"""Seconds that one search may take."""
_LONGEST: Final = 10_000
"""Longest regex, in characters."""
_FROM_START: Final = re.compile(r"\(\?(s|si|is)\)\\A\.\*")
_TO_END: Final = r".*\z"
_LOOKS_FURTHER: Final = re.compile(r"\\[AZzGK]|\(\?[a-z]*-")
"""Where the whole text starts or ends, where the last match did, or flags that are taken back."""
_NEWLINE: Final = of("\n")

Spans = list[tuple[int, int]]
"""Byte ranges: of the match, then of each group; -1, -1 for a group that took no part."""


class RegexTimeout(Exception):
    """A search took longer than ``TIME_LIMIT``."""


class Regex:
    """A compiled regex.

    Attributes:
        pattern: what it was compiled from.
        groups: names of the groups in order, "" for one without.
        in_line: whether a match of ``somewhere`` is in one line, and depends on no other one.
        somewhere: what has to be anywhere in a text for this one to match all of it, if it is written for just that.
    """

    __slots__ = ("_engine", "_exact", "_multiline", "_nullable", "groups", "in_line", "pattern", "somewhere")

    def __init__(self, pattern: str, *, multiline: bool) -> None:
        self.pattern = pattern
        self._multiline = multiline
        self._exact: _Backtracking | None = None
        try:
            translated = translate(pattern, multiline=multiline, backtracking=False)
            self._engine: _Linear | _Backtracking = _Linear(translated)
        except Backtracking:
            translated = translate(pattern, multiline=multiline, backtracking=True)
            self._engine = _Backtracking(translated)
        self.groups = translated.groups
        inner = None if self.groups else _sought(pattern)
        self.somewhere = None if inner is None else Regex(inner, multiline=multiline)
        self._nullable = translated.nullable
        self.in_line = self.somewhere is not None and self.somewhere._stays_in_line()

    def __repr__(self) -> str:
        return f"Regex({self.pattern!r})"

    def finditer(self, data: bytes) -> Iterator[Spans]:
        """All matches from left to right, as PCRE's callers look for them: after an empty one also what is not."""
        return self._for(data, searching=True).finditer(data)

    def match(self, data: bytes) -> Spans | None:
        """The match at the start."""
        return self._for(data, searching=False).match(data)

    def matches_in_a_row(self, data: bytes) -> Iterator[Spans]:
        """The match at the start, the one that starts where it ends, and so on."""
        return self._for(data, searching=True).matches_in_a_row(data)

    def _stays_in_line(self) -> bool:
        # What may be empty could be found after the last line end, where PCRE has no start of a line.
        return self._multiline and not self._nullable and _stays_in_line(self.pattern)

    def _for(self, data: bytes, *, searching: bool) -> _Linear | _Backtracking:
        """The engine for a text. RE2 knows no end that stands before a last newline, nor how to look on after ""."""
        engine = self._engine
        if isinstance(engine, _Backtracking):
            return engine
        if not (searching and engine.nullable) and not (engine.ends and data.endswith(b"\n")):
            return engine
        if self._exact is None:
            exact = translate(self.pattern, multiline=self._multiline, backtracking=True)
            self._exact = _Backtracking(exact)
        return self._exact


@lru_cache(maxsize=2048)
def compile_regex(pattern: str, *, multiline: bool) -> Regex:
    """Compile a regex; ``multiline`` as for ``pattern-regex``, not as for ``metavariable-regex``.

    Raises:
        Unsupported: if it is not known to be read as PCRE does.
    """
    if len(pattern) > _LONGEST:
        raise Unsupported("a long regex")
    return Regex(pattern, multiline=multiline)


def _sought(pattern: str) -> str | None:
    """What ``(?s)\\A.*X.*\\z`` looks for, as ``(?s)X``; None if a regex is written otherwise. Likewise with ``i``."""
    start = _FROM_START.match(pattern)
    if start is None or not pattern.endswith(_TO_END):
        return None
    try:
        tree = parse(pattern)
    except RegexSyntaxError:
        return None
    anything = Repeat(Chars(ANY), 0, None)
    if not isinstance(tree, Sequence) or len(tree.items) < 5:
        return None
    ends = (*tree.items[:2], *tree.items[-2:])
    inner = pattern[start.end() : -len(_TO_END)]
    return f"(?{start[1]}){inner}" if ends == (Assertion(), anything, anything, Assertion()) else None


def _stays_in_line(pattern: str) -> bool:
    """Whether a regex, to which lines have ends, takes no line end and looks at nothing further than one."""
    if _LOOKS_FURTHER.search(pattern):
        return False
    try:
        trees: list[Tree] = [parse(pattern)]
    except RegexSyntaxError:
        return False
    while trees:
        tree = trees.pop()
        if isinstance(tree, Chars):
            if intersection(tree.ranges, _NEWLINE):
                return False
        elif isinstance(tree, Assertion):
            if tree.body is not None:
                return False
        elif isinstance(tree, Repeat):
            trees.append(tree.item)
        else:
            trees += tree.items
    return True


class _Linear:
    """A regex that RE2 runs, on bytes."""

    __slots__ = ("_compiled", "ends", "nullable")

    def __init__(self, translated: Translated) -> None:
        import re2  # takes 20 ms, which only rules with regexes shall cost

        self.nullable = translated.nullable
        self.ends = translated.ends
        options = re2.Options()
        options.log_errors = False
        try:
            self._compiled: Any = re2.compile(translated.text.encode(), options)
        except re2.error:
            raise Backtracking from None

    def match(self, data: bytes) -> Spans | None:
        found = self._compiled.match(data)
        return None if found is None else _spans(found)

    def finditer(self, data: bytes) -> Iterator[Spans]:
        # Never empty: a nullable regex is not run here.
        return map(_spans, self._compiled.finditer(data))

    def matches_in_a_row(self, data: bytes) -> Iterator[Spans]:
        at = 0
        while (found := self._compiled.match(data, at)) is not None:
            yield _spans(found)
            at = found.end()


class _Backtracking:
    """A regex that the module `regex` runs, on text."""

    __slots__ = ("_made", "_not_empty", "_text")

    def __init__(self, translated: Translated) -> None:
        """Compiles what may be refused, a reference to what is not there yet; all else when it is needed.

        That takes milliseconds for each, and few are needed.
        """
        self._text = translated.text
        self._made: Any = None
        self._not_empty: Any = None
        if translated.refers:
            import regex

            try:
                self._made = regex.compile(self._text, regex.ASCII)
            except regex.error as error:
                raise Unsupported(f"a regex that cannot be compiled: {error}") from None

    @property
    def _compiled(self) -> Any:
        if self._made is None:
            import regex  # takes 20 ms

            self._made = regex.compile(self._text, regex.ASCII)
        return self._made

    def _match_not_empty(self, text: str, at: int) -> Any:
        if self._not_empty is None:
            import regex

            # \G is where the search began: the same match, if it is not empty, and there.
            self._not_empty = regex.compile(rf"\G(?:{self._text})(?!\G)", regex.ASCII)
        return self._not_empty.match(text, at, timeout=TIME_LIMIT)

    def match(self, data: bytes) -> Spans | None:
        text = data.decode(errors="replace")
        try:
            found = self._compiled.match(text, timeout=TIME_LIMIT)
        except TimeoutError:
            raise RegexTimeout from None
        return None if found is None else _Offsets(text).spans(found)

    def finditer(self, data: bytes) -> Iterator[Spans]:
        return self._iterate(data, self._compiled.search)

    def matches_in_a_row(self, data: bytes) -> Iterator[Spans]:
        return self._iterate(data, self._compiled.match)

    def _iterate(self, data: bytes, find: Callable[..., Any]) -> Iterator[Spans]:
        """Matches found one after the other; after an empty one also what is not empty there."""
        text = data.decode(errors="replace")
        offsets = _Offsets(text)
        at = 0
        try:
            while at <= len(text):
                found = find(text, at, timeout=TIME_LIMIT)
                if found is None:
                    return
                yield offsets.spans(found)
                at = found.end()
                if found.start() == at:
                    following = self._match_not_empty(text, at)
                    if following is not None:
                        yield offsets.spans(following)
                    at = following.end() if following is not None else at + 1
        except TimeoutError:
            raise RegexTimeout from None


def _spans(found: Any) -> Spans:
    return [found.span(group) for group in range(found.re.groups + 1)]


class _Offsets:
    """Byte offsets of offsets into a text, asked for in ascending order for the most part."""

    __slots__ = ("_ascii", "_at", "_bytes", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._ascii = text.isascii()
        self._at = 0
        self._bytes = 0

    def spans(self, found: Any) -> Spans:
        spans = _spans(found)
        return spans if self._ascii else [(self._of(start), self._of(end)) for start, end in spans]

    def _of(self, offset: int) -> int:
        if offset < 0:
            return offset
        if offset < self._at:
            self._at = self._bytes = 0
        self._bytes += len(self._text[self._at : offset].encode())
        self._at = offset
        return self._bytes
