"""``secloop import bandit``: tests, skips, excluded folders and thresholds, and ``# nosec`` comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from secloop.cli.importing import sources
from secloop.cli.importing.command import Source, importing
from secloop.cli.importing.mapping import left_out, standing_for, tests_of
from secloop.cli.importing.policy import Policy

_INI = ".bandit"
_YAML = ("bandit.yaml", "bandit.yml", ".bandit.yaml", ".bandit.yml")
_PYPROJECT = "pyproject.toml"
_LEVELS = {"1": "low", "2": "medium", "3": "high", "low": "low", "medium": "medium", "high": "high"}
_TEST = re.compile(r"B\d{3}", re.IGNORECASE)


@importing("bandit")
def import_bandit(source: Source) -> Policy:
    """Write what Bandit is configured to do to secloop.toml.

    Reads FOLDER's .bandit, bandit.yaml and [tool.bandit] of pyproject.toml, or the file of --config. `# nosec`
    comments are shown with the suppressions that say the same; --write puts these in their place.
    """
    policy = Policy()
    names = (source.config,) if source.config else (_INI, *_YAML, _PYPROJECT)
    for name, data in sources.found(source.tree, names).items():
        values = _values(name, data)
        if values is not None:
            policy.sources.append(name)
            _read(values, name, source, policy)
    return policy


def _values(name: str, data: bytes) -> Mapping[str, Any] | None:
    if name.endswith(".toml"):
        return sources.toml(name, data, "tool", "bandit")
    if name.endswith((".yaml", ".yml")):
        return sources.yaml(name, data)
    given = sources.ini(name, data, "bandit")
    lists = {"tests", "skips", "exclude", "targets"}
    return {key: value.split(",") if key in lists else value for key, value in given.items()}


def _read(values: Mapping[str, Any], name: str, source: Source, policy: Policy) -> None:
    known = tests_of(source.ruleset)
    for key, value in values.items():
        what = f"{name}: {key}"
        if key == "tests":
            if tests := _tests(value, what, policy):
                policy.extend("select", standing_for(tests, known), f"{key} {', '.join(tests)}")
        elif key == "skips":
            tests = _tests(value, what, policy)
            if rules := left_out(tests, known, policy):
                policy.extend("ignore", rules, f"{key} {', '.join(tests)}")
        elif key in ("exclude", "exclude_dirs"):
            for path in sources.texts(value, what):
                _exclude(path, key, policy)
        elif key in ("level", "severity"):
            _threshold("fail-on", value, what, policy)
        elif key == "confidence":
            _threshold("min-confidence", value, what, policy)
        elif key == "assert_used":
            skips = sources.texts(sources.mapping(value, what).get("skips"), f"{what}.skips")
            for path in skips:
                policy.ignore_in(_glob(path), left_out(["B101"], known, policy), f"assert_used.skips {path}")
        elif key == "targets":
            policy.lacks(f"{what}: `secloop check` takes the paths to check as arguments")
        elif key == "baseline":
            policy.lacks(f"{what}: `secloop check --write-baseline` accepts what is there now")
        else:
            policy.lacks(f"{what}: an option of Bandit's own")


def _tests(value: Any, what: str, policy: Policy) -> list[str]:
    tests = []
    for each in sources.texts(value, what):
        if _TEST.fullmatch(each):
            tests.append(each.upper())
        else:
            policy.lacks(f"{what} {each}: not the id of a test")
    return tests


def _threshold(key: str, value: Any, what: str, policy: Policy) -> None:
    level = _LEVELS.get(str(value).strip().lower())
    if level is None:
        policy.lacks(f"{what} {value}: not a level")
    else:
        policy.set(key, level, f"{what} {value}")


def _exclude(path: str, key: str, policy: Policy) -> None:
    """Bandit leaves out what has the text anywhere in its path, or what fits as a whole if it is a glob."""
    if path.startswith("/") and "/" not in path.strip("/"):
        path = path.strip("/")  # A text of a path: `/tests` leaves out what is in a folder `tests`.
    elif path.startswith("/"):
        policy.lacks(f"{key} {path}: a path of one machine")
        return
    glob = _glob(path)
    policy.extend("exclude", [glob], f"{key} {path}")
    if "*" not in path and "/" not in path.strip("./"):
        policy.lacks(
            f"{key} {path}: paths that only have the text in a name, such as `my{glob}`, are checked"
        )


def _glob(path: str) -> str:
    """A path of Bandit's as gitignore has it; a ``*`` of Bandit's is for folders too."""
    trimmed = path.removeprefix("./")
    anchored = "/" in trimmed.strip("*/")
    below = trimmed.removeprefix("*").removeprefix("/") if trimmed.startswith("*/") else trimmed
    folder = below.endswith(("/*", "/"))
    below = below.removesuffix("*").rstrip("/")
    if anchored and not trimmed.startswith("*"):
        below = f"/{below}"
    elif anchored:
        below = f"**/{below}"
    return f"{below}/" if folder else below
