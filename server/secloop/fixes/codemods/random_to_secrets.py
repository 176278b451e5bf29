"""Values that must not be guessed come from ``secrets`` instead of ``random``."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, integer

TITLE = "Draw from secrets, which cannot be predicted"

_SAME = {"choice": "choice", "getrandbits": "randbits", "randbytes": "token_bytes"}
_PARAMETERS = {"choice": "seq", "getrandbits": "k", "randbytes": "n"}
_SYSTEM = frozenset(
    (  # noqa: SIM905 (a list of them fills a screen)
        "betavariate choices expovariate gammavariate gauss lognormvariate normalvariate paretovariate "
        "random sample shuffle triangular uniform vonmisesvariate weibullvariate"
    ).split()
)
_RANGES = ("randint", "randrange")


def rewrite(change: Rewrite) -> None:
    """Use the function of ``secrets`` that does the same, else ``secrets.SystemRandom()``."""
    functions = [f"random.{name}" for name in (*_SAME, *_SYSTEM, *_RANGES)]
    call = change.call_to(*functions)
    (qualified,) = change.names.resolve(call.func)
    name = qualified.removeprefix("random.")
    if name in _SAME:
        _same(change, call, name)
    elif name in _SYSTEM:
        change.replace(call.func, f"{_spelled(change, 'SystemRandom')}().{name}")
    else:
        _ranged(change, call, name)
    change.drop_unused("random")


def _spelled(change: Rewrite, name: str) -> str:
    return change.spell("secrets", name)


def _same(change: Rewrite, call: cst.Call, name: str) -> None:
    if len(call.args) != 1 or call.args[0].star:
        raise Refused(f"random.{name} is not called with its one argument")
    if call.args[0].keyword is not None:
        # The parameter has another name, or none, in secrets.
        change.replace_range(
            change.source.span(call.args[0])[0], change.source.full_span(call.args[0].value)[0], ""
        )
    change.replace(call.func, _spelled(change, _SAME[name]))


def _ranged(change: Rewrite, call: cst.Call, name: str) -> None:
    """``randint`` and ``randrange`` in terms of ``randbelow``."""
    first = change.argument(call, "a" if name == "randint" else "start", 0)
    second = change.argument(call, "b" if name == "randint" else "stop", 1)
    if first is None or (name == "randrange" and change.argument(call, "step", 2) is not None):
        raise Refused("the range has a step")
    if name == "randrange" and second is None:
        change.replace(call, f"{_spelled(change, 'randbelow')}({change.text(first.value)})")
        return
    if second is None:
        raise Refused("the range has no end")
    low, size = _size(change, first.value, second.value, 1 if name == "randint" else 0)
    below = f"{_spelled(change, 'randbelow')}({size})"
    if low == "0":
        change.replace(call, below)
    else:
        change.replace(call, f"{below} + {low}", atom=False)


def _size(
    change: Rewrite, first: cst.BaseExpression, second: cst.BaseExpression, more: int
) -> tuple[str, str]:
    """Code for the low end, and for how many values there are."""
    low, high = integer(first), integer(second)
    if low is not None and high is not None:
        return str(low), str(high - low + more)
    if low is None and not isinstance(first, cst.Name):
        # It would be evaluated twice.
        raise Refused("the low end of the range is not a plain value")
    lower, upper = change.text(first), change.text(second)
    if not isinstance(second, (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.Integer)):
        upper = upper if second.lpar else f"({upper})"
    shift = more - low if low is not None else more
    size = upper if low is not None else f"{upper} - {lower}"
    if shift:
        size += f" {'+' if shift > 0 else '-'} {abs(shift)}"
    return lower, size
