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
from secloop.engine.native.compiled import CompiledRule, Rules, Selected
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
        rules: those whose results are known.
    """

    __slots__ = ("_at", "_index", "_matches", "_results", "content", "node", "rules", "written")

    def __init__(self, content: bytes, node: Node, written: tuple[bytes, ...]) -> None:
        self.content = content
        self.node = node
        self.written = written
        self.rules: Rules = ()
        self._at = node.base.offset
        self._results: tuple[tuple[CompiledRule, EngineResult], ...] = ()
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

    def results(self, rules: Rules, source: bytes, run: Run) -> Iterable[EngineResult]:
        """What rules find in it; those that find nothing are left out."""
        start = self.node.base.offset
        if start != self._at:
            self._results = tuple((made, _moved(result, start - self._at)) for made, result in self._results)
            self._at = start
        if self.rules is not rules:
            self._run(rules, source, run)
        return (result for _, result in self._results)

    def _run(self, rules: Rules, source: bytes, run: Run) -> None:
        known = dict(self._results)
        ran = {made for _, made in self.rules}
        code = _PartCode(self.index, source, self.matches)
        end = self._at + len(self.content)
        results: list[tuple[CompiledRule, EngineResult]] = []
        movable = True
        for rule, made in rules:
            result = known.get(made)
            if result is None and made not in ran and made.formula.possible(self.index):
                result = run(rule, made, code)
                movable = movable and _is_within(result, self._at, end)
            if result is not None and result != NOTHING:
                results.append((made, result))
        self._results = tuple(results)
        # What names a place elsewhere cannot be kept.
        self.rules = rules if movable else ()


class Version:
    """One version of a text, ready to be searched."""

    def __init__(
        self, module: Node, chunks: Sequence[Chunk], names: Names, constants: Constants, modern: bool
    ) -> None:
        self.chunks = chunks
        self.names = names
        self.constants = constants
        self.modern = modern
        self.index = Index(module, chunks=[chunk.index for chunk in chunks])
        """Of the whole text."""

    def code(self, source: bytes) -> Code:
        """The whole text, with the matches in chunks that are known."""
        rest = self.index.alone()

        def matches(matcher: Matcher) -> list[Match]:
            if not matcher.chunk_local:
                return matcher.find(self.index)
            found = matcher.find(rest)
            for chunk in self.chunks:
                found += chunk.matches(matcher)
            found.sort(key=lambda match: match.span)
            return found

        return _PartCode(self.index, source, matches)


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
            results = _results(version, document.normalized.data, rules, run, cancel)
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


def _results(
    version: Version, source: bytes, rules: Selected, run: Run, cancel: Cancel
) -> list[EngineResult]:
    results: list[EngineResult] = []
    for chunk in version.chunks:
        cancel.check()
        results += chunk.results(rules.local, source, run)
    rest = version.index.alone()
    code = Code(rest, source)
    results += (run(rule, made, code) for rule, made in rules.local if made.formula.possible(rest))
    whole = None
    for rule, made in rules.wide:
        if made.formula.possible(version.index):
            cancel.check()
            whole = whole or version.code(source)
            results.append(run(rule, made, whole))
    return results


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
