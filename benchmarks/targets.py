"""The figures that secloop is held to (issue 2), and whether a run reached them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checking import Checked
from latency import Latency
from tools import SECLOOP, SEMGREP

_TIMES_FASTER = 20


@dataclass(frozen=True)
class Target:
    """What is asked, what was measured, and whether that is enough; None where it was not measured."""

    asked: str
    measured: str
    reached: bool | None


def targets(latencies: Sequence[Latency], checks: Sequence[Checked], tree: str) -> list[Target]:
    """Every target with what was measured; ``tree`` is the largest one that was checked."""
    return [
        *(_warm(checks, each) for each in dict.fromkeys(check.target for check in checks) if "." not in each),
        _faster(checks, tree),
        *(_cold(check) for check in checks if check.tool == SECLOOP and "." in check.target),
        *(
            _keystroke(latencies, name, most)
            for name, most in (("app.js", 250), ("plain.py", 8), ("large.py", 8))
        ),
    ]


def _of(checks: Sequence[Checked], tool: str, target: str) -> Checked:
    return next(check for check in checks if (check.tool, check.target) == (tool, target))


def _warm(checks: Sequence[Checked], tree: str) -> Target:
    asked = f"warm check of {tree}: at most 1 s"
    warm = _of(checks, SECLOOP, tree).warm
    if warm is None:
        return Target(asked, "-", None)
    return Target(asked, f"{warm.seconds:.2f} s", warm.seconds <= 1)


def _faster(checks: Sequence[Checked], tree: str) -> Target:
    asked = f"warm check of {tree}: {_TIMES_FASTER} times as fast as semgrep scan"
    warm, peer = _of(checks, SECLOOP, tree).warm, _of(checks, SEMGREP, tree).cold
    if warm is None or peer.failed:
        return Target(asked, "-", None)
    factor = peer.seconds / warm.seconds
    # Of a peer that was stopped only the least factor is known.
    reached = factor >= _TIMES_FASTER or (None if peer.stopped else False)
    return Target(asked, f"{'over ' if peer.stopped else ''}{factor:.0f} times", reached)


def _cold(check: Checked) -> Target:
    seconds = check.cold.seconds
    asked = f"cold check of {check.target}: at most 700 ms"
    if not check.cold.complete:
        return Target(asked, "-", None)
    return Target(asked, f"{seconds * 1000:.0f} ms", seconds <= 0.7)


def _keystroke(latencies: Sequence[Latency], name: str, most: int) -> Target:
    found = next(one for one in latencies if one.source.name == name and one.server.startswith(SECLOOP))
    asked = f"keystroke in {name} ({found.source.lines:,} lines, {found.source.about}): p95 at most {most} ms"
    if found.reason:
        return Target(asked, found.reason, False)
    p95 = found.percentile(95)
    return Target(asked, f"{p95:.1f} ms", p95 <= most)
