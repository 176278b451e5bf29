"""Runs the real semgrep-core on rules and texts, for tests that compare ours with it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from secloop.syntax.languages import semgrep_package


def matches(definitions: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of rule id and path: which rule found something in which text (``languages: [regex]``)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths: dict[str, str] = {}
        targets = []
        for number, (path, text) in enumerate(texts.items()):
            file = folder / f"{number}.txt"
            file.write_text(text, encoding="utf-8")
            paths[str(file)] = path
            place = {"fpath": str(file), "ppath": f"/{path}"}
            targets.append(["CodeTarget", {"path": place, "analyzer": "regex", "products": ["sast"]}])
        (folder / "targets.json").write_text(json.dumps(["Targets", targets]), encoding="utf-8")
        (folder / "rules.json").write_text(json.dumps({"rules": list(definitions)}), encoding="utf-8")
        core = next((semgrep_package() / "bin").glob("semgrep-core*"))
        command = [core, "-json", "-json_nodots", "-j", "1", "-rules", folder / "rules.json"]
        done = subprocess.run(
            [*command, "-targets", folder / "targets.json"], capture_output=True, check=True, timeout=120
        )
    output = json.loads(done.stdout)
    assert not output["errors"], output["errors"]
    return {(found["check_id"], paths[found["path"]]) for found in output["results"]}


def regex_rule(rule_id: str, **keys: object) -> dict[str, object]:
    """A rule over any text, with a message of its own since semgrep-core merges equal ones."""
    return {"id": rule_id, "languages": ["regex"], "severity": "INFO", "message": rule_id, **keys}
