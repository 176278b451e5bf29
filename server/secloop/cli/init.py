"""``secloop init``: the files that set secloop up in a repository, never overwriting one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from msgspec import Struct

from secloop.cli.outputs import undecided
from secloop.cli.running import say
from secloop.workspace import git
from secloop.workspace.config import has_config
from secloop.workspace.roots import read_disk
from secloop.workspace.writing import write_whole

_CONFIG = """\
# secloop's policy for this repository. Every key is optional.

# The lowest severity that fails a check: critical, high, medium, low or never.
fail-on = "medium"

# Leave out rules that are less sure than this: high, medium or low.
min-confidence = "low"

# Rules to leave out, and rules that do not hold for some paths (ids or globs).
ignore = []

[per-path-ignores]
"tests/**" = ["python-assert-*"]

[suppressions]
# Ask for a reason in every `secloop: ignore[rule] reason` comment.
require-reason = true

# An accepted risk, until a date:
# [[waivers]]
# rule = "python-subprocess-shell-true"
# path = "scripts/deploy.py"
# reason = "runs on the build machine only, with constant arguments"
# owner = "platform team"
# expires = 2026-12-31
"""

_RULES_README = """\
# This repository's own rules

Every `*.yaml` file here holds rules in Semgrep's language; they run in the editor and in CI beside the bundled ones.
`secloop rules validate` checks them, and `secloop rules test` runs their tests: `name.yaml` is tested by the files
`name.*` beside it, in which a comment `# ruleid: ID` stands before a line that must be found and `# ok: ID` before one
that must not.

    rules:
      - id: no-raw-cursor
        languages: [python]
        severity: HIGH
        message: Use db.query(), which binds parameters, instead of a raw cursor.
        pattern: db.raw_cursor(...)
        metadata:
          category: security
          confidence: HIGH
          cwe: ["CWE-89: Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')"]
"""

_HOOK_ITEM = """\
- repo: local
  hooks:
    - id: secloop
      name: secloop
      entry: secloop check --staged
      language: system
      pass_filenames: false
"""

_EXTENSIONS = '{\n  "recommendations": ["secloop.secloop"]\n}\n'


class Step(Struct, frozen=True):
    """One thing that was done, or why it was not: ``created``, ``changed``, ``kept`` or ``todo``."""

    outcome: str
    path: str
    note: str = ""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", default=".", type=click.Path(file_okay=False, exists=True))
@click.option(
    "--ci",
    type=click.Choice(("auto", "github", "gitlab", "none")),
    default="auto",
    help="Which CI to write a workflow for; auto looks at what the repository has.",
)
def init(folder: str, ci: str) -> None:
    """Set secloop up in FOLDER (the current one by default). No file is overwritten."""
    root = Path(folder).resolve()
    root = git.top_level(root) or root
    try:
        for step in _steps(root, ci):
            note = f"  ({step.note})" if step.note else ""
            click.echo(f"{step.outcome:>8}  {step.path}{note}")
    except BrokenPipeError:
        raise
    except OSError as error:
        undecided(f"cannot write {error.filename}: {error.strerror}")
    where = "" if root == Path.cwd().resolve() else f" in {root}"
    say(f"ready{where}: run `secloop check`")


def _steps(root: Path, ci: str) -> Iterator[Step]:
    if has_config(lambda name: read_disk(root / name)):
        yield Step("kept", "secloop.toml", "the repository is configured already")
    else:
        yield _create(root, "secloop.toml", _CONFIG)
    yield _create(root, ".secloop/rules/README.md", _RULES_README)
    yield _pre_commit(root)
    yield from _ci(root, ci)
    yield _create(
        root, ".vscode/extensions.json", _EXTENSIONS, otherwise='add "secloop.secloop" to its recommendations'
    )


def _create(root: Path, path: str, text: str, otherwise: str = "") -> Step:
    """Write a new file; one that is there is left alone, unless ``otherwise`` says what to add by hand."""
    target = root / path
    if _inside(root, target) and not os.path.lexists(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        # "x": a file that appeared meanwhile is not overwritten either.
        with open(target, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        return Step("created", path)
    if otherwise and "secloop" not in _text(target):
        return Step("todo", path, otherwise)
    return Step("kept", path)


def _inside(root: Path, target: Path) -> bool:
    """Whether no symbolic link on the way leads a new file out of the repository."""
    return target.parent.resolve().is_relative_to(root.resolve())


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _pre_commit(root: Path) -> Step:
    path = ".pre-commit-config.yaml"
    target = root / path
    if not os.path.lexists(target):
        return _create(root, path, "repos:\n" + _indented(_HOOK_ITEM, 2))
    text = _text(target)
    if "secloop" in text:
        return Step("kept", path)
    extended = _with_hook(text)
    if extended is None or target.is_symlink():
        return Step("todo", path, "add a local hook with the entry `secloop check --staged`")
    write_whole(target, extended.encode())
    return Step("changed", path, "one hook added at the end")


def _with_hook(text: str) -> str | None:
    """The configuration with one more entry at the end of ``repos``, every other character as it was.

    None if ``repos`` is not the last key, or not a list written as a block: then appending is not safe.
    """
    import yaml

    before = _loaded(yaml.safe_load, text)
    if not isinstance(before, dict) or not isinstance(before.get("repos"), list) or not before["repos"]:
        return None
    entry = yaml.safe_load(_HOOK_ITEM)
    lines = [line for line in text.splitlines() if line.lstrip().startswith("- repo:")]
    if not lines:
        return None
    indent = len(lines[0]) - len(lines[0].lstrip())
    end = "\r\n" if "\r\n" in text else "\n"
    added = _indented(_HOOK_ITEM, indent).replace("\n", end)
    extended = text + ("" if text.endswith("\n") else end) + added
    after = _loaded(yaml.safe_load, extended)
    return extended if after == {**before, "repos": before["repos"] + entry} else None


def _loaded(load: Callable[[str], object], text: str) -> object:
    import yaml

    try:
        return load(text)
    except (yaml.YAMLError, RecursionError):
        return None


def _indented(text: str, by: int) -> str:
    return "".join(" " * by + line for line in text.splitlines(keepends=True))


def _ci(root: Path, ci: str) -> Iterator[Step]:
    gitlab = os.path.lexists(root / ".gitlab-ci.yml")
    if ci == "auto":
        ci = "gitlab" if gitlab and not os.path.lexists(root / ".github") else "github"
    if ci == "github":
        yield _create(root, ".github/workflows/secloop.yml", template("github-workflow.yml"))
    elif ci == "gitlab":
        yield _create(root, ".gitlab/secloop.yml", template("gitlab-ci.yml"))
        include = "include:\n  - local: .gitlab/secloop.yml\n"
        yield _create(
            root, ".gitlab-ci.yml", include, otherwise="add `include: [{local: .gitlab/secloop.yml}]`"
        )


def template(name: str) -> str:
    """A CI template: in an installed package under ``secloop/templates``, in a checkout the top-level folder."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    folder = installed if installed.is_dir() else package.parent.parent / "templates"
    return (folder / name).read_text(encoding="utf-8")
