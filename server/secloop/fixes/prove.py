"""Proof that fixes work before anyone is offered them (SPEC 10), and all fixes of a file at once.

A proof asks of the text after the edits: does it parse no worse, is the finding gone, and did no other
appear? "No other" compares how often each rule matches in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from secloop.fixes.codemods import unused_imports
from secloop.fixes.edits import Edit, OverlapError, apply, in_cells, ordered, overlap
from secloop.fixes.facts import Memory, worse
from secloop.fixes.propose import Fix, NoFix, propose
from secloop.model import FileResult, Match, RuleSet
from secloop.syntax.document import Document

Analyse = Callable[[Sequence[Document]], Sequence[FileResult]]
"""Gives the result of each document, in the order of the documents (which may all have one path)."""

_MAX_ROUNDS = 10
"""Fixing all stops then; each round is proved, so what was reached stands."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving one match's fix: the fix and the text after it, or why there is none to offer."""

    fix: Fix | None
    after: Document | None = field(default=None, compare=False)
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether the fix may be offered."""
        return self.fix is not None


class Refusal(Struct, frozen=True):
    """A match that was to be fixed and was not, and why in one sentence without a full stop."""

    match: Match
    reason: str


class FixedDocument(Struct, frozen=True):
    """A document after all fixes that could be proved together.

    ``applied`` are the matches, of those that were to be fixed, which are gone; ``refused`` are the others.
    """

    document: Document
    applied: tuple[Match, ...]
    refused: tuple[Refusal, ...]

    @property
    def changed(self) -> bool:
        """Whether anything was applied."""
        return bool(self.applied)


def prove(
    document: Document,
    matches: Sequence[Match],
    ruleset: RuleSet,
    analyse: Analyse,
    *,
    memory: Memory | None = None,
) -> Mapping[Match, Proof]:
    """The proof of each match's fix on its own. All that must be analysed goes to one call of ``analyse``."""
    memory = memory or Memory()
    proposals = {match: _proposed(document, match, ruleset) for match in matches}
    after = {
        match: apply(document, proposal.edits)
        for match, proposal in proposals.items()
        if isinstance(proposal, Fix)
    }
    if not after:
        return {match: Proof(None, None, _reason(proposal)) for match, proposal in proposals.items()}
    before, *facts = memory.facts([document, *after.values()], ruleset, analyse)
    known = dict(zip(after, facts, strict=True))
    proofs: dict[Match, Proof] = {}
    for match, proposal in proposals.items():
        if isinstance(proposal, NoFix):
            proofs[match] = Proof(None, None, proposal.reason)
            continue
        wrong = worse(before, known[match], Counter({match.rule_id: 1}))
        proofs[match] = Proof(None, None, wrong) if wrong else Proof(proposal, after[match])
    return proofs


def _reason(proposal: Fix | NoFix) -> str:
    return proposal.reason if isinstance(proposal, NoFix) else ""


def _proposed(document: Document, match: Match, ruleset: RuleSet) -> Fix | NoFix:
    rule = ruleset.get(match.rule_id)
    return NoFix("its rule is not loaded") if rule is None else propose(document, match, rule)


class _Pending(Struct, frozen=True):
    """A match that is still to be fixed: as the caller gave it, and as it is in the text of this round."""

    origin: Match
    current: Match


class _Step(Struct, frozen=True):
    pending: _Pending
    fix: Fix


def fix_all(
    document: Document,
    matches: Sequence[Match],
    ruleset: RuleSet,
    analyse: Analyse,
    *,
    memory: Memory | None = None,
) -> FixedDocument:
    """Apply the fixes of these matches that do not overlap, again and again until none is left to prove.

    Each round's combined text is proved; where it fails, so much of it is left out that the rest holds.
    """
    memory = memory or Memory()
    pending = [_Pending(match, match) for match in matches]
    reasons: dict[Match, str] = {}
    unneeded: set[str] = set()
    original = document
    for _ in range(_MAX_ROUNDS):
        steps = _steps(document, pending, ruleset, reasons)
        if not steps:
            break
        chosen = _largest(document, steps, ruleset, analyse, memory, reasons)
        if not chosen:
            break
        edits = _combined(chosen)
        after = apply(document, edits)
        found = _matches(after, ruleset, analyse, memory)
        pending = _still_there(edits, pending, chosen, found)
        document = after
        unneeded.update(module for step in chosen for module in step.fix.left)
    if unneeded:
        document = _tidied(original, document, unneeded, ruleset, analyse, memory)
    left = {item.origin for item in pending}
    return FixedDocument(
        document,
        tuple(match for match in matches if match not in left),
        tuple(
            Refusal(match, reasons.get(match, "its fix overlaps another one"))
            for match in matches
            if match in left
        ),
    )


