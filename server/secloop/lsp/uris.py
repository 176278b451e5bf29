"""Conversions between the client's URIs and file paths."""

from __future__ import annotations

from functools import lru_cache
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
    return value if isinstance(value, str) and _is_safe(value) else None


@lru_cache(maxsize=1024)  # of the rules that are shown at each keystroke
def _is_safe(link: str) -> bool:
    if not link.startswith(("https://", "http://")) or len(link) > 2000:
        return False
    return not any(character <= " " or character in "\"'<>`\\" for character in link)
