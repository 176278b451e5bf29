"""Runs rules on a text that changes, and only on the functions that changed.

A text is its functions that are in no other function (chunks) and the rest. What a rule finds in a chunk depends on the
chunk's bytes, on what its names mean, and on the constants it can see; as long as these stay, so does what was found,
wherever the chunk is. An edit inside a chunk costs that chunk; any other one makes the rest anew as well. Rules with
patterns that may span chunks, and that match outside of chunks here, run over the whole text.

A text seen for the first time takes the same way with nothing kept, so its result is the same however it was reached.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Final

import tree_sitter

from secloop.engine.cancel import Cancel
from secloop.engine.native.bindings import Chunk as ChunkNames
from secloop.engine.native.chunks import Chunk, Content, Run, content_of
from secloop.engine.native.compiled import Selected
from secloop.engine.native.constants import Constants, propagate, propagate_chunk
from secloop.engine.native.dialect import modern_places
from secloop.engine.native.facts import Facts
from secloop.engine.native.lower import lower_chunk, lower_module
from secloop.engine.native.names import Names, resolve, resolve_chunk
from secloop.engine.native.nodes import Node
from secloop.engine.native.version import Layout, Version
from secloop.engine.result import EngineResult
from secloop.syntax.document import Document
from secloop.syntax.incremental import Edit, Parsed, PythonText, difference
from secloop.syntax.source import syntax_of

_MOST_TEXTS: Final = 4
_MOST_BYTES: Final = 300_000
"""Of all texts whose trees are kept; the newest one is kept whatever its size."""
_STATEMENTS: Final = frozenset({"module", "block"})
_DEFINITIONS: Final = frozenset({"function_definition", "decorated_definition"})


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
            syntax = syntax_of(document)
            syntax.follow(self._syntax)
            parsed = syntax.parsed
            assert parsed is not None
            last, self._last = self._last, None  # While it is being taken apart it is nobody's version.
            source = document.normalized.data
            version = None
            if last is not None:
                version = last if last.parsed is parsed else _next(last, parsed, source)
            if version is None:
                version = _renewed(parsed, source, last)
            results = version.results(rules, document, run, cancel)
            self._last = version
            return [*results, EngineResult(partial=syntax.errors, parsed=True)]


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


def _renewed(parsed: Parsed, source: bytes, last: Version | None) -> Version:
    """A version made anew, of the chunks that are in the last one and of new ones."""
    repaired = parsed.repaired
    modern = modern_places(parsed.tree.root_node, repaired)
    if last is not None and bool(last.modern) is not bool(modern):
        last = None
    waiting = _by_content(last.chunks if last is not None else ())
    taken: dict[Node, Chunk] = {}
    contents: dict[int, Content] = {}

    def reuse(tree: tree_sitter.Node) -> Node | None:
        start = tree.start_byte
        content = contents[start] = content_of(repaired, source, start, tree.end_byte)
        same = waiting.get(content)
        if not same:
            return None
        chunk = same.pop()
        chunk.go_on()
        chunk.node.base.offset = start
        taken[chunk.node] = chunk
        return chunk.node

    module = lower_module(parsed.tree, repaired, reuse, modern=bool(modern))
    names = resolve(module, last.names if last is not None else None)
    ends = [(node, node.base.offset + len(contents[node.base.offset][0])) for node in names.chunks]
    layout = Layout(module, repaired, ends)
    constants = _constants(layout, names, taken, last.constants if last is not None else None)
    chunks = _chunks(repaired, names, constants, taken, contents)
    facts = Facts() if last is None else last.facts
    return Version(parsed, source, layout, chunks, names, constants, modern, facts)


def _chunks(
    source: bytes,
    names: Names,
    constants: Constants,
    taken: dict[Node, Chunk],
    contents: Mapping[int, Content],
) -> list[Chunk]:
    """The chunks of a version: those taken over where nothing that they depend on changed."""
    renewed = {*names.renewed, *constants.renewed}
    chunks: list[Chunk] = []
    for node in names.chunks:
        written = _written(source, constants.chunks[node])
        chunk = taken.get(node)
        if chunk is None or node in renewed or chunk.written != written:
            content = contents[node.base.offset] if chunk is None else chunk.content
            chunk = Chunk(content, node, written)
        chunks.append(chunk)
    return chunks


def _written(source: bytes, values: Iterable[Node | None]) -> tuple[bytes, ...]:
    spans = (value.span for value in values if value is not None)
    return tuple(source[start:end] for start, end in spans)


def _next(last: Version, parsed: Parsed, source: bytes) -> Version | None:
    """The version after an edit between statements, inside one chunk or at its end; None if it is any other edit.

    Takes the last one apart.
    """
    before = last.parsed
    if before.tree.root_node.has_error or parsed.tree.root_node.has_error:
        return None
    # What is damaged may change without a trace in the repaired text, and the other way round.
    repaired = difference(before.repaired, parsed.repaired)
    edits = [repaired]
    if before.damaged or parsed.damaged:
        edits.append(difference(last.source, source))
    edits = [edit for edit in edits if edit[1:] != (edit[0], edit[0])]
    if _is_blank(before, parsed, repaired) and last.shift(parsed, source, edits):
        return last
    place = _edited_chunk(last.chunks, edits, before.repaired) if edits else None
    return None if place is None else _edited(last, parsed, source, edits, place)


def _is_blank(before: Parsed, after: Parsed, edit: Edit) -> bool:
    """Whether an edit only moves what is behind it: it is made of white space between statements, or in a comment."""
    start, old_end, new_end = edit
    blank = not before.repaired[start:old_end].strip() and not after.repaired[start:new_end].strip()
    old, new = before.tree.walk(), after.tree.walk()
    while True:
        one, other = old.node, new.node
        if one is None or other is None or one.type != other.type or one.child_count != other.child_count:
            return False
        if one.type == "comment":
            return one.start_byte < start and old_end <= one.end_byte
        statements = one.type in _STATEMENTS
        place = old.goto_first_child_for_byte(start)
        if place != new.goto_first_child_for_byte(start):
            return False
        if place is None:
            return blank and statements
        inner, changed = old.node, new.node
        if inner is None or changed is None:
            return False
        by = new_end - old_end
        if inner.start_byte >= old_end:
            same = inner.type == changed.type and inner.start_byte + by == changed.start_byte
            return blank and statements and same and inner.end_byte + by == changed.end_byte
        if inner.start_byte != changed.start_byte or inner.end_byte + by != changed.end_byte:
            return False


def _edited(
    last: Version, parsed: Parsed, source: bytes, edits: Sequence[Edit], place: int
) -> Version | None:
    before, repaired, chunk = last.parsed, parsed.repaired, last.chunks[place]
    by = len(source) - len(last.source)
    offset, end = chunk.node.base.offset, chunk.end
    tree = _same_place(before.tree, parsed.tree, offset, end, by)
    if tree is None or any(repaired[tree.end_byte : edit[2]].strip() for edit in edits):
        return None
    around = (each + by if each >= end else each for each in last.modern if not offset <= each < end)
    modern = (*around, *modern_places(tree, repaired))
    if bool(modern) is not bool(last.modern):
        return None
    lowered = lower_chunk(tree, repaired, modern=bool(modern))
    if not last.layout.replace(chunk.node, place, lowered, end, by):
        return None
    last.modern = modern
    before_names = last.names.chunks[chunk.node]
    for one in last.chunks[place + 1 :]:
        one.node.base.offset += by
    names, constants = last.names, last.constants
    if _leaves(resolve_chunk(names, chunk.node)) != _leaves(before_names):
        # What it imports or assigns changes what names outside of it mean: the rest is made anew.
        last.chunks = [one for one in last.chunks if one is not chunk]
        return None
    propagate_chunk(chunk.node, names, constants)
    for value in constants.known.values():
        if value.base.offset >= end:
            value.base.offset += by
    content = content_of(repaired, source, offset, tree.end_byte)
    made = Chunk(content, chunk.node, _written(repaired, constants.chunks[chunk.node]))
    last.rest.move(lambda at: at + by if at >= end else at)
    last.replace(parsed, source, place, made)
    return last


def _leaves(names: ChunkNames) -> object:
    """What a function does to the names outside of it."""
    return [(name, binding.resolved) for name, binding in names.imports], names.stores


def _constants(
    layout: Layout, names: Names, taken: Mapping[Node, Chunk], before: Constants | None
) -> Constants:
    """The constants of a version: worked out on trees that have none, for one that is there may not give way."""
    _forget(node for node in names.renewed if node in taken)
    for node in layout.nodes:
        node.constant = None
    constants = propagate(layout.module, names, before)
    resolved = {*names.renewed}
    changed = [node for node in constants.renewed if node in taken and node not in resolved]
    if changed:
        _forget(constants.renewed)
        for node in constants.renewed:
            del constants.chunks[node]
        return _constants_again(layout, names, constants)
    return constants


def _constants_again(layout: Layout, names: Names, constants: Constants) -> Constants:
    for node in layout.nodes:
        node.constant = None
    return propagate(layout.module, names, constants)


def _forget(functions: Iterable[Node]) -> None:
    for function in functions:
        for node in function.walk():
            node.constant = None


def _edited_chunk(chunks: Sequence[Chunk], edits: Sequence[Edit], repaired: bytes) -> int | None:
    """Which chunk edits are in, or between which and what comes next they are."""
    first = min(start for start, _, _ in edits)
    place = bisect_left(chunks, first, key=lambda one: one.node.base.offset) - 1
    if place < 0:
        return None
    end = chunks[place].end
    return None if any(repaired[end:old].strip() for _, old, _ in edits) else place


def _same_place(
    before: tree_sitter.Tree, after: tree_sitter.Tree, start: int, end: int, by: int
) -> tree_sitter.Node | None:
    """The function at a place in a new tree, if everything around it is as it was but for where it ends."""
    old, new = before.walk(), after.walk()
    ends: set[int] = set()
    while True:
        one, other = old.node, new.node
        if one is None or other is None or one.type != other.type or one.start_byte != other.start_byte:
            return None
        if one.start_byte == start and one.end_byte == end and one.type in _DEFINITIONS:
            return other if ends <= {other.end_byte} else None
        if one.end_byte == end:
            ends.add(other.end_byte)  # With the function that is the last thing in it.
        elif one.end_byte + by != other.end_byte:
            return None
        if one.child_count != other.child_count:
            return None
        place = old.goto_first_child_for_byte(start)
        if place is None or place != new.goto_first_child_for_byte(start):
            return None


def _by_content(chunks: Sequence[Chunk]) -> dict[Content, list[Chunk]]:
    """Chunks by their bytes, the first of equal ones last."""
    found: dict[Content, list[Chunk]] = {}
    for chunk in reversed(chunks):
        found.setdefault(chunk.content, []).append(chunk)
    return found
