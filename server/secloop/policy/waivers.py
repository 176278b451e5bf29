"""Waivers: accepted risks in the policy file, each with a reason, an owner and a last day."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable

from secloop.model import Acceptance, Notice, Problem, ProblemKind, Rule
from secloop.policy.globs import path_globs, rule_globs
from secloop.workspace.settings import Config, Waiver


def waivers_for(config: Config, rule: Rule, path: str, fingerprint: str) -> tuple[int, ...]:
    """Indexes of the waivers in ``config.waivers`` that name a finding, expired or not."""
    return tuple(
        index for index, waiver in enumerate(config.waivers) if names(waiver, rule.id, path, fingerprint)
    )


def acceptance(config: Config, indexes: Iterable[int], as_of: datetime.date) -> Acceptance | None:
    """The acceptance by the first of these waivers that is in force on a day, or None."""
    for index in indexes:
        waiver = config.waivers[index]
        if is_valid(waiver, config, as_of):
            return Acceptance("waiver", waiver.reason, waiver.line, waiver.owner, waiver.expires.isoformat())
    return None


def is_valid(waiver: Waiver, config: Config, as_of: datetime.date) -> bool:
    """Whether a waiver is in force on a day: its expiry date is its last day, and is not too far away."""
    return as_of <= waiver.expires and not _too_long(waiver, config, as_of)


def waiver_problems(config: Config, as_of: datetime.date) -> tuple[Problem, ...]:
    """An error for each waiver that ends more than ``max-waiver-days`` after a day."""
    return tuple(
        Problem(
            ProblemKind.POLICY,
            f"waiver expires {waiver.expires}, which is {(waiver.expires - as_of).days} days away; "
            f"max-waiver-days allows {config.max_waiver_days}",
            config.path,
            waiver.line,
        )
        for waiver in config.waivers
        if _too_long(waiver, config, as_of)
    )


def waiver_notices(
    config: Config, as_of: datetime.date, used: Iterable[int], *, whole: bool
) -> tuple[Notice, ...]:
    """What to say of waivers that have expired or match nothing.

    Args:
        used: index of the waiver, once for each finding that it names.
        whole: whether the whole root was checked; only then can a waiver be known to match nothing.
    """
    counts = Counter(used)
    notices = []
    for index, waiver in enumerate(config.waivers):
        count = counts[index]
        if waiver.expires < as_of and count:
            message = f"waiver expired {waiver.expires} ({waiver.owner}): {_findings(count)} open again"
            notices.append(Notice("expired-waiver", message, config.path, waiver.line))
        elif waiver.expires < as_of:
            message = f"waiver expired {waiver.expires} ({waiver.owner}): remove it or renew it"
            notices.append(Notice("expired-waiver", message, config.path, waiver.line))
        elif whole and not count:
            message = f"waiver matches no finding ({waiver.owner}, expires {waiver.expires}): remove it"
            notices.append(Notice("unused-waiver", message, config.path, waiver.line))
    return tuple(notices)


def names(waiver: Waiver, rule_id: str, path: str, fingerprint: str) -> bool:
    """Whether everything that a waiver says of a finding is true of it."""
    if not (waiver.rule or waiver.path or waiver.fingerprint):
        return False  # loading refuses it; it must not come to mean everything
    if waiver.rule and not rule_globs((waiver.rule,)).match(rule_id):
        return False
    if waiver.fingerprint and not fingerprint.startswith(waiver.fingerprint.lower()):
        return False
    return not waiver.path or path_globs(waiver.path).match(path)


def _too_long(waiver: Waiver, config: Config, as_of: datetime.date) -> bool:
    return (waiver.expires - as_of).days > config.max_waiver_days


def _findings(count: int) -> str:
    return "1 finding is" if count == 1 else f"{count} findings are"
