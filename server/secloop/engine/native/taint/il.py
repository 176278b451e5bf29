"""The intermediate representation that taint is followed through: expressions without effects, instructions, statements.

It says in what order a function's parts are evaluated, and cuts it into pieces that semgrep-core cuts it into
(``semgrep-core -lang python -pp_il FILE`` prints them): what is a source, a sink or clean is decided piece by piece.
Every piece knows the node of code it was made of, its *origin*, since that is what patterns match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, TypeAlias

from secloop.engine.native.names import ENTITY, MODULE
from secloop.engine.native.nodes import Node
from secloop.engine.native.scope_expressions import UNBOUND

VarKey: TypeAlias = tuple[str, object]
"""A variable: its name, and what name it is if several are spelled so; -1 where that is unknown."""

TEMPORARY: Final = "_tmp"
UNRESOLVED: Final = -1
SELF: Final[VarKey] = ("<self>", UNRESOLVED)
"""What ``self`` stands for: it carries no taint itself, and its attributes are variables. To semgrep, ``self.x`` is
the local variable ``x`` if there is one."""


_IMPORTS: Final = frozenset({MODULE, ENTITY})


def key_of(node: Node) -> VarKey:
    """The key of the variable that a name, an identifier or a target is; imports are not told apart."""
    resolved = node.resolved
    known = resolved is not None and resolved.kind not in _IMPORTS and resolved != UNBOUND
    return (node.text, resolved if known else UNRESOLVED)


class Offset:
    """One step from an l-value into it: an attribute, or an index.

    Attributes:
        key: the attribute's name, the constant index, or None for an index that is not known.
        index: the index expression, or None for an attribute.
        origin: the code of the l-value up to and with this step.
    """

    __slots__ = ("index", "key", "origin", "token")

    def __init__(
        self, key: str | int | None, index: Expression | None, origin: Node | None, token: Node | None
    ) -> None:
        self.key = key
        self.index = index
        self.origin = origin
        self.token = token


class Lvalue:
    """A variable and the steps from it, as in ``x.a[0]``.

    Attributes:
        variable: its key.
        token: where the variable is written, for traces; None if nowhere.
        origin: the code of the variable alone, if it is code.
    """

    __slots__ = ("offsets", "origin", "token", "variable")

    def __init__(
        self,
        variable: VarKey,
        offsets: tuple[Offset, ...] = (),
        origin: Node | None = None,
        token: Node | None = None,
    ) -> None:
        self.variable = variable
        self.offsets = offsets
        self.origin = origin
        self.token = token

    def extended(self, offset: Offset) -> Lvalue:
        """This l-value with one step more."""
        return Lvalue(self.variable, (*self.offsets, offset), self.origin, self.token)

    def indexes(self) -> Iterator[Expression]:
        """The expressions that it is indexed with."""
        for offset in self.offsets:
            if offset.index is not None:
                yield offset.index

    @property
    def is_temporary(self) -> bool:
        """Whether no code names it."""
        number = self.variable[1]
        return isinstance(number, int) and number < UNRESOLVED and not self.offsets

    @property
    def whole_origin(self) -> Node | None:
        """The code of all of it."""
        return self.offsets[-1].origin if self.offsets else self.origin

    def __repr__(self) -> str:
        text = f"{self.variable[0]}:{self.variable[1]}"
        for offset in self.offsets:
            if offset.index is None:
                text += f".{offset.key}"
            else:
                text += f".[{offset.index!r}]" if offset.key is not None else ".[...]"
        return text


class Fetch:
    """The value of an l-value."""

    __slots__ = ("lvalue", "origin")

    def __init__(self, lvalue: Lvalue, origin: Node | None) -> None:
        self.lvalue = lvalue
        self.origin = origin

    def __repr__(self) -> str:
        return repr(self.lvalue)


class Literal:
    """A value written down."""

    __slots__ = ("origin",)

    def __init__(self, origin: Node | None) -> None:
        self.origin = origin

    def __repr__(self) -> str:
        return repr(self.origin.text) if self.origin is not None else "()"


class Composite:
    """A tuple, list or set, by ``kind``: one of the kinds of nodes."""

    __slots__ = ("elements", "kind", "origin")

    def __init__(self, kind: str, elements: tuple[Expression, ...], origin: Node | None) -> None:
        self.kind = kind
        self.elements = elements
        self.origin = origin

    def __repr__(self) -> str:
        return "<COMPOSITE>"


class Record:
    """A dictionary: keys and values."""

    __slots__ = ("entries", "origin")

    def __init__(self, entries: tuple[tuple[Expression, Expression], ...], origin: Node | None) -> None:
        self.entries = entries
        self.origin = origin

    def __repr__(self) -> str:
        return "<RECORD-OR-DICT>"


class Operation:
    """An operator on values."""

    __slots__ = ("operands", "operator", "origin")

    def __init__(self, operator: str, operands: tuple[Expression, ...], origin: Node | None) -> None:
        self.operator = operator
        self.operands = operands
        self.origin = origin

    def __repr__(self) -> str:
        return f"<OP {self.operator}>"


class Unknown:
    """What has no representation. What it is made of may still be known in part."""

    __slots__ = ("origin", "partial")

    def __init__(self, partial: Expression | None, origin: Node | None) -> None:
        self.partial = partial
        self.origin = origin

    def __repr__(self) -> str:
        return "<UNKNOWN>"


Expression: TypeAlias = Fetch | Literal | Composite | Record | Operation | Unknown


def walk(expression: Expression) -> Iterator[Expression]:
    """An expression and all in it, those that index l-values too, in the order of the code."""
    yield expression
    for part in _parts(expression):
        yield from walk(part)


def _parts(expression: Expression) -> Iterable[Expression]:
    if isinstance(expression, Fetch):
        return expression.lvalue.indexes()
    if isinstance(expression, Composite):
        return expression.elements
    if isinstance(expression, Operation):
        return expression.operands
    if isinstance(expression, Record):
        return chain.from_iterable(expression.entries)
    if isinstance(expression, Unknown) and expression.partial is not None:
        return (expression.partial,)
    return ()


class Assign:
    """``target = value``."""

    __slots__ = ("origin", "target", "value")

    def __init__(self, target: Lvalue, value: Expression, origin: Node | None) -> None:
        self.target = target
        self.value = value
        self.origin = origin


class Call:
    """``target = callee(arguments)``.

    Attributes:
        call: the code of the call, where ``origin`` is that of the assignment around it.
    """

    __slots__ = ("arguments", "call", "callee", "origin", "target")

    def __init__(
        self,
        target: Lvalue | None,
        callee: Expression,
        arguments: tuple[Expression, ...],
        origin: Node | None,
        call: Node | None,
    ) -> None:
        self.target = target
        self.callee = callee
        self.arguments = arguments
        self.origin = origin
        self.call = call


class Special:
    """``target = what the language does with the operands``: concatenating, awaiting, iterating, ..."""

    __slots__ = ("call", "name", "operands", "origin", "target")

    def __init__(
        self,
        target: Lvalue | None,
        name: str,
        operands: tuple[Expression, ...],
        origin: Node | None,
        call: Node | None = None,
    ) -> None:
        self.target = target
        self.name = name
        self.operands = operands
        self.origin = origin
        self.call = call


class Define:
    """``target = lambda ...``."""

    __slots__ = ("function", "origin", "target")

    def __init__(self, target: Lvalue, function: Function, origin: Node | None) -> None:
        self.target = target
        self.function = function
        self.origin = origin


class UnknownInstruction:
    """What has no representation."""

    __slots__ = ("origin",)

    def __init__(self, origin: Node | None) -> None:
        self.origin = origin


Instruction: TypeAlias = Assign | Call | Special | Define | UnknownInstruction


class If:
    """A choice."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(self, condition: Expression, then: list[Statement], otherwise: list[Statement]) -> None:
        self.condition = condition
        self.then = then
        self.otherwise = otherwise


