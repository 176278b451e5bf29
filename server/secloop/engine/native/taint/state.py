"""What is known of all variables at a point of a function."""

from __future__ import annotations

from operator import itemgetter
from typing import Final, TypeAlias

from secloop.engine.native.nodes import Node
from secloop.engine.native.taint import il
from secloop.engine.native.taint.shapes import (
    CLEAN,
    EMPTY,
    Cell,
    Step,
    bounded,
    cleaned,
    equal,
    find,
    find_strictly,
    mapped,
    unify,
    updated,
)

PASSED: Final = "<passed>"
"""What keys begin with of taint that propagators have taken along. It goes no further than to where ways meet."""
_MOST_VARIABLES: Final = 50
"""When more are known, further ones are not followed, as in semgrep-core."""

State: TypeAlias = dict[tuple[object, ...], Cell]
"""By variable. Those that nothing is known of are not there."""


def place(lvalue: il.Lvalue) -> tuple[il.VarKey, tuple[Step, ...], Node | None] | None:
    """The variable that holds an l-value, the way to it from there, and where the variable is written.

    An attribute of ``self`` is a variable; ``self`` itself holds nothing.
    """
    offsets = lvalue.offsets
    key, token = lvalue.variable, lvalue.token
    if key is il.SELF:
        if not offsets or offsets[0].index is not None:
            return None
        token = offsets[0].token
        assert token is not None
        key = il.key_of(token)
        offsets = offsets[1:]
    return key, tuple([(offset.index is not None, offset.key) for offset in offsets]), token


def lookup(state: State, lvalue: il.Lvalue, *, strict: bool = False) -> Cell | None:
    """What is known of an l-value, None if nothing. ``strict``: not what is known of what it is a part of."""
    where = place(lvalue)
    if where is None:
        return None
    cell = state.get(where[0])
    if cell is None:
        return None
    return find_strictly(cell, where[1]) if strict else find(cell, where[1])


def store(state: State, lvalue: il.Lvalue, value: Cell) -> None:
    """Add what is stored in an l-value to what may be there; its taints have come one variable further."""
    where = place(lvalue)
    if where is None:
        return
    key, steps, token = where
    if token is not None:
        at = token
        value = mapped(value, lambda taint: taint.through(at))
    known = state.get(key)
    if known is None and not _has_room(state):
        return
    if not steps and known is None:
        state[key] = bounded(value)
    else:
        state[key] = bounded(updated(EMPTY if known is None else known, steps, value))


def _has_room(state: State) -> bool:
    """Whether there is room for another variable; a temporary is forgotten for it."""
    if len(state) <= _MOST_VARIABLES:
        return True
    # The first by name, and of those the oldest.
    temporaries = [
        (name, -number, key)
        for key in state
        for name, number in [key[:2]]
        if isinstance(number, int) and number < il.UNRESOLVED
    ]
    if not temporaries:
        return False
    del state[min(temporaries, key=itemgetter(0, 1))[2]]
    return True


def clean(state: State, lvalue: il.Lvalue) -> None:
    """Make an l-value clean, if anything is known of its variable; else semgrep-core makes room all the same."""
    where = place(lvalue)
    if where is None:
        return
    key, steps, _ = where
    known = state.get(key)
    if known is not None:
        state[key] = cleaned(known, steps) if steps else CLEAN
    else:
        _has_room(state)


def joined(states: list[State]) -> State:
    """What may hold after any of several points."""
    if len(states) == 1:
        return states[0]
    result: State = dict(states[0])
    for key in [key for key in result if key[0] == PASSED]:
        del result[key]
    for state in states[1:]:
        for key, cell in state.items():
            known = result.get(key)
            if known is None:
                if key[0] != PASSED:
                    result[key] = cell
            elif known is not cell:
                result[key] = unify(known, cell)
    return result


def same_state(left: State, right: State) -> bool:
    """Whether two states say the same of every variable."""
    if left is right:
        return True
    if len(left) != len(right):
        return False
    for key, cell in left.items():
        other = right.get(key)
        if other is None or not equal(cell, other):
            return False
    return True
