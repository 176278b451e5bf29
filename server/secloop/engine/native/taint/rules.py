"""Taint rules, compiled: what is a source, what cleans, what passes taint on, what is a sink."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from secloop.engine.native.errors import InvalidPattern, Unsupported
from secloop.engine.native.formula import Formula
from secloop.engine.native.formula_compile import compile_formula
from secloop.engine.native.match import Options
from secloop.engine.native.taint.requires import Condition, compile_condition
from secloop.engine.native.taint.taints import DEFAULT_LABEL


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What taint comes from.

    Attributes:
        exact: only what is matched as a whole, and nothing inside it.
        side_effect: what is matched stays tainted after.
        only_side_effect: and is not a tainted value by itself.
        requires: holds for the labels of what comes in, or there is no taint.
    """

    formula: Formula
    label: str
    exact: bool
    side_effect: bool
    only_side_effect: bool
    requires: Condition | None


@dataclass(frozen=True, slots=True, eq=False)
class Sanitizer:
    """What has no taint, whatever is in it; ``side_effect``: and stays so."""

    formula: Formula
    exact: bool
    side_effect: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sink:
    """What taint must not reach.

    Attributes:
        exact: as a whole only.
        requires: holds for the labels that reach it.
        parts: if not None, metavariables and what holds for the labels that reach each.
    """

    formula: Formula
    exact: bool
    requires: Condition | None
    parts: tuple[tuple[str, Condition], ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class Propagator:
    """What passes taint from one metavariable to another.

    Attributes:
        side_effect: what it is passed to stays tainted after.
        label: the taint gets, or "" if it keeps its own.
        replaces: the labels that are replaced by it, None for all.
    """

    formula: Formula
    origin: str
    target: str
    side_effect: bool
    label: str
    requires: Condition | None
    replaces: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class TaintOptions:
    """Options that say how taint moves, by Semgrep's names."""

    taint_assume_safe_functions: bool = False
    taint_assume_safe_indexes: bool = False
    taint_assume_safe_comparisons: bool = False
    taint_assume_safe_booleans: bool = False
    taint_assume_safe_numbers: bool = False
    taint_unify_mvars: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> TaintOptions:
        """Read a rule's ``options:``; those of patterns are passed over.

        Raises:
            Unsupported: for a taint option that is not known here.
        """
        known = {field.name for field in fields(cls)}
        values: dict[str, bool] = {}
        for name, value in options.items():
            if not name.startswith("taint_") or name in _WITHOUT_EFFECT or (name, value) in _DEFAULTS.items():
                continue
            if name not in known or not isinstance(value, bool):
                raise Unsupported(f"option {name}")
            values[name] = value
        return cls(**values)


_DEFAULTS: Final = {
    "taint_only_propagate_through_assignments": False,
    "taint_focus_on": "sink",
    "taint_match_on": "sink",
}
"""What may be said of options that semgrep-core alone follows."""
_WITHOUT_EFFECT: Final = frozenset({"taint_intrafile", "taint_interproc_lambdas"})
"""They concern what Semgrep's open-source engine does not do."""


@dataclass(frozen=True, slots=True, eq=False)
class TaintRule:
    """A compiled taint rule."""

    sources: tuple[Source, ...]
    sanitizers: tuple[Sanitizer, ...]
    propagators: tuple[Propagator, ...]
    sinks: tuple[Sink, ...]
    options: TaintOptions

    def formulas(self) -> list[Formula]:
        """All formulas of it."""
        return [
            *(source.formula for source in self.sources),
            *(sanitizer.formula for sanitizer in self.sanitizers),
            *(propagator.formula for propagator in self.propagators),
            *(sink.formula for sink in self.sinks),
        ]


def compile_taint(definition: Mapping[str, Any]) -> TaintRule:
    """Compile a rule with ``mode: taint`` or with ``taint:``.

    Raises:
        Unsupported: if only semgrep-core can run it.
        InvalidPattern: if semgrep-core refuses it.
    """
    spec = definition.get("taint")
    if spec is None:
        spec = {
            "sources": definition.get("pattern-sources", []),
            "sinks": definition.get("pattern-sinks", []),
            "sanitizers": definition.get("pattern-sanitizers", []),
            "propagators": definition.get("pattern-propagators", []),
        }
    options = definition.get("options") or {}
    compiler = _Compiler(Options.of(options))
    return TaintRule(
        tuple([compiler.source(item) for item in _items(spec.get("sources"))]),
        tuple([compiler.sanitizer(item) for item in _items(spec.get("sanitizers"))]),
        tuple([compiler.propagator(item) for item in _items(spec.get("propagators"))]),
        tuple([compiler.sink(item) for item in _items(spec.get("sinks"))]),
        TaintOptions.of(options),
    )


class _Compiler:
    def __init__(self, options: Options) -> None:
        self._options = options

    def source(self, item: Any) -> Source:
        item = _item(item, {"exact", "by-side-effect", "label", "requires"})
        side_effect = item.get("by-side-effect", False)
        label = item.get("label", DEFAULT_LABEL)
        if side_effect not in (True, False, "only") or not isinstance(label, str):
            raise InvalidPattern("a source")
        requires = _condition(item)
        if requires is not None and requires(()):
            raise Unsupported("a source that requires nothing to come in")
        return Source(
            self._formula(item),
            label,
            _flag(item, "exact", False),
            side_effect is not False,
            side_effect == "only",
            requires,
        )

    def sanitizer(self, item: Any) -> Sanitizer:
        item = _item(item, {"exact", "by-side-effect"})
        return Sanitizer(
            self._formula(item), _flag(item, "exact", False), _flag(item, "by-side-effect", False)
        )

    def sink(self, item: Any) -> Sink:
        item = _item(item, {"exact", "requires"})
        requires = item.get("requires")
        formula = self._formula(item)
        exact = _flag(item, "exact", True)
        if isinstance(requires, list):
            parts = tuple(
                [(_text(name), compile_condition(text)) for part in requires for name, text in part.items()]
            )
            return Sink(formula, exact, None, parts)
        return Sink(formula, exact, _condition(item), None)

    def propagator(self, item: Any) -> Propagator:
        item = _item(item, {"from", "to", "by-side-effect", "label", "requires", "replace-labels"})
        replaces = item.get("replace-labels")
        if replaces is not None and not isinstance(replaces, list):
            raise InvalidPattern("replace-labels")
        label = item.get("label", "")
        if not isinstance(label, str):
            raise InvalidPattern("a label")
        return Propagator(
            self._formula(item),
            _text(item.get("from")),
            _text(item.get("to")),
            _flag(item, "by-side-effect", True),
            label,
            _condition(item),
            None if replaces is None else frozenset(map(str, replaces)),
        )

    def _formula(self, item: Mapping[str, Any]) -> Formula:
        return compile_formula(item, self._options)


_KEYS: Final = frozenset(
    {"pattern", "patterns", "pattern-either", "pattern-regex", "match"}
    | {"any", "all", "regex", "where", "inside", "not"}
)


def _items(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise InvalidPattern("what must be a list is none")
    return value


def _item(value: Any, keys: set[str]) -> Mapping[str, Any]:
    if isinstance(value, str):
        return {"pattern": value}
    if not isinstance(value, Mapping):
        raise InvalidPattern("an item that is neither text nor mapping")
    unknown = value.keys() - keys - _KEYS
    if unknown:
        raise Unsupported(", ".join(sorted(map(str, unknown))))
    return value


def _flag(item: Mapping[str, Any], name: str, default: bool) -> bool:
    value = item.get(name, default)
    if not isinstance(value, bool):
        raise InvalidPattern(name)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.startswith("$"):
        raise InvalidPattern("no metavariable")
    return value


def _condition(item: Mapping[str, Any]) -> Condition | None:
    value = item.get("requires")
    if value is None:
        return None
    if isinstance(value, list):
        raise Unsupported("requires of several metavariables")
    return compile_condition(value)
