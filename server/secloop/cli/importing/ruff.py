"""``secloop import ruff``: which of its security rules (``S``) run where, and ``# noqa`` comments."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from secloop.cli.importing import sources
from secloop.cli.importing.command import Source, importing
from secloop.cli.importing.mapping import ALL_PYTHON, left_out, standing_for, tests_of
from secloop.cli.importing.policy import Policy
from secloop.model import Rule

_FILES = (".ruff.toml", "ruff.toml", "pyproject.toml")
_CODE = re.compile(r"S\d{0,3}|ALL")
_OURS = {"select", "ignore", "extend-select", "extend-ignore", "per-file-ignores", "extend-per-file-ignores"}


@importing("ruff")
def import_ruff(source: Source) -> Policy:
    """Write which security rules (S) Ruff is configured to run to secloop.toml.

    Reads FOLDER's .ruff.toml, ruff.toml or [tool.ruff] of pyproject.toml, the first of them as Ruff does, or the file of
    --config. `# noqa` comments that hide findings here are shown with the suppressions that say the same; --write adds
    these, and takes out of the comments what they stood for.
    """
    policy = Policy()
    for name, data in sources.found(source.tree, (source.config,) if source.config else _FILES).items():
        values = sources.toml(name, data, *(("tool", "ruff") if name.endswith("pyproject.toml") else ()))
        if values is not None:
            policy.sources.append(name)
            _read(values, name, source, policy)
            break
    return policy


def _read(values: Mapping[str, Any], name: str, source: Source, policy: Policy) -> None:
    lint = sources.mapping(values.get("lint", {}), f"{name}: lint")
    # Before they had a table of their own, these stood beside it, and still may.
    ours = {**{key: values[key] for key in _OURS & values.keys()}, **lint}
    known = tests_of(source.ruleset)
    _selection(ours, name, known, policy)
    for key in ("per-file-ignores", "extend-per-file-ignores"):
        for path, codes in sources.mapping(ours.get(key, {}), f"{name}: {key}").items():
            _in_files(path, sources.texts(codes, f"{name}: {key}.{path}"), key, known, policy)
    for key, table in (("exclude", values), ("extend-exclude", values), ("exclude", lint)):
        if excluded := sources.texts(table.get(key), f"{name}: {key}"):
            policy.extend("exclude", excluded, key)
    if "extend" in values:
        policy.lacks(
            f"extend: another file; `secloop import ruff --config {values['extend']} --merge` adds it"
        )
    for key in sources.mapping(lint.get("flake8-bandit", {}), f"{name}: lint.flake8-bandit"):
        policy.lacks(f"lint.flake8-bandit.{key}: an option of Ruff's own")


def _selection(
    ours: Mapping[str, Any], name: str, known: Mapping[Rule, frozenset[str]], policy: Policy
) -> None:
    """What runs and what does not. Of two codes that a rule has in common, the longer decides, then ``ignore``."""
    selected = [
        *_codes(ours.get("select"), f"{name}: select"),
        *_codes(ours.get("extend-select"), f"{name}: extend-select"),
    ]
    ignored = [
        *_codes(ours.get("ignore"), f"{name}: ignore"),
        *_codes(ours.get("extend-ignore"), f"{name}: extend-ignore"),
    ]
    tests = frozenset().union(*known.values()) | {
        f"B{code[1:]}" for code in (*selected, *ignored) if len(code) == 4
    }
    runs = {test for test in tests if _weight(test, selected) > _weight(test, ignored)}
    if not runs:
        policy.lacks("select: Ruff runs no security rule (S) here; secloop runs all, and keeps doing so")
    elif {"S", "ALL"} & set(selected):
        if rules := left_out(tests - runs, known, policy, "S"):
            policy.extend("ignore", rules, f"ignore {', '.join(ignored)}")
    else:
        policy.extend("select", standing_for(runs, known), f"select {', '.join(selected)}")


def _in_files(
    path: str,
    given: Collection[str],
    key: str,
    known: Mapping[Rule, frozenset[str]],
    policy: Policy,
) -> None:
    codes = [code for code in given if _CODE.fullmatch(code)]
    if not codes:
        return
    why = f"{key} {path} {', '.join(codes)}"
    if path.startswith(("!", "/")):
        policy.lacks(f"{why}: {'all files but some' if path.startswith('!') else 'a path of one machine'}")
    elif {"S", "ALL"} & set(codes):
        policy.ignore_in(path, [ALL_PYTHON], why)
    else:
        tests = frozenset().union(*known.values())
        named = {f"B{code[1:]}" for code in codes if len(code) == 4}
        if rules := left_out(named | {test for test in tests if _weight(test, codes)}, known, policy, "S"):
            policy.ignore_in(path, rules, why)


def _codes(value: Any, what: str) -> list[str]:
    """The codes of security rules, of all that a list names."""
    return [code for code in sources.texts(value, what) if _CODE.fullmatch(code)]


def _weight(test: str, codes: Sequence[str]) -> int:
    """How exactly codes name a test: the length of the longest that does, more than 0 for any."""
    number = test[1:]
    return max(
        (
            1 if code == "ALL" else len(code) + 1
            for code in codes
            if code == "ALL" or number.startswith(code[1:])
        ),
        default=0,
    )
