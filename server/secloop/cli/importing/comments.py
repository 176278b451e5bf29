"""Other tools' comments that accept findings, as the suppressions that say the same of what secloop finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from secloop.fixes.edits import Edit, apply
from secloop.model import Finding, Status
from secloop.policy.comments import NOSEC, NOSEMGREP, bandit_tests, line_of
from secloop.policy.evaluate import FileFindings
from secloop.policy.suppress import cell_line
from secloop.project import Project
from secloop.syntax.document import Document
from secloop.syntax.source import Comment, syntax_of
from secloop.workspace.reading import read_document

_NOSEC = re.compile(r"#[ \t]*nosec(?![\w-]):?(?P<rest>[^#\r\n]*)", re.IGNORECASE)
_NOSEC_IDS = re.compile(r"(?<![\w-])(?:[bB]\d+|[a-z0-9]+(?:_[a-z0-9]+)+)(?![\w-])")
_NOQA = re.compile(
    r"#[ \t]*noqa(?![\w-])(?P<codes>:[ \t]*[A-Z]+[0-9]+(?:[ \t,]+[A-Z]+[0-9]+)*)?(?P<rest>[^#\r\n]*)",
    re.IGNORECASE,
)
_WHOLE_FILE = re.compile(
    r"#[ \t]*(?:ruff|flake8):[ \t]*noqa(?::[^#\r\n]*\bS\d[^#\r\n]*)?(?=$|#)", re.IGNORECASE
)
_NOSEMGREP = re.compile(
    r"(?<![\w-])nosem(?:grep)?(?![\w-])(?P<ids>[:=][ \t]?[^\s,]+(?:,[ \t]*[^\s,]+)*)?(?P<rest>[^\r\n]*)",
    re.IGNORECASE,
)
_AROUND = " \t,:;-"
_CLOSING = re.compile(r"[ \t]*(?:\*/|-->)?\s*$")


class Replaced(Struct, frozen=True):
    """A comment of another tool on a 1-based line (of a notebook's cell) and what takes its place; empty if it stays, and then why."""

    path: str
    line: int
    before: str
    after: str = ""
    why: str = ""
    cell: int | None = None


class Rewritten(Struct, frozen=True):
    """A document with suppressions in the place of another tool's comments."""

    old: Document
    new: Document
    comments: tuple[Replaced, ...]


def rewritten(project: Project, tool: str) -> Iterator[Rewritten]:
    """Every document that has comments of a tool."""
    word, read = _TOOLS[tool]
    for path in project.discoverer().discover().files:
        document = read_document(project.tree, path, project.config)
        if isinstance(document, Document) and word in document.data.lower():
            made = _rewritten(project, document, read)
            if made.comments:
                yield made


def _rewritten(project: Project, document: Document, read: _Read) -> Rewritten:
    judged = project.evaluate(document)
    edits: list[Edit] = []
    comments: list[Replaced] = []
    accepted: set[str] = set()
    for comment in syntax_of(document).comments:
        cell, line = place = cell_line(document, line_of(document, comment.start))
        here = [each for each in judged.findings if _concerns(each, place)]
        change = read(document, comment, line, here)
        if change is None:
            continue
        start, end, text, found = change
        before = document.data[start:end].decode()
        if not found:
            why = _FOR_FILE if _WHOLE_FILE.match(before) else "nothing is found here that it is about"
            comments.append(Replaced(document.path, line, before.strip(), why=why, cell=cell))
            continue
        accepted.update(each.fingerprint for each in found)
        edits.append(Edit(start, end, text))
        comments.append(Replaced(document.path, line, before.strip(), text.strip(), cell=cell))
    changed = apply(document, edits)
    if edits and not _same(judged, project.evaluate(changed), accepted):
        why = "a suppression in its place would not say the same"
        stay = (replace(each, after="", why=each.why or why) for each in comments)
        return Rewritten(document, document, tuple(stay))
    return Rewritten(document, changed, tuple(comments))


def _same(before: FileFindings, after: FileFindings, accepted: Container[str]) -> bool:
    """Whether the same is found, and what the comments stood for is all that is accepted beside what was."""
    expected = sorted(
        (*_place(each), each.status is Status.OPEN and each.fingerprint not in accepted)
        for each in before.findings
    )
    return expected == sorted((*_place(each), each.status is Status.OPEN) for each in after.findings)


def _place(finding: Finding) -> tuple[str, int, int]:
    return finding.rule_id, -1 if finding.cell is None else finding.cell, finding.span.start.line


def _concerns(finding: Finding, place: tuple[int | None, int]) -> bool:
    """Whether a finding starts at a place, or a comment there is what accepts it."""
    lines = (finding.span.start.line, finding.acceptance.line if finding.acceptance else 0)
    return finding.cell == place[0] and place[1] in lines


_FOR_FILE = "it is for the whole file, for which `per-path-ignores` in the configuration is"
_Change = tuple[int, int, str, Sequence[Finding]]
"""The bytes of a comment that change, what they become, and the findings that they are about."""
_Read = Callable[[Document, Comment, int, Sequence[Finding]], "_Change | None"]


def _nosec(document: Document, comment: Comment, line: int, findings: Sequence[Finding]) -> _Change | None:
    text = document.slice(comment.start, comment.end)
    directive = _NOSEC.search(text)
    if directive is None:
        return None
    ids = {
        one.upper() if one[:1] in "bB" and one[1:].isdigit() else one
        for one in _NOSEC_IDS.findall(directive["rest"])
    }
    reason = _NOSEC_IDS.sub("", directive["rest"]).strip(_AROUND)
    found = [
        each
        for each in _open_or(findings, NOSEC)
        if each.span.start.line == line and (not ids or ids & bandit_tests(each))
    ]
    return _changed(comment, text, directive, f"# {_ignore(found, reason)}", found)


def _noqa(document: Document, comment: Comment, line: int, findings: Sequence[Finding]) -> _Change | None:
    text = document.slice(comment.start, comment.end)
    directive = _NOQA.search(text)
    if directive is None:
        whole = _WHOLE_FILE.search(text)
        return None if whole is None else _changed(comment, text, whole, "", ())
    codes = re.findall(r"[A-Z]+[0-9]+", (directive["codes"] or "").upper())
    if codes and not any(re.fullmatch(r"S\d+", code) for code in codes):
        return None  # It is about other rules than those of security.
    found = [
        each
        for each in _open_or(findings)
        if each.span.start.line == line and bandit_tests(each) and (not codes or _ruff(each) & set(codes))
    ]
    gone = {code for each in found for code in _ruff(each)}
    left = [code for code in codes if code not in gone]
    if not codes and not found:
        return None  # It may well be about something else.
    reason = directive["rest"].strip(_AROUND)
    kept = f"# noqa: {', '.join(left)}  " if left else "" if codes else "# noqa  "
    return _changed(comment, text, directive, f"{kept}# {_ignore(found, reason)}", found)


def _nosemgrep(
    document: Document, comment: Comment, line: int, findings: Sequence[Finding]
) -> _Change | None:
    text = document.slice(comment.start, comment.end)
    directive = _NOSEMGREP.search(text)
    if directive is None:
        return None
    found = [
        each
        for each in findings
        if each.acceptance is not None and each.acceptance.kind == NOSEMGREP and each.acceptance.line == line
    ]
    reason = directive["rest"].strip(_AROUND)
    reason = _CLOSING.sub("", reason)
    return _changed(comment, text, directive, _ignore(found, reason), found)


def _changed(
    comment: Comment, text: str, directive: re.Match[str], becomes: str, found: Sequence[Finding]
) -> _Change:
    """The directive alone changes: not what stands before it in the comment, nor what closes that or follows."""
    start, end = directive.span()
    tail = text[start:end]
    closing = _CLOSING.search(tail)
    end -= len(closing[0]) if closing else 0
    offset = comment.start + len(text[:start].encode())
    return offset, offset + len(text[start:end].encode()), becomes, found


def _open_or(findings: Sequence[Finding], kind: str = "") -> Iterator[Finding]:
    """The findings that nothing accepts, or a comment of one kind."""
    for each in findings:
        if each.status is Status.OPEN or (each.acceptance is not None and each.acceptance.kind == kind):
            yield each


def _ruff(finding: Finding) -> frozenset[str]:
    """The codes of Ruff's rules that have the numbers of Bandit's tests."""
    return frozenset(f"S{test[1:]}" for test in bandit_tests(finding))


def _ignore(found: Sequence[Finding], reason: str) -> str:
    ids = ", ".join(sorted({each.rule_id for each in found}))
    return f"secloop: ignore[{ids}] {reason}".rstrip()


_TOOLS: dict[str, tuple[bytes, _Read]] = {
    "bandit": (b"nosec", _nosec),
    "ruff": (b"noqa", _noqa),
    "semgrep": (b"nosem", _nosemgrep),
}
