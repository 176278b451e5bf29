"""Compares secrets in a time that does not tell how much of them was right."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Rewrite

TITLE = "Compare in constant time"


def rewrite(change: Rewrite) -> None:
    """``a == b`` becomes ``hmac.compare_digest(a, b)``."""
    comparison = change.find(cst.Comparison, _is_equality, "comparison")
    target = comparison.comparisons[0]
    arguments = f"{change.text(comparison.left)}, {change.text(target.comparator)}"
    call = f"{change.spell('hmac', 'compare_digest')}({arguments})"
    if isinstance(target.operator, cst.Equal):
        change.replace(comparison, call)
    else:
        parent = change.source.parent(comparison)
        change.replace(comparison, f"not {call}", atom=isinstance(parent, (cst.BooleanOperation, cst.IfExp)))


def _is_equality(comparison: cst.Comparison) -> bool:
    return len(comparison.comparisons) == 1 and isinstance(
        comparison.comparisons[0].operator, (cst.Equal, cst.NotEqual)
    )
