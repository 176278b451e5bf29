"""Decides which files a rule's ``paths:`` let it run on, exactly as semgrep-core does but in linear time.

semgrep-core's rules, measured (``tests/rules/test_paths.py`` compares the two): a glob that starts with ``/``
or ``./`` counts from the root, any other from every folder; a glob that matches a folder matches all in it;
``*`` and ``?`` stop at ``/``, which classes such as ``[!a]`` do not; ``**`` is special only as a whole part.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

from msgspec import Struct

from secloop.model import Rule

MAX_GLOB = 1_000
"""Longest glob, in characters."""


class GlobError(ValueError):
    """A glob that semgrep-core cannot compile, or that is out of bounds."""


def applies(rule: Rule, path: str) -> bool:
    """Whether the rule runs on a file at a path relative to the root, with ``/``."""
    if not rule.include and not rule.exclude:
        return True
    if rule.include and not _matches(rule.include, path):
        return False
    return not (rule.exclude and _matches(rule.exclude, path))


def check_globs(globs: tuple[str, ...]) -> None:
    """Check that globs can be used.

    Raises:
        GlobError: if one cannot, saying which and why.
    """
    _compiled(globs)


def _matches(globs: tuple[str, ...], path: str) -> bool:
    # A name that is not UTF-8 cannot be named by a glob; a replacement keeps its `/` in place.
    return _compiled(globs).match(b"/" + path.encode("utf-8", "replace")) is not None


class _Pattern(Protocol):
    def match(self, text: bytes) -> object: ...


@lru_cache(maxsize=4096)
def _compiled(globs: tuple[str, ...]) -> _Pattern:
    # RE2 is only loaded for rules that have `paths:`.
    import re2

    options = re2.Options()
    options.dot_nl = True
    options.log_errors = False
    joined = "|".join(_regex(glob) for glob in globs)
    try:
        compiled: _Pattern = re2.compile(f"(?:{joined})".encode(), options)
    except re2.error as error:
        raise GlobError(f"the globs {globs!r} cannot be compiled: {error}") from None
    return compiled


class _Class(Struct, frozen=True):
    """One of a set of characters, or of all others: inclusive ranges of code points."""

    ranges: tuple[tuple[int, int], ...]
    negated: bool

    @property
    def has_slash(self) -> bool:
        return any(low <= _SLASH <= high for low, high in self.ranges) != self.negated

    def without_slash(self) -> _Class:
        if not self.has_slash:
            return self
        if self.negated:
            return _Class((*self.ranges, (_SLASH, _SLASH)), True)
        kept: list[tuple[int, int]] = []
        for low, high in self.ranges:
            kept += [(low, min(high, _SLASH - 1)), (max(low, _SLASH + 1), high)]
        return _Class(tuple(each for each in kept if each[0] <= each[1]), False)

    def regex(self) -> str:
        if not self.ranges:
            return _NEVER
        inside = "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in self.ranges)
        return f"[{'^' if self.negated else ''}{inside}]"


_SLASH = ord("/")
_NEVER = r"[^\x00-\x{10ffff}]"
_STAR, _ONE = "[^/]*", "[^/]"
# PCRE's extended syntax, which semgrep-core compiles globs to, would drop some of these.
_CONTROL = re.compile("[\x00-\x1f\x7f\x85\u200e\u200f\u2028\u2029]")


def _regex(glob: str) -> str:
    """An RE2 regex for the start of ``/path`` (one glob)."""
    if len(glob) > MAX_GLOB:
        raise GlobError(f"the glob is longer than {MAX_GLOB:,} characters")
    if _CONTROL.search(glob):
        raise GlobError(f"the glob {glob!r} holds a control character")
    anchored = glob.startswith(("/", "./"))
    parts = _parts(glob.removeprefix(".") if glob.startswith("./") else glob)
    if anchored and parts == [[]]:
        # The root itself, which is no file.
        return _NEVER
    text = "/" if anchored else "/(?:.*/)?"
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == ["**"] and not last:
            text += "(?:.*/)?"
        elif part and part != ["**"]:
            text += _part_regex(part, last)
        # A last part that is empty or `**` asks for something below, as the slash before it does.
    return text


def _parts(glob: str) -> list[list[str | _Class]]:
    """The tokens between slashes; empty ones only at the end."""
    parts: list[list[str | _Class]] = [[]]
    at = 0
    while at < len(glob):
        char = glob[at]
        at += 1
        if char == "/":
            parts.append([])
        elif char == "*":
            whole = glob[at - 1 : at + 1] == "**" and not parts[-1] and glob[at + 1 : at + 2] in ("", "/")
            parts[-1].append("**" if whole else _STAR)
            at += whole
        elif char == "?":
            parts[-1].append(_ONE)
        elif char == "[":
            token, at = _class(glob, at)
            parts[-1].append(token)
        elif char == "\\":
            if at == len(glob):
                raise GlobError(f"the glob {glob!r} ends in a backslash")
            parts[-1].append(re.escape(glob[at]))
            at += 1
        else:
            parts[-1].append(re.escape(char))
    return [part for index, part in enumerate(parts) if part or index == len(parts) - 1]


def _class(glob: str, at: int) -> tuple[_Class, int]:
    """The class whose ``[`` ends before ``at``, and where it ends. A backslash in it is itself."""
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    end = glob.find("]", at)
    if end < 0:
        raise GlobError(f"the glob {glob!r} has a `[` without `]`")
    if end == at:
        raise GlobError(f"the glob {glob!r} has an empty class")
    ranges: list[tuple[int, int]] = []
    while at < end:
        low = high = ord(glob[at])
        at += 1
        if at + 1 < end and glob[at] == "-":
            high = ord(glob[at + 1])
            at += 2
        if low > high:
            raise GlobError(f"the glob {glob!r} has a range out of order")
        ranges.append((low, high))
    return _Class(tuple(ranges), negated), end + 1


def _part_regex(part: list[str | _Class], last: bool) -> str:
    """One part of a path: its first character is never a slash; after the last part comes one, or the end."""
    head, rest = _head(part)
    text = head + "".join(token if isinstance(token, str) else token.regex() for token in rest)
    if not last:
        return text + "/"
    end = part[-1]
    if isinstance(end, _Class) and end.has_slash and len(part) > 1:
        # The class itself may have matched the slash.
        return f"(?:{text}(?:/|\\z)|{_part_regex(part[:-1], False)})"
    return text + r"(?:/|\z)"


def _head(part: list[str | _Class]) -> tuple[str, list[str | _Class]]:
    """A regex for the first token, and the other tokens."""
    first, rest = part[0], part[1:]
    if isinstance(first, _Class):
        return first.without_slash().regex(), rest
    if first == _STAR and rest:
        following, after = _head(rest)
        if isinstance(rest[0], _Class) and rest[0].has_slash:
            return f"(?:[^/]+{rest[0].regex()}|{following})", after
    return first, rest
