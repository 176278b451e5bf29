"""What the commands of ``secloop import`` share: reading, telling, and writing nothing that was not asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from secloop.cli.importing.policy import NotTomlError, Policy, merged_text, new_text
from secloop.cli.outputs import show, undecided
from secloop.cli.rules.loading import finish, open_engine, tell
from secloop.cli.running import say
from secloop.model import RuleSet
from secloop.project import Project
from secloop.syntax.document import Document
from secloop.workspace.config import CONFIG_NAME, MAX_CONFIG_SIZE, PYPROJECT_NAME, declares_secloop
from secloop.workspace.tree import DiskTree, OverlayTree
from secloop.workspace.writing import WriteError, write_document, write_whole

if TYPE_CHECKING:
    from secloop.cli.importing.comments import Replaced


class Source(Struct, frozen=True, dict=True):
    """The folder whose configuration is read, the file that was named for it, and the rules that there are."""

    tree: DiskTree
    config: str

    @cached_property
    def ruleset(self) -> RuleSet:
        """The rules of the folder as a root."""
        return Project.load(self.tree, open_engine()).ruleset


class _Target(Struct, frozen=True):
    """The file that the policy is written to, its text if it is there, and the table in it that is secloop's."""

    name: str
    text: str | None = None
    table: tuple[str, ...] = ()


def importing(tool: str) -> Callable[[Callable[[Source], Policy]], click.Command]:
    """Makes a command of what reads a tool's policy."""

    def command(read: Callable[[Source], Policy]) -> click.Command:
        def run(
            folder: Path, config: str | None, dry_run: bool, force: bool, merge: bool, write: bool
        ) -> None:
            root = folder.resolve()
            source = Source(DiskTree(root), _within(root, config) if config else "")
            _run(tool, source, read(source), dry_run=dry_run, force=force, merge=merge, write=write)

        run.__doc__ = read.__doc__
        made: Callable[..., None] = run
        for option in _OPTIONS:
            made = option(made)
        return click.command(tool, context_settings={"help_option_names": ["-h", "--help"]})(made)

    return command


_OPTIONS = (
    click.argument("folder", default=".", type=click.Path(file_okay=False, exists=True, path_type=Path)),
    click.option(
        "--config", metavar="FILE", help="Read this file, in FOLDER, and not those of the usual names."
    ),
    click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a diff."),
    click.option("--force", is_flag=True, help="Replace a secloop.toml that is there."),
    click.option(
        "--merge", is_flag=True, help="Add to the configuration that is there what it does not say."
    ),
    click.option(
        "--write", is_flag=True, help="Put secloop's suppressions in the place of the tool's comments."
    ),
)


def _within(root: Path, config: str) -> str:
    """A path that a user typed, as the tree of the root has it."""
    path = Path(os.path.relpath(Path.cwd() / config, root)).as_posix()
    if path.startswith("../") or not os.path.lexists(root / path):
        undecided(f"there is no {config} in {root}")
    return path


def _run(
    tool: str, source: Source, policy: Policy, *, dry_run: bool, force: bool, merge: bool, write: bool
) -> None:
    from secloop.cli.importing.comments import rewritten

    if force and merge:
        raise click.UsageError("give either --force or --merge")
    target = _target(source.tree)
    text, kept = _text(tool, target, policy, force=force, merge=merge, dry_run=dry_run)
    changed = Document(target.name, text)
    project = Project.load(OverlayTree(source.tree, {target.name: changed}), open_engine())
    # What another tool's configuration says may be more than a policy can hold.
    finish([problem for problem in project.problems if problem.path == target.name])
    documents = list(rewritten(project, tool))
    comments = [comment for document in documents for comment in document.comments]
    if not policy.sources and not comments:
        undecided(f"there is no configuration of {tool} in {source.tree.root}, and no comment of it")
    for heading, lines in (
        (", ".join(policy.sources), policy.taken),
        (f"{target.name} says otherwise", kept),
        ("No equivalent", list(dict.fromkeys(policy.missing))),
        (
            "Comments",
            [_comment(each) for each in comments],
        ),
        ("Engines", _engines(project, policy)),
    ):
        show("".join(_section(heading, lines)))
    tell(project.ruleset.problems)
    if not policy.sources and not source.config:
        say(f"there is no configuration of {tool} under its usual names; --config reads another file")
    if policy.sources and not policy.settings:
        say(f"nothing of it is policy, so {target.name} is {'as it was' if target.text else 'not written'}")
    elif policy.sources:
        _write_policy(source.tree.root, target, changed, dry_run=dry_run)
    if write:
        _write_comments(source.tree.root, [(each.old, each.new) for each in documents], dry_run=dry_run)
    elif any(comment.after for comment in comments):
        say("the comments stay as they are; --write puts the suppressions in their place")


