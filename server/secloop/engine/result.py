"""What an engine found in a text, independent of its path and line ends, and how it becomes a FileResult."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from msgspec import Struct

from secloop.model import FileResult, Match, Metavariable, Problem, ProblemKind, Span, TraceStep
from secloop.syntax.document import Document
from secloop.syntax.source import syntax_of


class InvalidResult(ValueError):
    """Bytes that are not a stored result."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A match; ``start`` and ``end`` are byte offsets of the normalized text, as everywhere in this module.

    ``metavariables`` are (name, content, start, end), with -1, -1 for one without a place in the text;
    ``trace`` are (kind, start, end, content); ``place`` is that of `Match`, None until `placed`.
    """

    start: int
    end: int
    rule_id: str
    message: str
    metavariables: tuple[tuple[str, str, int, int], ...] = ()
    trace: tuple[tuple[str, int, int, str], ...] = ()
    place: tuple[str, str] | None = field(default=None, compare=False)


class Failure(Struct, frozen=True, order=True):
    """A problem of a rule on this text; the path comes with the document."""

    rule_id: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class EngineResult:
    """All that was found in one text, sorted, without duplicates.

    ``refused``: ids of rules that the engine cannot run on this text, and that another one has to.
    ``parsed``: ``partial`` holds whatever does not parse, and may be empty because nothing does not.
    """

    found: tuple[Found, ...] = ()
    failures: tuple[Failure, ...] = ()
    partial: tuple[tuple[int, int], ...] = ()
    refused: tuple[str, ...] = ()
    parsed: bool = field(default=False, compare=False)


NOTHING = EngineResult()


def merged(results: list[EngineResult]) -> EngineResult:
    """The union of several results of one text."""
    return EngineResult(
        _distinct([found for result in results for found in result.found]),
        tuple(sorted({failure for result in results for failure in result.failures})),
        _joined([part for result in results for part in result.partial]),
        tuple(sorted({rule_id for result in results for rule_id in result.refused})),
        any(result.parsed for result in results),
    )


def _distinct(found: list[Found]) -> tuple[Found, ...]:
    """Sorted; of a rule's matches with equal span and message the least remains, whatever their order was."""
    least: dict[tuple[int, int, str, str], Found] = {}
    for match in sorted(found):
        least.setdefault((match.start, match.end, match.rule_id, match.message), match)
    return tuple(least.values())


def _joined(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sorted, with what overlaps made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def placed(document: Document, result: EngineResult) -> EngineResult:
    """The result with the place of each match: with it, what is stored tells all without parsing the text."""
    if all(found.place is not None for found in result.found):
        return result
    syntax, original = syntax_of(document), document.normalized.original

    def with_place(found: Found) -> Found:
        if found.place is not None:
            return found
        start, end = original(found.start), original(found.end)
        return replace(found, place=(syntax.scope(start), syntax.tokens(start, end)))

    return replace(result, found=tuple(map(with_place, result.found)))


def attach(document: Document, result: EngineResult) -> FileResult:
    """The result as it stands in a document: with its path, in positions of its own text."""
    if result == NOTHING:
        return FileResult(document.path)  # Most files: nothing of them needs a position.
    result = placed(document, result)
    original = document.normalized.original

    def span(start: int, end: int) -> Span:
        return document.span(original(start), original(end))

    matches = [
        Match(
            found.rule_id,
            span(found.start, found.end),
            found.message,
            tuple(
                Metavariable(name, content, span(start, end) if start >= 0 else None)
                for name, content, start, end in found.metavariables
            ),
            tuple(TraceStep(kind, span(start, end), content) for kind, start, end, content in found.trace),
            found.place or ("", ""),
        )
        for found in result.found
    ]
    matches.sort(key=lambda match: (match.span, match.rule_id, match.message))
    problems = tuple(
        Problem(ProblemKind(failure.kind), failure.message, document.path, 0, failure.rule_id)
        for failure in result.failures
    )
    return FileResult(
        document.path, tuple(matches), problems, tuple(span(start, end) for start, end in result.partial)
    )


def encode(result: EngineResult) -> bytes:
    """A `placed` result without failures as compact JSON; one with failures must never be stored."""
    if result.failures:
        raise ValueError("a result with failures is not a function of the text and the rules")
    rows = [[f.start, f.end, f.rule_id, f.message, f.metavariables, f.trace, f.place] for f in result.found]
    return orjson.dumps([rows, result.partial])


def decode(data: bytes, size: int) -> EngineResult:
    """Read a stored result of a text of ``size`` bytes.

    Raises:
        InvalidResult: if the bytes are anything else.
    """
    if data == _EMPTY:
        return NOTHING
    try:
        rows, partial = orjson.loads(data)
        found = tuple(_found(row, size) for row in rows)
        return EngineResult(found, (), tuple(_range(start, end, size) for start, end in partial))
    except (ValueError, TypeError) as error:
        raise InvalidResult(str(error)) from None


_EMPTY = encode(NOTHING)


def _found(row: Any, size: int) -> Found:
    start, end, rule_id, message, metavariables, trace, (scope, tokens) = row
    _range(start, end, size)
    return Found(
        start,
        end,
        _text(rule_id),
        _text(message),
        tuple(
            (_text(name), _text(content), *((-1, -1) if (s, e) == (-1, -1) else _range(s, e, size)))
            for name, content, s, e in metavariables
        ),
        tuple((_text(kind), *_range(s, e, size), _text(content)) for kind, s, e, content in trace),
        (_text(scope), _text(tokens)),
    )


def _range(start: Any, end: Any, size: int) -> tuple[int, int]:
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= size:
        raise ValueError(f"not a range of {size} bytes: {start!r} to {end!r}")
    return start, end


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"not text: {value!r}")
    return value
