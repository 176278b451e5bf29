"""``secloop import semgrep``: ignored paths and the repository's own rules, and ``nosemgrep`` comments."""

from __future__ import annotations

from secloop.cli.importing import sources
from secloop.cli.importing.command import Source, importing
from secloop.cli.importing.policy import Policy
from secloop.workspace.tree import Kind

_IGNORE = ".semgrepignore"
_RULES = (".semgrep", ".semgrep.yml", ".semgrep.yaml")


@importing("semgrep")
def import_semgrep(source: Source) -> Policy:
    """Write what Semgrep is configured to do to secloop.toml.

    Reads FOLDER's .semgrepignore, and names the rules in .semgrep, .semgrep.yml and .semgrep.yaml (or --config), which
    run as they are. `nosemgrep` comments are honoured as they are, too; they are shown with the suppressions that say
    the same, and --write puts these in their place.
    """
    policy = Policy()
    for data in sources.found(source.tree, (_IGNORE,)).values():
        policy.sources.append(_IGNORE)
        _ignored(data, policy)
    names = source.tree.scan("")
    for name in (source.config,) if source.config else _RULES:
        if source.config or names.get(name) in (Kind.FILE, Kind.FOLDER):
            policy.sources.append(name)
            policy.extend("rules", [name], "rules")
    return policy


def _ignored(data: bytes, policy: Policy) -> None:
    patterns = []
    for line in data.decode("utf-8", "replace").splitlines():
        pattern = line.strip()
        if pattern == ":include .gitignore":
            continue  # They always count.
        if pattern.startswith(":"):
            policy.lacks(f"{_IGNORE}: {pattern}")
        elif pattern and not pattern.startswith("#"):
            patterns.append(pattern)
    if patterns:
        policy.extend("exclude", patterns, _IGNORE)
