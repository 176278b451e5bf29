"""What a rule asks for: patterns and regexes, and how their matches are combined; which words of code each needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from secloop.engine.native import nodes as n
from secloop.engine.native.conditions import Condition, PatternCondition, RegexCondition
from secloop.engine.native.match import Matcher
from secloop.engine.native.match_anchors import is_expression
from secloop.engine.native.nodes import Node
from secloop.engine.native.regexes import Regex

if TYPE_CHECKING:
    from secloop.engine.native.index import Index


class Formula:
    """A formula; ``evaluate.evaluate`` finds its matches.

    Attributes:
        conditions: what the bindings of each match must fulfil.
        focus: sets of metavariables, to one of each of which a match is narrowed.

    Both are complete before anything else is asked of it.
    """

    __slots__ = ("_needs", "conditions", "focus")

    def __init__(self) -> None:
        self.conditions: tuple[Condition, ...] = ()
        self.focus: tuple[tuple[str, ...], ...] = ()
        self._needs: _Needs | None = None

    @property
    def parts(self) -> tuple[Formula, ...]:
        """The formulas in it."""
        return ()

    @property
    def reads_text(self) -> bool:
        """Whether a regex is in it, which reads the whole text."""
        return self._known.reads_text

    @property
    def required(self) -> frozenset[str]:
        """Words that code must hold, every one of them, for a match."""
        return self._known.required

    @property
    def words(self) -> frozenset[str] | None:
        """Words of which code must hold one for a match; None if that cannot be said."""
        return self._known.words

    @property
    def _known(self) -> _Needs:
        if self._needs is None:
            self._needs = _Needs(self)
        return self._needs

    def possible(self, index: Index) -> bool:
        """Whether a match is possible, by the words in an index."""
        return self._has_words(index) and all(part.possible(index) for part in self.parts)

    def _has_words(self, index: Index) -> bool:
        needs = self._needs or self._known
        words = index.words
        return needs.required <= words and (needs.words is None or not needs.words.isdisjoint(words))


class PatternFormula(Formula):
    """The matches of a code pattern."""

    __slots__ = ("matcher", "text")

    def __init__(self, text: str, matcher: Matcher) -> None:
        super().__init__()
        self.text = text
        self.matcher = matcher

    @property
    def selects(self) -> bool:
        """Whether it is a metavariable alone, which selects from what the others of a conjunction match."""
        pattern = self.matcher.pattern
        inner = pattern.parts[0] if pattern.kind is n.EXPRESSION else pattern
        alone = isinstance(inner, Node) and inner.kind is n.METAVARIABLE
        return alone and not self.conditions and not self.focus

    def possible(self, index: Index) -> bool:
        """See ``Formula.possible``."""
        return self._has_words(index)


class RegexFormula(Formula):
    """The matches of a regex in the text."""

    __slots__ = ("regex",)

    def __init__(self, regex: Regex) -> None:
        super().__init__()
        self.regex = regex

    @property
    def of_all(self) -> bool:
        """Whether it matches a text as a whole or not at all."""
        return self.regex.somewhere is not None


class AllFormula(Formula):
    """What lies in matches of all positive parts, and is none of the negative ones."""

    __slots__ = ("negatives", "positives")

    def __init__(self, positives: tuple[Formula, ...], negatives: tuple[Formula, ...]) -> None:
        super().__init__()
        self.positives = positives
        self.negatives = negatives

    @property
    def parts(self) -> tuple[Formula, ...]:
        """The formulas that must match."""
        return self.positives


class AnyFormula(Formula):
    """The matches of all parts."""

    __slots__ = ("_by_words", "choices")

    def __init__(self, choices: tuple[Formula, ...]) -> None:
        super().__init__()
        self.choices = choices
        self._by_words: ByWords | None = None

    @property
    def parts(self) -> tuple[Formula, ...]:
        """The formulas of which one must match."""
        return self.choices

    def possible(self, index: Index) -> bool:
        """See ``Formula.possible``."""
        return self._has_words(index) and any(True for _ in self._likely(index))

    def likely(self, index: Index) -> list[Formula]:
        """The choices of which a match is possible, by the words in an index."""
        return [self.choices[place] for place in sorted(self._likely(index))]

    def _likely(self, index: Index) -> Iterator[int]:
        if self._by_words is None:
            self._by_words = ByWords(self.choices)
        return self._by_words.possible(index)


class ByWords:
    """Formulas by the words that code must hold for a match of each, so that few are asked whether it is possible."""

    __slots__ = ("_always", "_by_word", "_formulas", "_words")

    def __init__(self, formulas: Sequence[Formula]) -> None:
        self._formulas = formulas
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        for place, formula in enumerate(formulas):
            needed = formula.words
            if needed is None:
                self._always.append(place)
            for word in sorted(needed or ()):
                self._by_word.setdefault(word, []).append(place)
        self._words = frozenset(self._by_word)

    def possible(self, index: Index) -> Iterator[int]:
        """The places of those of which a match is possible, in no order."""
        found = set(self._always)
        for word in self._words & index.words:
            found.update(self._by_word[word])
        formulas = self._formulas
        return (place for place in found if formulas[place].possible(index))


class InsideFormula(Formula):
    """Ranges that other matches must lie in."""

    __slots__ = ("inner",)

    def __init__(self, inner: Formula) -> None:
        super().__init__()
        self.inner = inner

    @property
    def parts(self) -> tuple[Formula, ...]:
        """The formula whose matches these ranges are."""
        return (self.inner,)


class AnywhereFormula(InsideFormula):
    """Matches that need only agree in their metavariables, wherever they are."""

    __slots__ = ()


def formulas(formula: Formula) -> Iterator[Formula]:
    """A formula and all in it, those of conditions too."""
    yield formula
    inner = [*formula.parts, *(formula.negatives if isinstance(formula, AllFormula) else ())]
    inner += (each.formula for each in formula.conditions if isinstance(each, PatternCondition))
    for part in inner:
        yield from formulas(part)


class _Needs:
    """What a formula needs of code, see there: worked out once, when it is complete."""

    __slots__ = ("reads_text", "required", "words")

    def __init__(self, formula: Formula) -> None:
        self.reads_text = isinstance(formula, RegexFormula) or any(part.reads_text for part in formula.parts)
        self.required = _required(formula)
        self.words = _words(formula)


def _words(formula: Formula) -> frozenset[str] | None:
    """See ``Formula.words``."""
    found = [_own_words(formula), *(part.words for part in _looked_for(formula)), *_named(formula)]
    known = [part for part in found if part is not None]
    return max(known, key=_rarities, default=None)


def _own_words(formula: Formula) -> frozenset[str] | None:
    """Likewise, whatever its conditions are."""
    if isinstance(formula, PatternFormula):
        needed = formula.matcher.anchors.words
        return frozenset((max(needed, key=_rarity),)) if needed else None
    inner = [part.words for part in formula.parts]
    known = [part for part in inner if part is not None]
    if isinstance(formula, AnyFormula):
        return frozenset[str]().union(*known) if len(known) == len(inner) else None
    return max(known, key=_rarities, default=None)


def _rarity(word: str) -> tuple[bool, int, str]:
    """What grows as fewer code holds a word: a name is rarer than a kind of node, a long one than a short one."""
    return not word.startswith("<"), len(word), word


def _rarities(needed: frozenset[str]) -> tuple[object, ...]:
    """Likewise of words of which one must be there: that of the most common one, then there being few."""
    return min(map(_rarity, needed), default=(True, 0, ""))[0], -len(needed), sorted(needed)


def _required(formula: Formula) -> frozenset[str]:
    """See ``Formula.required``."""
    return _own_required(formula).union(*(part.required for part in _looked_for(formula)))


def _own_required(formula: Formula) -> frozenset[str]:
    """Likewise, whatever its conditions are."""
    if isinstance(formula, PatternFormula):
        return frozenset(formula.matcher.anchors.words)
    inner = [part.required for part in formula.parts]
    if isinstance(formula, AnyFormula):
        return frozenset.intersection(*inner) if inner else frozenset()
    return frozenset[str]().union(*inner)


def _looked_for(formula: Formula) -> list[Formula]:
    """What must match in the code of its metavariables: of those that are bound to code in any case.

    Of any other one it is an error to look for something in it, whatever the words of the code are.
    """
    return [
        each.formula
        for each in formula.conditions
        if isinstance(each, PatternCondition) and _binds_code(formula, each.metavariable)
    ]


def _named(formula: Formula) -> list[frozenset[str]]:
    """The names of which its metavariables must be one each: of those that are bound to code."""
    conditions = [each for each in formula.conditions if isinstance(each, RegexCondition) and each.names]
    if not conditions or any(map(_binds_text, formulas(formula))):
        return []
    return [each.names for each in conditions if each.names and _never_quoted(formula, each.metavariable)]


def _binds_text(formula: Formula) -> bool:
    """Whether metavariables may be bound to groups of a regex."""
    return isinstance(formula, RegexFormula) and not formula.of_all


def _never_quoted(formula: Formula, name: str) -> bool:
    """Whether the patterns of a formula bind a metavariable to code alone: what is between quotes is text."""
    patterns = [part.matcher.pattern for part in formulas(formula) if isinstance(part, PatternFormula)]
    strings = (part.text for each in patterns for part in each.walk() if part.kind is n.STRING)
    return not any(name in text for text in strings)


def _binds_code(formula: Formula, name: str) -> bool:
    """Whether the patterns of a formula bind a metavariable to nothing but expressions."""
    if name.startswith("$..."):
        return False
    patterns = [part.matcher for part in formulas(formula) if isinstance(part, PatternFormula)]
    return all(_is_expression(each.pattern, name) for each in patterns if name in each.metavariables)


def _is_expression(pattern: Node, name: str) -> bool:
    """Whether a metavariable is bound in expressions, or decorators, alone; what is between quotes is text."""
    if any(part.kind is n.STRING and name in part.text for part in pattern.walk()):
        return False
    if pattern.kind is n.EXPRESSION or is_expression(pattern):
        return True
    decorators = [part for part in pattern.walk() if part.kind is n.DECORATOR]
    inside = sum(_occurrences(each, name) for each in decorators)
    return inside == _occurrences(pattern, name)


def _occurrences(pattern: Node, name: str) -> int:
    return sum(part.kind is n.METAVARIABLE and part.text == name for part in pattern.walk())
