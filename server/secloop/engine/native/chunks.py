"""A part of a text that rules are run on by itself, with what they found in it: a function, or all that is in none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from secloop.engine.native.compiled import CompiledRule, Rules, RuleTable
from secloop.engine.native.conditions import NotCode
from secloop.engine.native.cores import AllCore, AnyCore
from secloop.engine.native.evaluate import Code, evaluate
from secloop.engine.native.facts import Facts
from secloop.engine.native.formula import Formula
from secloop.engine.native.hits import Hit, HitKind
from secloop.engine.native.index import Index
from secloop.engine.native.match import Match, Matcher, StepsExceeded
from secloop.engine.native.nodes import Node
from secloop.engine.native.regexes import Regex, RegexTimeout
from secloop.engine.result import NOTHING, EngineResult, Found, placed
from secloop.model import Rule
from secloop.syntax.document import Document

Run = Callable[[Rule, CompiledRule, Code], EngineResult]
"""Runs a rule on code."""


Content = tuple[bytes, bytes]
"""The bytes of a part of the repaired text, and of the text itself."""


def content_of(repaired: bytes, source: bytes, start: int, end: int) -> Content:
    """The content between two places."""
    content = repaired[start:end]
    return content, content if repaired is source else source[start:end]


class Part(ABC):
    """A part of a text, and what was found in it: kept for as long as nothing in it changes, nor what it sees.

    Attributes:
        index: of its tree.
    """

    __slots__ = (
        "_also",
        "_code",
        "_cored",
        "_cores",
        "_local",
        "_matches",
        "_ran",
        "_results",
        "_sources",
        "_unplaced",
        "index",
    )

    def __init__(self, index: Index) -> None:
        self.index = index
        self._unplaced = False
        self._code: PartCode | None = None
        self._sources: dict[Formula, bool] = {}
        self._local: RuleTable | None = None
        self._also: Rules | None = None
        self._cored: RuleTable | None = None
        self._cores: tuple[CompiledRule, ...] = ()
        self._ran: set[CompiledRule] = set()
        self._results: dict[CompiledRule, EngineResult] = {}
        self._matches: dict[Matcher, list[Match]] = {}

    def matches(self, matcher: Matcher) -> list[Match]:
        """Where a pattern matches in it."""
        found = self._matches.get(matcher)
        if found is None:
            found = self._matches[matcher] = matcher.find(self.index)
        return found

    def forget(self) -> None:
        """Let go of all that rules found, since the text around it is another one to them."""
        self._local = self._also = self._cored = None
        self._sources.clear()
        self._ran.clear()
        self._results.clear()

    def run(self, rules: RuleTable, facts: Facts, run: Run) -> None:
        """Have what rules find in it."""
        if self._local is not rules:
            kept = [self._run(*each, facts, run) for each in rules.candidates(self.index)]
            self._local = rules if all(kept) else None

    def run_also(self, rules: Rules, facts: Facts, run: Run) -> None:
        """Likewise for some more rules; pass the same object for the same ones."""
        if self._also is not rules:
            kept = [self._run(*each, facts, run) for each in rules]
            self._also = rules if all(kept) else None

    def found(self, members: Collection[CompiledRule]) -> Iterable[EngineResult]:
        """What some of those rules found in it, those left out that found nothing."""
        return [result for made, result in self._results.items() if made in members]

    def cores(self, rules: RuleTable, facts: Facts) -> Sequence[CompiledRule]:
        """The rules whose core matches in it."""
        if self._cored is not rules:
            code, known = self.code(facts), dict[Formula, bool]()
            made = (made for _, made in rules.candidates(self.index))
            self._cores = tuple(each for each in made if each.core and _core_matches(each.core, code, known))
            self._cored = rules
        return self._cores

    def _run(self, rule: Rule, made: CompiledRule, facts: Facts, run: Run) -> bool:
        """Have the result of a rule; returns whether it can be kept: it cannot if it names a place elsewhere."""
        if made in self._ran:
            return True
        if not made.formula.possible(self.index):
            self._ran.add(made)
            return True
        result = run(rule, made, self.code(facts))
        self._unplaced = True
        if result is NOTHING:
            self._results.pop(made, None)
        else:
            self._results[made] = result
            if not all(self.holds(*place) for found in result.found for place in _places(found)):
                return False
        self._ran.add(made)
        return True

    def has_source(self, sources: Formula, facts: Facts) -> bool:
        """Whether sources match in here outside of functions: what functions see of them is not here."""
        known = self._sources.get(sources)
        if known is None:
            known = self._sources[sources] = _matches(sources, self.code(facts), self._outside())
        return known

    def _outside(self) -> int | None:
        """Where that begins which is in a function, None if nothing is."""
        return None

    def forget_code(self) -> None:
        """Let go of what is of use for one version only."""
        self._code = None

    def code(self, facts: Facts) -> Code:
        """It as rules search it, where it is now."""
        if self._code is None or self._code.source is not facts.source:
            self._code = PartCode(self.index, facts, self.matches)
        return self._code

    @abstractmethod
    def holds(self, start: int, end: int) -> bool:
        """Whether a place moves with this part."""

    @abstractmethod
    def arrive(self) -> None:
        """Take the results to where this part is now."""

    def place(self, document: Document) -> None:
        """Have the places of all matches (``result.placed``)."""
        if self._unplaced:
            self._results = {made: placed(document, result) for made, result in self._results.items()}
            self._unplaced = False

    def move(self, position: Callable[[int], int]) -> None:
        """Take the results to where they are now."""
        if self._results:
            self._results = {made: moved(result, position) for made, result in self._results.items()}


class Chunk(Part):
    """A function that is in no other one.

    Attributes:
        content: its bytes, see `content_of`.
        node: its tree.
        written: how the constants that it can see are written, which is what messages show of them.
    """

    __slots__ = ("_at", "content", "node", "written")

    def __init__(self, content: Content, node: Node, written: tuple[bytes, ...]) -> None:
        super().__init__(Index(node))
        self.content = content
        self.node = node
        self.written = written
        self._at = node.base.offset

    def arrive(self) -> None:
        """See ``Part.arrive``."""
        by = self.node.base.offset - self._at
        if by:
            self.move(lambda place: place + by)
            self._at += by

    def go_on(self) -> None:
        """Let go of what a new tree around it makes doubtful.

        What is bound in a match may be the literal that a name is worth, in a tree of before; a class may be around
        it that was not.
        """
        if self.written:
            self._matches.clear()
        if self._results:
            self._results = {made: _unplaced(result) for made, result in self._results.items()}
            self._unplaced = True

    def holds(self, start: int, end: int) -> bool:
        """See ``Part.holds``."""
        return self._at <= start and end <= self._at + self.size

    def _outside(self) -> int | None:
        decorators = self.node.parts[3]
        assert isinstance(decorators, tuple)
        return max((each.span[1] for each in decorators), default=0)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.content[0])

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.node.base.offset + self.size


class Rest(Part):
    """All that is in no function.

    Attributes:
        starts: to look for what begins here and may go on in a function.
    """

    __slots__ = ("starts",)

    def __init__(self, index: Index) -> None:
        super().__init__(index.without())
        self.starts = index.alone()

    def holds(self, start: int, end: int) -> bool:
        """See ``Part.holds``: nothing that is found in here names a place in a function."""
        return True

    def arrive(self) -> None:
        """See ``Part.arrive``: an edit has moved them already."""

    def surrounds(self, start: int, end: int) -> bool:
        """Whether a range is in, or touches, something that was found."""
        places = (
            place for result in self._results.values() for found in result.found for place in _places(found)
        )
        return any(first <= end and start <= last for first, last in places)

    def _run(self, rule: Rule, made: CompiledRule, facts: Facts, run: Run) -> bool:
        """See ``Part._run``: a taint rule finds nothing without a source."""
        return made.taint is not None or super()._run(rule, made, facts, run)


class PartCode(Code):
    """Code whose matches are looked up elsewhere, and what is so of the whole text."""

    __slots__ = ("_facts", "_look_up")

    def __init__(self, index: Index, facts: Facts, look_up: Callable[[Matcher], list[Match]]) -> None:
        super().__init__(index, facts.source)
        self._facts = facts
        self._look_up = look_up

    def matches(self, matcher: Matcher) -> list[Hit]:
        """See ``Code.matches``."""
        found = self._matches.get(matcher)
        if found is None:
            found = self._matches[matcher] = [Hit(*match.span, match.env) for match in self._look_up(matcher)]
        return found

    def regex_matches(self, regex: Regex) -> list[Hit]:
        """See ``Code.regex_matches``."""
        if regex.somewhere is None:
            return super().regex_matches(regex)
        return [Hit(0, len(self.source), {}, HitKind.REGEX)] if self._facts.hold(regex) else []


def _core_matches(formula: Formula, code: Code, known: dict[Formula, bool]) -> bool:
    """Whether a core matches, or cannot be decided; the parts that several rules have are ``known`` then."""
    if isinstance(formula, AllCore):
        if any(known.get(part) is False for part in formula.positives):
            return False
        return all(_core_matches(part, code, known) for part in formula.positives)
    found = known.get(formula)
    if found is None:
        found = known[formula] = _matches(formula, code)
    return found


def _matches(formula: Formula, code: Code, before: int | None = None) -> bool:
    """Whether a core matches, or cannot be decided; only matches that begin before a place count."""
    if before == 0 or not formula.possible(code.index):
        return False
    if isinstance(formula, AnyCore):
        return any(_matches(choice, code, before) for choice in formula.likely(code.index))
    if isinstance(formula, AllCore):
        return all(_matches(part, code, before) for part in formula.positives)
    try:
        return any(before is None or hit.start < before for hit in evaluate(formula, code))
    except (NotCode, StepsExceeded, RegexTimeout):
        return True  # Running the rule says so.


def moved(result: EngineResult, position: Callable[[int], int]) -> EngineResult:
    """A result in a text in which things have moved."""
    return EngineResult(tuple(_moved(found, position) for found in result.found), result.failures)


def _moved(found: Found, position: Callable[[int], int]) -> Found:
    return Found(
        position(found.start),
        position(found.end),
        found.rule_id,
        found.message,
        tuple(
            (name, content, position(start), position(end)) if start >= 0 else (name, content, start, end)
            for name, content, start, end in found.metavariables
        ),
        tuple((kind, position(start), position(end), content) for kind, start, end, content in found.trace),
        found.place,
    )


def _unplaced(result: EngineResult) -> EngineResult:
    return EngineResult(tuple(replace(found, place=None) for found in result.found), result.failures)


def _places(found: Found) -> Iterable[tuple[int, int]]:
    yield found.start, found.end
    yield from ((start, end) for _, _, start, end in found.metavariables if start >= 0)
    yield from ((start, end) for _, start, end, _ in found.trace)
