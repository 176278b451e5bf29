"""The `options:` of a rule that say how its patterns match code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from secloop.engine.native.errors import Unsupported


@dataclass(frozen=True, slots=True)
class Options:
    """What a rule's ``options:`` say, by Semgrep's names and with its defaults.

    Attributes:
        constant_propagation: names and expressions of a known constant value match like that value.
        symbolic_propagation: names match like the expression they were assigned.
        ac_matching: ``and``, ``or`` and bitwise operators match in other groupings (and orders, if commutative).
        commutative_boolop: the operands of ``and`` and ``or`` match in any order.
        commutative_compop: the operands of ``==`` and ``!=`` match in any order.
        symmetric_eq: as ``commutative_compop``, Semgrep's older name.
        vardef_assign: a pattern that assigns matches a definition of a variable.
        flddef_assign: likewise the definition of a field.
        attr_expr: an expression pattern matches a decorator.
        unify_ids_strictly: a metavariable's occurrences are equal names only if they stand for the same thing.
        strict_mvar_name_binding: undocumented.
        go_deeper_expr: ``<... $X ...>`` looks into whatever is below.
        go_deeper_stmt: a sequence with ``...`` looks into the bodies of statements.
        implicit_deep_exprstmt: an expression statement in a pattern matches anywhere in a statement's expressions.
        implicit_ellipsis: what a class or dictionary holds more than the pattern does not matter.
        implicit_return: ``return x`` matches the last expression of a function, in languages that return it.
        decorators_order_matters: decorators match in their order only.
    """

    constant_propagation: bool = True
    symbolic_propagation: bool = False
    ac_matching: bool = True
    commutative_boolop: bool = False
    commutative_compop: bool = False
    symmetric_eq: bool = False
    vardef_assign: bool = True
    flddef_assign: bool = False
    attr_expr: bool = True
    unify_ids_strictly: bool = True
    strict_mvar_name_binding: bool = False
    go_deeper_expr: bool = True
    go_deeper_stmt: bool = True
    implicit_deep_exprstmt: bool = True
    implicit_ellipsis: bool = True
    implicit_return: bool = True
    decorators_order_matters: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Options:
        """Read a rule's ``options:``. Those of taint rules and of other languages are passed over.

        Raises:
            Unsupported: for an option that is not known here, or a value that is not a boolean.
        """
        known = {field.name for field in fields(cls)}
        values: dict[str, bool] = {}
        for name, value in options.items():
            if name.startswith(_ELSEWHERE):
                continue
            if name not in known:
                raise Unsupported(f"option {name}")
            if not isinstance(value, bool):
                raise Unsupported(f"option {name} with a value that is not a boolean")
            values[name] = value
        return cls(**values)


_ELSEWHERE: Final = ("taint_", "generic_", "xml_", "cpp_", "let_is_var", "arrow_is_function", "interfile")
"""How the names of options start that have no say in how a Python pattern matches."""
