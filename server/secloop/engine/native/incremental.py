"""Runs rules on a text that changes, and only on the functions that changed.

A text is its functions that are in no other function (chunks) and the rest. What a rule finds in a chunk depends on the
chunk's bytes, on what its names mean, and on the constants it can see; what is found is kept relative to the chunk's
start, so that an edit above costs nothing. Rules whose patterns may span chunks run over the whole text, over matches
that are kept by chunk where a pattern's own cannot span them.

A text seen for the first time takes the same way with nothing kept, so its result is the same however it was reached.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Final

import tree_sitter

from secloop.engine.cancel import Cancel
from secloop.engine.native.compiled import CompiledRule, RuleTable, Selected
from secloop.engine.native.constants import Constants, propagate
from secloop.engine.native.dialect import is_modern
from secloop.engine.native.evaluate import Code
from secloop.engine.native.hits import Hit
from secloop.engine.native.index import Index
from secloop.engine.native.lower import lower_module
from secloop.engine.native.match import Match, Matcher
from secloop.engine.native.names import Names, resolve
from secloop.engine.native.nodes import Node
from secloop.engine.result import NOTHING, EngineResult, Found
from secloop.model import Rule
from secloop.syntax.document import Document
from secloop.syntax.incremental import PythonText
from secloop.syntax.source import syntax_of

Run = Callable[[Rule, CompiledRule, Code], EngineResult]
"""Runs a rule on code."""

_MOST_TEXTS: Final = 8
_MOST_BYTES: Final = 600_000
"""Of all texts whose trees are kept; the newest one is kept whatever its size."""


class Chunk:
    """A function that is in no other one, with what was found in it.

    Attributes:
        content: its bytes.
        node: its tree.
        written: how the constants that it can see are written, which is what messages show of them.
    """

    __slots__ = ("_at", "_index", "_matches", "_ran", "_results", "_table", "content", "node", "written")

    def __init__(self, content: bytes, node: Node, written: tuple[bytes, ...]) -> None:
        self.content = content
        self.node = node
        self.written = written
        self._at = node.base.offset
        self._table: RuleTable | None = None
        self._ran: set[CompiledRule] = set()
        self._results: dict[CompiledRule, EngineResult] = {}
        self._index: Index | None = None
        self._matches: dict[Matcher, list[Match]] = {}

    @property
    def index(self) -> Index:
        """The index of its tree."""
        if self._index is None:
            self._index = Index(self.node)
        return self._index

    def matches(self, matcher: Matcher) -> list[Match]:
        """Where a pattern matches in it."""
        found = self._matches.get(matcher)
        if found is None:
            found = self._matches[matcher] = matcher.find(self.index)
        return found

    def run(self, table: RuleTable, source: bytes, run: Run) -> Iterable[EngineResult]:
        """What rules find in it, those left out that find nothing."""
        self._arrive()
        if self._table is not table:
            kept = [self._run(*each, source, run) for each in table.candidates(self.index)]
            self._table = table if all(kept) else None
        return [result for made, result in self._results.items() if made in table.members]

    def result(self, rule: Rule, made: CompiledRule, source: bytes, run: Run) -> EngineResult | None:
        """What a rule finds in it, if anything."""
        self._arrive()
        if made not in self._ran and made.formula.possible(self.index):
            self._run(rule, made, source, run)
        return self._results.get(made)

    def _run(self, rule: Rule, made: CompiledRule, source: bytes, run: Run) -> bool:
        """Have the result of a rule; returns whether it can be kept: it cannot if it names a place elsewhere."""
        if made in self._ran:
            return True
        result = run(rule, made, _PartCode(self.index, source, self.matches))
        if result is NOTHING:
            self._results.pop(made, None)
        else:
            self._results[made] = result
            if not _is_within(result, self._at, self._at + len(self.content)):
                return False
        self._ran.add(made)
        return True

    def _arrive(self) -> None:
        """Take the results to where the chunk is now."""
        by = self.node.base.offset - self._at
        if by:
            self._results = {made: _moved(result, by) for made, result in self._results.items()}
            self._at += by


class Version:
    """One version of a text, ready to be searched.

    Attributes:
        index: of the whole text.
        rest: of what is in no chunk.
    """

    def __init__(
        self, module: Node, chunks: Sequence[Chunk], names: Names, constants: Constants, modern: bool
    ) -> None:
        self.chunks = chunks
        self.names = names
        self.constants = constants
        self.modern = modern
        self.index = Index(module, chunks=[chunk.index for chunk in chunks])
        self.rest = self.index.alone(words=False)
        self._starts = self.index.alone()
        self._in_rest: dict[Matcher, list[Match]] = {}

    def in_rest(self, matcher: Matcher) -> list[Match]:
        """Where a pattern matches other than within a chunk."""
        found = self._in_rest.get(matcher)
        if found is None:
            found = self._in_rest[matcher] = matcher.find(self.rest if matcher.chunk_local else self._starts)
        return found

    def matches(self, matcher: Matcher) -> list[Match]:
        """Where a pattern matches."""
        found = list(self.in_rest(matcher))
        for chunk in self.chunks:
            found += chunk.matches(matcher)
        found.sort(key=lambda match: match.span)
        return found

    def results(self, rules: Selected, source: bytes, run: Run, cancel: Cancel) -> list[EngineResult]:
        """What rules find."""
        results: list[EngineResult] = []
        for chunk in self.chunks:
            cancel.check()
            results += chunk.run(rules.local, source, run)
        rest = _PartCode(self.rest, source, self.in_rest)
        whole = _PartCode(self.index, source, self.matches)
        for rule, made in rules.local.candidates(self.rest):
            results.append(run(rule, made, rest))
        for rule, made in rules.wide.candidates(self.index):
            cancel.check()
            if made.spans is None or any(map(self.in_rest, made.spans)):
                results.append(run(rule, made, whole))
                continue
            # What could span chunks does not begin outside of them here.
            results.append(run(rule, made, rest))
            found = (chunk.result(rule, made, source, run) for chunk in self.chunks)
            results += (result for result in found if result is not None)
        return results


class NativeText:
    """A text that changes, for any thread. It keeps the trees and results of its last version."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._syntax = PythonText()
        self._last: Version | None = None

    def run(self, document: Document, rules: Selected, run: Run, cancel: Cancel) -> list[EngineResult]:
        """What rules find in a document's code.

        Raises:
            TooDeep: if it nests too deep.
            Cancelled: if the token is cancelled.
        """
        with self._lock:
            last, self._last = self._last, None  # While it is being taken apart it is nobody's version.
            version = self._version(document, last)
            results = version.results(rules, document.normalized.data, run, cancel)
            self._last = version
            return results

    def _version(self, document: Document, last: Version | None) -> Version:
        syntax = syntax_of(document)
        syntax.follow(self._syntax)
        parsed = syntax.parsed
        assert parsed is not None
        source = parsed.repaired
        modern = is_modern(parsed.tree, source)
        if last is not None and last.modern is not modern:
            last = None
        waiting = _by_content(last.chunks if last is not None else ())
        taken: dict[Node, Chunk] = {}
        contents: dict[int, bytes] = {}

        def reuse(tree: tree_sitter.Node) -> Node | None:
            start = tree.start_byte
            content = contents[start] = source[start : tree.end_byte]
            same = waiting.get(content)
            if not same:
                return None
            chunk = same.pop()
            chunk.node.base.offset = start
            taken[chunk.node] = chunk
            return chunk.node

        module = lower_module(parsed.tree, source, reuse, modern=modern)
        names = resolve(module, last.names if last is not None else None)
        constants = propagate(module, names, last.constants if last is not None else None)
        renewed = {*names.renewed, *constants.renewed}
        chunks: list[Chunk] = []
        for node in names.chunks:
            written = tuple(_written(source, value) for value in constants.chunks[node] if value is not None)
            chunk = taken.get(node)
            if chunk is None or node in renewed or chunk.written != written:
                chunk = Chunk(contents[node.base.offset], node, written)
            chunks.append(chunk)
        return Version(module, chunks, names, constants, modern)


