"""Analyses documents: takes from the cache what it knows, and has the engine run the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from secloop.engine.cancel import NEVER, Cancel, Cancelled
from secloop.engine.installed import target_suffix
from secloop.engine.result import NOTHING, EngineResult, InvalidResult, attach, decode, encode, placed
from secloop.engine.selection import Selection, needed, selection_of
from secloop.engine.task import Runner, Task
from secloop.model import FileResult, RuleSet
from secloop.syntax.document import Document
from secloop.syntax.source import document_languages, syntax_of

__all__ = [
    "NEVER",
    "Cancel",
    "Cancelled",
    "ResultCache",
    "Runner",
    "analyze",
    "analyze_each",
    "needed",
]

CACHE_FORMAT = 5
"""Changes whenever the same text and rules could give other stored bytes."""
_NAMESPACE = "results"
_PUT_AT_ONCE = 200
_LONG_LINE = 400


class ResultCache(Protocol):
    """Remembers results by key: never an error, at worst a miss."""

    def get_many(self, namespace: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values that are there, by key."""
        ...

    def put_many(self, namespace: str, values: Mapping[str, bytes]) -> None:
        """Remember values, if possible."""
        ...


def analyze(
    documents: Sequence[Document],
    ruleset: RuleSet,
    runner: Runner,
    *,
    cache: ResultCache | None = None,
    cancel: Cancel = NEVER,
    done: Callable[[int], None] | None = None,
) -> Iterator[FileResult]:
    """The result of each document under the rule set: a function of these two alone, in any order.

    Args:
        cache: asked before anything runs, and given every result without problems.
        cancel: stops the analysis; what was yielded until then stands.
        done: called with the number of documents finished so far, after each.

    Raises:
        Cancelled: if the token is cancelled.
    """
    results = _results(documents, selection_of(ruleset), runner, cache, cancel)
    for finished, (document, result) in enumerate(results, 1):
        yield attach(document, result)
        if done is not None:
            done(finished)


def analyze_each(
    documents: Sequence[Document],
    ruleset: RuleSet,
    runner: Runner,
    *,
    cache: ResultCache | None = None,
    cancel: Cancel = NEVER,
) -> list[FileResult]:
    """As `analyze`, in the order of the documents, which may share a path: several texts of one file.

    Raises:
        Cancelled: if the token is cancelled.
    """
    pairs = _results(documents, selection_of(ruleset), runner, cache, cancel)
    results = {id(document): attach(document, result) for document, result in pairs}
    return [results[id(document)] for document in documents]


def _results(
    documents: Sequence[Document],
    selection: Selection,
    runner: Runner,
    cache: ResultCache | None,
    cancel: Cancel,
) -> Iterator[tuple[Document, EngineResult]]:
    keys = (
        [cache_key(document, selection, runner.version) for document in documents]
        if cache is not None
        else []
    )
    known = cache.get_many(_NAMESPACE, keys) if cache is not None else {}
    fresh: dict[str, bytes] = {}
    tasks: list[Task] = []
    task_keys: list[str] = []
    for index, document in enumerate(documents):
        cancel.check()
        stored = _stored(known.get(keys[index]), document) if cache is not None else None
        if stored is not None:
            yield document, stored
            continue
        rules = selection.needed(document)
        if rules:
            tasks.append(Task(document, rules))
            task_keys += keys[index : index + 1]
        else:
            if cache is not None:
                fresh[keys[index]] = encode(NOTHING)
            yield document, NOTHING
    try:
        for number, ran in runner.run(tasks, cancel) if tasks else ():
            result = placed(tasks[number].document, with_errors(tasks[number], ran))
            if cache is not None and not result.failures:
                fresh[task_keys[number]] = encode(result)
                if len(fresh) >= _PUT_AT_ONCE:
                    cache.put_many(_NAMESPACE, fresh)
                    fresh = {}
            yield tasks[number].document, result
    finally:
        if cache is not None and fresh:
            cache.put_many(_NAMESPACE, fresh)


def with_errors(task: Task, result: EngineResult) -> EngineResult:
    """A task's result with the ranges in which rules may miss something, where the engine did not say so itself.

    semgrep-core recovers from some errors in silence (``def f(:``), and what it makes of the rest is a guess.
    Its generic rules pass over a text that looks minified, in silence too.
    """
    if result.partial:
        return result
    data = task.document.normalized.data
    if any("generic" in rule.languages for rule in task.rules) and _looks_minified(data):
        return replace(result, partial=((0, len(data)),))
    if result.parsed:
        return result
    return replace(result, partial=syntax_of(task.document).errors)


def _looks_minified(data: bytes) -> bool:
    """Whether semgrep-core's generic matcher may pass over a text: seen from lines of about 490 bytes on."""
    return max(map(len, data.split(b"\n"))) > _LONG_LINE


def _stored(data: bytes | None, document: Document) -> EngineResult | None:
    if data is None:
        return None
    try:
        return decode(data, len(document.normalized.data))
    except InvalidResult:
        return None  # as good as absent, and about to be replaced


def cache_key(document: Document, selection: Selection, engine_version: str) -> str:
    """SHA-256 hex of what a result depends on (SPEC 9): text, how it is read, rules that apply, versions."""
    parts = (
        str(CACHE_FORMAT),
        engine_version,
        document.hash,
        ",".join(document_languages(document)),
        target_suffix(document.path),
        selection.applied(document).digest,
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()
