"""How many rules run in process, and which features leave others to semgrep-core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from secloop.cli.tables import number_of
from secloop.engine.native.plan import NATIVE, plan
from secloop.model import Rule

_SHOWN = 3
"""Rules of which the summary tells the ids, for each feature."""


def summary(rules: Sequence[Rule]) -> Iterator[str]:
    """A line with the numbers, and one for each reason why rules run in semgrep-core, the most frequent first."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        planned = plan(rule)
        if planned.engine != NATIVE:
            reasons[planned.reason].append(rule.id)
    others = sum(map(len, reasons.values()))
    yield f"{number_of(len(rules) - others, 'rule')} in process, {others:,} in semgrep-core"
    for reason, ids in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0])):
        more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
        yield f"semgrep-core: {reason}: {', '.join(ids[:_SHOWN])}{more}"
