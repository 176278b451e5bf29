"""One version of a text, cut into its functions and the rest, and how an edit inside a function makes the next one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import chain

from secloop.engine.cancel import Cancel
from secloop.engine.native.chunks import Chunk, Part, PartCode, Rest, Run
from secloop.engine.native.compiled import CompiledRule, Rules, Selected
from secloop.engine.native.constants import Constants
from secloop.engine.native.cores import Spanning
from secloop.engine.native.facts import Facts
from secloop.engine.native.formula import Formula
from secloop.engine.native.index import Index
from secloop.engine.native.match import Match, Matcher
from secloop.engine.native.names import Names
from secloop.engine.native.nodes import BLOCK, MODULE, Base, Node
from secloop.engine.native.regexes import RegexTimeout
from secloop.engine.result import EngineResult
from secloop.model import Rule
from secloop.syntax.document import Document
from secloop.syntax.incremental import Edit, Parsed


class Layout:
    """Where the nodes of a text are: those of each function move with it, all others with the gap they start in.

    Attributes:
        module: the tree.
        nodes: those outside of functions.
        bases: those of the gaps between functions.
        around: by a function's node, the nodes around it.
    """

    __slots__ = ("around", "bases", "module", "nodes")

    def __init__(self, module: Node, source: bytes, chunks: Sequence[tuple[Node, int]]) -> None:
        """Gives the gaps bases of their own.

        Args:
            module: as it was lowered: everything outside of functions has a base at 0.
            chunks: the functions, in order, and where each ends.
        """
        self.module = module
        ends = [end for _, end in chunks]
        gaps = zip((0, *ends), (*(node.base.offset for node, _ in chunks), len(source)), strict=True)
        self.bases = [Base(start, source[start:end]) for start, end in gaps]
        self.nodes: list[Node] = []
        self.around: dict[Node, tuple[Node, ...]] = {}
        functions = {node for node, _ in chunks}
        seen: set[int] = set()
        stack: list[tuple[Node, tuple[Node, ...]]] = [(module, ())]
        while stack:
            node, around = stack.pop()
            if node in functions:
                self.around[node] = around
                continue
            if id(node) in seen:
                continue
            seen.add(id(node))
            self.nodes.append(node)
            base = self.bases[bisect_right(ends, node.start)]
            by = base.offset
            node.base = base
            node.start -= by
            node.end -= by
            if node.tokens is not None:
                node.tokens = node.tokens[0] - by, node.tokens[1] - by
            inner = (*around, node)
            stack.extend((child, inner) for child in node.children())

    def replace(self, function: Node, place: int, made: Node, end: int, by: int) -> bool:
        """Put a function's new version in its place; false if it does not fit.

        Its node stays the same object, so that what holds it need not change.

        Args:
            place: of the function among all.
            end: where it ended.
            by: how far what is behind it moves; the function itself may take some white space from there.
        """
        ends = {function.span[1]: made.span[1], function.token_span[1]: made.token_span[1]}
        around = self.around[function]
        moves = [
            (_moved_end(node, node.end, end, by, ends), _moved_token(node, end, by, ends)) for node in around
        ]
        if any(move is None or token is None for move, token in moves):
            return False
        for node, (move, token) in zip(around, moves, strict=True):
            node.end += move or 0
            if node.tokens is not None:
                node.tokens = node.tokens[0], node.tokens[1] + (token or 0)
        for base in self.bases[place + 1 :]:
            base.offset += by
        function.kind, function.text, function.parts = made.kind, made.text, made.parts
        function.start, function.end, function.tokens = made.start, made.end, made.tokens
        function.base = made.base
        return True

    def shift(self, edit: Edit, gap: int, start: int, source: bytes) -> None:
        """Move what is behind an edit of white space or of a comment in a gap.

        Args:
            gap: which one.
            start: where it starts.
            source: its new bytes.
        """
        base, behind = self.bases[gap], frozenset(self.bases[gap + 1 :])
        by = edit[2] - edit[1]
        for node in self.nodes:
            if node.base not in behind:
                offset = node.base.offset
                again = start if node.base is base else offset
                node.start, node.end = _shifted(node.start, node.end, offset, again, edit)
                if node.tokens is not None:
                    node.tokens = _shifted(*node.tokens, offset, again, edit)
        for each in behind:
            each.offset += by
        base.offset, base.source = start, source


def _shifted(first: int, last: int, offset: int, again: int, edit: Edit) -> tuple[int, int]:
    """A range that counts from a place, counted from another one after an edit, of which it is not a part."""
    start, end, new_end = edit
    by = new_end - end
    first, last = first + offset, last + offset
    if first >= end:
        first, last = first + by, last + by
    elif last > start:
        last += by
    return first - again, last - again


def _moved_token(node: Node, end: int, by: int, ends: Mapping[int, int]) -> int | None:
    return 0 if node.tokens is None else _moved_end(node, node.tokens[1], end, by, ends)


def _moved_end(node: Node, relative: int, end: int, by: int, ends: Mapping[int, int]) -> int | None:
    """By how much the end of a node around a function moves: it may be the function's own, which is in ``ends``."""
    place = node.base.offset + relative
    if place >= end:
        return by
    return ends[place] - place if place in ends else None


