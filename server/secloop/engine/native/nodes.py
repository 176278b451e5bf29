"""The tree that patterns and code are matched as: one class of node, and what each kind of it holds.

It has the shape that semgrep-core gives Python code (``semgrep-core -lang python -dump_ast FILE`` prints it), since
what matches what follows from that shape: ``a = b = c`` assigns to a tuple there, ``{**d}`` is a set.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias


class Base:
    """Where a chunk stands in its file: the one thing an edit above it changes.

    Attributes:
        offset: the byte offset of the chunk in the normalized text.
        source: the text of the chunk, in which the ranges of its nodes count.
    """

    __slots__ = ("offset", "source")

    def __init__(self, offset: int, source: bytes = b"") -> None:
        self.offset = offset
        self.source = source


class Node:
    """A piece of code or of a pattern. Only ``Base.offset`` changes once a tree is complete.

    Attributes:
        kind: one of this module's constants; compare with ``is``.
        text: the atom that the kind says (a name, an operator, a literal), or "".
        parts: the children that the kind says; None for one that is absent, a tuple for a list of them.
        start, end: the byte range that semgrep-core reports when a pattern matches it, relative to ``base``.
        tokens: of a name in parentheses, the range of the name alone, relative to ``base``: ``(a)`` is matched
            whole, but a metavariable that is bound to it shows ``a``. None for everything else.
        resolved: what a name stands for (`names.Resolved`), or None.
        constant: the literal node a name, attribute or operation is known to be worth (`constants`), or None.
        type: the node of the type that a name is known to have, or None.
    """

    __slots__ = ("base", "constant", "end", "kind", "parts", "resolved", "start", "text", "tokens", "type")

    def __init__(
        self, kind: str, text: str, parts: tuple[Part, ...], start: int, end: int, base: Base
    ) -> None:
        self.kind = kind
        self.text = text
        self.parts = parts
        self.start = start
        self.end = end
        self.base = base
        self.tokens: tuple[int, int] | None = None
        self.resolved: Any = None
        self.constant: Node | None = None
        self.type: Node | None = None

    @property
    def span(self) -> tuple[int, int]:
        """The byte range in the normalized text of the file."""
        offset = self.base.offset
        return offset + self.start, offset + self.end

    @property
    def token_span(self) -> tuple[int, int]:
        """The byte range in the normalized text of the file of what a metavariable bound to it shows."""
        offset = self.base.offset
        if (
            self.tokens is None or self.kind is STRING
        ):  # whose text, but not itself, shows without parentheses
            return offset + self.start, offset + self.end
        start, end = self.tokens
        return offset + start, offset + end

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

# In the comments: the text, then the parts; * marks a list, ? what may be None.

# Names that are no expression, so that ``$X`` alone does not match them: of attributes, keyword arguments, parameters,
# functions, classes, imports, handlers; and targets of loops, with and comprehensions, which are patterns (see below).
IDENTIFIER: Final = "identifier"  # identifier, or a METAVARIABLE in its place in a pattern

# Expressions: what ``$X`` alone matches, with OPERATOR.
NAME: Final = "name"  # identifier
INT: Final = "int"  # decimal value, or the source text of one too large
FLOAT: Final = "float"  # source text
IMAGINARY: Final = "imaginary"  # source text
STRING: Final = "string"  # what is between the quotes; classic: simple escapes resolved, but in f-strings
BOOL: Final = "bool"  # True or False
NONE: Final = "none"
ELLIPSIS: Final = "ellipsis"  # ``...``, in code and in patterns
ENCODED: Final = "encoded"  # the prefix as written (b, r, u, ...) | STRING
CONCAT: Final = "concat"  # "" for adjacent literals | pieces*
FORMAT: Final = "format"  # "f", an f-string or one replacement field in it | pieces*
CALL: Final = "call"  # callee, arguments*
KEYWORD: Final = "keyword"  # name | IDENTIFIER, value      | an argument f(name=value); no expression itself
SPREAD: Final = "spread"  # * or ** | OPERATOR?, value      | the operator only as an argument or a base
ATTRIBUTE: Final = "attribute"  # object, IDENTIFIER
INDEX: Final = "index"  # object, index
SLICE: Final = "slice"  # object, lower?, upper?, step?
SLICES: Final = "slices"  # (SLICE | INDEX)*, each with the same object | a[1:2, 3]
OPERATION: Final = "operation"  # operator | OPERATOR, operands*
OPERATOR: Final = "operator"  # as written, one space inside ("not in")
COMPARISONS: Final = "comparisons"  # OPERATORs*, all operands but the first* | a < b < c: semgrep drops a
TUPLE: Final = "tuple"  # elements*
LIST: Final = "list"  # elements*
SET: Final = "set"  # elements*, of ``{**d, 'a': 1}`` too
DICT: Final = "dict"  # elements*, a TUPLE of two for each entry
COMPREHENSION: Final = "comprehension"  # list, set, dict or generator | element, clauses*
COMPREHENSION_FOR: Final = "comprehension_for"  # target pattern, iterable | no expression
COMPREHENSION_IF: Final = "comprehension_if"  # condition  | no expression
LAMBDA: Final = "lambda"  # parameters*, body
CONDITIONAL: Final = "conditional"  # condition, then, otherwise
AWAIT: Final = "await"  # value
YIELD: Final = "yield"  # "" or "from" | value?
ASSIGN: Final = "assign"  # target, value                   | also ``:=``; an expression, as in semgrep
AUGMENTED: Final = "augmented"  # operator without "=" | target, value
CAST: Final = "cast"  # TYPE_EXPRESSION, value              | ``x.y: int`` and the target of ``x.y: int = 1``
TYPE_EXPRESSION: Final = "type_expression"  # expression    | wherever code names a type; no expression itself
WITH_ITEM: Final = "with_item"  # target pattern, value     | only with ``as``

# Patterns of Python (targets, cases); never expressions.
PATTERN_NAME: Final = "pattern_name"  # identifier
PATTERN_TUPLE: Final = "pattern_tuple"  # patterns*
PATTERN_LIST: Final = "pattern_list"  # patterns*
PATTERN_EXPRESSION: Final = "pattern_expression"  # expression | a target such as ``a.b``
PATTERN_LITERAL: Final = "pattern_literal"  # text of the literal, None, True or False
PATTERN_WILDCARD: Final = "pattern_wildcard"
PATTERN_CLASS: Final = "pattern_class"  # dotted name | patterns*
PATTERN_OTHER: Final = "pattern_other"  # what it is | parts of any kind

# Statements.
EXPRESSION: Final = "expression"  # expression
# ``x: int = 1`` anywhere, and every plain ``x = 1`` in a class body.
VARIABLE: Final = "variable"  # name | IDENTIFIER, TYPE_EXPRESSION?, value?
BLOCK: Final = "block"  # statements*
IF: Final = "if"  # condition, then, otherwise?             | elif is a BLOCK of an IF in ``otherwise``
WHILE: Final = (
    "while"  # condition, body                   | with an ``else``: BLOCK(WHILE, OTHER("while else"))
)
FOR: Final = "for"  # target pattern, iterable, body        | with an ``else``: BLOCK(FOR, OTHER("for else"))
RETURN: Final = "return"  # value?
BREAK: Final = "break"
CONTINUE: Final = "continue"
PASS: Final = "pass"  # noqa: S105
RAISE: Final = "raise"  # exception                         | with more than that: see RAISE_FROM
RAISE_NOTHING: Final = "raise_nothing"
RAISE_FROM: Final = "raise_from"  # from | causes*, RAISE    | or "arguments", the last first, in Python 2
ASSERT: Final = "assert"  # arguments*
DELETE: Final = "delete"  # targets*
GLOBAL: Final = (
    "global"  # "global" or "nonlocal" | IDENTIFIER | for several names a BLOCK of them in a function
)
TRY: Final = "try"  # body, handlers*, otherwise?, finally?
# The type is a TUPLE, of one too, unless there is an ``as``; an ELLIPSIS for ``except ...`` in a pattern.
HANDLER: Final = "handler"  # TYPE_EXPRESSION?, IDENTIFIER?, body
WITH: Final = "with"  # item, body                          | for several items one in a BLOCK in the other
IMPORT: Final = "import"  # dotted name | IDENTIFIERs*, alias? | one for each module
IMPORT_FROM: Final = "import_from"  # dotted module | module IDENTIFIERs*, imported*
IMPORTED: Final = "imported"  # name | IDENTIFIER, alias?
IMPORT_ALL: Final = "import_all"  # dotted module | module IDENTIFIERs*
FUNCTION: Final = "function"  # name | IDENTIFIER, parameters*, TYPE_EXPRESSION?, decorators*, body
PARAMETER: Final = "parameter"  # name | IDENTIFIER, TYPE_EXPRESSION?, default?
# A bare * or / has no IDENTIFIER.
PARAMETER_REST: Final = "parameter_rest"  # * or ** or / | IDENTIFIER?, TYPE_EXPRESSION?
PARAMETER_PATTERN: Final = "parameter_pattern"  # pattern   | Python 2's ``def f((a, b))``
CLASS: Final = "class"  # name | IDENTIFIER, (TYPE_EXPRESSION | KEYWORD)*, decorators*, body
DECORATOR: Final = "decorator"  # name, if it is a plain one | IDENTIFIER, arguments* or expression, None
MODIFIER: Final = "modifier"  # async, static or abstract  | among decorators, in the place of @staticmethod
ASYNC: Final = "async"  # statement                         | ``async for`` and ``async with``
TYPE_ALIAS: Final = "type_alias"  # name | IDENTIFIER, TYPE_EXPRESSION
MATCH: Final = "match"  # subject, cases*
CASE: Final = "case"  # pattern, body                       | semgrep drops the guard
MODULE: Final = "module"  # statements*

# Whatever else code may hold: matched only by itself. Two texts are statements, "for else" and "while else": their
# parts are statements*.
OTHER: Final = "other"  # what it is | parts of any kind

# Never in a tree, only as the ``constant`` of a node.
CONSTANT: Final = "constant"  # str, int, bool or any       | what is constant, but not of one known value

# In patterns only. ``...`` is an ELLIPSIS wherever it stands: as a statement in an EXPRESSION, as a base class in a
# TYPE_EXPRESSION, among parameters and targets bare. A metavariable stands where an IDENTIFIER or a target would.
METAVARIABLE: Final = "metavariable"  # $X, or $_ which binds nothing
METAVARIABLE_ELLIPSIS: Final = "metavariable_ellipsis"  # $...X
TYPED_METAVARIABLE: Final = "typed_metavariable"  # $X | TYPE_EXPRESSION
DEEP: Final = "deep"  # expression                          | <... e ...>
ATTRIBUTE_ELLIPSIS: Final = "attribute_ellipsis"  # object  | a. ... .b: the object of what follows the dots
