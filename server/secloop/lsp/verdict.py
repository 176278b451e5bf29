"""secloop/verdict: the same JSON that ``secloop check --format json`` gives, with open buffers counted in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from pygls.exceptions import JsonRpcInvalidParams

from secloop.engine.cancel import Cancel
from secloop.lsp.session import Session
from secloop.lsp.workspace_check import check_workspace
from secloop.policy.json import verdict_json
from secloop.project import Check, Options
from secloop.workspace.git import GitError

_TEXTS = {
    "failOn": "fail_on",
    "minConfidence": "min_confidence",
    "baseline": "baseline",
    "diff": "diff",
    "policyFrom": "policy_from",
}
_LISTS = {"select": "select", "ignore": "ignore"}
_FLAGS = {"strictParsing": "strict_parsing"}


async def verdict(session: Session, params: Any) -> orjson.Fragment:
    """secloop/verdict: one verdict, or a list of them when there are several roots."""
    try:
        options, paths = read_params(params or {})  # Lua writes an empty object as []
        checks = await check_workspace(session, paths, options, Cancel())
    except (ValueError, GitError) as error:
        raise JsonRpcInvalidParams(str(error)) from error
    return orjson.Fragment(await session.work.in_worker(_render, checks))


def _render(checks: Sequence[Check]) -> bytes:
    verdicts = [verdict_json(check.verdict) for check in checks]
    return orjson.dumps(verdicts[0] if len(verdicts) == 1 else verdicts)


def read_params(params: Any) -> tuple[Options, list[str]]:
    """Options and paths from the request's JSON.

    Raises:
        ValueError: if there is something in it that the request does not have, or of another type.
    """
    if not isinstance(params, Mapping):
        raise ValueError("the params must be an object")
    given = dict(params)
    paths = _texts("paths", given.pop("paths", None) or [])
    values: dict[str, Any] = {}
    for key, value in given.items():
        if value is None:
            continue
        if key in _TEXTS:
            values[_TEXTS[key]] = _text(key, value)
        elif key in _LISTS:
            values[_LISTS[key]] = tuple(_texts(key, value))
        elif key in _FLAGS and isinstance(value, bool):
            values[_FLAGS[key]] = value
        elif key == "asOf":
            values["as_of"] = _date(value)
        else:
            known = ", ".join(["paths", "asOf", *_TEXTS, *_LISTS, *_FLAGS])
            raise ValueError(f"{key!r} is no option of this request or has the wrong type; there are {known}")
    return Options(**values), paths


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key!r} must be a text")
    return value


def _texts(key: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{key!r} must be a list of texts")
    return value


def _date(value: Any) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_text("asOf", value))
    except ValueError:
        raise ValueError(f"'asOf' must be a date such as 2026-01-31, not {value!r}") from None