class RecentTexts:
    """The texts that were changed last, by their paths: the others are forgotten, for their trees weigh a lot."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._texts: OrderedDict[str, tuple[NativeText, int]] = OrderedDict()

    def get(self, document: Document) -> NativeText:
        """The text that a document is a version of."""
        with self._lock:
            text = self._texts.pop(document.path)[0] if document.path in self._texts else NativeText()
            self._texts[document.path] = text, len(document.data)
            while len(self._texts) > 1 and self._is_full():
                self._texts.popitem(last=False)
            return text

    def _is_full(self) -> bool:
        return len(self._texts) > _MOST_TEXTS or sum(size for _, size in self._texts.values()) > _MOST_BYTES


class _PartCode(Code):
    """Code whose matches are looked up elsewhere."""

    __slots__ = ("_look_up",)

    def __init__(self, index: Index, source: bytes, look_up: Callable[[Matcher], list[Match]]) -> None:
        super().__init__(index, source)
        self._look_up = look_up

    def matches(self, matcher: Matcher) -> list[Hit]:
        found = self._matches.get(matcher)
        if found is None:
            found = self._matches[matcher] = [Hit(*match.span, match.env) for match in self._look_up(matcher)]
        return found


def _by_content(chunks: Sequence[Chunk]) -> dict[bytes, list[Chunk]]:
    """Chunks by their bytes, the first of equal ones last."""
    found: dict[bytes, list[Chunk]] = {}
    for chunk in reversed(chunks):
        found.setdefault(chunk.content, []).append(chunk)
    return found


def _written(source: bytes, value: Node) -> bytes:
    start, end = value.span
    return source[start:end]


def _moved(result: EngineResult, by: int) -> EngineResult:
    """A result somewhere else in the text."""
    if not result.found or not by:
        return result
    return EngineResult(tuple(_moved_match(found, by) for found in result.found), result.failures)


def _moved_match(found: Found, by: int) -> Found:
    return Found(
        found.start + by,
        found.end + by,
        found.rule_id,
        found.message,
        tuple(
            (name, content, start + by, end + by) if start >= 0 else (name, content, start, end)
            for name, content, start, end in found.metavariables
        ),
        tuple((kind, start + by, end + by, content) for kind, start, end, content in found.trace),
    )


def _is_within(result: EngineResult, low: int, high: int) -> bool:
    """Whether a result names nothing outside of a range."""
    return all(
        low <= start <= end <= high
        for found in result.found
        for start, end in ((found.start, found.end), *_places(found))
    )


def _places(found: Found) -> Iterable[tuple[int, int]]:
    yield from ((start, end) for _, _, start, end in found.metavariables if (start, end) != (-1, -1))
    yield from ((start, end) for _, start, end, _ in found.trace)
