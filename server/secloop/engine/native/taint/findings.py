"""Makes matches of the taints that have reached sinks: which are one, what they are bound to, which way is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from secloop.engine.native import nodes as n
from secloop.engine.native.evaluate import united
from secloop.engine.native.hits import Hit, TracedHit
from secloop.engine.native.match import Bound, BoundKind, Env
from secloop.engine.native.match_bound import import_path
from secloop.engine.native.nodes import Node
from secloop.engine.native.taint.effects import Effects, Reached
from secloop.engine.native.taint.matches import SpecMatch, outermost
from secloop.engine.native.taint.requires import Condition
from secloop.engine.native.taint.rules import Sink, TaintOptions
from secloop.engine.native.taint.taints import DEFAULT_LABEL, Taint
from secloop.engine.native.taint.tokens import tokens_of

Tokens = Callable[[int, int], tuple[int, int]]
"""The range of the tokens of the code that a range is matched as."""
_Groups = dict[object, tuple[Env, list[Taint]]]


def matches(effects: Effects, options: TaintOptions, source: bytes, tokens: Tokens) -> Iterator[TracedHit]:
    """The matches of a rule in a piece of code."""
    reached = list(effects.reached.values())
    shown = outermost([sink for sink, _ in reached]) if len(reached) > 1 else None
    for sink, pieces in reached:
        if shown is not None and id(sink) not in shown:
            continue
        for env, taint in _bound(sink, pieces, options):
            yield _traced(sink, env, taint, source, tokens)


def _place(taint: Taint) -> tuple[int, int, str]:
    hit = taint.source.hit
    return hit.start, hit.end, taint.label


def _bound(sink: SpecMatch[Sink], pieces: Reached, options: TaintOptions) -> Iterator[tuple[Env, Taint]]:
    """What a match is bound to, and the taint that is shown, for each match there is."""
    requires = sink.item.requires
    judged_together = requires is not None or sink.item.parts is not None
    if judged_together and not options.taint_unify_mvars:
        yield from _bound_together(sink, pieces)
        return
    together = {key: taint for reached in reversed(pieces.values()) for key, taint in reached.items()}
    taints = sorted(together.values(), key=_place)
    groups: _Groups = {}
    for taint in taints:
        env = _pair(sink.hit.env, taint.source.hit.env, options.taint_unify_mvars)
        if env is not None:
            groups.setdefault(_bindings(env), (env, []))[1].append(taint)
    for env, group in groups.values():
        labels: Collection[str] = {taint.label for taint in group}
        if requires(labels) if requires is not None else judged_together or DEFAULT_LABEL in labels:
            yield env, group[0] if judged_together else group[-1]


def _bindings(env: Env) -> object:
    return frozenset((name, bound.span, bound.text) for name, bound in env.items())


def _way(taints: list[Taint], requires: Condition | None) -> Taint | None:
    """The taint to show of several: one whose source requires none, with the label that is asked for if there is."""
    label = requires.label if requires is not None else ""
    first = [taint for taint in taints if taint.source.item.requires is None]
    first = first or [taint for taint in taints if taint.source.item.side_effect]
    return next((taint for taint in first if taint.label == label), first[0] if first else None)


def _tokens_of(taint: Taint) -> Iterator[Node]:
    """The variables that a taint came by, the last first."""
    rest = taint.steps
    while rest is not None:
        token, rest = rest
        yield token


def _bound_together(sink: SpecMatch[Sink], pieces: Reached) -> Iterator[tuple[Env, Taint]]:
    """The same for a sink with conditions on what reaches it: all taints of a piece are one match."""
    requires = sink.item.requires
    shown: set[object] = set()
    for reached in pieces.values():
        taints = sorted(reached.values(), key=_place)
        way = _way(taints, requires)
        if way is None or (requires is not None and not requires({taint.label for taint in taints})):
            continue
        env = _merged(sink.hit, taints)
        key = _bindings(env)
        if key not in shown:
            shown.add(key)
            yield env, way
        if sink.item.parts is not None:
            return


def _pair(sink: Env, source: Env, unify: bool) -> Env | None:
    if not unify:
        return {**sink, **source}
    both = united(source, sink)
    return None if both is None else {**both, **sink}


def _merged(sink: Hit, taints: list[Taint]) -> Env:
    """The sink's bindings and those that all sources agree on."""
    bindings: dict[str, Bound | None] = {}
    for taint in taints:
        for name, bound in taint.source.hit.env.items():
            known = bindings.setdefault(name, None if _has_two_names(bound) else bound)
            if known is not None and known is not bound and not known.equals(bound):
                bindings[name] = None
    agreed = {name: bound for name, bound in bindings.items() if bound is not None}
    return {**sink.env, **agreed}


def _has_two_names(bound: Bound) -> bool:
    """Whether it is the alias of an import, for which semgrep-core has a second match, with the full name."""
    names = bound.kind is BoundKind.NAME and bound.nodes[0].kind is n.NAME
    return names and import_path(bound.nodes[0]) not in ((), (bound.text,))


def _traced(sink: SpecMatch[Sink], env: Env, taint: Taint, source: bytes, tokens: Tokens) -> TracedHit:
    def step(kind: str, start: int, end: int) -> tuple[str, int, int, str]:
        return kind, start, end, source[start:end].decode("utf-8", "replace")

    origin, target = taint.source.hit, sink.hit
    steps = [step("step", *tokens_of(token, source)) for token in _tokens_of(taint)]
    trace = (
        step("source", *tokens(origin.start, origin.end)),
        *reversed(steps),
        step("sink", *tokens(target.start, target.end)),
    )
    return TracedHit(target.start, target.end, env, trace)
