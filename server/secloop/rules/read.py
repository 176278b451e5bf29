"""Reads one rule file into drafts: rules that fit the schema and every check that needs no engine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from secloop.model import Confidence, Problem, ProblemKind, Rule, RuleSource, Severity
from secloop.rules.digest import rule_digest
from secloop.rules.nodes import DataError, Node, Step
from secloop.rules.pack import RuleFile
from secloop.rules.refusal import Refusal
from secloop.syntax.languages import canonical


class Draft(Struct, frozen=True):
    """A rule that only the engine may still refuse, with what it takes to name lines of it.

    A rule that ships compiled needs no ``node``: the engine did not refuse it.
    """

    rule: Rule
    node: Node | None

    def line_of_text(self, text: str) -> int | None:
        """The line of the first value of the rule that is this text, spaces at its ends aside."""
        return None if self.node is None else _line_of_text(self.node, text.strip())

    def problem(self, reason: str, line: int | None = None) -> Problem:
        """A problem of this rule, at its ``id`` unless a line is given."""
        source = self.rule.source
        return Problem(ProblemKind.RULE, reason, source.path, line or source.line, self.rule.id)


class FileContent(Struct, frozen=True):
    """What one rule file holds."""

    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_rule_file(file: RuleFile, engine_version: str, until: float = math.inf) -> FileContent:
    """Read a file's rules. A rule that is broken becomes a problem and the file's others are still read.

    Raises:
        TooSlowError: at ``until``, on the clock of ``time.monotonic()``.
    """
    try:
        nodes = rule_nodes(file)
    except DataError as error:
        return FileContent((), (Problem(ProblemKind.RULE, error.reason, file.path, error.line),))
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for node in nodes:
        read = _read_rule(node, file, engine_version, until)
        if isinstance(read, Draft):
            drafts.append(read)
        else:
            problems.append(read)
    return FileContent(tuple(drafts), tuple(problems))


def _load(file: RuleFile) -> Node:
    """Parse a file, with a parser that is imported for it: the pack is parsed when it ships.

    Raises:
        DataError: if it is not JSON, or not YAML, within the limits.
    """
    if file.path.endswith(".json"):
        from secloop.rules.json import load_json

        return load_json(file.data)
    from secloop.rules.yaml import load_yaml

    return load_yaml(file.data)


def rule_nodes(file: RuleFile) -> list[Node]:
    """The items of a file's ``rules``.

    Raises:
        DataError: if it has none, or is not JSON or YAML within the limits.
    """
    root = _load(file)
    if not isinstance(root.value, dict):
        raise DataError(root.line, "a rule file must be a mapping with the key `rules`")
    rules = root.value.get("rules")
    if rules is None:
        raise DataError(root.line, "the key `rules` is missing")
    if not isinstance(rules.value, list):
        raise DataError(root.line_at(["rules"]), "`rules` must be a list")
    return rules.value


def _read_rule(node: Node, file: RuleFile, engine_version: str, until: float) -> Draft | Problem:
    definition = node.plain()
    if not isinstance(definition, dict):
        return Problem(ProblemKind.RULE, "a rule must be a mapping", file.path, node.line)
    if file.origin == "bundled" and (draft := _trusted(node, definition, file)) is not None:
        return draft
    found = _refused(node, definition, engine_version, until)
    if found is not None:
        rule_id = definition.get("id")
        shown = _shown_id(rule_id, file) if isinstance(rule_id, str) else ""
        return Problem(ProblemKind.RULE, found.reason, file.path, node.line_at(found.steps), shown)
    return _draft(node, {**definition, "id": _shown_id(definition["id"], file)}, file)


def _shown_id(rule_id: str, file: RuleFile) -> str:
    """A rule's id, which begins with the name of its pack if it is from elsewhere (SPEC 12)."""
    return f"{file.pack}/{rule_id}" if file.pack else rule_id


def _draft(node: Node, definition: Mapping[str, Any], file: RuleFile) -> Draft:
    source = RuleSource(file.path, node.line_at(["id"]), file.origin)
    return Draft(build_rule(definition, source, rule_digest(definition)), node)


def _trusted(node: Node, definition: Mapping[str, Any], file: RuleFile) -> Draft | None:
    """A rule of the bundled pack, None if it is so broken that it has to be checked to say why.

    The pack passed every check where secloop was built (its tests see to that). They are most of the time of a
    first load, and guard against what somebody else wrote.
    """
    try:
        return _draft(node, definition, file)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _refused(node: Node, definition: Mapping[str, Any], engine_version: str, until: float) -> Refusal | None:
    from secloop.rules.checks import refusal  # with the schema and the regex analysis: only what is checked
    from secloop.rules.schema import schema_error

    null = _first_null(node)
    if null is not None:
        return Refusal(null, "null values are not allowed in rules")
    breach = schema_error(definition)
    if breach is not None:
        return Refusal(breach.steps, breach.reason)
    return refusal(definition, engine_version, until)


def build_rule(definition: Mapping[str, Any], source: RuleSource, digest: str) -> Rule:
    """The rule of a definition that fits the schema and passed the checks."""
    paths = definition.get("paths", {})
    return Rule(
        id=definition["id"],
        languages=_languages(definition),
        severity=Severity.parse(definition["severity"]),
        confidence=_confidence(definition),
        message=definition["message"],
        definition=definition,
        source=source,
        digest=digest,
        include=tuple(paths.get("include", ())),
        exclude=tuple(paths.get("exclude", ())),
    )


def _languages(definition: Mapping[str, Any]) -> tuple[str, ...]:
    """Semgrep's ids of the rule's languages. Generic rules may choose another engine, which is one of its own."""
    named = {canonical(key) or key for key in definition["languages"]}
    if "generic" in named and definition.get("options", {}).get("generic_engine") == "aliengrep":
        named = {"aliengrep"}
    return tuple(sorted(named))


def _confidence(definition: Mapping[str, Any]) -> Confidence:
    """``metadata.confidence`` in any case. Medium where a rule does not say, or in no word we know.

    Medium is neither hidden by ``min-confidence = "medium"`` nor claimed to be sure.
    """
    word = definition.get("metadata", {}).get("confidence")
    known = Confidence.__members__.get(word.upper()) if isinstance(word, str) else None
    return Confidence.MEDIUM if known is None else known


def _first_null(node: Node, steps: tuple[Step, ...] = ()) -> tuple[Step, ...] | None:
    value = node.value
    if value is None:
        return steps
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in items:
        found = _first_null(child, (*steps, step))
        if found is not None:
            return found
    return None


def _line_of_text(node: Node, text: str) -> int | None:
    value = node.value
    if isinstance(value, dict):
        for key, child in value.items():
            if isinstance(child.value, str) and child.value.strip() == text:
                return node.line_at([key])
            found = _line_of_text(child, text)
            if found is not None:
                return found
    if isinstance(value, list):
        for child in value:
            if isinstance(child.value, str) and child.value.strip() == text:
                return child.line
            found = _line_of_text(child, text)
            if found is not None:
                return found
    return None
