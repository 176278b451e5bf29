"""Reads the ``requires`` of taint rules: conditions on the labels that are there."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection
from typing import Any, TypeAlias

from secloop.engine.native.errors import Unsupported

_Test: TypeAlias = Callable[[Collection[str]], bool]


class Condition:
    """A condition on labels.

    Attributes:
        label: the one that it is about first, or "" if there is none: taint with it is shown rather than others.
    """

    __slots__ = ("_test", "label")

    def __init__(self, test: _Test, label: str) -> None:
        self._test = test
        self.label = label

    def __call__(self, labels: Collection[str]) -> bool:
        """Whether it holds for these labels."""
        return self._test(labels)


def compile_condition(text: Any) -> Condition:
    """The condition that an expression of labels, ``and``, ``or``, ``not`` and parentheses is.

    Raises:
        Unsupported: if it is anything else.
    """
    if not isinstance(text, str) or len(text) > 2000:
        raise Unsupported("requires that is not a text")
    try:
        parsed = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Unsupported(f"requires {text[:40]!r}") from None
    return Condition(_condition(parsed, text), _first(parsed))


def _condition(node: ast.expr, text: str) -> _Test:
    if isinstance(node, ast.Name):
        label = node.id
        return lambda labels: label in labels
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        value = node.value
        return lambda labels: value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _condition(node.operand, text)
        return lambda labels: not inner(labels)
    if isinstance(node, ast.BoolOp):
        parts = [_condition(part, text) for part in node.values]
        if isinstance(node.op, ast.And):
            return lambda labels: all(part(labels) for part in parts)
        return lambda labels: any(part(labels) for part in parts)
    raise Unsupported(f"requires {text[:40]!r}")


def _first(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        return next(filter(None, map(_first, node.values)), "")
    return ""
