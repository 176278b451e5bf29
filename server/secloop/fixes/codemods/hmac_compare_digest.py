"""Compares secrets in a time that does not tell how much of them was right."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Rewrite

TITLE = "Compare in constant time"


def rewrite(change: Rewrite) -> None:
    """``a == b`` becomes ``hmac.compare_digest(a, b)``."""
    comparison = change.find(cst.Comparison, _is_equality, "comparison")
    target = comparison.comparisons[0]
    arguments = f"{_present(change, comparison.left)}, {_present(change, target.comparator)}"
    call = f"{change.spell('hmac', 'compare_digest')}({arguments})"
    if isinstance(target.operator, cst.Equal):
        change.replace(comparison, call)
    else:
        parent = change.source.parent(comparison)
        change.replace(comparison, f"not {call}", atom=isinstance(parent, (cst.BooleanOperation, cst.IfExp)))


def _present(change: Rewrite, value: cst.BaseExpression) -> str:
    """The text of a value that is never None: ``None == "…"`` is false, but ``compare_digest`` refuses None."""
    text = change.text(value)
    is_get = (
        isinstance(value, cst.Call)
        and isinstance(value.func, cst.Attribute)
        and value.func.attr.value == "get"
        and len(value.args) == 1
        and not value.args[0].star
        and not value.lpar
    )
    return f'{text.rstrip().removesuffix(")").rstrip().removesuffix(",")}, "")' if is_get else text


def _is_equality(comparison: cst.Comparison) -> bool:
    return len(comparison.comparisons) == 1 and isinstance(
        comparison.comparisons[0].operator, (cst.Equal, cst.NotEqual)
    )
