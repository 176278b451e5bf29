"""Conditions on what the metavariables of a match are bound to."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.comparison import Comparison, NoText, constant_text, written
from secloop.engine.native.errors import InvalidPattern, Unsupported
from secloop.engine.native.hits import TextBound
from secloop.engine.native.match import Bound, BoundKind, Env, Matcher
from secloop.engine.native.nodes import Node
from secloop.engine.native.regexes import Regex, Spans, compile_regex
from secloop.rules.regex_words import whole_words

if TYPE_CHECKING:
    from secloop.engine.native.evaluate import Code
    from secloop.engine.native.formula import Formula

Additions: TypeAlias = "list[dict[str, Bound]]"
"""What a condition that holds binds besides, in each way that it holds; empty if it binds nothing."""


class NotCode(Exception):
    """A metavariable is bound to nothing that could be searched, which is an error of the rule."""


class Condition(ABC):
    """A condition.

    Attributes:
        metavariable: what it is about, "" if it names none.
    """

    __slots__ = ("metavariable",)

    def __init__(self, metavariable: str) -> None:
        self.metavariable = metavariable

    @abstractmethod
    def holds(self, env: Env, code: Code) -> Additions | None:
        """What it binds besides if it holds, else None.

        Raises:
            NotCode: if it cannot be decided.
            RegexTimeout: if a regex takes too long.
        """


class RegexCondition(Condition):
    """``metavariable-regex``: the source text, or the constant value, starts with what a regex matches.

    Attributes:
        propagates: whether a constant value counts.
        names: the source texts of which it must be one, if those are names, and few.
    """

    __slots__ = ("names", "propagates", "regex")

    def __init__(
        self, metavariable: str, regex: Regex, propagates: bool, names: frozenset[str] | None
    ) -> None:
        super().__init__(metavariable)
        self.regex = regex
        self.propagates = propagates
        self.names = names

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> RegexCondition:
        """Compile what stands under ``metavariable-regex``."""
        name, regex = _metavariable(value), value.get("regex")
        if not isinstance(regex, str):
            raise InvalidPattern("metavariable-regex without regex")
        propagates = value.get("constant-propagation") is True
        names = None if propagates else whole_words(regex)
        if names is not None and not all(map(_is_name, names)):
            names = None
        return cls(name, compile_regex(regex, multiline=False), propagates, names)

    def holds(self, env: Env, code: Code) -> Additions | None:
        """See ``Condition.holds``."""
        bound = env.get(self.metavariable)
        if bound is None or bound.span is None:
            return None
        start, _ = bound.span
        try:
            text = constant_text(bound) if self.propagates else None
        except NoText:
            return None
        data = (written(bound, code.source) if text is None else text).encode()
        if not self.regex.groups:
            return None if self.regex.match(data) is None else []
        matches = list(self.regex.matches_in_a_row(data))
        if not matches:
            return None
        added = [self._groups(spans, data, start) for spans in matches]
        return [groups for groups in added if groups]

    def _groups(self, spans: Spans, data: bytes, start: int) -> dict[str, Bound]:
        groups: dict[str, Bound] = {}
        for number, (name, (low, high)) in enumerate(zip(self.regex.groups, spans[1:], strict=True), 1):
            if low >= 0:
                group = data[low:high].decode(errors="replace")
                # semgrep-core counts the place of a numbered group within the text that the regex is matched against.
                groups[f"${number}"] = TextBound(group, low, high)
                if name:
                    groups[f"${name}"] = TextBound(group, start + low, start + high)
        return groups


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier() and not iskeyword(text)


class ComparisonCondition(Condition):
    """``metavariable-comparison``."""

    __slots__ = ("comparison",)

    def __init__(self, metavariable: str, comparison: Comparison) -> None:
        super().__init__(metavariable)
        self.comparison = comparison

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> ComparisonCondition:
        """Compile what stands under ``metavariable-comparison``."""
        text, name, strip = value.get("comparison"), value.get("metavariable", ""), value.get("strip", False)
        if not isinstance(text, str):
            raise InvalidPattern("metavariable-comparison without comparison")
        # `base` changes nothing: semgrep-core reads each number in the base that it is written in.
        if strip and not name:
            raise InvalidPattern("metavariable-comparison with strip and no metavariable")
        return cls(name, Comparison(text, name if strip else None))

    def holds(self, env: Env, code: Code) -> Additions | None:
        """See ``Condition.holds``."""
        return [] if self.comparison.holds(env, code.source) else None


class TypeCondition(Condition):
    """``metavariable-type``: an expression is known to have one of several types."""

    __slots__ = ("matchers", "types")

    def __init__(self, metavariable: str, types: tuple[str, ...], matchers: tuple[Matcher, ...]) -> None:
        super().__init__(metavariable)
        self.types = types
        self.matchers = matchers

    def holds(self, env: Env, code: Code) -> Additions | None:
        """See ``Condition.holds``."""
        bound = env.get(self.metavariable)
        if bound is None or bound.kind not in _EVALUATED or len(bound.nodes) != 1:
            return None
        (node,) = bound.nodes
        index = code.inside(bound.nodes).index
        for matcher in self.matchers:
            if any(match.first is node and match.last is node for match in matcher.find(index)):
                return []
        return None


class PatternCondition(Condition):
    """``metavariable-pattern``: a formula matches in the code."""

    __slots__ = ("formula",)

    def __init__(self, metavariable: str, formula: Formula) -> None:
        super().__init__(metavariable)
        self.formula = formula

    def holds(self, env: Env, code: Code) -> Additions | None:
        """See ``Condition.holds``."""
        from secloop.engine.native.evaluate import evaluate, within
        from secloop.engine.native.hits import Hit

        bound = env.get(self.metavariable)
        if bound is None:
            raise NotCode(f"metavariable-pattern: {self.metavariable} is not bound")
        if bound.kind not in _SEARCHED or not bound.nodes:
            raise NotCode(f"metavariable-pattern: {self.metavariable} is not bound to code")
        inner = code.inside(tuple(map(_as_code, bound.nodes)))
        start, end = bound.span or (0, 0)
        if len(bound.nodes) == 1:
            (node,) = bound.nodes
            if _has_parentheses(node, code.source):
                start, end = start - 1, end + 1  # what matches it whole is not as wide
            elif _is_imported(node):
                start -= 1  # with the name in the import
                inner = code.imported(inner, Hit(start, end, {}))
        found = evaluate(self.formula, inner, Hit(start, end, env))
        merged = [both for hit in found if (both := within(hit.env, env)) is not None]
        if not merged:
            return None
        added = [{name: _shown(value) for name, value in each.items() if name not in env} for each in merged]
        return [each for each in added if each]


_EVALUATED: Final = frozenset({BoundKind.EXPRESSION, BoundKind.NAME})
_SEARCHED: Final = frozenset(
    {BoundKind.EXPRESSION, BoundKind.NAME, BoundKind.LABEL, BoundKind.STATEMENT, BoundKind.STATEMENTS}
)


def _has_parentheses(node: Node, source: bytes) -> bool:
    """Whether an expression other than a name begins with parentheses around it or around its first part."""
    if node.kind is n.NAME:
        return False
    while node.kind not in _OWN_PARENTHESES and source.startswith(b"(", node.span[0]):
        first = next((child for child in node.children() if child.start == node.start), None)
        if first is None:
            return True
        node = first
    return False


_OWN_PARENTHESES: Final = frozenset({n.TUPLE, n.COMPREHENSION})


def _is_imported(node: Node) -> bool:
    """Whether a name stands for what an import takes from a module: semgrep binds its full name then."""
    return node.kind is n.NAME and node.resolved is not None and len(node.resolved.path) > 1


def _shown(bound: Bound) -> Bound:
    """What a metavariable is bound to, but for a string without parentheses."""
    if len(bound.nodes) != 1 or bound.nodes[0].kind is not n.STRING or isinstance(bound, TextBound):
        return bound
    return Bound(bound.kind, (_as_code(bound.nodes[0]),), bound.text)


def _as_code(node: Node) -> Node:
    """An identifier as the expression that it would be, a string or name without parentheses."""
    if node.tokens is not None:
        bare = Node(node.kind, node.text, node.parts, *node.tokens, node.base)
        bare.resolved, bare.constant, bare.type = node.resolved, node.constant, node.type
        return bare
    if node.kind is not n.IDENTIFIER and node.kind is not n.PATTERN_NAME:
        return node
    name = Node(n.NAME, node.text, (), node.start, node.end, node.base)
    name.resolved, name.constant, name.type = node.resolved, node.constant, node.type
    return name


_METAVARIABLE: Final = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*")


def _metavariable(value: Mapping[str, Any]) -> str:
    name = value.get("metavariable")
    if not isinstance(name, str) or not _METAVARIABLE.fullmatch(name):
        raise Unsupported("a condition on what is no metavariable")
    return name
