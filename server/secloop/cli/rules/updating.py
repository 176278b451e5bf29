"""``secloop rules update``: what is different in rule packs from elsewhere, and accepting it in the lock."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from secloop.cli.outputs import show, undecided
from secloop.cli.rules.loading import FORMAT, as_json, finish, open_project, root_config, tell
from secloop.cli.running import say
from secloop.cli.tables import number_of
from secloop.model import Finding, Status
from secloop.policy.json import finding_json
from secloop.project import Project
from secloop.project.pack_update import (
    DROPPED,
    SAME,
    FindingChanges,
    PackUpdate,
    finding_changes,
    pack_update,
)
from secloop.project.packs import PackError, read_pack, remember
from secloop.reports.visible import one_line, visible
from secloop.workspace.kinds import nearest
from secloop.workspace.lock import LOCK_NAME, LockFile, lock_text, read_lock
from secloop.workspace.writing import write_whole

_SHOWN = 50
"""Findings of a kind that the text lists."""


@click.command()
@click.argument("packs", nargs=-1, metavar="[PACK]...")
@click.option("--yes", "-y", is_flag=True, help="Accept without asking.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something is different.")
@FORMAT
def update(packs: tuple[str, ...], yes: bool, check: bool, form: str) -> None:
    """Show what is different in PACKs from elsewhere, and accept it in secloop.lock.

    Without PACK all that secloop.toml names. What is shown is which rules are new, different or gone, and which
    findings here come and go with them. Exit codes: 0 nothing is different or it was accepted, 1 it was not, 2 a pack
    cannot be read or has rules that do not load.
    """
    if yes and check:
        raise click.UsageError("--check writes nothing: --yes says to write")
    root_config()  # What is wrong in it ends the command: it may be what names the packs.
    project = open_project()
    lock, wrong = read_lock(project.tree)
    tell(wrong)
    updates = _updates(project, packs, lock)
    different = [each for each in updates if each.status != SAME]
    found = finding_changes(project, different)
    if form == "json":
        click.echo(as_json(_json(updates, found)))
    else:
        show("".join(f"{line}\n" for line in _text(updates, found)))
    tell(found.problems)
    problems = [problem for each in different for problem in each.after.problems]
    if problems:
        say("these rules do not load, so nothing was accepted:")
        finish(problems)
    if not different and not wrong:
        _remember(project, updates)
        say(f"{LOCK_NAME} is up to date")
    elif check:
        say(f"{LOCK_NAME} is not up to date; `secloop rules update` accepts what is different")
        sys.exit(1)
    elif yes or _confirmed():
        _accept(project, updates, lock)
    else:
        say("nothing was accepted")
        sys.exit(1)


def _updates(project: Project, packs: Sequence[str], lock: LockFile) -> list[PackUpdate]:
    named = project.config.packs
    for name in packs:
        if name not in named and name not in lock.packs:
            undecided(f'secloop.toml names no pack "{name}"{nearest(name, named)}')
    if not named and not lock.packs:
        undecided("secloop.toml names no packs; `[packs.NAME]` with `path` or `wheel` names one")
    updates = []
    for name in sorted(set(packs) or {*named, *lock.packs}):
        try:
            content = read_pack(project.tree, named[name]) if name in named else None
        except PackError as error:
            undecided(f'the pack "{name}": {error}')
        updates.append(pack_update(project, name, content, lock.packs.get(name)))
    return updates


def _confirmed() -> bool:
    try:
        return click.confirm("Accept?", err=True)
    except click.Abort:
        click.echo(err=True)
        return False


def _accept(project: Project, updates: Sequence[PackUpdate], lock: LockFile) -> None:
    kept = {each.name for each in updates}
    locked = {name: pack for name, pack in lock.packs.items() if name not in kept}
    locked |= {each.name: each.lock for each in updates if each.status != DROPPED}
    target = project.root / LOCK_NAME
    try:
        write_whole(target, lock_text(locked).encode())
    except OSError as error:
        undecided(f"cannot write {target}: {error.strerror}")
    _remember(project, updates)
    say(f"{LOCK_NAME} is written: {number_of(len(locked), 'pack')}")


def _remember(project: Project, updates: Sequence[PackUpdate]) -> None:
    for each in updates:
        if each.content is not None:
            remember(project.engine.cache, each.content)


def _text(updates: Sequence[PackUpdate], found: FindingChanges) -> Iterator[str]:
    for each in updates:
        yield f"{each.name}: {_STATUS.get(each.status, each.status)}"
        for rule in each.added:
            yield f"  + {one_line(rule.id)}  {rule.severity.label}  {_cut(rule.message)}"
        for changed in each.changed:
            parts = "it is not known here in what" if changed.parts is None else ", ".join(changed.parts)
            yield f"  ~ {one_line(changed.id)}  {visible(parts)}"
        for rule_id in each.removed:
            yield f"  - {one_line(rule_id)}"
        if each.status != SAME and not (each.added or each.changed or each.removed):
            yield "  its rules are the same; comments or layout are different"
    if all(each.status == SAME for each in updates):
        return
    yield ""
    counts = (f"{len(found.added):,} new", f"{len(found.removed):,} gone", f"{len(found.changed):,} changed")
    yield f"Findings here: {', '.join(counts)}"
    yield from _listed("+", [(_place(each), _level(each)) for each in found.added])
    yield from _listed("-", [(_place(each), _level(each)) for each in found.removed])
    yield from _listed("~", [(_place(new), f"{_level(old)} → {_level(new)}") for old, new in found.changed])
    unknown = [each.name for each in updates if not each.known]
    if unknown:
        yield f"  What was accepted of {', '.join(unknown)} is not to be had here, so all that its rules find counts as new."


_STATUS = {SAME: "as accepted", DROPPED: "named by secloop.toml no more"}


def _listed(sign: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for place, what in rows[:_SHOWN]:
        yield f"  {sign} {place}  {what}"
    if len(rows) > _SHOWN:
        yield f"  {sign} and {len(rows) - _SHOWN:,} more; --format json lists all"


def _place(finding: Finding) -> str:
    start = finding.span.start
    return f"{visible(finding.path)}:{start.line}:{start.column}  {one_line(finding.rule_id)}"


def _level(finding: Finding) -> str:
    return finding.severity.label + ("" if finding.status is Status.OPEN else f" ({finding.status.value})")


def _cut(message: str) -> str:
    words = one_line(message.strip())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _json(updates: Sequence[PackUpdate], found: FindingChanges) -> Mapping[str, Any]:
    return {
        "packs": [
            {
                "name": each.name,
                "status": each.status,
                "accepted": each.locked.digest if each.locked else None,
                "digest": each.content.digest if each.content else None,
                "accepted_rules_known": each.known,
                "added": [rule.id for rule in each.added],
                "changed": [{"id": one.id, "parts": one.parts} for one in each.changed],
                "removed": list(each.removed),
            }
            for each in updates
        ],
        "findings": {
            "added": [finding_json(finding) for finding in found.added],
            "removed": [finding_json(finding) for finding in found.removed],
            "changed": [{"was": finding_json(old), "is": finding_json(new)} for old, new in found.changed],
        },
    }
