"""Reads the params of secloop's own requests, which are JSON from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams


def text_of(params: Any, key: str, default: str | None = None) -> str:
    """A text among the params.

    Raises:
        JsonRpcInvalidParams: if it is no text, or is not there and there is no default.
    """
    value = params.get(key, default) if isinstance(params, Mapping) else default
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise JsonRpcInvalidParams(f"{key!r} must be a text")
    return value
