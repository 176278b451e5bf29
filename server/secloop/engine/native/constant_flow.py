"""What is known of variables along the flow of a function, and how ways of the flow meet.

It flows as in semgrep: loops forget what they do not assign on every way round, a comprehension is a loop, conditions
are not evaluated, only calls and ``raise`` lead to handlers, and a statement ``yield x`` ends the function. What each
kind of node does is registered in `EXPRESSIONS` and `STATEMENTS` by `constant_expressions` and `constant_statements`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.constant_values import Value, join
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.names import GLOBAL
from secloop.engine.native.nodes import Node, Part

Known: TypeAlias = "dict[int, Node]"
"""The values of globals by the identity of what their names are resolved to."""
Values: TypeAlias = "dict[int, Node]"
"""The values of variables, likewise; of one that is missing nothing is known."""
Way: TypeAlias = "tuple[bool, Values]"
"""Whether the flow gets to the end of a way, and what is known there."""
Evaluate: TypeAlias = "Callable[[Flow, Node], Value]"
Follows: TypeAlias = "Callable[[], object]"
Follow: TypeAlias = "Callable[[Flow, Node], object]"

_STEPS: Final = 3_000_000
"""How many values are copied and compared in following one function: some 0.3 s."""
_ROUND: Final = 100
"""What a round of a loop costs at least, since loops inside it double their rounds."""
_ROUNDS: Final = 20
"""How often a loop is gone round at most: values only become less precise, in three steps."""
PATHS: Final = frozenset((n.ATTRIBUTE, n.INDEX))
_PURE: Final = frozenset(
    (
        n.ATTRIBUTE,
        n.INDEX,
        n.OPERATION,
        n.TUPLE,
        n.LIST,
        n.SET,
        n.DICT,
        n.KEYWORD,
        n.COMPARISONS,
    )
)
"""Expressions that semgrep evaluates together with what they are part of."""


_CALLED: Final = frozenset((n.CALL, n.CONDITIONAL, n.COMPREHENSION, n.FORMAT, n.AWAIT, n.YIELD, n.ASSIGN))
"""Expressions that semgrep evaluates before what they are part of."""


class Loop:
    """What is known where ``break`` and ``continue`` stand."""

    __slots__ = ("breaks", "continues")

    def __init__(self) -> None:
        self.breaks: list[Values] = []
        self.continues: list[Values] = []


class Flow:
    """The state along the flow.

    Attributes:
        known: the values of globals that are assigned once.
        bare: the identities of the names of globals that are only worth what the flow assigns to them.
        values: what is known here; not changed but replaced where it is ``shared`` with another place.
        reached: whether the flow comes here at all.
        loops: around the place.
        throws: what is known where an exception can be raised, for each ``try`` around the place.
        named: how many ``:=`` were followed.
    """

    __slots__ = ("bare", "known", "loops", "named", "reached", "shared", "steps", "throws", "values")

    def __init__(self, known: Known, bare: set[int]) -> None:
        self.known = known
        self.bare = bare
        self.values: Values = {}
        self.reached = True
        self.loops: list[Loop] = []
        self.throws: list[list[Values]] = []
        self.named = 0
        self.shared = False
        self.steps = _STEPS

    def keep(self) -> Values:
        """What is known here, for another place."""
        self.shared = True
        return self.values

    def resume(self, values: Values) -> None:
        """Go on with what is known elsewhere."""
        self.values, self.shared, self.reached = values, True, True

    def spend(self, steps: int) -> None:
        """Count work that can be out of proportion.

        Raises:
            TooDeep: if it is too much.
        """
        self.steps -= steps
        if self.steps < 0:
            raise TooDeep("too branched to follow what its variables are worth")

    def run(self, statements: Sequence[Node]) -> None:
        """Follow statements as far as the flow goes."""
        for statement in statements:
            follow = STATEMENTS.get(statement.kind)
            if follow is not None:
                follow(self, statement)
                if not self.reached:
                    return

    def block(self, node: Part) -> None:
        """Follow a block, if there is one."""
        if node is not None:
            assert isinstance(node, Node)
            STATEMENTS[n.BLOCK](self, node)

    def branch(self, values: Values, block: Part) -> Way:
        """Follow a block from a copy of some values."""
        self.resume(values)
        self.block(block)
        return self.reached, self.keep()

    def merge(self, ways: Sequence[Way]) -> None:
        """Go on where several ways meet."""
        reached = [values for reached, values in ways if reached]
        self.resume(self.meet(reached) if reached else {})
        self.reached = bool(reached)

    def throw(self) -> None:
        """An exception can be raised here."""
        if self.throws:
            self.throws[-1].append(self.keep())

    def loop(self, head: Follows, last: Sequence[Node], body: Part, otherwise: Part, tail: Follows) -> None:
        """Go round a loop until what is known at its head does not change.

        Args:
            head: evaluates what is evaluated before each round.
            last: the names that are read at the end of each one.
            otherwise: the statements of its ``else``.
            tail: follows what is done at the end of each round.
        """
        before = self.keep()
        known: Values = {}
        marks = [len(throws) for throws in self.throws]
        for _ in range(_ROUNDS):
            loop = Loop()
            self.loops.append(loop)
            self.spend(_ROUND)
            for throws, mark in zip(self.throws, marks, strict=True):
                del throws[mark:]
            self.resume(known)
            head()
            left = self.keep()
            self.block(body)
            self.loops.pop()
            rounds = [*loop.continues, self.keep()] if self.reached else loop.continues
            if rounds:
                self.resume(self.meet(rounds))
                tail()
                rounds = [self.keep()]
            after = self.meet([before, *rounds])
            if _equal(after, known):
                break
            known = after
        if rounds:
            _fill_in(last, rounds[0])
        self.resume(left)
        if isinstance(otherwise, tuple):
            self.run(otherwise)
        self.merge([(self.reached, self.keep()), *((True, values) for values in loop.breaks)])

    def set(self, resolved: object, value: Value) -> None:
        """A variable is assigned."""
        variable = id(resolved)
        if value is None and variable not in self.values:
            return
        if self.shared:
            self.spend(len(self.values) >> 3)
            self.values, self.shared = dict(self.values), False
        if value is None:
            del self.values[variable]
        else:
            self.values[variable] = value

    def forget(self) -> None:
        """Nothing is known any more."""
        self.values, self.shared = {}, False

    def meet(self, ways: Sequence[Values]) -> Values:
        """What is known whichever way was taken."""
        first, *others = dict(zip(map(id, ways), ways, strict=True)).values()
        if not others:
            return first
        smallest = min(ways, key=len)
        self.spend(len(smallest) * len(others))
        known: Values = {}
        for variable, value in smallest.items():
            both: Value = value
            for way in ways:
                if way is not smallest:
                    both = join(both, way.get(variable))
            if both is not None:
                known[variable] = both
        return known

    def worth(self, name: Node) -> Value:
        """What a name is worth, which is filled in."""
        resolved = name.resolved
        if resolved is None:
            return None
        value = self.values.get(id(resolved))
        if resolved.kind is GLOBAL:
            known = self.known.get(id(resolved))
            if known is not None and id(name) not in self.bare:
                name.constant = known if value is None or known.kind is not n.CONSTANT else value
                return known if value is None else value
        name.constant = value
        return value

    def evaluate(self, node: Node) -> Value:
        """What an expression is worth, with all names in it filled in."""
        return EXPRESSIONS[node.kind](self, node)

    def again(self, node: Node) -> None:
        """Evaluate anew the names that are read with an expression as a whole, after all calls in it."""
        if node.kind is n.NAME:
            self.worth(node)
        elif node.kind in _PURE:
            for child in _pure_parts(node):
                self.again(child)
        elif node.kind is n.ASSIGN:
            self.again(next(node.children()))


def _equal(left: Values, right: Values) -> bool:
    if left.keys() != right.keys():
        return False
    return all(value.kind is right[key].kind and value.text == right[key].text for key, value in left.items())


def _fill_in(names: Sequence[Node], values: Values) -> None:
    """What is read at the end of a round says what names are worth of which nothing was known before."""
    for name in names:
        if name.constant is None and name.resolved is not None:
            name.constant = values.get(id(name.resolved))


def read_together(node: Node) -> list[Node]:
    """The names that are read with an expression as a whole."""
    return _names(node)[0]


def read_before(node: Node) -> list[Node]:
    """The names that are read before an expression as a whole."""
    return _names(node)[1]


def _names(node: Node) -> tuple[list[Node], list[Node]]:
    together: list[Node] = []
    before: list[Node] = []
    stack = [node]
    while stack:
        part = stack.pop()
        if part.kind is n.NAME:
            together.append(part)
        elif part.kind in _PURE:
            pure = _pure_parts(part)
            stack += pure
            for child in part.children():
                if child not in pure:
                    before += (name for name in child.walk() if name.kind is n.NAME)
        else:
            before += (name for name in part.walk() if name.kind is n.NAME)
    return together, before


def _pure_parts(node: Node) -> list[Node]:
    """The children that are evaluated together with a node: not what decides whether the right operand is called."""
    parts = list(node.children())
    if node.kind is n.OPERATION and node.text in ("and", "or"):
        _, left, *others = parts
        if any(part.kind in _CALLED for other in others for part in other.walk()):
            parts.remove(left)
    return parts


def is_pure(node: Node) -> bool:
    """Whether an expression is evaluated together with what it is part of."""
    return node.kind is n.NAME or node.kind in _PURE


def evaluate_parts(flow: Flow, node: Node) -> Value:
    """Evaluate whatever is in a node, in order; of itself nothing is known."""
    for part in node.parts:
        if part is None:
            continue
        if isinstance(part, tuple):
            for child in part:
                EXPRESSIONS[child.kind](flow, child)
        else:
            EXPRESSIONS[part.kind](flow, part)
    return None


class _Expressions(dict[str, Evaluate]):
    def __missing__(self, kind: str) -> Evaluate:
        self[kind] = evaluate_parts
        return evaluate_parts


EXPRESSIONS: Final = _Expressions()
"""How each kind of expression is evaluated."""
STATEMENTS: Final[dict[str, Follow]] = {}
"""How each kind of statement is followed; the others do nothing."""


def evaluates(*kinds: str) -> Callable[[Evaluate], Evaluate]:
    """Register a function as the one that evaluates these kinds of expressions."""

    def register(function: Evaluate) -> Evaluate:
        EXPRESSIONS.update(dict.fromkeys(kinds, function))
        return function

    return register


def follows(*kinds: str) -> Callable[[Follow], Follow]:
    """Register a function as the one that follows these kinds of statements."""

    def register(function: Follow) -> Follow:
        STATEMENTS.update(dict.fromkeys(kinds, function))
        return function

    return register
