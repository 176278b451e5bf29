"""Path globs with git's exact semantics and rule-id globs, matched in linear time by RE2.

Patterns come from checked repositories, so nothing here backtracks: every pattern becomes a regular
expression over bytes, and the patterns of one list are matched together by automata (SPEC 12).
A faithful translation of git's ``dir.c`` and ``wildmatch.c``; differentially tested against git.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

MAX_PATTERN = 1_000
"""Longest pattern, in bytes."""
MAX_PATTERNS = 10_000
"""Most patterns in one list."""
MAX_WILDCARDS = 2_000
"""Most ``*``, ``?`` and ``[`` in one list; matching a path costs at most their number times its length."""

_SET_BYTES = 50_000  # Pattern bytes in one automaton: keeps it far from RE2's memory limit.
_SET_MEMORY = 64 << 20

# A directory's path ends in \0 when it is matched, so no wildcard may match \0.
_DIRECTORY = b"\0"
_ANY = rb"[\x01-\xff]*"
_NOT_SLASH = rb"[\x01-\x2e\x30-\xff]"
_IN_ANY_FOLDER = rb"(?:[\x01-\xff]*/)?"
_SENTINEL = b"\0\0"


class GlobError(ValueError):
    """A list of patterns is beyond the limits; ``line`` is the pattern's 1-based number, 0 for the list."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Pattern(Struct, frozen=True):
    regex: bytes
    negated: bool


class _Automaton:
    """Patterns matched together; answers with the index of the last that matches."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        import re2  # not before there are patterns

        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1
        options.log_errors = False
        options.max_mem = _SET_MEMORY
        self._set = re2.Set.FullMatchSet(options)
        try:
            for pattern in (*patterns, _SENTINEL):
                self._set.Add(pattern)
            self._set.Compile()
        except re2.error as error:
            raise GlobError("the patterns are too large to compile") from error
        # An automaton that ran out of memory reports "no match"; this one must have enough to start.
        if self._set.Match(_SENTINEL) != [len(patterns)]:
            raise GlobError("the patterns are too large to match")

    def last(self, text: bytes) -> int | None:
        found = self._set.Match(text)
        return max(found) if found else None


class Patterns:
    """An ordered list of gitignore patterns, relative to one folder; the last that matches decides.

    Raises:
        GlobError: from the constructor, if the list is beyond the limits.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        patterns: list[_Pattern] = []
        wildcards = 0
        for number, line in enumerate(lines, start=1):
            if len(line) > MAX_PATTERN:
                raise GlobError(f"the pattern is longer than {MAX_PATTERN} bytes", number)
            wildcards += sum(map(line.count, (b"*", b"?", b"[")))
            if wildcards > MAX_WILDCARDS:
                raise GlobError(f"more than {MAX_WILDCARDS} wildcards in one list of patterns", number)
            pattern = _parse(line)
            if pattern is None:
                continue
            patterns.append(pattern)
            if len(patterns) > MAX_PATTERNS:
                raise GlobError(f"more than {MAX_PATTERNS} patterns in one list", number)
        self._negated = tuple(pattern.negated for pattern in patterns)
        self._automata = _compile(patterns)

    def __bool__(self) -> bool:
        return bool(self._automata)

    def decide(self, path: bytes, *, directory: bool) -> bool | None:
        """Whether the patterns ignore this very path: True, False (negated), or None (no pattern matches)."""
        text = path + _DIRECTORY if directory else path
        for first, automaton in self._automata:
            index = automaton.last(text)
            if index is not None:
                return not self._negated[first + index]
        return None


def _compile(patterns: Sequence[_Pattern]) -> tuple[tuple[int, _Automaton], ...]:
    """Automata with the index of their first pattern, last ones first."""
    automata: list[tuple[int, _Automaton]] = []
    first = size = 0
    for index, pattern in enumerate(patterns):
        if size and size + len(pattern.regex) > _SET_BYTES:
            automata.append((first, _Automaton([each.regex for each in patterns[first:index]])))
            first, size = index, 0
        size += len(pattern.regex)
    if patterns:
        automata.append((first, _Automaton([each.regex for each in patterns[first:]])))
    return tuple(reversed(automata))


def ignore_patterns(data: bytes) -> Patterns:
    """The patterns of a ``.gitignore`` file.

    Raises:
        GlobError: if it is beyond the limits, with the line.
    """
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return Patterns(b"" if line.startswith(b"#") else _trim(line) for line in lines)


def _trim(line: bytes) -> bytes:
    """A line as git reads it: no carriage return, nothing after a NUL, no unquoted spaces at the end."""
    line = line.removesuffix(b"\r").split(b"\0", 1)[0]
    end = len(line.rstrip(b" "))
    quotes = len(line[:end]) - len(line[:end].rstrip(b"\\"))
    return line[: end + quotes % 2]


def _parse(line: bytes) -> _Pattern | None:
    negated = line.startswith(b"!")
    pattern = line[1:] if negated else line
    only_folders = pattern.endswith(b"/")
    if only_folders:
        pattern = pattern[:-1]
    if b"/" in pattern:
        pattern = pattern.removeprefix(b"/")
        # git compares what precedes the first wildcard literally and matches the rest by itself,
        # so that "**" right after that prefix counts as standing at a path's start.
        fixed = _literal_length(pattern)
        rest = _translate(pattern[fixed:], across=True)
        regex = None if rest is None else _literal(pattern[:fixed]) + rest
    else:
        rest = _translate(pattern, across=False)
        regex = None if rest is None else _IN_ANY_FOLDER + rest
    if regex is None or not pattern:
        return None
    return _Pattern(regex + (b"\\x00" if only_folders else b"\\x00?"), negated)


def _literal_length(pattern: bytes) -> int:
    return next((at for at, byte in enumerate(pattern) if byte in b"*?[\\"), len(pattern))


def _literal(text: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in text)


def _translate(pattern: bytes, *, across: bool) -> bytes | None:
    """The regex of a wildmatch pattern, or None if it is malformed and so matches nothing.

    ``across``: whether ``**`` may match slashes (git's WM_PATHNAME); else it is matched within one name.
    """
    parts: list[bytes] = []
    at = 0
    while at < len(pattern):
        byte = pattern[at : at + 1]
        if byte == b"\\":
            if at + 1 == len(pattern):
                return None
            parts.append(_literal(pattern[at + 1 : at + 2]))
            at += 2
        elif byte == b"?":
            parts.append(_NOT_SLASH)
            at += 1
        elif byte == b"*":
            part, at = _star(pattern, at, across=across)
            parts.append(part)
        elif byte == b"[":
            bracket = _bracket(pattern, at)
            if bracket is None:
                return None
            part, at = bracket
            parts.append(part)
        else:
            parts.append(_literal(byte))
            at += 1
    return b"".join(parts)


def _star(pattern: bytes, at: int, *, across: bool) -> tuple[bytes, int]:
    end = at
    while pattern[end : end + 1] == b"*":
        end += 1
    starts = at == 0 or pattern[at - 1 : at] == b"/"
    if across and end - at > 1 and starts:
        if end == len(pattern) or pattern[end : end + 2] == b"\\/":
            return _ANY, end
        if pattern[end : end + 1] == b"/":
            return _IN_ANY_FOLDER, end + 1
    return _NOT_SLASH + b"*", end


def _byte_class(*ranges: tuple[int, int]) -> frozenset[int]:
    return frozenset(byte for first, last in ranges for byte in range(first, last + 1))


_UPPER = _byte_class((65, 90))
_LOWER = _byte_class((97, 122))
_DIGIT = _byte_class((48, 57))
_CLASSES = {
    b"alnum": _UPPER | _LOWER | _DIGIT,
    b"alpha": _UPPER | _LOWER,
    b"blank": frozenset(b" \t"),
    b"cntrl": _byte_class((0, 31), (127, 127)),
    b"digit": _DIGIT,
    b"graph": _byte_class((33, 126)),
    b"lower": _LOWER,
    b"print": _byte_class((32, 126)),
    b"punct": _byte_class((33, 126)) - _UPPER - _LOWER - _DIGIT,
    b"space": frozenset(b" \t\n\r"),
    b"upper": _UPPER,
    b"xdigit": _DIGIT | frozenset(b"abcdefABCDEF"),
}


def _bracket(pattern: bytes, at: int) -> tuple[bytes, int] | None:
    """The regex of the bracket expression at ``at`` and where it ends, or None if malformed."""
    at += 1
    negated = pattern[at : at + 1] in (b"!", b"^")
    if negated:
        at += 1
    members: set[int] = set()
    previous: int | None = None
    first = True
    while first or pattern[at : at + 1] != b"]":
        first = False
        step = _bracket_member(pattern, at, previous)
        if step is None:
            return None
        added, previous, at = step
        members |= added
    allowed = set(range(1, 256)) - members if negated else members
    allowed -= {0, ord("/")}
    if not allowed:
        return b"[^\\x00-\\xff]", at + 1
    return b"[" + b"".join(b"\\x%02x" % byte for byte in sorted(allowed)) + b"]", at + 1


def _bracket_member(
    pattern: bytes, at: int, previous: int | None
) -> tuple[frozenset[int], int | None, int] | None:
    """One member of a bracket: the bytes it adds, the byte a range may start from, and what comes next."""
    if at >= len(pattern):
        return None
    if pattern[at] == ord("\\"):
        if at + 1 >= len(pattern):
            return None
        return frozenset((pattern[at + 1],)), pattern[at + 1], at + 2
    if pattern[at] == ord("-") and previous is not None and pattern[at + 1 : at + 2] not in (b"", b"]"):
        at += 1
        if pattern[at] == ord("\\"):
            at += 1
            if at >= len(pattern):
                return None
        return _byte_class((previous, pattern[at])), None, at + 1
    if pattern[at : at + 2] == b"[:":
        end = pattern.find(b"]", at + 2)
        if end < 0:
            return None
        if end > at + 2 and pattern[end - 1] == ord(":"):
            named = _CLASSES.get(pattern[at + 2 : end - 1])
            return None if named is None else (named, None, end + 1)
    return frozenset((pattern[at],)), pattern[at], at + 1


class PathGlobs:
    """Gitignore-style globs over paths relative to the root: ``exclude``, ``per-path-ignores``, waiver paths.

    Raises:
        GlobError: from the constructor, if the list is beyond the limits.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = Patterns(encode(pattern) for pattern in patterns)

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def match(self, path: str) -> bool:
        """Whether a file is matched, itself or through a folder above it."""
        if not self._patterns:
            return False
        data = encode(path)
        at = data.find(b"/")
        while at >= 0:
            if self._patterns.decide(data[:at], directory=True):
                return True
            at = data.find(b"/", at + 1)
        return bool(self._patterns.decide(data, directory=False))

    def decide(self, path: bytes, *, directory: bool) -> bool:
        """Whether this very path is matched; for a walk that prunes matched folders."""
        return bool(self._patterns.decide(path, directory=directory))


class IdGlobs:
    """Globs over rule ids, in which ``*`` stands for any characters and nothing else is special.

    Raises:
        GlobError: from the constructor, if the list is beyond the limits.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        listed = tuple(patterns)
        self._exact = frozenset(pattern for pattern in listed if "*" not in pattern)
        globs = [encode(pattern) for pattern in listed if "*" in pattern]
        if sum(pattern.count(b"*") for pattern in globs) > MAX_WILDCARDS:
            raise GlobError(f"more than {MAX_WILDCARDS} wildcards in one list of patterns")
        if any(len(encode(pattern)) > MAX_PATTERN for pattern in listed) or len(listed) > MAX_PATTERNS:
            raise GlobError(f"more than {MAX_PATTERNS} patterns, or one longer than {MAX_PATTERN} bytes")
        self._globs = _compile(
            [_Pattern(_ANY.join(map(_literal, pattern.split(b"*"))), False) for pattern in globs]
        )

    def __bool__(self) -> bool:
        return bool(self._exact or self._globs)

    def match(self, rule_id: str) -> bool:
        """Whether a rule's id is one of the listed ones."""
        if rule_id in self._exact:
            return True
        data = encode(rule_id)
        return any(automaton.last(data) is not None for _, automaton in self._globs)


def encode(path: str) -> bytes:
    """A path as git sees it: UTF-8, with the bytes of an undecodable name as they are on disk."""
    return path.encode("utf-8", "surrogateescape")
