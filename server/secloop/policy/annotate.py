"""Writes suppressions into a document and takes them out again, never touching more than comments.

What is written is checked by reading it back: the comment must be a real comment token that accepts the
finding, and every other token of the text must be what it was. Inside a multi-line string no comment can
stand; then the answer is why not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from secloop.model import Finding
from secloop.policy.comments import Suppression, inline_suppressions, is_reason
from secloop.syntax.document import Document
from secloop.syntax.source import Comment, syntax_of
from secloop.workspace.settings import SuppressionSettings


class CommentEdit(Struct, frozen=True, order=True):
    """Replaces the bytes from ``start`` to before ``end`` of a document's text by ``text``."""

    start: int
    end: int
    text: str


class Additions(Struct, frozen=True):
    """The edits that suppress findings, ascending, and the findings that cannot be suppressed, with why."""

    edits: tuple[CommentEdit, ...]
    impossible: tuple[tuple[Finding, str], ...]


class _Line(Struct, frozen=True):
    """The findings that start on one 1-based line of the document."""

    line: int
    findings: tuple[Finding, ...]

    @property
    def rule_ids(self) -> list[str]:
        return sorted({finding.rule_id for finding in self.findings})


def add_suppressions(
    document: Document,
    findings: Iterable[Finding],
    reason: str,
    settings: SuppressionSettings | None = None,
) -> Additions:
    """One ``secloop: ignore[…]`` comment for each line on which findings start.

    A comment that already holds for the line gets the ids added; otherwise one is put at the line's end, or,
    where that is no comment, on a line of its own above.

    Args:
        reason: in one line; line ends and runs of white space become one space.
        settings: what the policy allows; it decides which comments would have no effect.
    """
    settings = settings or SuppressionSettings()
    writer = _Writer(document, " ".join(reason.split()), settings)
    lines, impossible = writer.possible(findings)
    edits, failed = writer.write(lines)
    impossible += ((finding, writer.why_not(line)) for line in failed for finding in line.findings)
    return Additions(tuple(sorted(edits)), tuple(impossible))


def remove_suppression(document: Document, finding: Finding) -> tuple[CommentEdit, ...] | None:
    """The edits that take a finding's rule out of the ``secloop: ignore[…]`` comments that accept it.

    A comment that is left without ids goes away, with its line if it stands alone. None if no such comment
    accepts the finding (``nosemgrep`` and ``nosec`` are for other tools too, so they are not taken away).
    """
    line = finding.match.span.start.line
    holding = _holding(inline_suppressions(document)[0], line, finding.rule_id)
    if not holding:
        return None
    edits = sorted(_without(document, one, finding.rule_id) for one in holding)
    if any(left.end > right.start for left, right in pairwise(edits)):
        return None  # one comment names the rule twice: nothing we wrote
    return tuple(edits)


def edited(document: Document, edits: Sequence[CommentEdit]) -> Document:
    """The document with edits made; they must not overlap."""
    data = document.data
    cells = document.cells
    for edit in sorted(edits, reverse=True):
        data = data[: edit.start] + edit.text.encode() + data[edit.end :]
        grown = len(edit.text.encode()) - (edit.end - edit.start)
        cells = tuple(
            replace(
                cell,
                # What is put where a cell starts or ends belongs to that cell.
                start=cell.start + (grown if edit.start < cell.start else 0),
                end=cell.end + (grown if edit.start <= cell.end else 0),
            )
            for cell in cells
        )
    return Document(document.path, data.decode("utf-8"), cells=cells)


