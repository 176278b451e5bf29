"""What is known of a variable's value: its own taints, and those of its attributes and elements.

A `Cell` has taints, or is clean, or says nothing of its own; below it are cells of attributes and of elements. An
element whose index is not known stands for all of them (``ANY``). All of it as semgrep-core has it: to it, an element
that is assigned to may be any, and what is read by an index may be any attribute, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from secloop.engine.native.taint.taints import NO_TAINTS, Taint, Taints, same, union

Key: TypeAlias = str | int | None
ANY: Final = None
"""The key of an element with an unknown index."""

Step: TypeAlias = "tuple[bool, Key]"
"""Whether it is an index, and the key."""

Fields: TypeAlias = "dict[Key, Cell] | None"
"""None where nothing is known."""


_Change: TypeAlias = Callable[[Taint], Taint]


class Cell:
    """Knowledge of a value. Immutable; ``clean`` excludes taints."""

    __slots__ = ("clean", "fields", "taints")

    def __init__(self, taints: Taints, fields: Fields, clean: bool = False) -> None:
        self.taints = taints
        self.fields = fields
        self.clean = clean

    def __repr__(self) -> str:
        own = "C" if self.clean else "{" + ", ".join(map(repr, self.taints)) + "}"
        return f"<{own}>{self.fields!r}"


_DEPTH: Final = 12
"""How deep a value is followed into: what lies deeper counts for the cell there. Without a bound, a loop with
``node.next = node`` would never settle; semgrep-core follows it until its time is out."""

_MOST_TAINTS: Final = 25
"""A cell that has so many takes no more, as in semgrep-core."""

EMPTY: Final = Cell(NO_TAINTS, None)
CLEAN: Final = Cell(NO_TAINTS, None, True)


def unify(left: Cell, right: Cell) -> Cell:
    """What holds if either may hold."""
    if left is right:
        return left
    fields = unify_fields(left.fields, right.fields)
    taints = union(left.taints, right.taints)
    return Cell(taints, fields, not taints and (left.clean or right.clean))


def unify_fields(left: Fields, right: Fields) -> Fields:
    """The fields of two values, of which either may be there."""
    if left is right or right is None:
        return left
    if left is None:
        return right
    result = dict(left)
    for key, cell in right.items():
        known = result.get(key)
        result[key] = cell if known is None else unify(known, cell)
    return result


def equal(left: Cell, right: Cell) -> bool:
    """Whether two cells say the same, whatever ways their taints came."""
    if left is right:
        return True
    if left.clean is not right.clean or not same(left.taints, right.taints):
        return False
    first, second = left.fields, right.fields
    if first is second:
        return True
    if first is None or second is None or first.keys() != second.keys():
        return False
    return all(equal(cell, second[key]) for key, cell in first.items())


def bounded(cell: Cell, depth: int = _DEPTH) -> Cell:
    """The cell, with all that lies too deep gathered."""
    if cell.fields is None:
        return cell
    if depth == 0:
        return CLEAN if cell.clean else Cell(gathered(cell.taints, cell.fields), None)
    changed: dict[Key, Cell] | None = None
    for key, inner in cell.fields.items():
        kept = bounded(inner, depth - 1)
        if kept is not inner:
            if changed is None:
                changed = dict(cell.fields)
            changed[key] = kept
    return cell if changed is None else Cell(cell.taints, changed, cell.clean)


def find(cell: Cell, steps: tuple[Step, ...]) -> Cell | None:
    """What is known of a part of a value; its own taints are those of the nearest value around it that has any.

    None if nothing is known.
    """
    around = cell
    for is_index, key in steps:
        if cell.clean:
            return CLEAN
        if cell.fields is None:
            return Cell(around.taints, None, around.clean)
        inner = _any_of(cell.fields) if is_index else cell.fields.get(key)
        if inner is None:
            return Cell(around.taints, None, around.clean)
        cell = inner
        if cell.taints or cell.clean:
            around = cell
    return cell if cell is around else Cell(around.taints, cell.fields, around.clean)


def find_strictly(cell: Cell, steps: tuple[Step, ...]) -> Cell | None:
    """What is known of a part of a value itself."""
    for is_index, key in steps:
        if cell.clean or cell.fields is None:
            return None
        inner = _any_of(cell.fields) if is_index else cell.fields.get(key)
        if inner is None:
            return None
        cell = inner
    return cell


def _any_of(fields: dict[Key, Cell]) -> Cell | None:
    result: Cell | None = None
    for key in fields if len(fields) == 1 else sorted(fields, key=_order):
        result = fields[key] if result is None else unify(fields[key], result)
    return result


def updated(cell: Cell, steps: tuple[Step, ...], value: Cell) -> Cell:
    """The value after something was stored in a part of it; what was there before may still be."""
    if not steps:
        taints = cell.taints if len(cell.taints) >= _MOST_TAINTS else union(cell.taints, value.taints)
        return Cell(taints, unify_fields(cell.fields, value.fields))
    (is_index, key), rest = steps[0], steps[1:]
    fields = dict(cell.fields) if cell.fields is not None else {}
    if is_index:
        for known in list(fields):
            fields[known] = updated(fields[known], rest, value)
        if ANY not in fields:
            fields[ANY] = updated(EMPTY, rest, value)
    else:
        fields[key] = updated(fields.get(key, EMPTY), rest, value)
    return Cell(cell.taints, fields)


def cleaned(cell: Cell, steps: tuple[Step, ...]) -> Cell:
    """The value after a part of it became clean."""
    if not steps:
        return CLEAN
    (is_index, key), rest = steps[0], steps[1:]
    if is_index and not rest:
        return CLEAN
    fields = dict(cell.fields) if cell.fields is not None else {}
    if is_index:
        for known in list(fields):
            fields[known] = cleaned(fields[known], rest)
        if ANY not in fields:
            fields[ANY] = cleaned(EMPTY, rest)
    else:
        fields[key] = cleaned(fields.get(key, EMPTY), rest)
    return Cell(cell.taints, fields, cell.clean)


def gathered(taints: Taints, fields: Fields) -> Taints:
    """All taints of a value and what is in it: names first, then numbers."""
    if fields is not None:
        for key in fields if len(fields) == 1 else sorted(fields, key=_order):
            cell = fields[key]
            if not cell.clean:
                taints = union(taints, gathered(cell.taints, cell.fields))
    return taints


def _order(key: Key) -> tuple[int, str, int]:
    if isinstance(key, str):
        return 0, key, 0
    return (2, "", 0) if key is None else (1, "", key)


def mapped(cell: Cell, change: _Change) -> Cell:
    """The value with each of its taints changed."""
    taints = {taint.key: taint for taint in map(change, cell.taints.values())} if cell.taints else NO_TAINTS
    return Cell(taints, mapped_fields(cell.fields, change), cell.clean)


def mapped_fields(fields: Fields, change: _Change) -> Fields:
    """The fields with each of their taints changed."""
    if fields is None:
        return None
    return {key: mapped(cell, change) for key, cell in fields.items()}
