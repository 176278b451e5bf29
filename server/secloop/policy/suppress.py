"""Decides which findings the comments of a document accept, and what is wrong with the comments (SPEC 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field

from secloop.model import Acceptance, Match, Notice, Rule, Severity
from secloop.policy.comments import (
    INLINE,
    Malformed,
    Suppression,
    has_inline,
    inline_suppressions,
    is_reason,
    nosec_suppressions,
    nosemgrep_for_line,
)
from secloop.syntax.document import Document
from secloop.workspace.settings import SuppressionSettings


class Subject(Struct, frozen=True):
    """A match with its rule and its severity under the policy."""

    match: Match
    rule: Rule
    severity: Severity


class Suppressed(Struct, frozen=True):
    """What the comments of a document do.

    ``acceptances`` and ``by`` are in the order of the subjects: why a finding is accepted (None: it is not),
    and the comment that says so. ``suppressions`` are all comments that could accept something; those of
    other tools count only where something was found.
    """

    acceptances: tuple[Acceptance | None, ...]
    by: tuple[Suppression | None, ...]
    suppressions: tuple[Suppression, ...]
    notices: tuple[Notice, ...]


def suppress(
    document: Document,
    subjects: Sequence[Subject],
    settings: SuppressionSettings,
    *,
    is_known: Callable[[str], bool],
    unused: Callable[[str], bool] | None = None,
) -> Suppressed:
    """Match a document's comments with its findings.

    Args:
        subjects: what was found in the document.
        is_known: whether a rule of that id exists; other ids in ``secloop: ignore[…]`` are reported.
        unused: asked for each id in a ``secloop: ignore[…]`` that accepts nothing whether to report it
            (a rule that did not run cannot have been suppressed); None reports none.
    """
    if not subjects and not has_inline(document):
        return _NOTHING  # Most files: they cost a look for one word.
    comments = _Comments(document, settings, any_found=bool(subjects))
    decisions = [comments.judge(subject) for subject in subjects]
    comments.report_malformed()
    comments.report_ids(is_known, unused)
    return Suppressed(
        tuple(acceptance for acceptance, _ in decisions),
        tuple(by for _, by in decisions),
        tuple(comments.suppressions()),
        tuple(sorted(set(comments.notices), key=lambda n: (n.cell or 0, n.line, n.kind, n.message))),
    )


_NOTHING = Suppressed((), (), (), ())


def cell_line(document: Document, line: int) -> tuple[int | None, int]:
    """A 1-based document line as (notebook cell, 1-based line within it); the cell is None elsewhere."""
    cell = document.cell_of(document.line_starts[line - 1])
    if cell is None:
        return None, line
    return cell.index, line - document.position(cell.start).line + 1


class _Comments(Struct):
    """The comments of one document under one policy, read no further than the findings need."""

    document: Document
    settings: SuppressionSettings
    any_found: bool
    notices: list[Notice] = field(default_factory=list)
    used: set[tuple[int, str]] = field(default_factory=set)
    inline: list[Suppression] = field(default_factory=list)
    malformed: list[Malformed] = field(default_factory=list)
    nosec: list[Suppression] = field(default_factory=list)
    nosemgrep: dict[int, tuple[Suppression, ...]] = field(default_factory=dict)
    by_target: dict[int, list[Suppression]] = field(default_factory=dict)
    has_nosemgrep: bool = False

    def __post_init__(self) -> None:
        self.inline, self.malformed = inline_suppressions(self.document)
        if self.any_found and self.settings.nosec:
            self.nosec = nosec_suppressions(self.document)
        for one in (*self.inline, *self.nosec):
            self.by_target.setdefault(one.target, []).append(one)
        self.has_nosemgrep = self.settings.nosemgrep and b"nosem" in self.document.data.lower()

    def judge(self, subject: Subject) -> tuple[Acceptance | None, Suppression | None]:
        line = subject.match.span.start.line
        for one in self._for_line(line):
            if not one.accepts(subject.rule):
                continue
            if one.form == INLINE:
                self.used.add((one.start, subject.rule.id))
            if self._has_effect(one, subject):
                _, shown = cell_line(self.document, one.line)
                return Acceptance(one.form, one.reason, shown), one
        return None, None

    def suppressions(self) -> Iterable[Suppression]:
        yield from self.inline
        yield from self.nosec
        for line in sorted(self.nosemgrep):
            yield from self.nosemgrep[line]

    def report_malformed(self) -> None:
        for one in self.malformed:
            self._notice(one.kind, one.message, one.line)

    def report_ids(self, is_known: Callable[[str], bool], unused: Callable[[str], bool] | None) -> None:
        for one in self.inline:
            for rule_id in one.ids:
                if not is_known(rule_id):
                    self._notice(
                        "unknown-rule", f"'{rule_id}' is no rule's id, so this suppresses nothing", one.line
                    )
                elif unused is not None and (one.start, rule_id) not in self.used and unused(rule_id):
                    self._notice("unused-suppression", f"'{rule_id}' finds nothing here: remove it", one.line)

    def _for_line(self, line: int) -> Iterator[Suppression]:
        yield from self.by_target.get(line, ())
        if self.has_nosemgrep:
            if line not in self.nosemgrep:
                self.nosemgrep[line] = tuple(nosemgrep_for_line(self.document, line))
            yield from self.nosemgrep[line]

    def _has_effect(self, one: Suppression, subject: Subject) -> bool:
        rule_id, forbid_from = subject.rule.id, self.settings.forbid_from
        if forbid_from is not None and subject.severity >= forbid_from:
            self._notice(
                "forbidden-suppression",
                f"'{rule_id}' is {subject.severity.label}: from {forbid_from.label} up only a waiver in the "
                "policy file can accept a finding, so this comment has no effect",
                one.line,
            )
            return False
        if self.settings.require_reason and not is_reason(one.reason):
            self._notice(
                "reasonless-suppression",
                f"the policy requires a reason, so this comment does not suppress '{rule_id}'",
                one.line,
            )
            return False
        return True

    def _notice(self, kind: str, message: str, line: int) -> None:
        cell, shown = cell_line(self.document, line)
        self.notices.append(Notice(kind, message, self.document.path, shown, cell))