class Loop:
    """While the condition holds."""

    __slots__ = ("body", "condition")

    def __init__(self, condition: Expression, body: list[Statement]) -> None:
        self.condition = condition
        self.body = body


class Goto:
    """Go on at a label."""

    __slots__ = ("label",)

    def __init__(self, label: Label) -> None:
        self.label = label


class Label:
    """A place to go to."""

    __slots__ = ()


class Return:
    """Leave the function with a value."""

    __slots__ = ("origin", "value")

    def __init__(self, value: Expression, origin: Node | None) -> None:
        self.value = value
        self.origin = origin


class Throw:
    """Raise a value."""

    __slots__ = ("origin", "value")

    def __init__(self, value: Expression, origin: Node | None) -> None:
        self.value = value
        self.origin = origin


class Try:
    """Try, handlers, what follows without an exception, what follows in any case."""

    __slots__ = ("body", "final", "handlers", "otherwise")

    def __init__(
        self,
        body: list[Statement],
        handlers: list[list[Statement]],
        otherwise: list[Statement],
        final: list[Statement],
    ) -> None:
        self.body = body
        self.handlers = handlers
        self.otherwise = otherwise
        self.final = final


class Other:
    """A statement that moves nothing: a definition, an import."""

    __slots__ = ()


Statement: TypeAlias = Instruction | If | Loop | Goto | Label | Return | Throw | Try | Other


class Function:
    """A piece of code with parameters.

    Attributes:
        name: for errors.
        origin: the definition, if it is one.
        parameters: the PARAMETER nodes.
        body: its statements.
    """

    __slots__ = ("body", "name", "origin", "parameters")

    def __init__(
        self, name: str, origin: Node | None, parameters: tuple[Node, ...], body: list[Statement]
    ) -> None:
        self.name = name
        self.origin = origin
        self.parameters = parameters
        self.body = body
