"""Runs one rule natively on a piece of code, for tests."""

from __future__ import annotations

import textwrap
from typing import Any

from secloop.engine.cancel import NEVER
from secloop.engine.native.runner import run_task
from secloop.engine.result import EngineResult
from secloop.engine.task import Task
from secloop.model import Rule, RuleSource
from secloop.rules.digest import rule_digest
from secloop.rules.read import build_rule
from secloop.syntax.document import Document


def make_rule(body: dict[str, Any] | str, **extra: Any) -> Rule:
    """A Python rule that looks for a pattern, or has such a body."""
    keys = {"pattern": body} if isinstance(body, str) else body
    definition = {
        "id": "r",
        "languages": ["python"],
        "severity": "ERROR",
        "message": "m",
        **keys,
        **extra,
    }
    return build_rule(definition, RuleSource("r.yaml", 1, "repo"), rule_digest(definition))


def document(code: str, path: str = "a.py") -> Document:
    """Code, without the indentation that it has in a test."""
    return Document(path, textwrap.dedent(code).lstrip("\n"))


def result(body: dict[str, Any] | str, code: str, **extra: Any) -> EngineResult:
    """What the rule finds in the code."""
    return run_task(Task(document(code), (make_rule(body, **extra),)), NEVER)


def found(body: dict[str, Any] | str, code: str, **extra: Any) -> list[str]:
    """The code that is found, in order; what a range is bound to several times appears as often."""
    data = document(code).normalized.data
    return [data[each.start : each.end].decode() for each in result(body, code, **extra).found]


def bound(body: dict[str, Any] | str, code: str, **extra: Any) -> list[dict[str, str]]:
    """What the metavariables of each finding hold."""
    ran = result(body, code, **extra)
    return [{name: content for name, content, _, _ in each.metavariables} for each in ran.found]
