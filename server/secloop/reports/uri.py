"""Paths as URI references (RFC 3986), percent-encoded so that a reader gets back the very same bytes."""

from __future__ import annotations

import re
from urllib.parse import quote

_DRIVE = re.compile(r"^[A-Za-z]:[\\/]")


def path_uri(path: str) -> str:
    """A relative path as a relative reference, an absolute one as a ``file:`` URI.

    Bytes of a file name that are not UTF-8, which Python gives as lone surrogates, are encoded as they are.
    """
    drive = _DRIVE.match(path)
    if drive or path.startswith("/"):
        start = "file:///" + path[:2] if drive else "file://"
        return start + _quoted((path[2:] if drive else path).replace("\\", "/" if drive else "\\"))
    return _quoted(path)


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape" if _only_bytes(path) else "surrogatepass"), safe="/~")


def _only_bytes(path: str) -> bool:
    return not re.search("[\ud800-\udc7f\udd00-\udfff]", path)
