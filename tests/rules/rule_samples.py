"""Rule files for tests, and what loading them says."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from secloop.engine.semgrep import SemgrepCompiler
from secloop.model import RuleSet
from secloop.rules.load import Compilation, RuleFile, load_rules

PATH = ".secloop/rules/sample.yaml"

GOOD = """
rules:
  - id: good
    languages: [python]
    severity: ERROR
    message: Do not call eval.
    pattern: eval(...)
"""


class CountingCompiler:
    """The real compiler, which notes the ids that it is given."""

    def __init__(self) -> None:
        self.compiled: list[str] = []
        self._real = SemgrepCompiler()

    @property
    def version(self) -> str:
        return self._real.version

    def compile(self, definitions: Sequence[Mapping[str, Any]]) -> Compilation:
        self.compiled += [str(definition["id"]) for definition in definitions]
        return self._real.compile(definitions)


class TrustingCompiler:
    """Compiles whatever it is given, for tests of what comes before the engine."""

    version = "1.182.0"

    def compile(self, definitions: Sequence[Mapping[str, Any]]) -> Compilation:
        return Compilation({str(definition["id"]): None for definition in definitions}, {})


class MemoryStore:
    """A store that never forgets."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], bytes] = {}

    def get_many(self, namespace: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        return {key: self.values[namespace, key] for key in keys if (namespace, key) in self.values}

    def put_many(self, namespace: str, values: Mapping[str, bytes]) -> None:
        self.values.update({(namespace, key): value for key, value in values.items()})


def repo(text: str, path: str = PATH) -> RuleFile:
    return RuleFile(path, textwrap.dedent(text).encode(), "repo")


def bundled(text: str, path: str = "rules/sample.yaml") -> RuleFile:
    return RuleFile(path, textwrap.dedent(text).encode(), "bundled")


def rule(body: str, rule_id: str = "r", head: str = "languages: [python]") -> str:
    """A file of one rule: id, severity and message, then a body such as ``pattern: x``."""
    lines = ["rules:", f"  - id: {rule_id}", "    severity: ERROR", "    message: m", f"    {head}"]
    return "\n".join((*lines, textwrap.indent(textwrap.dedent(body).strip("\n"), "    "), ""))


def loaded(*files: RuleFile, compiler: Any = None, **options: Any) -> RuleSet:
    return load_rules(files, compiler or TrustingCompiler(), **options)


def told(ruleset: RuleSet) -> list[str]:
    """Its problems as ``path:line: [id] message``."""
    return [f"{each.path}:{each.line}: [{each.rule_id}] {each.message}" for each in ruleset.problems]


def ids(ruleset: RuleSet) -> list[str]:
    return [each.id for each in ruleset.rules]


def marked_line(text: str) -> int:
    """The 1-based line that ends in ``# HERE``."""
    lines: Iterable[str] = text.splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.endswith("# HERE"))
