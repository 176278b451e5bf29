"""Runs the same rules on the same texts in semgrep-core and in the native engine, and tells their answers apart."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import tree_sitter
import tree_sitter_python
from msgspec.structs import replace

from secloop.engine.cancel import Cancel
from secloop.engine.core import Core, Target
from secloop.engine.errors import Effect
from secloop.engine.limits import Limits
from secloop.engine.output import MalformedOutput, TargetOutput, read_output
from secloop.engine.result import EngineResult, Found, merged
from secloop.engine.task import Task
from secloop.model import Rule
from secloop.syntax.document import Document

Span = tuple[int, int]
CRASHED = "crashed"
"""How the failure of an engine that raised something unforeseen starts."""


class Finding(NamedTuple):
    """What the engines must agree on: where, with which metavariables; of a taint rule, from which source."""

    start: int
    end: int
    metavariables: tuple[tuple[str, int, int], ...]
    source: Span | None


@dataclass(frozen=True)
class Answer:
    """What an engine says of one rule on one text; ``failed`` says why it says nothing, or is empty."""

    found: tuple[Found, ...] = ()
    failed: str = ""
    refused: bool = False

    def findings(self, rule: Rule) -> Counter[Finding]:
        """The findings as they are compared."""
        return Counter(_finding(found, taint=is_taint(rule)) for found in self.found)


Answers = dict[tuple[int, int], Answer]
"""By index of the rule and of the document; what is absent was not asked."""


class Engine(Protocol):
    """Answers for rules on documents. Its answer for one rule and document depends on nothing else."""

    def __call__(self, rules: Sequence[Rule], documents: Sequence[Document]) -> Answers:
        """The answer for every rule on every document."""
        ...


Kind = Literal["missing", "unexpected", "accepted", "failed", "detail"]


@dataclass(frozen=True)
class Difference:
    """A rule and a text on which the engines differ.

    Attributes:
        kind: "missing" or "unexpected" for findings, from the native engine's point of view; "accepted" for a rule
            that semgrep-core refuses; "failed" for an error in the native engine; "detail" for findings that are
            equal but for their message, content or trace.
    """

    kind: Kind
    rule: Rule
    document: Document
    expected: Answer
    actual: Answer


def is_taint(rule: Rule) -> bool:
    """Whether the rule follows data rather than searching for code."""
    return rule.definition.get("mode") == "taint" or "taint" in rule.definition


def _finding(found: Found, *, taint: bool) -> Finding:
    if taint:
        source = next(((start, end) for kind, start, end, _ in found.trace if kind == "source"), None)
        return Finding(found.start, found.end, (), source)
    places = tuple((name, start, end) for name, _, start, end in found.metavariables)
    return Finding(found.start, found.end, places, None)


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))


def parse(data: bytes) -> tree_sitter.Tree:
    """The syntax tree of a Python text."""
    return _parser().parse(data)


def is_well_formed(document: Document) -> bool:
    """Whether the grammar knows all of the text; of anything else no engine owes an exact answer."""
    return not parse(document.normalized.data).root_node.has_error


class SemgrepCore:
    """semgrep-core, many rules on many texts in one process since each takes a tenth of a second to start."""

    def __init__(self) -> None:
        self._core = Core()
        self._limits = Limits(rule_timeout=3.0, silence=30.0)
        self.processes = 0

    def __call__(self, rules: Sequence[Rule], documents: Sequence[Document]) -> Answers:
        """See ``Engine``."""
        answers: Answers = {}
        self._ask(list(range(len(rules))), list(range(len(documents))), rules, documents, answers)
        return answers

    def _ask(
        self,
        rule_indexes: list[int],
        document_indexes: list[int],
        rules: Sequence[Rule],
        documents: Sequence[Document],
        answers: Answers,
    ) -> None:
        if not rule_indexes or not document_indexes:
            return
        asked = [_renamed(rules[index], index) for index in rule_indexes]
        texts = [documents[index] for index in document_indexes]
        result = self._run(asked, texts)
        if isinstance(result, str):
            if len(rule_indexes) > 1:
                half = len(rule_indexes) // 2
                self._ask(rule_indexes[:half], document_indexes, rules, documents, answers)
                self._ask(rule_indexes[half:], document_indexes, rules, documents, answers)
            elif len(document_indexes) > 1:
                half = len(document_indexes) // 2
                self._ask(rule_indexes, document_indexes[:half], rules, documents, answers)
                self._ask(rule_indexes, document_indexes[half:], rules, documents, answers)
            else:
                answers[rule_indexes[0], document_indexes[0]] = Answer(failed=result)
            return
        for position, rule_index in enumerate(rule_indexes):
            for place, document_index in enumerate(document_indexes):
                answers[rule_index, document_index] = result[position][place]

    def _run(self, rules: Sequence[Rule], documents: Sequence[Document]) -> list[list[Answer]] | str:
        """The answers by rule and document, or why the process as a whole is not to be believed."""
        self.processes += 1
        targets = [Target(each.normalized.data, ".py", ("python",), "/a.py") for each in documents]
        ended, names = self._core.scan([rule.definition for rule in rules], targets, self._limits, Cancel())
        if ended.hung or ended.outgrown:
            return "it hung" if ended.hung else "it outgrew its memory"
        by_id = {rule.id: rule for rule in rules}
        try:
            output = read_output(ended.output, dict(zip(names, documents, strict=True)), by_id)
        except MalformedOutput as error:
            return str(error)
        refused = {complaint.rule_id: complaint.message for complaint in output.complaints}
        answers = []
        for rule in rules:
            if rule.id not in output.rules_loaded:
                why = refused.get(rule.id) or "it left the rule out"
                answers.append([Answer(failed=why, refused=True)] * len(documents))
            else:
                answers.append([_answer(rule, output.targets[name]) for name in names])
        self._ask_without_costly(rules, documents, [output.targets[name] for name in names], answers)
        return answers

    def _ask_without_costly(
        self,
        rules: Sequence[Rule],
        documents: Sequence[Document],
        targets: Sequence[TargetOutput],
        answers: list[list[Answer]],
    ) -> None:
        """Ask again where a rule ran out of time or memory: that file's other rules have no results either."""
        for place, target in enumerate(targets):
            costly = {
                complaint.rule_id
                for complaint in target.complaints
                if complaint.treatment.effect is Effect.ISOLATE
            }
            others = [index for index, rule in enumerate(rules) if rule.id not in costly]
            if not costly or not others:
                continue
            again: Answers = {}
            if len(others) < len(rules):
                asked = [rules[index] for index in others]
                self._ask(list(range(len(asked))), [0], asked, [documents[place]], again)
            for position, index in enumerate(others):
                answers[index][place] = again.get(
                    (position, 0), Answer(failed="a rule failed, not said which")
                )


