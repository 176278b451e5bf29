"""Where a root's rules and its baseline come from: the pack, the root's own files, and what its policy names."""

from __future__ import annotations

from pathlib import Path

from secloop.model import Problem, ProblemKind
from secloop.policy.baseline import NO_BASELINE, Baseline, read_baseline
from secloop.project.options import Options
from secloop.rules.load import RuleFile
from secloop.rules.pack import bundled_rules, is_rule_file
from secloop.workspace.settings import Config
from secloop.workspace.tree import Kind, TooLargeError, Tree

REPO_RULES = ".secloop/rules"
DEFAULT_BASELINE = ".secloop/baseline.json"
MAX_RULE_FILE = 1_000_000
RULE_TOO_LARGE = "the rule file is larger than 1 MB"
_LINKED = "is a symbolic link, so no rule is loaded from it"


def rule_files(tree: Tree, config: Config) -> tuple[list[RuleFile], list[Problem]]:
    """The rule files of a root: the bundled pack, ``.secloop/rules`` and what the configuration names."""
    files = list(bundled_rules()) if config.bundled_rules else []
    problems: list[Problem] = []
    seen: set[str] = set()
    for place in (REPO_RULES, *config.rules):
        for path in _rule_paths(tree, _plain(place), problems, required=place != REPO_RULES):
            if path in seen:
                continue
            seen.add(path)
            try:
                # One byte more than allowed, so that the loader sees that it is too large and says so.
                files.append(RuleFile(path, tree.read(path, MAX_RULE_FILE + 1), "repo"))
            except TooLargeError:
                problems.append(Problem(ProblemKind.RULE, RULE_TOO_LARGE, path))
            except OSError as error:
                problems.append(Problem(ProblemKind.RULE, f"cannot be read: {error.strerror}", path))
    return files, problems


def _plain(place: str) -> str:
    """The path as every tree spells it, whether it was given with ``./`` or a last ``/`` or not."""
    return "/".join(name for name in place.split("/") if name not in ("", "."))


def _rule_paths(tree: Tree, place: str, problems: list[Problem], *, required: bool) -> list[str]:
    kind: Kind | None = Kind.FOLDER
    path = ""
    for name in place.split("/"):
        folder, path = path, f"{path}/{name}" if path else name
        try:
            kind = tree.scan(folder).get(name) if kind is Kind.FOLDER else None
        except OSError as error:
            problems.append(Problem(ProblemKind.RULE, f"cannot be read: {error.strerror}", folder))
            return []
        if kind is Kind.LINK:
            problems.append(Problem(ProblemKind.RULE, _LINKED, path))
            return []
    if kind is Kind.FOLDER:
        return _rules_below(tree, place, problems)
    if kind is Kind.FILE:
        return [place]
    if kind is not None or required:
        what = "is not a file or folder" if kind else "does not exist"
        problems.append(
            Problem(ProblemKind.RULE, f"the configuration names rules here, but it {what}", place or ".")
        )
    return []


def folder_rules(tree: Tree, folder: str, problems: list[Problem]) -> list[str]:
    """The paths of the rule files below a folder that is there, ``""`` being the root."""
    return _rule_paths(tree, folder, problems, required=True) if folder else _rules_below(tree, "", problems)


def _rules_below(tree: Tree, folder: str, problems: list[Problem]) -> list[str]:
    """The rule files in a folder; a link that may stand for rules is a problem, since they would not run."""
    found: list[str] = []
    try:
        entries = tree.scan(folder)
    except OSError as error:
        problems.append(Problem(ProblemKind.RULE, f"cannot be read: {error.strerror}", folder or "."))
        return []
    for name, kind in sorted(entries.items()):
        path = f"{folder}/{name}" if folder else name
        if kind is Kind.FOLDER:
            found += _rules_below(tree, path, problems)
        elif kind is Kind.FILE and is_rule_file(path):
            found.append(path)
        elif kind is Kind.LINK and (is_rule_file(path) or "." not in name):
            problems.append(Problem(ProblemKind.RULE, _LINKED, path))
    return found


def baseline_of(tree: Tree, config: Config, options: Options) -> tuple[Baseline, tuple[Problem, ...]]:
    if not config.baseline:
        return NO_BASELINE, ()
    given = Path(options.baseline or "")
    try:
        # An absolute path can only come from a caller: a configuration's path is read through the tree,
        # which never leaves the root.
        data = given.read_bytes() if given.is_absolute() else tree.read(config.baseline)
        return read_baseline(config.baseline, data)
    except OSError as error:
        message = f"the baseline cannot be read: {error.strerror or error}; write it with --write-baseline"
        return NO_BASELINE, (Problem(ProblemKind.POLICY, message, config.baseline),)
