"""What the rules that run in process find in a text at every keystroke.

A prefilter looks at the whole text, which takes longer than running its rule on the function that was edited. So rules
are run first, and the prefilters of those that found something are asked: of all others the answer is the same either
way.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from secloop.engine.analyze import with_errors
from secloop.engine.cancel import NEVER, Cancel
from secloop.engine.prefilter import Check, Text, Vocabulary
from secloop.engine.result import NOTHING, EngineResult, attach, placed
from secloop.engine.selection import Applied, Candidate, selection_of
from secloop.engine.task import Runner, Task

if TYPE_CHECKING:
    from secloop.model import FileResult, Rule, RuleSet
    from secloop.syntax.document import Document

_MOST_DIVIDED: Final = 200


class _Divided(Struct, frozen=True):
    """The rules that apply to a document: those that run in process, the other ones, and the prefilters of all."""

    native: tuple[Rule, ...]
    others: tuple[Candidate, ...]
    checks: Mapping[str, Check]
    vocabulary: Vocabulary
    last: dict[Document, Text] = field(default_factory=dict)

    def text(self, document: Document) -> Text:
        """A document's text for the prefilters; that of the last one is kept, since it is asked for twice."""
        text = self.last.get(document)
        if text is None:
            self.last.clear()
            text = self.last[document] = Text(document.normalized.data, self.vocabulary)
        return text


def later(document: Document, ruleset: RuleSet) -> tuple[Rule, ...]:
    """The rules that a document needs and that do not run in process."""
    divided = _divided(selection_of(ruleset).applied(document))
    if not divided.others:
        return ()
    text = divided.text(document)
    return tuple(candidate.rule for candidate in divided.others if candidate.check.holds(text))


def any_at_once(document: Document, ruleset: RuleSet) -> bool:
    """Whether there are rules that `analyze_at_once` might have to run."""
    return bool(_divided(selection_of(ruleset).applied(document)).native)


def analyze_at_once(
    document: Document, ruleset: RuleSet, runner: Runner, *, cancel: Cancel = NEVER
) -> FileResult | None:
    """What the rules that a document needs and that run in process find in it; None if the runner cannot say.

    Does no I/O if the runner does none.

    Raises:
        Cancelled: if the token is cancelled.
    """
    divided = _divided(selection_of(ruleset).applied(document))
    if not divided.native:
        return attach(document, NOTHING)
    text = divided.text(document)
    task = Task(document, divided.native, lambda rule: divided.checks[rule.id].holds(text))
    ((_, ran),) = runner.run([task], cancel)
    ran = ran if ran.parsed else with_errors(task, ran)  # No rule that runs in process is a generic one.
    result = _of_needed(divided.checks, text, ran)
    return None if result.refused else attach(document, placed(document, result))


def _of_needed(checks: Mapping[str, Check], text: Text, result: EngineResult) -> EngineResult:
    """What a result would be had no rules been run that the text does not need."""
    ids = {
        *(found.rule_id for found in result.found),
        *(failure.rule_id for failure in result.failures),
        *result.refused,
    }
    needless = {rule_id for rule_id in ids if not checks[rule_id].holds(text)}
    # Nobody reports what does not parse of a file that no rule reads.
    unread = bool(result.partial) and not any(check.holds(text) for check in checks.values())
    if not needless and not unread:
        return result
    return EngineResult(
        tuple(found for found in result.found if found.rule_id not in needless),
        tuple(failure for failure in result.failures if failure.rule_id not in needless),
        () if unread else result.partial,
        tuple(rule_id for rule_id in result.refused if rule_id not in needless),
        result.parsed,
    )


_kept: dict[str, _Divided] = {}
_lock = Lock()


def _divided(applied: Applied) -> _Divided:
    """Divides rules; equal ones are divided once."""
    found = _kept.get(applied.digest)
    if found is None:
        from secloop.engine.native.compiled import compiled

        others = tuple(each for each in applied.candidates if isinstance(compiled(each.rule), str))
        native = tuple(each.rule for each in applied.candidates if each not in others)
        checks = {each.rule.id: each.check for each in applied.candidates}
        found = _Divided(native, others, checks, applied.vocabulary)
        with _lock:
            if len(_kept) >= _MOST_DIVIDED:
                _kept.clear()
            _kept[applied.digest] = found
    return found
