"""Reads a root's ``secloop.toml`` or ``[tool.secloop]``: the settings, and everything that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from secloop.model import Confidence, Problem, ProblemKind, Severity
from secloop.rules.lint.checks import CHECKS
from secloop.workspace.ignore import GlobError, IdGlobs, PathGlobs
from secloop.workspace.kinds import (
    WRONG,
    Choice,
    Date,
    Flag,
    ListOf,
    MapOf,
    Number,
    Setting,
    Table,
    Text,
    dotted,
)
from secloop.workspace.settings import (
    Config,
    LintSettings,
    Pack,
    PolicySettings,
    SuppressionSettings,
    Waiver,
)
from secloop.workspace.toml import Key, Toml, TomlError, parse_toml
from secloop.workspace.tree import TooLargeError, Tree

CONFIG_NAME = "secloop.toml"
PYPROJECT_NAME = "pyproject.toml"
MAX_CONFIG_SIZE = 1_000_000
"""Largest configuration file that is read, in bytes (SPEC 12)."""

_TOOL_TABLE = re.compile(
    rb"^[ \t]*\[+[ \t]*[\"']?tool[\"']?[ \t]*\.[ \t]*[\"']?secloop[\"']?[ \t]*[\].]", re.MULTILINE
)

_SEVERITIES = {severity.label: severity for severity in sorted(Severity, reverse=True)}
_SEVERITY = Choice(_SEVERITIES)
_FAIL_ON = Choice({**{word: each for word, each in _SEVERITIES.items() if each.can_fail}, "never": None})
_RULE_GLOB = Text("a rule id or a glob over rule ids", pattern=r"\S")
_PATH_GLOB = Text("a path glob", pattern=r"\S")
_INNER_PATH = Text(
    "a path inside the root, relative to it",
    pattern=r"\S",
    forbidden=r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)",
)
_WORDS = Text("a text that is not blank", pattern=r"\S", longest=2_000)

_WAIVER = Table(
    Waiver,
    {
        "reason": Setting(_WORDS, "Why the risk is accepted."),
        "owner": Setting(_WORDS, "Who answers for it."),
        "expires": Setting(Date(), "The last day on which it holds; at most max-waiver-days away."),
        "rule": Setting(_RULE_GLOB, "The rule's id, or a glob over rule ids."),
        "path": Setting(_PATH_GLOB, "A gitignore-style glob of the files it holds for."),
        "fingerprint": Setting(
            Text(
                "12 to 64 hexadecimal digits in lower case",
                pattern="^[0-9a-f]{12}",
                forbidden="[^0-9a-f]",
                longest=64,
            ),
            "The finding's fingerprint, or at least its first 12 digits.",
        ),
    },
    one_of=("rule", "path", "fingerprint"),
)
_PACK = Table(
    Pack,
    {
        "path": Setting(_INNER_PATH, "The folder of its rules, in the root; in the wheel if there is one."),
        "wheel": Setting(
            Text(
                "the name of an installed distribution",
                pattern="^[A-Za-z0-9]",
                forbidden="[^A-Za-z0-9._-]",
                longest=200,
            ),
            "The installed distribution whose files hold its rules; nothing of it is imported.",
        ),
    },
    one_of=("path", "wheel"),
)
PACK_NAME = Text(
    "the name of a pack: lower-case letters, digits, '-', '_' and '.'",
    pattern="^[a-z0-9]",
    forbidden="[^a-z0-9._-]",
    longest=100,
)
_SUPPRESSIONS = Table(
    SuppressionSettings,
    {
        "require-reason": Setting(Flag(), "A suppression comment without a reason does not count."),
        "forbid-from": Setting(_FAIL_ON, "From this severity up, only a waiver can accept a finding."),
        "nosemgrep": Setting(Flag(), "Honour Semgrep's nosemgrep comments."),
        "nosec": Setting(Flag(), "Honour Bandit's nosec comments."),
        "report-unused": Setting(Flag(), "Report suppression comments that suppress nothing."),
    },
)
_POLICY = Table(
    PolicySettings,
    {
        "on-change": Setting(
            Choice({"fail": "fail", "warn": "warn"}),
            "What a change to rules, policy, baseline or suppressions does to a check with --policy-from.",
        )
    },
)
_PAGES = Text(
    "an http or https address with {id} in it",
    pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]+)?/[^\s\"'<>`\\]*\{id\}",
    forbidden=r"[\s\"'<>`\\]",
)
_CHECK = Choice({check: check for check in CHECKS})
_LINES = Number(0, 1_000, whole=True)
_CHARACTERS = Number(0, 10_000, whole=True)
_LINT = Table(
    LintSettings,
    {
        "ignore": Setting(ListOf(_CHECK), "Checks that are not made."),
        "require": Setting(ListOf(_CHECK), "Checks that else only the bundled rules have to pass."),
        "min-found": Setting(_LINES, "Lines under `ruleid` that a rule's tests have at least."),
        "min-not-found": Setting(_LINES, "Lines under `ok` that a rule's tests have at least."),
        "min-message": Setting(_CHARACTERS, "Characters that a message has at least."),
        "max-message": Setting(_CHARACTERS, "Characters that a message has at most."),
    },
)
CONFIG_TABLE = Table(
    Config,
    {
        "rules": Setting(ListOf(_INNER_PATH), "Rule files, or folders of them, besides .secloop/rules."),
        "packs": Setting(
            MapOf(_PACK, PACK_NAME),
            "Rule packs from elsewhere, by the name that their rules' ids begin with.",
        ),
        "bundled-rules": Setting(Flag(), "Use the rules that come with secloop."),
        "select": Setting(ListOf(_RULE_GLOB), "Run only these rules: ids, or globs over ids."),
        "ignore": Setting(ListOf(_RULE_GLOB), "Do not run these rules: ids, or globs over ids."),
        "per-path-ignores": Setting(
            MapOf(ListOf(_RULE_GLOB), _PATH_GLOB), "Rules that do not count in files matching a path glob."
        ),
        "fail-on": Setting(_FAIL_ON, "The lowest severity whose findings fail a check."),
        "min-confidence": Setting(
            Choice({confidence.label: confidence for confidence in sorted(Confidence, reverse=True)}),
            "Findings of rules less sure than this are not reported.",
        ),
        "severity": Setting(MapOf(_SEVERITY, _RULE_GLOB), "Severities by rule id, or glob over rule ids."),
        "exclude": Setting(ListOf(_PATH_GLOB), "Gitignore-style globs of files that are not checked."),
        "default-excludes": Setting(Flag(), "Leave out environments, caches, dependencies and builds."),
        "max-file-size": Setting(Number(1, 100_000_000, whole=True), "Larger files, in bytes, are skipped."),
        "check-minified": Setting(Flag(), "Check scripts that a bundler wrote, too."),
        "strict-parsing": Setting(Flag(), "A file that does not parse completely is an error."),
        "timeout": Setting(Number(0.1, 3_600), "Seconds that one rule may take on one file."),
        "max-memory": Setting(Number(64, 1_048_576, whole=True), "MiB that one engine process may use."),
        "baseline": Setting(_INNER_PATH, "The file of accepted findings, relative to the root."),
        "max-waiver-days": Setting(Number(1, 36_500, whole=True), "How far away a waiver may expire."),
        "suppressions": Setting(_SUPPRESSIONS, "What suppression comments may do."),
        "policy": Setting(_POLICY, "How changes to the policy are judged."),
        "waivers": Setting(ListOf(_WAIVER), "Accepted risks."),
        "rule-pages": Setting(
            _PAGES, "Where the pages of `secloop rules docs` are, for links from findings; {id} is the rule."
        ),
        "lint": Setting(_LINT, "What `secloop rules lint` wants of this root's own rules."),
    },
)


def config_schema() -> dict[str, Any]:
    """The JSON Schema (draft 7) of ``secloop.toml`` and of ``[tool.secloop]``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "secloop configuration",
        "description": "secloop.toml, or the table tool.secloop of pyproject.toml.",
        **CONFIG_TABLE.schema(),
    }


