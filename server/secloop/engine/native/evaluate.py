"""Finds the matches of a formula: ranges with what their metavariables are bound to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from secloop.engine.native import nodes as n
from secloop.engine.native.formula import (
    AllFormula,
    AnyFormula,
    AnywhereFormula,
    Formula,
    InsideFormula,
    PatternFormula,
    RegexFormula,
)
from secloop.engine.native.hits import Hit, HitKind, TextBound
from secloop.engine.native.index import Index
from secloop.engine.native.match import Bound, Env, Matcher
from secloop.engine.native.nodes import NAME, Node
from secloop.engine.native.regexes import Regex

if TYPE_CHECKING:
    from secloop.engine.native.taint.units import Units

__all__ = ["Code", "Hit", "HitKind", "evaluate", "united", "within"]

_GROUP: Final = re.compile(r"\$\d+")
_PARENTHESES: Final = re.compile(rb"\([\s(]*")


class Code:
    """A text to search, or a part of it: its tree's index and its bytes; remembers what was found.

    Attributes:
        units: its functions as taint is followed through them, once a rule has asked for that.
    """

    __slots__ = ("_inner", "_matches", "_regexes", "end", "index", "shift", "source", "start", "units")

    def __init__(
        self, index: Index, source: bytes, start: int = 0, end: int | None = None, shift: int = 0
    ) -> None:
        """Make a text ready.

        Args:
            source: the whole text in any case.
            start: from where on regexes look at it.
            end: to where.
            shift: how far behind their place regexes report what they match, see ``inside``.
        """
        self.index = index
        self.source = source
        self.start = start
        self.end = len(source) if end is None else end
        self.shift = shift
        self.units: Units | None = None
        self._matches: dict[Matcher, list[Hit]] = {}
        self._regexes: dict[Regex, list[Hit]] = {}
        self._inner: dict[tuple[int, ...], Code] = {}

    def matches(self, matcher: Matcher) -> list[Hit]:
        """Where a pattern matches."""
        found = self._matches.get(matcher)
        if found is None:
            found = [Hit(*match.span, match.env) for match in matcher.find(self.index)]
            self._matches[matcher] = found
        return found

    def regex_matches(self, regex: Regex) -> list[Hit]:
        """Where a regex matches, with its groups as metavariables: by number, and by name if they have one."""
        found = self._regexes.get(regex)
        if found is None:
            by = self.start + self.shift
            found = self._regexes[regex] = [
                Hit(by + spans[0][0], by + spans[0][1], self._groups(regex, spans), HitKind.REGEX)
                for spans in regex.finditer(self.source[self.start : self.end])
            ]
        return found

    def _groups(self, regex: Regex, spans: Sequence[tuple[int, int]]) -> Env:
        env: dict[str, Bound] = {}
        for number, (name, (low, high)) in enumerate(zip(regex.groups, spans[1:], strict=True), 1):
            if low >= 0:
                start, end = self.start + low, self.start + high
                text = self.source[start:end].decode(errors="replace")
                bound = TextBound(text, start + self.shift, end + self.shift)
                env[f"${number}"] = bound
                if name:
                    env[f"${name}"] = bound
        return env

    def inside(self, nodes: tuple[Node, ...]) -> Code:
        """The code of some nodes.

        semgrep-core has a regex read it with the parentheses around it, and counts from the first token in them.
        """
        key = tuple(map(id, nodes))
        found = self._inner.get(key)
        if found is None:
            spans = [node.span for node in nodes]
            start, end = min(start for start, _ in spans), max(end for _, end in spans)
            own = nodes[0].kind is n.TUPLE or nodes[0].kind is n.COMPREHENSION
            opening = None if own else _PARENTHESES.match(self.source, start)
            shift = opening.end() - start if opening else 0
            found = self._inner[key] = Code(Index(*nodes), self.source, start, end, shift)
        return found

    def imported(self, inner: Code, whole: Hit) -> Code:
        """The code of a name that an import gave: also the full name, which is as wide as ``whole``."""
        return _Imported(inner, whole)


class _Imported(Code):
    """An imported name: what matches the full name matches once more, in a wider range."""

    __slots__ = ("_whole",)

    def __init__(self, inner: Code, whole: Hit) -> None:
        super().__init__(inner.index, inner.source, inner.start, inner.end)
        self._whole = whole

    def matches(self, matcher: Matcher) -> list[Hit]:
        """See ``Code.matches``."""
        hits = super().matches(matcher)
        if matcher.pattern.kind is NAME:
            return hits
        wider = [Hit(self._whole.start, self._whole.end, hit.env) for hit in hits]
        return [*hits, *wider]


def evaluate(formula: Formula, code: Code, context: Hit | None = None) -> list[Hit]:
    """The matches of a formula, without duplicates.

    Args:
        context: the range that the code is, with bindings that matches must agree with; for code in code.

    Raises:
        NotCode: if a condition cannot be decided.
        RegexTimeout: if a regex takes too long.
        StepsExceeded: if a pattern takes too many steps.
    """
    if isinstance(formula, PatternFormula):
        hits = code.matches(formula.matcher)
    elif isinstance(formula, RegexFormula):
        hits = code.regex_matches(formula.regex)
    elif isinstance(formula, AnyFormula):
        hits = [hit for choice in formula.likely(code.index) for hit in evaluate(choice, code, context)]
    elif isinstance(formula, InsideFormula):
        kind = HitKind.ANYWHERE if isinstance(formula, AnywhereFormula) else HitKind.INSIDE
        inner = evaluate(formula.inner, code, context)
        hits = [Hit(hit.start, hit.end, hit.env, kind) for hit in inner]
    else:
        assert isinstance(formula, AllFormula)
        hits = _all(formula, code, context)
    if formula.conditions:
        hits = [each for hit in hits for each in _where(formula, hit, code)]
    for names in formula.focus:
        hits = _focused(hits, names)
    return hits


def _all(formula: AllFormula, code: Code, context: Hit | None) -> list[Hit]:
    by_part: dict[int, list[Hit]] = {}
    # Regexes read the whole text each time: where nothing else matches they need not.
    for place in sorted(range(len(formula.positives)), key=lambda at: formula.positives[at].reads_text):
        found = by_part[place] = evaluate(formula.positives[place], code, context)
        if not found:
            return []
    lists = [by_part[place] for place in range(len(by_part))]
    hits = _conjunction(formula.positives, lists) if lists else [context] if context is not None else []
    if context is not None and lists:
        hits = [
            Hit(hit.start, hit.end, env, hit.kind)
            for hit in hits
            if (env := within(hit.env, context.env)) is not None
        ]
    for part in formula.negatives:
        if not hits:
            return []
        if part.possible(code.index):
            hits = _without(hits, evaluate(part, code, context))
    return hits


def _conjunction(parts: Sequence[Formula], lists: list[list[Hit]]) -> list[Hit]:
    """What survives in all lists: the last one first, and those of ``inside`` after the others, as semgrep-core does.

    That matters where ranges overlap without one being in the other. A pattern that is but a metavariable, the first
    of such, comes last of all and selects what lies in what the others match.
    """
    plain: list[list[Hit]] = []
    inside: list[list[Hit]] = []
    selecting: list[Hit] | None = None
    for part, hits in zip(parts, lists, strict=True):
        if selecting is None and len(parts) > 1 and isinstance(part, PatternFormula) and part.selects:
            selecting = hits
        else:
            (inside if hits[0].kind is HitKind.INSIDE else plain).append(hits)
    found: list[Hit] | None = None
    for hits in (*reversed(plain), *reversed(inside)):
        found = hits if found is None else _intersection(found, hits)
    assert found is not None
    return found if selecting is None else _intersection(_within(selecting, found), found)


def _within(hits: list[Hit], ranges: list[Hit]) -> list[Hit]:
    """Those that lie in one of the ranges."""
    ranges = sorted(ranges, key=lambda each: each.start)
    starts = [each.start for each in ranges]
    ends = list(accumulate((each.end for each in ranges), max))
    return [hit for hit in hits if (at := bisect_right(starts, hit.start)) and hit.end <= ends[at - 1]]


def _intersection(left: list[Hit], right: list[Hit]) -> list[Hit]:
    """Of each pair of which one lies in the other, the inner one, with the bindings of both."""
    found: list[Hit] = []
    for one, other in _pairs(left, right):
        for inner, outer in ((one, other), (other, one)):
            if inner.kind is HitKind.INSIDE and outer.kind is not HitKind.INSIDE:
                continue
            if _lies_in(inner, outer):
                env = united(inner.env, outer.env)
                if env is not None:
                    found.append(Hit(inner.start, inner.end, env, inner.kind))
    return _distinct(found)


def _pairs(left: list[Hit], right: list[Hit]) -> Iterable[tuple[Hit, Hit]]:
    """The pairs that may lie in one another."""
    if any(hit.kind is HitKind.ANYWHERE for hits in (left, right) for hit in hits):
        yield from ((one, other) for one in left for other in right)
        return
    events = [(hit.start, -hit.end, side, hit) for side, hits in enumerate((left, right)) for hit in hits]
    events.sort(key=lambda event: event[:3])
    open_: tuple[list[Hit], list[Hit]] = ([], [])
    for _, _, side, hit in events:
        around = open_[1 - side]
        if around:
            around[:] = [each for each in around if each.end >= hit.start]
            for each in around:
                if each.end >= hit.end:
                    yield (hit, each) if side == 0 else (each, hit)
        open_[side].append(hit)


def united(env: Env, other: Env) -> Env | None:
    """The bindings of both, None if they disagree. Numbered groups of regexes may, the first one's hold."""
    if not other or env is other:
        return env
    for name, bound in other.items():
        mine = env.get(name)
        if mine is not None and mine is not bound and not _GROUP.fullmatch(name) and not mine.equals(bound):
            return None
    return {**other, **env}


