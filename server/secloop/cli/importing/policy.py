"""The policy that another tool's configuration amounts to, and its text in ``secloop.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    from tomlkit.items import Array

_ONE_LINE = 3
"""Items of an array up to which it stays on a line."""


class Policy(Struct):
    """Settings as ``secloop.toml`` names them, what became of each of the tool's, and what has no equivalent."""

    sources: list[str] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def extend(self, key: str, values: Iterable[str], why: str) -> None:
        """Add to a list."""
        values = list(dict.fromkeys(values))
        known = self.settings.setdefault(key, [])
        known += [value for value in values if value not in known]
        self.taken.append(f"{why} → {key} {', '.join(values)}")

    def ignore_in(self, path: str, rules: Iterable[str], why: str) -> None:
        """Leave rules out in some files."""
        rules = list(rules)
        known = self.settings.setdefault("per-path-ignores", {}).setdefault(path, [])
        known += [rule for rule in rules if rule not in known]
        self.taken.append(f'{why} → per-path-ignores "{path}" {", ".join(rules)}')

    def set(self, key: str, value: str, why: str) -> None:
        """Set a single value."""
        self.settings[key] = value
        self.taken.append(f"{why} → {key} {value}")

    def lacks(self, what: str) -> None:
        """Note something that has no equivalent."""
        self.missing.append(what)


class NotTomlError(ValueError):
    """The file to merge with is not TOML."""


def new_text(policy: Policy, tool: str) -> str:
    """The text of a new ``secloop.toml``."""
    import tomlkit

    document = tomlkit.document()
    document.add(
        tomlkit.comment(
            f"Imported by `secloop import {tool}` from {', '.join(policy.sources) or 'comments'}."
        )
    )
    _add(document, policy.settings)
    return tomlkit.dumps(document)


def merged_text(text: str, table: tuple[str, ...], policy: Policy) -> tuple[str, list[str]]:
    """A configuration with what it lacks of the policy, comments and layout as they were; and what it says otherwise.

    Raises:
        NotTomlError: if it is not TOML.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise NotTomlError(str(error)) from None
    target: Any = document
    for part in table:
        target = target[part]
    kept = _add(target, policy.settings)
    return tomlkit.dumps(document), kept


def _add(target: Any, settings: Mapping[str, Any], prefix: str = "") -> list[str]:
    """Add settings to a table: lists grow, tables are merged, and a single value that is there stays."""
    import tomlkit

    kept: list[str] = []
    # Single values come first: after a table they would be its own.
    for key, value in sorted(settings.items(), key=lambda item: isinstance(item[1], Mapping)):
        known = target.get(key)
        if isinstance(value, Mapping):
            if known is None:
                target[key] = known = tomlkit.table()
            kept += _add(known, value, f"{key}.")
        elif known is None:
            target[key] = _array(value) if isinstance(value, list) else value
        elif isinstance(value, list):
            for item in value:
                if item not in known:
                    known.append(item)
        elif known != value:
            kept.append(f"{prefix}{key} stays {known}, not {value}")
    return kept


def _array(values: list[str]) -> Array:
    import tomlkit

    array = tomlkit.array()
    array.extend(values)
    return array.multiline(len(values) > _ONE_LINE)
