"""The figures that secloop is held to, and whether a run reached them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checking import Checked
from latency import Latency
from opened import Opened
from tools import BANDIT, SECLOOP, SEMGREP

_TIMES_FASTER = {SEMGREP: 20, BANDIT: 4}


@dataclass(frozen=True)
class Target:
    """What is asked, what was measured, and whether that is enough; None where it was not measured."""

    asked: str
    measured: str
    reached: bool | None


def targets(
    latencies: Sequence[Latency],
    opened: Sequence[Opened],
    checks: Sequence[Checked],
    tree: str,
    *,
    pack: bool,
) -> list[Target]:
    """Every target with what was measured; ``tree`` is the largest one that was checked.

    ``pack``: the rules were the bundled ones alone, for which more is asked.
    """
    own = [one for one in latencies if pack and one.server.startswith(SECLOOP)]
    return [
        *(_keystroke(one, _PACK_P95[one.source.name]) for one in own if one.source.name in _PACK_P95),
        *_keystrokes(latencies, "findings_20.py"),
        *(_memory(one) for one in opened if one.server.startswith(SECLOOP)),
        *(_warm(checks, each) for each in dict.fromkeys(check.target for check in checks) if "." not in each),
        *(_faster(checks, tree, peer) for peer in (SEMGREP, BANDIT)),
        *(target for check in checks if _is_one_file(check) for target in _one_file(check)),
    ]


_PACK_P95 = {"plain.py": 8, "app.js": 250}


def _keystroke(own: Latency, most: float) -> Target:
    asked = f"keystroke in {own.source.name} ({own.source.lines:,} lines): p95 at most {most:g} ms"
    if own.reason:
        return Target(asked, own.reason, False)
    return Target(asked, f"{own.percentile(95):.1f} ms", own.percentile(95) <= most)


def _is_one_file(check: Checked) -> bool:
    return check.tool == SECLOOP and check.target.endswith(".py")


def _of(checks: Sequence[Checked], tool: str, target: str) -> Checked:
    return next(check for check in checks if (check.tool, check.target) == (tool, target))


def _warm(checks: Sequence[Checked], tree: str) -> Target:
    asked = f"warm check of {tree}: at most 1 s"
    warm = _of(checks, SECLOOP, tree).warm
    if warm is None:
        return Target(asked, "-", None)
    return Target(asked, f"{warm.seconds:.2f} s", warm.seconds <= 1)


def _faster(checks: Sequence[Checked], tree: str, peer: str) -> Target:
    wanted = _TIMES_FASTER[peer]
    asked = f"cold check of {tree}: {wanted} times as fast as {peer}"
    own, other = _of(checks, SECLOOP, tree).cold, _of(checks, peer, tree).cold
    if not own.complete or other.failed:
        return Target(asked, "-", None)
    factor = other.seconds / own.seconds
    # Of a peer that was stopped only the least factor is known.
    reached = factor >= wanted or (None if other.stopped else False)
    return Target(asked, f"{'over ' if other.stopped else ''}{factor:.1f} times", reached)


def _one_file(check: Checked) -> Iterator[Target]:
    for kind, run, most in (("cold", check.cold, 250), ("warm", check.warm, 150)):
        asked = f"{kind} check of {check.target}, the whole process: at most {most} ms"
        if run is None or not run.complete:
            yield Target(asked, "-", None)
        else:
            yield Target(asked, f"{run.seconds * 1000:.0f} ms", run.seconds * 1000 <= most)


def _memory(opened: Opened) -> Target:
    asked = f"memory of the server with {opened.files} open files: at most 150 MB"
    if opened.reason:
        return Target(asked, opened.reason, False)
    return Target(asked, f"{opened.megabytes:.0f} MB", opened.megabytes <= 150)


def _keystrokes(latencies: Sequence[Latency], name: str) -> Iterator[Target]:
    own = next(one for one in latencies if one.source.name == name and one.server.startswith(SECLOOP))
    peer = next(
        (one for one in latencies if one.source.name == name and one.server.startswith(SEMGREP)), None
    )
    where = f"{name} ({own.source.lines:,} lines, {own.findings} findings)"
    figures = (
        (f"keystroke in {where}: p50", own.percentile(50), 4),
        (f"keystroke in {where}: p95", own.percentile(95), 8),
        (f"keystroke that breaks {where}: p95", own.percentile(95, broken=True), 25),
        (f"opening {where}", own.opened, 60),
    )
    for asked, measured, most in figures:
        if own.reason:
            yield Target(asked, own.reason, False)
        else:
            yield Target(f"{asked} at most {most} ms", f"{measured:.1f} ms", measured <= most)
    if peer is not None and not peer.reason and not own.reason:
        factor = peer.percentile(50) / own.percentile(50)
        yield Target(
            f"keystroke in {where}: 200 times as fast as {peer.server}", f"{factor:.0f} times", factor >= 200
        )
