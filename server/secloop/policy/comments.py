"""Reads suppressions out of a document: our own comments, ``nosec`` and ``nosemgrep`` (SPEC 7)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from secloop.model import Finding, Rule
from secloop.syntax.document import Document
from secloop.syntax.source import Comment, document_languages, syntax_of

INLINE = "inline"
NOSEMGREP = "nosemgrep"
NOSEC = "nosec"

# At the start of a comment (or of a line in a block comment), or after a further marker: a line has room for
# one comment token only, and other tools want it too. The reason ends where the next directive starts.
_DIRECTIVE = re.compile(
    r"(?:^[ \t]*|(?:^[ \t]*\*|#|//|/\*+|--|;|%|<!--|\(\*|\{-)[ \t]*)(?P<all>secloop(?P<colon>:|(?=[ \t]+ignore[ \t]*\[))[ \t]*(?P<word>[\w-]*)"
    r"(?:[ \t]*\[(?P<ids>[^\[\]\r\n]*)(?P<closed>\]))?(?P<reason>(?:(?!(?:#|//)[ \t]*secloop:)[^\r\n])*))",
    re.MULTILINE,
)
_CLOSING = ("*/", "-->", "*)", "-}", "#}")
_OTHER_DIRECTIVE = re.compile(r"(?:^|\s)#\s.*", re.DOTALL)

_NOSEC = re.compile(r"#[ \t]*nosec(?![\w-]):?[ \t]*(?P<tests>[^#\r\n]*)", re.IGNORECASE)
_NOSEC_TEST = re.compile(r"(?<![\w-])(?:[bB]\d+|[a-z0-9]+(?:_[a-z0-9]+)+)(?![\w-])")
_WORD = re.compile(r"\w+")

# Semgrep's own expressions (its Nosemgrep.ml), on bytes as there: it looks at the line's text, not at tokens.
_NOSEMGREP_IDS = rb"(?:[:=]\s?(?P<ids>[^,\s].*))?"
_NOSEMGREP_SAME_LINE = re.compile(rb" nosem(?:grep)?" + _NOSEMGREP_IDS, re.IGNORECASE)
_NOSEMGREP_LINE_BEFORE = re.compile(rb"^[^a-zA-Z0-9]*nosem(?:grep)?" + _NOSEMGREP_IDS, re.IGNORECASE)


class Suppression(Struct, frozen=True):
    """One comment that accepts findings.

    Attributes:
        form: ``inline``, ``nosemgrep`` or ``nosec``.
        ids: rule ids (``nosec``: Bandit's test ids and names); empty in a bare one.
        reason: in the author's words, empty if none is given.
        line: 1-based line of the document that the comment stands on.
        target: 1-based line on which findings must start, 0 when it holds for no line.
        start: byte offset of the directive in the document, after the comment's marker.
        end: byte offset of the directive's end.
    """

    form: str
    ids: tuple[str, ...]
    reason: str
    line: int
    target: int
    start: int = 0
    end: int = 0

    def accepts(self, rule: Rule) -> bool:
        """Whether this is meant for findings of a rule. A bare ``secloop: ignore`` is for none."""
        if self.form == INLINE:
            return rule.id in self.ids
        if self.form == NOSEC:
            return not self.ids or not bandit_tests(rule).isdisjoint(self.ids)
        # Its author knows a rule of a pack by the id that it has there.
        rule_id = rule.id.partition("/")[2] if rule.source.origin == "pack" else rule.id
        return not self.ids or any(
            one in (rule.id, rule_id) or rule_id.endswith(f".{one}") for one in self.ids
        )


class Malformed(Struct, frozen=True):
    """A ``secloop:`` comment that is not a suppression: its 1-based document line, and what is wrong."""

    line: int
    kind: str
    message: str


def bandit_tests(rule: Rule | Finding) -> frozenset[str]:
    """The Bandit tests that a rule, or that of a finding, stands for: ``metadata.bandit``, a string or a list of strings."""
    value = rule.metadata.get("bandit")
    entries = value if isinstance(value, (list, tuple)) else [value]
    words = (word for entry in entries if isinstance(entry, str) for word in _WORD.findall(entry))
    return frozenset(_bandit_id(word) for word in words)


def has_inline(document: Document) -> bool:
    """Whether a document may have ``secloop:`` comments; tells without parsing it."""
    return b"secloop:" in document.data or b"secloop ignore" in document.data


def inline_suppressions(document: Document) -> tuple[list[Suppression], list[Malformed]]:
    """Every ``secloop: ignore[…]`` comment of a document, and every ``secloop:`` comment that is not one.

    Only real comment tokens count. A comment with code on its line holds for that line, one that stands alone
    for the next line that is not a comment: comments stack, and a blank line ends the stack.
    """
    if not has_inline(document):
        return [], []
    found: list[Suppression] = []
    malformed: list[Malformed] = []
    comments = syntax_of(document).comments
    lines = _CommentLines(document, comments)
    for comment in comments:
        raw = document.slice(comment.start, comment.end)
        if "secloop" not in raw:
            continue
        start, read = comment.start, 0
        for directive in _DIRECTIVE.finditer(raw):
            start += len(raw[read : directive.start("all")].encode())
            read = directive.start("all")
            line = line_of(document, start)
            problem = _malformed(directive, line)
            if problem is not None:
                malformed.append(problem)
                continue
            reason = _OTHER_DIRECTIVE.sub("", _without_closing(directive.group("reason"))).rstrip()
            head = raw[directive.start("all") : directive.start("reason")]
            end = start + len((head + reason).encode())
            target = lines.target(comment)
            found.append(Suppression(INLINE, _ids(directive), reason.strip(), line, target, start, end))
    return found, malformed


def nosec_suppressions(document: Document) -> list[Suppression]:
    """Every ``nosec`` comment of a Python document; each holds for its own line. Other languages have none.

    As Bandit reads it: ``B`` numbers and test names limit it, other words are a reason.
    """
    if b"nosec" not in document.data.lower() or "python" not in document_languages(document):
        return []
    found: list[Suppression] = []
    for comment in syntax_of(document).comments:
        directive = _NOSEC.search(document.slice(comment.start, comment.end))
        if directive is None:
            continue
        tests = directive.group("tests")
        ids = tuple(dict.fromkeys(_bandit_id(test) for test in _NOSEC_TEST.findall(tests)))
        line = line_of(document, comment.start)
        reason = _NOSEC_TEST.sub("", tests).strip(" \t,:;-")
        found.append(Suppression(NOSEC, ids, reason, line, line, comment.start, comment.end))
    return found


def nosemgrep_for_line(document: Document, line: int) -> Iterator[Suppression]:
    """The ``nosemgrep`` suppressions for findings that start on a 1-based line, as Semgrep honours them.

    Semgrep looks at that line, and then at the line before if no letter or digit stands before ``nosemgrep``.
    """
    same = list(_NOSEMGREP_SAME_LINE.finditer(_line_bytes(document, line)))
    if same:
        yield _nosemgrep(same, line, line)
    if line > _first_line_of_cell(document, line):
        before = _NOSEMGREP_LINE_BEFORE.match(_line_bytes(document, line - 1))
        if before:
            yield _nosemgrep([before], line - 1, line)


def line_of(document: Document, offset: int) -> int:
    """The 1-based line of a byte offset, without the cost of its column."""
    return bisect_right(document.line_starts, offset)


def is_reason(text: str) -> bool:
    """Whether a text says anything at all."""
    return any(character.isalnum() for character in text)


class _CommentLines:
    """Which lines of a document hold nothing but comments, and what follows them."""

    def __init__(self, document: Document, comments: tuple[Comment, ...]) -> None:
        self._document = document
        touching: dict[int, list[Comment]] = {}
        for comment in comments:
            first, last = self._lines(comment)
            for line in range(first, last + 1):
                touching.setdefault(line, []).append(comment)
        # For each line of comments only, the next line that is not one; upwards, so that a long stack of
        # comments is not walked once for each of them.
        self._following: dict[int, int] = {}
        for line in sorted(touching, reverse=True):
            if self._only_comments(line, touching[line]):
                self._following[line] = self._following.get(line + 1, line + 1)

    def target(self, comment: Comment) -> int:
        """The line for whose findings a comment is meant, 0 if there is none."""
        first, last = self._lines(comment)
        if first not in self._following:
            return first
        following = self._following.get(last, last)
        return following if following <= self._last_line(comment) else 0

    def _lines(self, comment: Comment) -> tuple[int, int]:
        last = max(comment.end - 1, comment.start)
        return line_of(self._document, comment.start), line_of(self._document, last)

    def _only_comments(self, line: int, comments: list[Comment]) -> bool:
        at, stop = self._document.line_span(line)
        data = self._document.data
        for comment in comments:
            if data[at : max(at, comment.start)].strip():
                return False
            at = max(at, comment.end)
        return not data[at : max(at, stop)].strip()

    def _last_line(self, comment: Comment) -> int:
        cell = self._document.cell_of(comment.start)
        return self._document.line_count if cell is None else line_of(self._document, cell.end)


def _malformed(directive: re.Match[str], line: int) -> Malformed | None:
    if directive.group("word") != "ignore":
        word = directive.group("word")
        message = f"'secloop: {word}' is not known; write 'secloop: ignore[rule-id] reason'"
        return Malformed(line, "malformed-suppression", message)
    if not directive.group("colon"):
        message = "'secloop ignore' lacks its colon; write 'secloop: ignore[rule-id] reason'"
        return Malformed(line, "malformed-suppression", message)
    if directive.group("closed") is None or not _ids(directive):
        return Malformed(
            line,
            "bare-suppression",
            "'secloop: ignore' without rule ids suppresses nothing; write 'secloop: ignore[rule-id] reason'",
        )
    return None


def _without_closing(text: str) -> str:
    text = text.rstrip()
    for marker in _CLOSING:
        text = text.removesuffix(marker)
    return text.rstrip()


def _ids(directive: re.Match[str]) -> tuple[str, ...]:
    parts = (part.strip() for part in (directive.group("ids") or "").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _bandit_id(word: str) -> str:
    return word.upper() if word[:1] in "bB" and word[1:].isdigit() else word


def _line_bytes(document: Document, line: int) -> bytes:
    start, end = document.line_span(line)
    return document.data[start:end]


def _first_line_of_cell(document: Document, line: int) -> int:
    cell = document.cell_of(document.line_starts[line - 1])
    return 1 if cell is None else line_of(document, cell.start)


def _nosemgrep(found: list[re.Match[bytes]], line: int, target: int) -> Suppression:
    lists = [one.group("ids") for one in found if one.group("ids") is not None]
    ids: list[str] = []
    reason = ""
    for part in b",".join(lists).decode("utf-8", "replace").split(","):
        # Semgrep takes the first word between commas for an id; what follows is the only room for a reason.
        word, _, rest = part.lstrip(" ").partition(" ")
        if word:
            ids.append(word.strip('"'))
        reason = rest.strip(" \t-:") or reason
    return Suppression(NOSEMGREP, tuple(dict.fromkeys(ids)), reason, line, target)
