"""Writes the configuration's JSON Schema into the package: ``python -m secloop.workspace.schema``."""

from __future__ import annotations

import json
from pathlib import Path

from secloop.workspace.config import config_schema

SCHEMA_PATH = Path(__file__).parents[1] / "schema" / "secloop.schema.json"
"""The shipped schema, which editors use for completion and checks in ``secloop.toml``."""


def schema_text() -> str:
    """The schema as it is shipped."""
    return json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_PATH.write_text(schema_text(), encoding="utf-8", newline="\n")