def _answer(rule: Rule, target: TargetOutput) -> Answer:
    """What a run says of one rule on one text."""
    own = [each.message or each.treatment.why for each in target.complaints if each.rule_id in {"", rule.id}]
    if target.partial or own:
        return Answer(failed="; ".join(own) or "it could not parse all of it")
    return Answer(merged([EngineResult(tuple(f for f in target.found if f.rule_id == rule.id))]).found)


def _renamed(rule: Rule, index: int) -> Rule:
    """The rule by an id of its own, so that candidates made from one rule can share a process."""
    name = f"r{index}"
    definition = {**rule.definition, "id": name}
    return replace(rule, id=name, definition=definition, digest=f"{name}-{rule.digest}")


class Native:
    """The native engine, for the rules that it plans to run itself."""

    def __init__(self) -> None:
        from secloop.engine.native.runner import NativeRunner

        self._runner = NativeRunner()

    def __call__(self, rules: Sequence[Rule], documents: Sequence[Document]) -> Answers:
        """See ``Engine``."""
        asked = [_renamed(rule, index) for index, rule in enumerate(rules)]
        runnable = {rule.id: index for index, rule in enumerate(asked) if not reason_against(rule)}
        answers: Answers = {}
        for place, document in enumerate(documents):
            answers |= self._run(
                tuple(asked[index] for index in runnable.values()), document, runnable, place
            )
        return answers

    def _run(
        self, rules: tuple[Rule, ...], document: Document, indexes: Mapping[str, int], place: int
    ) -> Answers:
        """The answers of rules on one document; of one rule alone where it crashes with others."""
        if not rules:
            return {}
        try:
            ((_, result),) = self._runner.run([Task(document, rules)], Cancel())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this looks for
            if len(rules) == 1:
                last = traceback.extract_tb(error.__traceback__)[-1]
                crashed = f"{CRASHED}: {error!r} in {Path(last.filename).name}:{last.lineno}"
                return {(indexes[rules[0].id], place): Answer(failed=crashed)}
            half = len(rules) // 2
            return self._run(rules[:half], document, indexes, place) | self._run(
                rules[half:], document, indexes, place
            )
        return self._answers(place, result, {rule.id: indexes[rule.id] for rule in rules})

    @staticmethod
    def _answers(place: int, result: EngineResult, indexes: Mapping[str, int]) -> Answers:
        by_rule: dict[str, list[Found]] = {rule_id: [] for rule_id in indexes}
        for found in result.found:
            by_rule[found.rule_id].append(found)
        failures = {failure.rule_id: failure.message for failure in result.failures}
        general = failures.get("", "")
        return {
            (index, place): Answer(tuple(by_rule[rule_id]), failures.get(rule_id, general))
            for rule_id, index in indexes.items()
        }


def reason_against(rule: Rule) -> str:
    """Why a rule does not run natively, or nothing."""
    from secloop.engine.native.plan import plan

    planned = plan(rule)
    return "" if planned.engine == "native" else (planned.reason or "no reason given")


def differences(
    rules: Sequence[Rule], documents: Sequence[Document], oracle: Engine, native: Engine
) -> Iterator[Difference]:
    """Where the two engines differ; on what the oracle or the grammar cannot read, only failing counts."""
    answers = native(rules, documents)
    asked = sorted({rule for rule, _ in answers})
    expected = oracle([rules[index] for index in asked], documents)
    position = {index: at for at, index in enumerate(asked)}
    well_formed = [is_well_formed(document) for document in documents]
    for (rule_index, place), actual in sorted(answers.items()):
        answer = expected[position[rule_index], place]
        kind = difference_kind(rules[rule_index], answer, actual, well_formed=well_formed[place])
        if kind is not None:
            yield Difference(kind, rules[rule_index], documents[place], answer, actual)


def difference_kind(rule: Rule, expected: Answer, actual: Answer, *, well_formed: bool) -> Kind | None:
    """How two answers differ, if they do."""
    if actual.failed.startswith(CRASHED):
        return "failed"
    if expected.refused:
        return None if actual.failed else "accepted"
    if expected.failed:
        return None
    if actual.failed:
        return "failed" if well_formed else None
    if not well_formed:
        return None
    theirs, ours = expected.findings(rule), actual.findings(rule)
    if theirs - ours:
        return "missing"
    if ours - theirs:
        return "unexpected"
    return "detail" if _contents(expected) != _contents(actual) else None


def _contents(answer: Answer) -> list[tuple[object, ...]]:
    return sorted((f.start, f.end, f.message, f.metavariables, f.trace) for f in answer.found)