def within(env: Env, context: Env) -> Env | None:
    """Bindings of a match in code that is bound, with those around it; what regexes bind there need not agree."""
    if any(name in context and isinstance(bound, TextBound) for name, bound in env.items()):
        env = {
            name: bound
            for name, bound in env.items()
            if name not in context or not isinstance(bound, TextBound)
        }
    return united(env, context)


def _without(hits: list[Hit], negatives: list[Hit]) -> list[Hit]:
    if not negatives:
        return hits
    equal: dict[tuple[int, int], list[Hit]] = {}
    others: list[Hit] = []
    for negative in negatives:
        if negative.kind is HitKind.PLAIN:
            equal.setdefault((negative.start, negative.end), []).append(negative)
        else:
            others.append(negative)
    kept: list[Hit] = []
    for hit in hits:
        plain = equal.get((hit.start, hit.end), ())
        if hit.kind is HitKind.ANYWHERE:
            plain = [each for each in negatives if each.kind is HitKind.PLAIN and _lies_in(hit, each)]
        around = (each for each in others if _excludes(each, hit))
        if all(united(hit.env, each.env) is None for each in (*plain, *around)):
            kept.append(hit)
    return kept


def _lies_in(inner: Hit, outer: Hit) -> bool:
    return outer.kind is HitKind.ANYWHERE or (outer.start <= inner.start and inner.end <= outer.end)


