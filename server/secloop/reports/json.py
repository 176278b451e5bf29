"""The verdict as JSON, format version 1 (SPEC 3): an object, or a list when there are several roots."""

from __future__ import annotations

import json
import re

import orjson

from secloop.policy.json import verdict_json
from secloop.reports.model import Report

_SURROGATE = re.compile("[\ud800-\udfff]")


def render(report: Report) -> str:
    """Write the verdicts as JSON."""
    verdicts = [verdict_json(verdict) for verdict in report.verdicts]
    return dump(verdicts[0] if len(verdicts) == 1 else verdicts)


def dump(value: object) -> str:
    """Indented JSON that is readable as it is and can always be encoded as UTF-8.

    A path that is not valid Unicode holds lone surrogates: they are written as JSON's escapes, so that
    a reader gets back exactly that path.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    except orjson.JSONEncodeError:
        pass  # Lone surrogates, or a number of a rule's metadata that does not fit into 64 bits.
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"