class Version:
    """One version of a text, ready to be searched.

    Attributes:
        facts: what is so of the text as a whole.
        modern: where it has what only semgrep's second parser reads (``dialect``).
        narrow: the rules that could span functions, but do not here: the same object from version to version.
    """

    def __init__(
        self,
        parsed: Parsed,
        source: bytes,
        layout: Layout,
        chunks: Sequence[Chunk],
        names: Names,
        constants: Constants,
        modern: tuple[int, ...],
        facts: Facts,
    ) -> None:
        """``source`` is the text itself; ``facts`` are those of the version that chunks are taken from."""
        self.parsed = parsed
        self.facts = facts
        self.layout = layout
        self.chunks = list(chunks)
        self.names = names
        self.constants = constants
        self.modern = modern
        self.narrow: Rules = ()
        self.index = Index(layout.module, chunks=[chunk.index for chunk in chunks])
        self.rest = Rest(self.index)
        self._bringing: dict[Formula, Part | None] = {}
        self._go_on(source)
        self._stores_globals = any(chunk.stores for chunk in names.chunks.values())
        self._in_rest: dict[Matcher, list[Match]] = {}
        self._in_chunks: dict[Matcher, dict[Chunk, list[Match]]] = {}
        self._before: dict[Matcher, list[Match]] = {}
        self._counted: dict[Spanning, list[Match]] = {}
        self._counted_before: dict[Spanning, list[Match]] = {}
        self._beginning: dict[Spanning, list[Match]] = {}
        self._around: frozenset[Node] = frozenset()

    @property
    def source(self) -> bytes:
        """The text itself."""
        return self.facts.source

    def _go_on(self, source: bytes) -> None:
        if not self.facts.follow(source):
            self._bringing.clear()
            for part in (self.rest, *self.chunks):
                part.forget()

    def shift(self, parsed: Parsed, source: bytes, edits: Sequence[Edit]) -> bool:
        """Become the next version, in which there is more or less white space; false, and unchanged, if it may not.

        Args:
            edits: of the repaired text, which is of white space or a comment between statements, and of the text.
        """
        first = min((start for start, _, _ in edits), default=0)
        gap = bisect_left(self.chunks, first, key=lambda one: one.node.base.offset)
        begin = self.chunks[gap - 1].end if gap else 0
        stop = self.chunks[gap].node.base.offset if gap < len(self.chunks) else len(self.source)
        for start, end, _ in edits:
            if start < begin or end > stop or self.rest.surrounds(start, end):
                return False
        if parsed.repaired != self.parsed.repaired:
            self._shift(edits[0], gap, begin, parsed.repaired[begin : stop + len(source) - len(self.source)])
        self.parsed = parsed
        self._go_on(source)
        # A comment may be in what a condition reads.
        for known in (self._counted, self._counted_before, self._beginning):
            known.clear()
        return True

    def _shift(self, edit: Edit, gap: int, begin: int, inside: bytes) -> None:
        _, end, new_end = edit
        by = new_end - end
        self.layout.shift(edit, gap, begin, inside)
        for chunk in self.chunks[gap:]:
            chunk.node.base.offset += by
        for value in self.constants.known.values():
            if value.base.offset >= end:
                value.base.offset += by
        self.modern = tuple(place + by if place >= end else place for place in self.modern)
        self.rest.move(lambda place: place + by if place >= end else place)

    def replace(self, parsed: Parsed, source: bytes, place: int, new: Chunk) -> None:
        """Become the next version, in which only one function is another one."""
        old = self.chunks[place]
        self.parsed = parsed
        self.chunks[place] = new
        self._go_on(source)
        self.index = self.rest.index.with_chunks([chunk.index for chunk in self.chunks])
        self.rest.starts = self.index.alone()
        for matcher, found in self._in_chunks.items():
            found.pop(old, None)
            matches = new.matches(matcher)
            if matches:
                found[new] = matches
        for sources, part in list(self._bringing.items()):
            if part is old or (part is None and new.has_source(sources, self.facts)):
                del self._bringing[sources]
        self._before = {**self._before, **self._in_rest}
        self._in_rest = {}
        self._counted_before = {**self._counted_before, **self._counted}
        self._counted = {}
        self._around = self._around.union(self.layout.around[new.node])

    def results(self, rules: Selected, document: Document, run: Run, cancel: Cancel) -> list[EngineResult]:
        """What rules find in it; ``document`` is the same text."""
        facts, parts = self.facts, (self.rest, *self.chunks)
        wanted: set[CompiledRule] = set()
        for part in parts:
            cancel.check()
            part.arrive()
            part.run(rules.local, facts, run)
            wanted.update(part.cores(rules.cored, facts))
        others = (
            *(each for each in rules.cored.pairs if each[1] in wanted or self._brings(each[1])),
            *rules.wide.candidates(self.index),
        )
        whole = PartCode(self.index, facts, self.matches)
        results: list[EngineResult] = []
        narrow: list[tuple[Rule, CompiledRule]] = []
        for rule, made in others:
            cancel.check()
            if self._spans(made):
                results.append(run(rule, made, whole))
            else:
                narrow.append((rule, made))
        if tuple(narrow) != self.narrow:
            self.narrow = tuple(narrow)
        members = rules.local.members.union(made for _, made in narrow)
        for part in parts:
            part.run_also(self.narrow, facts, run)
            part.place(document)
            results += part.found(members)
            part.forget_code()
        return results

    def matches(self, matcher: Matcher) -> list[Match]:
        """Where a pattern matches."""
        in_chunks = self._in_chunks.get(matcher)
        if in_chunks is None:
            pairs = ((chunk, chunk.matches(matcher)) for chunk in self.chunks)
            in_chunks = self._in_chunks[matcher] = {chunk: matches for chunk, matches in pairs if matches}
        found = [*self._starting_in_rest(matcher), *chain.from_iterable(in_chunks.values())]
        found.sort(key=lambda match: match.span)
        return found

    def _spans(self, made: CompiledRule) -> bool:
        """Whether a rule looks at more than one part here."""
        if made.spans is None or any(map(self._is_spanned, made.spans)):
            return True
        return self._brings(made)

    def _is_spanned(self, spanning: Spanning) -> bool:
        """Whether a pattern matches what begins in no function."""
        try:
            return bool(self._counting(spanning))
        except RegexTimeout:
            return True  # Running the rule says so.

    def _counting(self, spanning: Spanning) -> list[Match]:
        """The matches that begin in no function and fulfil the conditions."""
        found = self._counted.get(spanning)
        if found is None:
            found = self._counted[spanning] = self._counted_anew(spanning)
        return found

    def _counted_anew(self, spanning: Spanning) -> list[Match]:
        head = spanning.head
        if head is not None and not self._heads(head):
            return []
        found, before = self._starting_in_rest(spanning.matcher), None
        if not spanning.conditions:
            return found
        if spanning.matcher.pattern.kind is not BLOCK:
            before = self._counted_before.get(spanning)
        kept = [] if before is None else [match for match in before if match.first not in self._around]
        if before is not None:
            found = [match for match in found if match.first in self._around]
        return [*kept, *self._fulfilling(spanning, found)]

    def _heads(self, head: Spanning) -> list[Match]:
        """Where sequences may begin: that stays when functions are edited."""
        found = self._beginning.get(head)
        if found is None:
            found = self._beginning[head] = self._fulfilling(head, self.rest.matches(head.matcher))
        return found

    def _fulfilling(self, spanning: Spanning, matches: list[Match]) -> list[Match]:
        code = self.rest.code(self.facts)
        return [
            match
            for match in matches
            if all(each.holds(match.env, code) is not None for each in spanning.conditions)
        ]

    def _brings(self, made: CompiledRule) -> bool:
        """Whether variables of the module may bring taint, which is seen in all functions."""
        if made.taint is None:
            return False
        sources = made.sources
        if self._stores_globals or sources is None:
            return True
        if sources not in self._bringing:
            parts = (self.rest, *self.chunks)
            found = (part for part in parts if part.has_source(sources, self.facts))
            self._bringing[sources] = next(found, None)
        return self._bringing[sources] is not None

    def _starting_in_rest(self, matcher: Matcher) -> list[Match]:
        if matcher.chunk_local:
            return self.rest.matches(matcher)
        found = self._in_rest.get(matcher)
        if found is None:
            found = self._in_rest[matcher] = self._looked_for(matcher)
        return found

    def _looked_for(self, matcher: Matcher) -> list[Match]:
        before = self._before.get(matcher)
        if before is None or matcher.pattern.kind is BLOCK:
            return matcher.find(self.rest.starts)
        # A statement matches as before, unless a function in it was edited.
        found = [match for match in before if match.first not in self._around]
        found += matcher.find(self.index.only([node for node in self._around if node.kind is not MODULE]))
        found.sort(key=lambda match: match.span)
        return found