def _excludes(negative: Hit, hit: Hit) -> bool:
    """Whether a range takes a match away, by where they are; of a plain one that is if both lie in one another."""
    return _lies_in(hit, negative) or (negative.kind is HitKind.REGEX and _lies_in(negative, hit))


def _where(formula: Formula, hit: Hit, code: Code) -> list[Hit]:
    """The match once for each way in which its conditions bind more, each condition for itself."""
    additions: list[dict[str, Bound]] = []
    for condition in formula.conditions:
        added = condition.holds(hit.env, code)
        if added is None:
            return []
        additions += added
    if not additions:
        return [hit]
    return [Hit(hit.start, hit.end, _extended(hit.env, each), hit.kind) for each in additions]


def _extended(env: Env, added: dict[str, Bound]) -> Env:
    """With what a condition binds, which comes before what was bound by that name."""
    extended = {**env, **added}
    for name, bound in added.items():
        if name in env and isinstance(bound, TextBound):
            extended[name] = TextBound(bound.text, bound.start, bound.end, env[name])
    return extended


def _focused(hits: list[Hit], names: tuple[str, ...]) -> list[Hit]:
    """The ranges of metavariables in the matches, or the match where that lies in the metavariable's range."""
    found: list[Hit] = []
    for hit in hits:
        for name in names:
            bound = hit.env.get(name)
            span = bound.span if bound is not None else None
            if span is None:
                continue
            if hit.start <= span[0] and span[1] <= hit.end:
                found.append(Hit(*span, hit.env))
            elif span[0] <= hit.start and hit.end <= span[1]:
                found.append(Hit(hit.start, hit.end, hit.env))
    return found


def _distinct(hits: list[Hit]) -> list[Hit]:
    """Each range with each set of bindings once, in the order of the first ones."""
    if len(hits) < 2:
        return hits
    kept: dict[object, Hit] = {}
    for hit in hits:
        bindings = frozenset((name, bound.kind, bound.span, bound.text) for name, bound in hit.env.items())
        kept.setdefault((hit.start, hit.end, hit.kind, bindings), hit)
    return list(kept.values())
