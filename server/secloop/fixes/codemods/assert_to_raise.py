"""A check that ``python -O`` would remove becomes one that stays."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Check even under python -O"

_OPPOSITES: tuple[tuple[type[cst.BaseCompOp], str], ...] = (
    (cst.Is, "is not"),
    (cst.IsNot, "is"),
    (cst.In, "not in"),
    (cst.NotIn, "in"),
)
"""Operators whose opposite is exact for every type."""


def rewrite(change: Rewrite) -> None:
    """``assert x, m`` becomes ``if not x: raise AssertionError(m)`` on two lines."""
    check = change.find(cst.Assert, change.source.has, "assert statement")
    line = change.source.parent(check)
    block = change.source.parent(line) if line is not None else None
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1 or block is None:
        raise Refused("the assert shares its line with other statements")
    start, end = change.source.span(check)
    position = change.source.document.position(start)
    indentation = change.source.document.line_text(position.line)[: position.column - 1]
    step = change.source.module.default_indent
    words = f"({change.text(check.msg)})" if check.msg is not None else ""
    text = f"if {_negated(change, check.test)}:\n{indentation}{step}raise AssertionError{words}"
    change.replace_range(start, end, text)


def _negated(change: Rewrite, test: cst.BaseExpression) -> str:
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not) and not test.lpar:
        return change.text(test.expression)
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1 and not test.lpar:
        target = test.comparisons[0]
        for operator, opposite in _OPPOSITES:
            if isinstance(target.operator, operator):
                return f"{change.text(test.left)} {opposite} {change.text(target.comparator)}"
    binds = isinstance(test, (cst.Name, cst.Attribute, cst.Call, cst.Subscript)) or bool(test.lpar)
    return f"not {change.text(test)}" if binds else f"not ({change.text(test)})"