def _steps(
    document: Document, pending: Sequence[_Pending], ruleset: RuleSet, reasons: dict[Match, str]
) -> list[_Step]:
    """What each match would change; the first of several that overlap, in document order."""
    steps: list[_Step] = []
    for item in sorted(pending, key=lambda item: (item.current.span, item.current.rule_id)):
        proposal = _proposed(document, item.current, ruleset)
        if isinstance(proposal, NoFix):
            reasons[item.origin] = proposal.reason
        elif not any(overlap(proposal.edits, step.fix.edits) for step in steps):
            steps.append(_Step(item, proposal))
    return steps


def _combined(steps: Sequence[_Step]) -> tuple[Edit, ...]:
    return ordered(edit for step in steps for edit in step.fix.edits)


def _largest(
    document: Document,
    steps: Sequence[_Step],
    ruleset: RuleSet,
    analyse: Analyse,
    memory: Memory,
    reasons: dict[Match, str],
) -> list[_Step]:
    """As many of the steps as hold together, found by halving."""
    wrong = _wrong(document, steps, ruleset, analyse, memory)
    if wrong is None:
        return list(steps)
    if len(steps) == 1:
        reasons[steps[0].pending.origin] = wrong
        return []
    middle = len(steps) // 2
    left = _largest(document, steps[:middle], ruleset, analyse, memory, reasons)
    right = _largest(document, steps[middle:], ruleset, analyse, memory, reasons)
    if not left or not right:
        return left or right
    wrong = _wrong(document, [*left, *right], ruleset, analyse, memory)
    if wrong is None:
        return [*left, *right]
    for step in right:
        reasons[step.pending.origin] = wrong
    return left


def _wrong(
    document: Document, steps: Sequence[_Step], ruleset: RuleSet, analyse: Analyse, memory: Memory
) -> str | None:
    try:
        after = apply(document, _combined(steps))
    except OverlapError as error:
        return str(error)
    before, then = memory.facts([document, after], ruleset, analyse)
    return worse(before, then, Counter(step.pending.current.rule_id for step in steps))


def _tidied(
    original: Document,
    document: Document,
    modules: Collection[str],
    ruleset: RuleSet,
    analyse: Analyse,
    memory: Memory,
) -> Document:
    """The document without the imports whose uses were all fixed, each fix leaving them to the others."""
    edits = unused_imports(original, document, modules)
    if not edits or not in_cells(document, edits):
        return document
    try:
        after = apply(document, edits)
    except OverlapError:
        return document
    before, then = memory.facts([document, after], ruleset, analyse)
    return document if worse(before, then, Counter()) else after


def _matches(document: Document, ruleset: RuleSet, analyse: Analyse, memory: Memory) -> tuple[Match, ...]:
    (facts,) = memory.facts([document], ruleset, analyse)
    return facts.matches


def _still_there(
    edits: Sequence[Edit],
    pending: Sequence[_Pending],
    chosen: Sequence[_Step],
    found: Sequence[Match],
) -> list[_Pending]:
    """The matches still to be fixed, as they are in the new text; one that just went is gone."""
    fixed = {step.pending.origin for step in chosen}
    left = list(found)
    result: list[_Pending] = []
    for item in pending:
        if item.origin in fixed:
            continue
        start = _moved(item.current.span.start.offset, edits)
        end = _moved(item.current.span.end.offset, edits)
        again = _at(left, item.current.rule_id, start, end)
        if again is not None:
            left.remove(again)
            result.append(_Pending(item.origin, again))
    return result


def _at(matches: Sequence[Match], rule_id: str, start: int, end: int) -> Match | None:
    """The rule's match at a place: the one just there if there is one, else the first that overlaps it."""
    near = [
        match
        for match in matches
        if match.rule_id == rule_id and match.span.start.offset <= end and start <= match.span.end.offset
    ]
    exact = [match for match in near if (match.span.start.offset, match.span.end.offset) == (start, end)]
    return next(iter((*exact, *near)), None)


def _moved(offset: int, edits: Sequence[Edit]) -> int:
    """Where an offset is after the edits; within a replaced range, at the end of what replaced it."""
    shift = 0
    for edit in edits:
        size = len(edit.text.encode("utf-8"))
        if edit.end <= offset:
            shift += size - (edit.end - edit.start)
        elif edit.start < offset:
            return edit.start + shift + size
    return offset + shift
