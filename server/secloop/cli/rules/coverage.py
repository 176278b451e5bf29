"""``secloop rules coverage``: how many rules there are for each weakness, risk, technology and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from secloop.cli.outputs import show
from secloop.cli.rules.loading import (
    FORMAT,
    PATHS,
    as_json,
    files_at,
    finish,
    load,
    open_engine,
    open_project,
)
from secloop.cli.tables import number_of, table
from secloop.model import Confidence, Rule, RuleSet
from secloop.reports.metadata import cwes, owasp
from secloop.reports.visible import one_line

_OWASP = re.compile(r"(A\d\d:\d{4})\s*-\s*(.+)")
_NONE = ("-", "")
Label = tuple[str, str]
"""An id and a name, which may be empty."""


class Group(Struct, frozen=True):
    """The rules for one label."""

    label: Label
    rules: tuple[Rule, ...]


class Way(Struct, frozen=True):
    """A way to group rules: a heading, the labels of a rule, and ids that are shown with no rule, too."""

    title: str
    labels: Callable[[Rule], Iterable[Label]]
    always: Sequence[str] = ()


def _of_cwe(rule: Rule) -> Iterable[Label]:
    return ((entry.id, entry.name) for entry in cwes(rule.metadata))


def _of_owasp(edition: str) -> Callable[[Rule], Iterable[Label]]:
    def labels(rule: Rule) -> Iterable[Label]:
        found = (_OWASP.fullmatch(name) for name in owasp(rule.metadata))
        return ((match[1], match[2]) for match in found if match and match[1].endswith(edition))

    return labels


def _of_technology(rule: Rule) -> Iterable[Label]:
    value = rule.metadata.get("technology")
    return ((one_line(str(each)), "") for each in (value if isinstance(value, list) else [value]) if each)


WAYS: Mapping[str, Way] = {
    "cwe": Way("CWE", _of_cwe),
    **{
        f"owasp-{edition}": Way(
            f"OWASP Top 10 of {edition}",
            _of_owasp(edition),
            [f"A{number:02}:{edition}" for number in range(1, 11)],
        )
        for edition in ("2021", "2025")
    },
    "technology": Way("Technology", _of_technology),
    "language": Way("Language", lambda rule: ((language, "") for language in rule.languages)),
}


@click.command("coverage")
@PATHS
@click.option(
    "--by", multiple=True, type=click.Choice(list(WAYS)), help="Only this table; repeat it for more."
)
@FORMAT
def coverage(paths: tuple[Path, ...], by: tuple[str, ...], form: str) -> None:
    """Show how many rules there are for each CWE, OWASP category, technology and language.

    Of the rules in PATHS, or of all that apply in this folder's root. A category of OWASP without a rule is shown;
    `-` stands for rules that name none.
    """
    ruleset = _rules(paths)
    groups = {way: grouped(ruleset.rules, WAYS[way]) for way in by or WAYS}
    if form == "json":
        click.echo(
            as_json({"rules": len(ruleset.rules), **{way: _values(each) for way, each in groups.items()}})
        )
    else:
        tables = ["\n".join(_table(WAYS[way], each)) for way, each in groups.items()]
        show("\n\n".join([*tables, number_of(len(ruleset.rules), "rule")]) + "\n")
    finish(ruleset.problems)


def grouped(rules: Iterable[Rule], way: Way) -> list[Group]:
    """The rules by label, sorted by id as people count; a label's name is the first that a rule gives it."""
    found: dict[str, list[Rule]] = {each: [] for each in way.always}
    names: dict[str, str] = {}
    for rule in rules:
        for label, name in dict(way.labels(rule)).items() or [_NONE]:
            found.setdefault(label, []).append(rule)
            names[label] = names.get(label) or name
    return [
        Group((label, names.get(label, "")), tuple(found[label])) for label in sorted(found, key=_counted)
    ]


def _counted(label: str) -> list[tuple[int, str]]:
    """A key that sorts CWE-79 before CWE-611, and what names none last."""
    if label == _NONE[0]:
        return [(1, "")]
    return [(0, part.rjust(8, "0") if part.isdigit() else part) for part in re.split(r"(\d+)", label)]


def _rules(paths: Sequence[Path]) -> RuleSet:
    if paths:
        return load([file for path in paths for file in files_at(path)], open_engine())
    return open_project().ruleset


def _table(way: Way, groups: Sequence[Group]) -> Iterable[str]:
    columns = [
        (way.title, [group.label[0] for group in groups]),
        ("Rules", [f"{len(group.rules):,}" for group in groups]),
        ("High confidence", [f"{_sure(group):,}" for group in groups]),
        ("With a fix", [f"{_fixed(group):,}" for group in groups]),
    ]
    if any(group.label[1] for group in groups):
        columns.append(("Name", [group.label[1] for group in groups]))
    return table(columns)


def _values(groups: Sequence[Group]) -> list[dict[str, Any]]:
    return [
        {
            "id": "" if group.label == _NONE else group.label[0],
            "name": group.label[1],
            "rules": [rule.id for rule in group.rules],
            "high_confidence": _sure(group),
            "with_fix": _fixed(group),
        }
        for group in groups
    ]


def _sure(group: Group) -> int:
    return sum(rule.confidence is Confidence.HIGH for rule in group.rules)


def _fixed(group: Group) -> int:
    return sum(rule.has_fix for rule in group.rules)
