"""The little language of ``metavariable-comparison``: expressions over the constant values of code."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, TypeVar

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import Unsupported
from secloop.engine.native.match import Bound, BoundKind, Env
from secloop.engine.native.nodes import Node
from secloop.engine.native.patterns import parse_pattern
from secloop.engine.native.regexes import compile_regex

Value: TypeAlias = "int | float | str | bool | list[Value]"

_DEEPEST: Final = 150


class _UnknownValue(Exception):
    """The expression has no constant value that Semgrep would work out."""


class Comparison:
    """A compiled comparison.

    Attributes:
        text: what it was compiled from.
        metavariables: what it refers to.
    """

    __slots__ = ("_root", "_whole", "metavariables", "text")

    def __init__(self, text: str, whole: str | None = None) -> None:
        """Compile a comparison; ``whole`` is the metavariable that ``strip: true`` reads as a whole number.

        Raises:
            Unsupported: if it uses what is not reproduced here.
            InvalidPattern: if it is no expression.
        """
        self.text = text
        root = parse_pattern(text)
        self._root = root.parts[0] if root.kind is n.EXPRESSION else root
        self._whole = whole
        assert isinstance(self._root, Node)
        _check(self._root)
        self.metavariables = tuple(
            dict.fromkeys(node.text for node in self._root.walk() if node.kind is n.METAVARIABLE)
        )

    def holds(self, env: Env, source: bytes) -> bool:
        """Whether it is true of what its metavariables are bound to."""
        assert isinstance(self._root, Node)
        try:
            return _Evaluation(env, source, self._whole).value(self._root) is True
        except _UnknownValue:
            return False


class NoText(Exception):
    """A constant value has no text: a list."""


def constant_text(bound: Bound) -> str | None:
    """What ``constant-propagation: true`` has a regex read of code, None if it has no constant value.

    Raises:
        NoText: if the constant value is a list, of which a regex reads nothing.
    """
    if bound.kind is BoundKind.TEXT or len(bound.nodes) != 1:
        return None
    try:
        value = _Evaluation({}, b"", None).value(bound.nodes[0])
    except _UnknownValue:
        return None
    if isinstance(value, list):
        raise NoText
    return _text(value)


def written(bound: Bound, source: bytes) -> str:
    """The text that conditions read: a name itself, which an alias may stand for in the source, else the source."""
    return bound.text if bound.kind in _NAMES else bound.content(source)


_NAMES: Final = frozenset({BoundKind.NAME, BoundKind.LABEL})
_FUNCTIONS: Final = frozenset({"int", "str"})
_KINDS: Final = frozenset(
    {
        *(n.METAVARIABLE, n.INT, n.FLOAT, n.STRING, n.BOOL, n.NONE, n.LIST),
        *(n.OPERATION, n.OPERATOR, n.CALL, n.NAME, n.ATTRIBUTE, n.IDENTIFIER),
    }
)


def _check(root: Node) -> None:
    """Refuse what is not known to be evaluated as Semgrep does."""
    for node in root.walk():
        if node.kind not in _KINDS:
            raise Unsupported(f"metavariable-comparison with {node.kind}")
        if node.kind is n.CALL:
            callee, arguments = node.parts
            assert isinstance(callee, Node)
            assert isinstance(arguments, tuple)
            if _is_regex_match(callee) and len(arguments) == 2 and arguments[0].kind is n.STRING:
                compile_regex(arguments[0].text, multiline=False)
            elif callee.kind is not n.NAME or callee.text not in _FUNCTIONS or len(arguments) != 1:
                raise Unsupported("metavariable-comparison with a function other than int, str and re.match")
        elif node.kind is n.OPERATION and (node.text == "**" or node.text not in _BINARY | _UNARY.keys()):
            raise Unsupported(f"metavariable-comparison with {node.text}")


def _is_regex_match(callee: Node) -> bool:
    if callee.kind is not n.ATTRIBUTE:
        return False
    module, name = callee.parts
    assert isinstance(module, Node)
    assert isinstance(name, Node)
    return module.kind is n.NAME and module.text == "re" and name.text == "match"


class _Evaluation:
    """Works out constant values of code, and of a comparison over it."""

    __slots__ = ("depth", "env", "source", "whole")

    def __init__(self, env: Env, source: bytes, whole: str | None) -> None:
        self.env = env
        self.source = source
        self.whole = whole
        self.depth = 0

    def value(self, node: Node) -> Value:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _UnknownValue
        find = _VALUES.get(node.kind)
        if find is None:
            raise _UnknownValue
        found = find(self, node)
        self.depth -= 1
        return found

    def integer(self, node: Node) -> Value:
        try:
            return _wrapped(int(node.text)) if abs(int(node.text)) < 2**63 else _unknown()
        except ValueError:
            return _unknown()

    def real(self, node: Node) -> Value:
        try:
            return float(node.text)
        except ValueError:
            return _unknown()

    def string(self, node: Node) -> Value:
        return node.text

    def joined(self, node: Node) -> Value:
        (pieces,) = node.parts
        assert isinstance(pieces, tuple)
        return "".join(_text(self.value(piece)) for piece in pieces)

    def boolean(self, node: Node) -> Value:
        return node.text == "True"

    def elements(self, node: Node) -> Value:
        (elements,) = node.parts
        assert isinstance(elements, tuple)
        return [self.value(element) for element in elements]

    def name(self, node: Node) -> Value:
        return _unknown() if node.constant is None else self.value(node.constant)

    def metavariable(self, node: Node) -> Value:
        value = self.bound(node.text)
        return _whole_number(value) if node.text == self.whole else value

    def bound(self, name: str) -> Value:
        bound = self.env.get(name)
        if bound is None:
            raise _UnknownValue
        if bound.kind is BoundKind.TEXT:
            return bound.text
        if bound.kind is not BoundKind.EXPRESSION and bound.kind is not BoundKind.NAME:
            raise _UnknownValue
        return self.value(bound.nodes[0]) if len(bound.nodes) == 1 else _unknown()

    def operation(self, node: Node) -> Value:
        operands = node.parts[-1]
        assert isinstance(operands, tuple)
        values = [self.value(operand) for operand in operands]
        if len(values) == 1 and node.text in _UNARY:
            return _UNARY[node.text](values[0])
        if node.text not in _BINARY or len(values) < 2:
            raise _UnknownValue
        result = values[0]
        for value in values[1:]:
            result = _binary(node.text, result, value)
        return result

    def call(self, node: Node) -> Value:
        callee, arguments = node.parts
        assert isinstance(callee, Node)
        assert isinstance(arguments, tuple)
        if _is_regex_match(callee) and len(arguments) == 2:
            return self.regex_match(*arguments)
        if callee.kind is not n.NAME or len(arguments) != 1:
            raise _UnknownValue
        if callee.text == "int":
            return _whole_number(self.value(arguments[0]))
        if callee.text == "str":
            return self.as_text(arguments[0])
        raise _UnknownValue

    def as_text(self, node: Node) -> Value:
        """What ``str`` makes: the constant value as text, else the source."""
        depth = self.depth
        try:
            value = self.value(node)
        except _UnknownValue:
            self.depth = depth
            return self.written(node)
        if isinstance(value, list):
            raise _UnknownValue
        return _text(value)

    def written(self, node: Node) -> str:
        if node.kind is not n.METAVARIABLE:
            raise _UnknownValue
        bound = self.env.get(node.text)
        if bound is None or bound.span is None:
            raise _UnknownValue
        return written(bound, self.source)

    def regex_match(self, pattern: Node, subject: Node) -> Value:
        regex, text = self.value(pattern), self.value(subject)
        if not isinstance(regex, str) or not isinstance(text, str):
            raise _UnknownValue
        try:
            return compile_regex(regex, multiline=False).match(text.encode()) is not None
        except Unsupported:
            raise _UnknownValue from None


_VALUES: Final[Mapping[str, Callable[[_Evaluation, Node], Value]]] = {
    n.INT: _Evaluation.integer,
    n.FLOAT: _Evaluation.real,
    n.STRING: _Evaluation.string,
    n.CONCAT: _Evaluation.joined,
    n.FORMAT: _Evaluation.joined,
    n.BOOL: _Evaluation.boolean,
    n.LIST: _Evaluation.elements,
    n.NAME: _Evaluation.name,
    n.ATTRIBUTE: _Evaluation.name,
    n.METAVARIABLE: _Evaluation.metavariable,
    n.OPERATION: _Evaluation.operation,
    n.CALL: _Evaluation.call,
}


def _unknown() -> Value:
    raise _UnknownValue


def _wrapped(number: int) -> int:
    """As 64 bits hold it."""
    return (number + 2**63) % 2**64 - 2**63


def _text(value: Value) -> str:
    """As OCaml writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return "nan" if math.isnan(value) else "inf" if value > 0 else "neg_infinity"
        text = f"{value:.12g}"
        return text if re.search("[.e]", text) else f"{text}."
    if isinstance(value, list):
        raise _UnknownValue
    return str(value)


