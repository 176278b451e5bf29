"""A small compiler over the real semgrep-core, for tests of loading alone."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from secloop.rules.load import Compilation
from secloop.syntax.languages import semgrep_package

CORE = str(semgrep_package() / "bin" / "semgrep-core")


class CoreCompiler:
    """Asks semgrep-core which rules it would run, and counts how often it was asked."""

    version = "1.182.0"

    def __init__(self) -> None:
        self.compiled: list[str] = []

    def compile(self, definitions: Sequence[Mapping[str, Any]]) -> Compilation:
        self.compiled += [str(definition["id"]) for definition in definitions]
        failures = {error["rule_id"]: error["message"] for error in self._errors(definitions)}
        fine = [definition for definition in definitions if definition["id"] not in failures]
        out = _run(fine, "-prefilter_of_rules") if fine else b"[]"
        return Compilation({row["rule_id"]: row.get("filter") for row in json.loads(out)}, failures)

    def _errors(self, definitions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        out = _run(definitions, "-json", "-json_nodots", "-lang", "python", "-rules")
        errors: list[dict[str, Any]] = json.loads(out)["errors"]
        return errors


def _run(definitions: Sequence[Mapping[str, Any]], *arguments: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        rules, target = Path(folder, "rules.json"), Path(folder, "target")
        rules.write_text(json.dumps({"rules": list(definitions)}))
        target.touch()
        targets = [str(target)] if "-rules" in arguments else []
        command = [CORE, *arguments, str(rules), *targets]
        return subprocess.run(command, capture_output=True, check=True).stdout
