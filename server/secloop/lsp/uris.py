"""Conversions between the client's URIs and file paths."""

from __future__ import annotations

from pathlib import Path

from pygls.uris import to_fs_path


def to_path(uri: str) -> Path | None:
    """The absolute path of a ``file:`` URI; None for anything else (untitled, git, vscode-remote, …)."""
    name = to_fs_path(uri)
    if not name or "\0" in name:
        return None
    path = Path(name)
    return path if path.is_absolute() else None


def from_path(path: Path) -> str:
    """The ``file:`` URI of an absolute path."""
    return path.as_uri()


def web_link(value: object) -> str | None:
    """A link that is safe to offer, or None: rule files are data from anywhere, so only http and https."""
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        return None
    if len(value) > 2000 or any(character <= " " or character in "\"'<>`\\" for character in value):
        return None
    return value
