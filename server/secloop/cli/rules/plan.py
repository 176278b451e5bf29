"""How a rule runs, for ``secloop rules explain``."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import click

from secloop.engine.native.compiled import CompiledRule, compiled
from secloop.engine.native.explain import anchors, described
from secloop.engine.native.plan import NATIVE, plan
from secloop.model import Rule

_WIDTH = 100
_NAMES = {NATIVE: "native, in process"}


def plan_value(rule: Rule) -> dict[str, Any]:
    """The engine of a rule, why it is that one, the words it needs, and the compiled formula; as plain data."""
    planned = plan(rule)
    made = compiled(rule)
    return {
        "id": rule.id,
        "engine": planned.engine,
        "reason": planned.reason or "every part of it runs in process",
        "anchors": None if isinstance(made, str) else anchors(made.formula),
        "formula": None if isinstance(made, str) else _formula(made),
    }


def _formula(made: CompiledRule) -> Any:
    """What a rule looks for; of a taint rule, where data comes from, passes and must not go."""
    if made.taint is None:
        return described(made.formula)
    parts: dict[str, Any] = {
        "sources": made.taint.sources,
        "sanitizers": made.taint.sanitizers,
        "propagators": made.taint.propagators,
        "sinks": made.taint.sinks,
    }
    return {name: [described(item.formula) for item in items] for name, items in parts.items() if items}


def plan_page(rule: Rule, value: Mapping[str, Any]) -> str:
    """The same for a person."""
    import yaml

    facts = {
        "Engine": _NAMES.get(value["engine"], "semgrep-core"),
        "Reason": value["reason"],
        "Anchors": _needed(value["anchors"]),
    }
    lines = [click.style(rule.id, bold=True), ""]
    for heading, text in facts.items():
        for number, part in enumerate(textwrap.wrap(text, _WIDTH - 12) or [""]):
            lines.append(f"{heading if number == 0 else '':<12}{part}")
    if value["formula"] is None:
        return "\n".join(lines)
    source = yaml.dump(value["formula"], Dumper=_dumper(), sort_keys=False, allow_unicode=True, width=_WIDTH)
    return "\n".join((*lines, "", textwrap.indent(source.removesuffix("\n...\n").rstrip(), "    ")))


def _needed(groups: list[list[str]] | None) -> str:
    """The words of which one of each group must be there."""
    if groups is None:
        return "those that semgrep-core looks for"
    each = (group[0] if len(group) == 1 else f"one of {', '.join(group)}" for group in groups)
    return "; ".join(each) or "none: any code may match"


def _dumper() -> Any:
    """A dumper that writes patterns of several lines as they were written."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes text of several lines as a block."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        style = "|" if "\n" in value else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return Dumper
