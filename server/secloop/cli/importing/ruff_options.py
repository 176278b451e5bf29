"""Which security rules a file of Ruff's configuration runs where, combined with the file that it extends as Ruff does."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from secloop.cli.importing import sources
from secloop.cli.importing.policy import Policy
from secloop.cli.outputs import undecided
from secloop.workspace.tree import Tree

_CODE = re.compile(r"S\d{0,3}|ALL")
_OURS = {"select", "ignore", "extend-select", "extend-ignore", "per-file-ignores", "extend-per-file-ignores"}


class Options(Struct, frozen=True):
    """Codes that are selected and ignored, and by option which codes in which files, and which files not at all."""

    selected: Sequence[str]
    ignored: Sequence[str]
    in_files: Mapping[str, Mapping[str, Sequence[str]]]
    excluded: Mapping[str, Sequence[str]]


def read_options(tree: Tree, name: str, policy: Policy, extending: Collection[str] = ()) -> Options | None:
    """What a file says, and says where it is silent by the file that it extends; None if it is no configuration.

    Args:
        extending: the files that this one is read for, which it must not extend in its turn.
    """
    data = sources.found(tree, (name,)).get(name)
    values = data and sources.toml(name, data, *(("tool", "ruff") if name.endswith("pyproject.toml") else ()))
    if not values and not isinstance(values, Mapping):
        return None
    policy.sources.append(name)
    lint = sources.mapping(values.get("lint", {}), f"{name}: lint")
    for key in sources.mapping(lint.get("flake8-bandit", {}), f"{name}: lint.flake8-bandit"):
        policy.lacks(f"lint.flake8-bandit.{key}: an option of Ruff's own")
    base = None
    if "extend" in values:
        base = _extended(tree, name, values["extend"], policy, (*extending, name))
    # Before they had a table of their own, these stood beside it, and still may.
    return _combined(
        _Said(name, values, {**{key: values[key] for key in _OURS & values.keys()}, **lint}), base
    )


def security_codes(given: Iterable[str]) -> list[str]:
    """The codes of security rules, of all that a list names."""
    return [code for code in given if _CODE.fullmatch(code)]


def _extended(
    tree: Tree, name: str, extend: Any, policy: Policy, extending: Collection[str]
) -> Options | None:
    """What the file says that is extended, as far as it is in the folder."""
    if not isinstance(extend, str):
        undecided(f"{name}: extend must be a text")
    path = os.path.normpath(os.path.join(os.path.dirname(name), extend)).replace(os.sep, "/")
    if path in extending:
        undecided(f"{name} extends {extend}, which extends it")
    if path.startswith(("/", "../", "~", "$")) or ":" in path:
        policy.lacks(f"extend: {extend} is not in this folder, so what it says is not read")
        return None
    options = read_options(tree, path, policy, extending)
    if options is None:
        undecided(f"{name} extends {path}, which is no configuration of Ruff")
    return options


class _Said(Struct, frozen=True):
    """What one file says."""

    name: str
    values: Mapping[str, Any]
    ours: Mapping[str, Any]

    def codes(self, *keys: str) -> list[str]:
        return [
            code
            for key in keys
            for code in security_codes(sources.texts(self.ours.get(key), f"{self.name}: {key}"))
        ]

    def files(self, key: str) -> dict[str, Sequence[str]]:
        """Codes by the files that an option says them for."""
        table = sources.mapping(self.ours.get(key, {}), f"{self.name}: {key}")
        return {
            self.placed(path): sources.texts(codes, f"{self.name}: {key}.{path}")
            for path, codes in table.items()
        }

    def paths(self, key: str, table: Mapping[str, Any]) -> list[str]:
        return [self.placed(path) for path in sources.texts(table.get(key), f"{self.name}: {key}")]

    def placed(self, path: str) -> str:
        """A path is relative to the file that names it; a name without a folder is one anywhere."""
        folder = os.path.dirname(self.name)
        mark, path = ("!", path[1:]) if path.startswith("!") else ("", path)
        below = folder and "/" in path.rstrip("/") and not path.startswith("/")
        return f"{mark}{folder}/{path}" if below else mark + path


def _combined(own: _Said, base: Options | None) -> Options:
    """What a file says, over what it extends: a list takes the place of one, ``extend-`` adds, ``select`` starts anew."""
    selected, ignored = own.codes("select", "extend-select"), own.codes("ignore", "extend-ignore")
    in_files = {key: own.files(key) for key in ("per-file-ignores", "extend-per-file-ignores")}
    lint = own.values.get("lint", {})
    excluded = {
        "exclude": own.paths("exclude", own.values),
        "extend-exclude": own.paths("extend-exclude", own.values),
        "lint.exclude": own.paths("exclude", lint),
    }
    if base is None:
        return Options(selected, ignored, in_files, excluded)
    if "select" not in own.ours:
        # What a later file says of a code or of all that begin with it holds, whatever was said of it before.
        kept = _without(base.selected, ignored), _without(base.ignored, selected)
        selected, ignored = [*kept[0], *selected], [*kept[1], *ignored]
    if "per-file-ignores" not in own.ours:
        in_files["per-file-ignores"] = dict(base.in_files["per-file-ignores"])
    in_files["extend-per-file-ignores"] = {
        **base.in_files["extend-per-file-ignores"],
        **in_files["extend-per-file-ignores"],
    }
    for key, table in (("exclude", own.values), ("lint.exclude", lint)):
        if "exclude" not in table:
            excluded[key] = list(base.excluded[key])
    excluded["extend-exclude"] = [*base.excluded["extend-exclude"], *excluded["extend-exclude"]]
    return Options(selected, ignored, in_files, excluded)


def _without(codes: Iterable[str], said: Collection[str]) -> list[str]:
    return [code for code in codes if not any(it == "ALL" or code.startswith(it) for it in said)]
