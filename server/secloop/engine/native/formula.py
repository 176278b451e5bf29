"""Compiles what a rule asks for, in Semgrep's old or new syntax, to a formula over patterns and regexes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from secloop.engine.native.match import Options


class Formula:
    """A formula; ``evaluate.evaluate`` finds its matches."""

    __slots__ = ()


def compile_formula(definition: Mapping[str, Any] | str, options: Options) -> Formula:
    """Compile a rule, or an item of a taint rule, that holds one of the keys of a formula.

    Those keys are ``pattern``, ``patterns``, ``pattern-either``, ``pattern-regex``, ``match`` or one of what stands
    below ``match``; keys that say nothing about a formula (``label``, ``exact``, …) are passed over.

    Raises:
        Unsupported: if the formula holds what only semgrep-core can do.
        InvalidPattern: if a pattern does not parse.
    """
    raise NotImplementedError
