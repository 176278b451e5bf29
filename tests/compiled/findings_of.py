"""Prints what a form of the native engine finds in some files, as JSON, and whether that form is the compiled one.

python findings_of.py RULES.json FILES.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from secloop.engine.cancel import NEVER
from secloop.engine.native import index
from secloop.engine.native.compiled import compiled
from secloop.engine.native.runner import run_task
from secloop.engine.task import Task
from secloop.model import Rule, RuleSource
from secloop.rules.digest import rule_digest
from secloop.rules.read import build_rule
from secloop.syntax.document import Document


def _rule(definition: dict[str, Any]) -> Rule:
    return build_rule(definition, RuleSource("r.yaml", 1, "repo"), rule_digest(definition))


def _found(file: str, rules: tuple[Rule, ...]) -> list[Any]:
    text = Path(file).read_text(encoding="utf-8", errors="replace")
    ran = run_task(Task(Document("a.py", text), rules), NEVER)
    found = [[one.rule_id, one.start, one.end, sorted(one.metavariables)] for one in ran.found]
    failures = [[one.rule_id, one.kind, one.message] for one in ran.failures]
    return [sorted(found), sorted(failures), sorted(ran.refused)]


def main() -> None:
    """Print one object."""
    definitions, files = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:])
    rules = [_rule(each) for each in definitions]
    native = tuple(rule for rule in rules if not isinstance(compiled(rule), str))
    json.dump(
        {
            "compiled": not index.__file__.endswith(".py"),
            "refused": [[rule.id, str(compiled(rule))] for rule in rules if rule not in native],
            "files": {file: _found(file, native) for file in files},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
