"""The tree that patterns and code are matched as: one class of node, and what each kind of it holds.

It has the shape that semgrep-core gives Python code (``semgrep-core -lang python -dump_ast FILE`` prints it), since
what matches what follows from that shape: ``a = b = c`` assigns to a tuple there, ``{**d}`` is a set.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias


class Base:
    """Where a chunk stands in its file: the one thing an edit above it changes."""

    __slots__ = ("offset",)

    def __init__(self, offset: int) -> None:
        """``offset`` is the byte offset of the chunk in the normalized text."""
        self.offset = offset


class Node:
    """A piece of code or of a pattern. Only ``Base.offset`` changes once a tree is complete.

    Attributes:
        kind: one of this module's constants; compare with ``is``.
        text: the atom that the kind says (a name, an operator, a literal), or "".
        parts: the children that the kind says; None for one that is absent, a tuple for a list of them.
        start, end: the byte range that semgrep-core reports for it, relative to ``base``.
        base: of the chunk it is in.
        resolved: what a name stands for (`names.Resolved`), or None.
        constant: the literal node a name, attribute or operation is known to be worth (`constants`), or None.
        type: the node of the type that a name is known to have, or None.
    """

    __slots__ = ("base", "constant", "end", "kind", "parts", "resolved", "start", "text", "type")

    def __init__(
        self, kind: str, text: str, parts: tuple[Part, ...], start: int, end: int, base: Base
    ) -> None:
        self.kind = kind
        self.text = text
        self.parts = parts
        self.start = start
        self.end = end
        self.base = base
        self.resolved: Any = None
        self.constant: Node | None = None
        self.type: Node | None = None

    @property
    def span(self) -> tuple[int, int]:
        """The byte range in the normalized text of the file."""
        offset = self.base.offset
        return offset + self.start, offset + self.end

    def children(self) -> Iterator[Node]:
        """The child nodes in order, those in lists too."""
        for part in self.parts:
            if part is None:
                continue
            if isinstance(part, tuple):
                yield from part
            else:
                yield part

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in document order, parents first."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(node.children())))

    def __repr__(self) -> str:
        inner = ", ".join([repr(self.text)] * bool(self.text) + [repr(part) for part in self.parts])
        return f"{self.kind}({inner})"


Part: TypeAlias = "Node | tuple[Node, ...] | None"

# Expressions. In the comments: the text, then the parts; * marks a list, ? what may be None.
NAME: Final = "name"  # identifier                          | a pattern's own kinds are below
INT: Final = "int"  # decimal value, or the source text of one too large
FLOAT: Final = "float"  # source text
IMAGINARY: Final = "imaginary"  # source text
STRING: Final = "string"  # what is between the quotes, escapes as written
BOOL: Final = "bool"  # True or False
NONE: Final = "none"
ELLIPSIS: Final = "ellipsis"  # ``...``, in code and in patterns
CONCAT: Final = "concat"  # "" for adjacent literals, "f" for an f-string | pieces*
CALL: Final = "call"  # callee, arguments*
KEYWORD: Final = "keyword"  # name | NAME, value            | an argument f(name=value)
SPREAD: Final = "spread"  # * or ** | value
ATTRIBUTE: Final = "attribute"  # object, NAME
INDEX: Final = "index"  # object, index
SLICE: Final = "slice"  # object, lower?, upper?, step?
SLICES: Final = "slices"  # items*                          | a[1:2, 3]
OPERATION: Final = "operation"  # operator as written, one space inside ("not in") | operands*
COMPARISONS: Final = "comparisons"  # operators, joined by a comma | all operands* | a < b < c
TUPLE: Final = "tuple"  # elements*
LIST: Final = "list"  # elements*
SET: Final = "set"  # elements*
DICT: Final = "dict"  # elements*, a TUPLE of two for each entry
COMPREHENSION: Final = "comprehension"  # list, set, dict or generator | element, clauses*
COMPREHENSION_FOR: Final = "comprehension_for"  # target, iterable
COMPREHENSION_IF: Final = "comprehension_if"  # condition
LAMBDA: Final = "lambda"  # parameters*, body
CONDITIONAL: Final = "conditional"  # condition, then, otherwise
AWAIT: Final = "await"  # value
YIELD: Final = "yield"  # "" or "from" | value?
ASSIGN: Final = "assign"  # target, value                   | also ``:=``; an expression, as in semgrep
AUGMENTED: Final = "augmented"  # operator without "=" | target, value
TYPE_EXPRESSION: Final = "type_expression"  # expression    | wherever code names a type

# Statements.
EXPRESSION: Final = "expression"  # expression
VARIABLE: Final = (
    "variable"  # name | NAME, TYPE_EXPRESSION?, value?  | ``x: int = 1``; every assignment in a class body
)
BLOCK: Final = "block"  # statements*
IF: Final = "if"  # condition, then, otherwise?             | elif is an IF in ``otherwise``
WHILE: Final = "while"  # condition, body, otherwise?
FOR: Final = "for"  # target, iterable, body, otherwise?
RETURN: Final = "return"  # value?
BREAK: Final = "break"
CONTINUE: Final = "continue"
PASS: Final = "pass"  # noqa: S105
RAISE: Final = "raise"  # exception?, cause?
ASSERT: Final = "assert"  # arguments*
DELETE: Final = "delete"  # targets*
GLOBAL: Final = "global"  # "global" or "nonlocal" | NAME   | one for each name
TRY: Final = "try"  # body, handlers*, otherwise?, finally?
HANDLER: Final = "handler"  # TYPE_EXPRESSION?, NAME?, body
WITH: Final = "with"  # item, body                          | one inside the other for several items
WITH_ITEM: Final = "with_item"  # value, target             | only with ``as``
IMPORT: Final = "import"  # dotted name | NAMEs*, alias?    | one for each module
IMPORT_FROM: Final = "import_from"  # dotted module | module NAMEs*, imported*
IMPORTED: Final = "imported"  # name | NAME, alias?
IMPORT_ALL: Final = "import_all"  # dotted module | module NAMEs*
FUNCTION: Final = "function"  # name | NAME, parameters*, TYPE_EXPRESSION?, decorators*, body
PARAMETER: Final = "parameter"  # name | NAME, TYPE_EXPRESSION?, default?
PARAMETER_REST: Final = (
    "parameter_rest"  # * or ** | NAME?, TYPE_EXPRESSION?   | a bare * or / has text * or / and no NAME
)
CLASS: Final = "class"  # name | NAME, bases*, decorators*, body
DECORATOR: Final = "decorator"  # expression
MATCH: Final = "match"  # subject, cases*
CASE: Final = "case"  # pattern, guard?, body
MODULE: Final = "module"  # statements*

# Whatever else code may hold: matched only by itself.
OTHER: Final = "other"  # what it is | parts of any kind

# In patterns only.
METAVARIABLE: Final = "metavariable"  # $X, or $_ which binds nothing
METAVARIABLE_ELLIPSIS: Final = "metavariable_ellipsis"  # $...X
TYPED_METAVARIABLE: Final = "typed_metavariable"  # $X | TYPE_EXPRESSION
DEEP: Final = "deep"  # expression                          | <... e ...>
ATTRIBUTE_ELLIPSIS: Final = "attribute_ellipsis"  # object  | a. ... .b: the object of what follows the dots
FIELD_ELLIPSIS: Final = "field_ellipsis"  # a place of a statement in a body that takes any number of them