class _Writer:
    """Finds places for suppressions in one document."""

    def __init__(self, document: Document, reason: str, settings: SuppressionSettings) -> None:
        self._document = document
        self._reason = reason
        self._settings = settings
        self._syntax = syntax_of(document)
        self._inline = inline_suppressions(document)[0]

    def possible(self, findings: Iterable[Finding]) -> tuple[list[_Line], list[tuple[Finding, str]]]:
        """The lines that need a comment, and the findings that policy or language leave without one."""
        by_line: dict[int, list[Finding]] = {}
        impossible: list[tuple[Finding, str]] = []
        for finding in findings:
            why = self._forbidden(finding)
            line = finding.match.span.start.line
            if why:
                impossible.append((finding, why))
            elif not self._accepts(self._inline, line, finding.rule_id):
                by_line.setdefault(line, []).append(finding)
        return [_Line(line, tuple(by_line[line])) for line in sorted(by_line)], impossible

    def write(self, lines: Sequence[_Line]) -> tuple[list[CommentEdit], list[_Line]]:
        """Edits that work for as many of the lines as can be, and the lines for which none does.

        Reading back costs a parse, so all are tried at once and halves only where that fails.
        """
        if not lines:
            return [], []
        first = [next(self.candidates(line), None) for line in lines]
        edits = [edit for edit in first if edit is not None]
        if len(edits) == len(lines) and self.works(edits, lines):
            return edits, []
        if len(lines) == 1:
            edit = next((edit for edit in self.candidates(lines[0]) if self.works([edit], lines)), None)
            return ([], list(lines)) if edit is None else ([edit], [])
        half = len(lines) // 2
        (left, left_failed), (right, right_failed) = self.write(lines[:half]), self.write(lines[half:])
        return left + right, left_failed + right_failed

    def candidates(self, line: _Line) -> Iterator[CommentEdit]:
        """Edits to try for a line, the best first."""
        merged = self._merge(line)
        if merged:
            yield merged
        comment = f"{self._syntax.comment_prefix} secloop: ignore[{', '.join(line.rule_ids)}] {self._reason}"
        comment = comment.rstrip()
        start, end = self._document.line_span(line.line)
        text = self._document.data[start:end]
        if not text.rstrip().endswith(b"\\"):  # a comment would end the continuation
            stop = start + len(text.rstrip(b" \t"))
            yield CommentEdit(stop, stop, f"  {comment}" if stop > start else comment)
        above = self._line_above(line.line)
        if above is not None:
            indent = text[: len(text) - len(text.lstrip(b" \t"))].decode()
            at = self._document.line_starts[above - 1]
            yield CommentEdit(at, at, f"{indent}{comment}{self._line_end(line.line)}")

    def works(self, edits: Sequence[CommentEdit], lines: Sequence[_Line]) -> bool:
        """Whether the edited text has these suppressions in force, and differs in nothing but comments."""
        after = edited(self._document, edits)
        syntax = syntax_of(after)
        if syntax.broken and not self._syntax.broken:
            return False
        if syntax.has_grammar and not self._same_tokens(after):
            return False
        inline = inline_suppressions(after)[0]
        return all(
            self._accepts(inline, after.position(_moved(offset, edits)).line, finding.rule_id)
            for line in lines
            for finding in line.findings
            for offset in (finding.match.span.start.offset,)
        )

    def why_not(self, line: _Line) -> str:
        return (
            f"no comment can stand at line {line.line} (it lies within a string or a continued line); "
            "use a waiver in the policy file"
        )

    def _forbidden(self, finding: Finding) -> str:
        settings = self._settings
        if not self._syntax.comment_prefix:
            return "this kind of file has no line comments; use a waiver in the policy file"
        if settings.forbid_from is not None and finding.severity >= settings.forbid_from:
            return (
                f"the policy forbids suppression by comment from {settings.forbid_from.label} up; "
                "use a waiver in the policy file"
            )
        if settings.require_reason and not is_reason(self._reason):
            return "the policy requires a reason"
        return ""

    def _accepts(self, inline: Iterable[Suppression], line: int, rule_id: str) -> bool:
        holding = _holding(inline, line, rule_id)
        return any(is_reason(one.reason) or not self._settings.require_reason for one in holding)

    def _merge(self, line: _Line) -> CommentEdit | None:
        for one in self._inline:
            if one.target == line.line and (is_reason(one.reason) or not self._settings.require_reason):
                closing = self._document.data.index(b"]", one.start, one.end)
                added = [rule_id for rule_id in line.rule_ids if rule_id not in one.ids]
                return CommentEdit(closing, closing, "".join(f", {rule_id}" for rule_id in added))
        return None

    def _line_above(self, line: int) -> int | None:
        """The line before which a comment can be put to hold for a line, None if it would break something."""
        before = line - 1
        if before < 1 or self._document.cell_of(self._document.line_starts[line - 1]) != (
            self._document.cell_of(self._document.line_starts[before - 1])
        ):
            return line
        text = self._document.line_text(before).rstrip()
        if text.endswith("\\"):
            return None
        # Semgrep looks for nosemgrep on the very line before, so nothing may come between.
        return before if "nosem" in text.lower() else line

    def _line_end(self, line: int) -> str:
        _, end = self._document.line_span(line)
        following = self._document.data[end : end + 2]
        if following == b"\r\n":
            return "\r\n"
        return "\r" if following[:1] == b"\r" else "\n"

    def _same_tokens(self, after: Document) -> bool:
        return self._tokens == syntax_of(after).tokens(0, len(after.data))

    @cached_property
    def _tokens(self) -> str:
        return self._syntax.tokens(0, len(self._document.data))


def _holding(inline: Iterable[Suppression], line: int, rule_id: str) -> list[Suppression]:
    return [one for one in inline if one.target == line and rule_id in one.ids]


def _moved(offset: int, edits: Sequence[CommentEdit]) -> int:
    """Where a byte of the old text is in the edited one; what is put at the offset pushes it along."""
    return offset + sum(
        len(edit.text.encode()) - (edit.end - edit.start) for edit in edits if edit.start <= offset
    )


def _without(document: Document, one: Suppression, rule_id: str) -> CommentEdit:
    kept = [other for other in one.ids if other != rule_id]
    data = document.data
    if kept:
        opening = data.index(b"[", one.start) + 1
        return CommentEdit(opening, data.index(b"]", opening), ", ".join(kept))
    comment = next(c for c in syntax_of(document).comments if c.start <= one.start <= c.end)
    marker = data[comment.start : one.start].rstrip(b" \t")
    before = marker.rstrip(b"#/-;%*<!({").rstrip(b" \t").decode()
    after = data[one.end : comment.end].decode().strip()
    if not before and after in ("", "*/", "-->", "*)", "-}", "#}"):
        return _whole(document, comment)
    text = f"{before} {after}".strip() if before else after
    return CommentEdit(comment.start, comment.end, text)


def _whole(document: Document, comment: Comment) -> CommentEdit:
    data = document.data
    line = document.position(comment.start).line
    line_start, line_end = document.line_span(line)
    last = document.position(comment.end).line
    _, last_end = document.line_span(last)
    if comment.alone and not data[comment.end : last_end].strip():
        stop = document.line_starts[last] if last < document.line_count else last_end
        return CommentEdit(line_start, stop, "")
    start = line_start + len(data[line_start : comment.start].rstrip(b" \t"))
    # White space at the end of a line goes with its comment; within a line it still keeps tokens apart.
    return CommentEdit(start if not data[comment.end : line_end].strip() else comment.start, comment.end, "")