def declares_secloop(pyproject: bytes) -> bool:
    """Whether a ``pyproject.toml`` has a ``[tool.secloop]``; also if it has one but is not valid TOML."""
    if b"secloop" not in pyproject:
        return False
    import tomli

    try:
        values = tomli.loads(pyproject.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except (ValueError, RecursionError):
        return _TOOL_TABLE.search(pyproject) is not None
    tool = values.get("tool")
    return isinstance(tool, Mapping) and "secloop" in tool


def has_config(read: Callable[[str], bytes | None]) -> bool:
    """Whether a folder's own configuration makes it a root.

    ``read`` gives the content of a file in the folder by name, or None if there is none. A ``secloop.toml``
    that cannot be read makes a root, so that it is reported and not passed over.
    """
    try:
        if read(CONFIG_NAME) is not None:
            return True
    except OSError:
        return True
    try:
        pyproject = read(PYPROJECT_NAME)
    except OSError:
        return False
    return pyproject is not None and declares_secloop(pyproject)


def load_config(tree: Tree) -> tuple[Config, tuple[Problem, ...]]:
    """The settings of a tree's root, and every error in them (kind POLICY, with file and line).

    What is wrong is left at its default; a verdict under a configuration with problems is ``error``.
    ``secloop.toml`` wins over ``pyproject.toml``, of which only ``[tool.secloop]`` counts. Without both the
    defaults apply.
    """
    try:
        data = tree.read(CONFIG_NAME, MAX_CONFIG_SIZE)
        return _load(data, CONFIG_NAME, ())
    except FileNotFoundError:
        pass  # The common case: look at pyproject.toml.
    except OSError as error:
        return Config(path=CONFIG_NAME), (_unreadable(CONFIG_NAME, error),)
    try:
        data = tree.read(PYPROJECT_NAME, MAX_CONFIG_SIZE)
    except FileNotFoundError:
        return Config(), ()
    except OSError as error:
        return Config(), (_unreadable(PYPROJECT_NAME, error),)
    return _load(data, PYPROJECT_NAME, ("tool", "secloop")) if declares_secloop(data) else (Config(), ())


def _unreadable(path: str, error: OSError) -> Problem:
    if isinstance(error, TooLargeError):
        message = f"the configuration is larger than {MAX_CONFIG_SIZE // 1_000_000} MB"
    else:
        message = f"the configuration cannot be read: {error.strerror}"
    return Problem(ProblemKind.POLICY, message, path)


class FileReport:
    """Collects what is wrong in one file of settings, whose keys are read from ``base`` on."""

    def __init__(self, toml: Toml, path: str, base: Key) -> None:
        self._toml = toml
        self._path = path
        self._base = base
        self.problems: list[Problem] = []

    def wrong(self, key: Key, message: str) -> None:
        self.problems.append(Problem(ProblemKind.POLICY, message, self._path, self.line(key)))

    def line(self, key: Key) -> int:
        return self._toml.line((*self._base, *key))


def _load(data: bytes, path: str, base: tuple[str, ...]) -> tuple[Config, tuple[Problem, ...]]:
    try:
        toml = parse_toml(data)
    except TomlError as error:
        problem = Problem(ProblemKind.POLICY, f"not valid TOML: {error}", path, error.line)
        return Config(path=path), (problem,)
    values: object = toml.values
    for part in base:
        values = values.get(part) if isinstance(values, Mapping) else None
    report = FileReport(toml, path, base)
    config = CONFIG_TABLE.read(values, (), report)
    if config is WRONG or not isinstance(config, Config):
        return Config(path=path), tuple(report.problems)
    usable = _without_unusable_globs(config, report)
    return replace(usable, path=path), tuple(report.problems)


def _without_unusable_globs(config: Config, report: FileReport) -> Config:
    """The settings without the lists of globs that are beyond the limits of matching, each reported."""
    lists: list[tuple[Key, type[IdGlobs] | type[PathGlobs], tuple[str, ...]]] = [
        (("select",), IdGlobs, config.select),
        (("ignore",), IdGlobs, config.ignore),
        (("severity",), IdGlobs, tuple(config.severity)),
        (("exclude",), PathGlobs, config.exclude),
        (("per-path-ignores",), PathGlobs, tuple(config.per_path_ignores)),
        (("waivers",), PathGlobs, tuple(waiver.path for waiver in config.waivers)),
        (("waivers",), IdGlobs, tuple(waiver.rule for waiver in config.waivers)),
        *((("per-path-ignores", path), IdGlobs, ids) for path, ids in config.per_path_ignores.items()),
    ]
    for key, globs, patterns in lists:
        try:
            globs(patterns)
        except GlobError as error:
            report.wrong(key, f'"{dotted(key)}": {error}')
            field = str(key[0]).replace("-", "_")
            config = replace(config, **{field: getattr(Config(), field)})
    return config