_WHOLE: Final = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F][0-9a-fA-F_]*|0[oO][0-7][0-7_]*|0[bB][01][01_]*|(?:0[uU])?[0-9][0-9_]*)",
    re.ASCII,
)


def _whole_number(value: Value) -> Value:
    """What ``int`` makes of a value."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not _WHOLE.fullmatch(value):
        raise _UnknownValue
    digits = value.lower().replace("0u", "").replace("_", "")
    radix = digits.lstrip("+-")[:2]
    base = {"0x": 16, "0o": 8, "0b": 2}.get(radix, 10)
    number = int(digits, base)
    if base != 10 and 2**63 <= abs(number) < 2**64:
        return _wrapped(number)
    return number if -(2**63) <= number < 2**63 else _unknown()


def _negated(value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _UnknownValue
    return -value if isinstance(value, float) else _wrapped(-value)


def _same(value: Value) -> Value:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else _unknown()


def _inverted(value: Value) -> Value:
    return ~value if isinstance(value, int) and not isinstance(value, bool) else _unknown()


def _not(value: Value) -> Value:
    return not value if isinstance(value, bool) else _unknown()


_UNARY: Final[Mapping[str, Callable[[Value], Value]]] = {
    "-": _negated,
    "+": _same,
    "~": _inverted,
    "not": _not,
}
_ORDERS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_BITS: Final[Mapping[str, Callable[[int, int], int]]] = {
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
}
_BINARY: Final = frozenset(
    {"+", "-", "*", "/", "%", "**", "<<", ">>", "==", "!=", "and", "or", "in", "not in", *_ORDERS, *_BITS}
)


def _binary(name: str, left: Value, right: Value) -> Value:
    if name in {"==", "!="}:
        return _equal(left, right) == (name == "==")
    if name in {"in", "not in"}:
        return _contains(right, left) == (name == "in")
    if name in {"and", "or"}:
        if not isinstance(left, bool) or not isinstance(right, bool):
            raise _UnknownValue
        return (left and right) if name == "and" else (left or right)
    if isinstance(left, (bool, str, list)) or isinstance(right, (bool, str, list)):
        raise _UnknownValue
    if name in _ORDERS:
        return _ORDERS[name](left, right)
    if isinstance(left, int) and isinstance(right, int):
        return _wrapped(_integers(name, left, right))
    return _reals(name, float(left), float(right))


def _integers(name: str, left: int, right: int) -> int:
    """Integer arithmetic of 64 bits, which divides towards zero."""
    if name in _BITS:
        return _BITS[name](left, right)
    if name in {"<<", ">>"}:
        if not 0 <= right < 64:
            raise _UnknownValue
        return left << right if name == "<<" else left >> right
    if name in {"/", "%"}:
        if right == 0:
            raise _UnknownValue
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        return quotient if name == "/" else left - quotient * right
    if name == "**":
        if right < 0:
            raise _UnknownValue
        return pow(left % 2**64, right, 2**64)
    return _sum(name, left, right)


def _reals(name: str, left: float, right: float) -> float:
    try:
        if name == "/":
            return left / right if right else math.copysign(math.inf, left) if left else math.nan
        if name == "%":
            return math.fmod(left, right)
        if name == "**":
            return math.pow(left, right)
    except (ValueError, OverflowError):
        raise _UnknownValue from None
    return _sum(name, left, right)


_Number = TypeVar("_Number", int, float)


def _sum(name: str, left: _Number, right: _Number) -> _Number:
    if name == "+":
        return left + right
    if name == "-":
        return left - right
    if name == "*":
        return left * right
    raise _UnknownValue


def _equal(left: Value, right: Value) -> bool:
    """Numbers by value; all else, and what is in lists, by type and value."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return isinstance(left, bool) == isinstance(right, bool) and left == right
    return _identical(left, right)


def _identical(left: Value, right: Value) -> bool:
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_identical, left, right))
    return type(left) is type(right) and left == right


def _contains(container: Value, value: Value) -> bool:
    if isinstance(container, list):
        return any(_identical(value, each) for each in container)
    if isinstance(container, str) and isinstance(value, str):
        return value in container
    raise _UnknownValue