def _target(tree: DiskTree) -> _Target:
    """Where the root's policy is, or would be."""
    for name in (CONFIG_NAME, PYPROJECT_NAME):
        try:
            data = tree.read(name, MAX_CONFIG_SIZE)
        except FileNotFoundError:
            continue
        except OSError as error:
            undecided(f"{name} cannot be read: {error.strerror}")
        if name == PYPROJECT_NAME and not declares_secloop(data):
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            undecided(f"{name} is not UTF-8")
        return _Target(name, text, () if name == CONFIG_NAME else ("tool", "secloop"))
    return _Target(CONFIG_NAME)


def _text(
    tool: str, target: _Target, policy: Policy, *, force: bool, merge: bool, dry_run: bool
) -> tuple[str, list[str]]:
    """The text of the configuration with the policy in it, and where it says something else."""
    if not policy.settings:
        return target.text or "", []
    if target.text is None:
        return new_text(policy, tool), []
    if force and not target.table:
        return new_text(policy, tool), []
    if not merge and not dry_run:
        ways = "--merge adds to it" + ("" if target.table else ", --force replaces it")
        undecided(f"{target.name} is there already: {ways}, --dry-run shows what --merge would change")
    try:
        return merged_text(target.text, target.table, policy)
    except NotTomlError as error:
        undecided(f"{target.name} is not valid TOML: {error}")


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{heading}\n"
        yield from (f"  {line}\n" for line in lines)
        yield "\n"


def _comment(comment: Replaced) -> str:
    from secloop.reports.model import line_place
    from secloop.reports.visible import visible

    place = f"{visible(comment.path)}:{line_place(comment.line, comment.cell)}"
    becomes = f"→ {visible(comment.after)}" if comment.after else f"stays: {comment.why}"
    return f"{place}: {visible(comment.before)} {becomes}"


def _engines(project: Project, policy: Policy) -> list[str]:
    """How the tool's own rules run here, if it has any."""
    places = policy.settings.get("rules", ())
    rules = [
        rule
        for rule in project.ruleset.rules
        if any(rule.source.path == place or rule.source.path.startswith(f"{place}/") for place in places)
    ]
    if not rules:
        return []
    from secloop.cli.rules.engines import summary

    return list(summary(rules))


def _write_policy(root: Path, target: _Target, changed: Document, *, dry_run: bool) -> None:
    from secloop.fixes.edits import unified_diff

    if changed.text == target.text:
        say(f"{target.name} says all of it already")
    elif dry_run:
        old = Document(target.name, target.text or "")
        show(unified_diff(old, changed, old=target.name, new=target.name))
    else:
        try:
            write_whole(root / target.name, changed.text.encode())
        except OSError as error:
            undecided(f"cannot write {root / target.name}: {error.strerror}")
        say(f"{target.name} is written")


def _write_comments(root: Path, documents: Sequence[tuple[Document, Document]], *, dry_run: bool) -> None:
    from secloop.fixes.edits import unified_diff

    refused = 0
    for old, new in documents:
        if old.text == new.text:
            continue
        if dry_run:
            show(unified_diff(old, new, old=old.path, new=new.path))
            continue
        try:
            write_document(root, old, new)
        except WriteError as error:
            refused += 1
            say(str(error))
    if refused:
        undecided("not every comment could be written")
