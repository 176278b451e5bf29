"""Rules, documents and a semgrep-core that fails on demand, for the engine's tests."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from secloop.engine.analyze import analyze
from secloop.engine.core import Core
from secloop.engine.installed import core_binary
from secloop.engine.semgrep import Limits, SemgrepCompiler, SemgrepRunner
from secloop.model import Confidence, FileResult, Rule, RuleSet, RuleSource, Severity
from secloop.syntax.document import Document

Definition = Mapping[str, Any]

EVAL = {"id": "eval", "pattern": "eval($X)", "message": "eval of $X"}
SHELL = {"id": "shell", "pattern": "subprocess.run($X, ..., shell=True, ...)", "message": "shell runs $X"}
TAINT = {
    "id": "taint",
    "mode": "taint",
    "pattern-sources": [{"pattern": "input(...)"}],
    "pattern-sinks": [{"patterns": [{"pattern": "eval($Y)"}, {"focus-metavariable": "$Y"}]}],
    "message": "input reaches $Y",
}
SLOW = {
    "id": "slow",
    "pattern": "slow(" + ", ..., ".join(f"$A{i}" for i in range(10)) + ")",
    "message": "slow",
}
"""On ``slow_call`` it takes longer and more memory than any test has."""


def slow_call(arguments: int = 40) -> str:
    """A line that ``SLOW`` does not finish on."""
    return "slow(" + ", ".join(f"x{i}" for i in range(arguments)) + ")\n"


def rule(definition: Definition) -> Rule:
    """A loaded rule: for Python unless it says otherwise."""
    full = {
        "languages": ["python"],
        "severity": "ERROR",
        "message": f"{definition['id']} found",
        **definition,
    }
    globs = full.get("paths", {})
    return Rule(
        id=full["id"],
        languages=tuple(full["languages"]),
        severity=Severity.parse(full["severity"]),
        confidence=Confidence.LOW,
        message=full["message"],
        definition=full,
        source=RuleSource("rules.yaml", 1, "repo"),
        digest=hashlib.sha256(json.dumps(full, sort_keys=True).encode()).hexdigest(),
        include=tuple(globs.get("include", ())),
        exclude=tuple(globs.get("exclude", ())),
    )


def ruleset(*definitions: Definition) -> RuleSet:
    """Rules compiled by semgrep-core itself."""
    rules = tuple(sorted(map(rule, definitions), key=lambda rule: rule.id))
    compilation = SemgrepCompiler().compile([rule.definition for rule in rules])
    assert not compilation.failures
    return RuleSet(rules, (), "digest", compilation.prefilters)


def results(
    documents: Iterable[Document], rules: RuleSet, runner: SemgrepRunner | None = None
) -> dict[str, FileResult]:
    """The result of each document, by path, without any cache."""
    runner = runner or SemgrepRunner(2)
    return {result.path: result for result in analyze(list(documents), rules, runner)}


def result(text: str, *definitions: Definition, path: str = "a.py") -> FileResult:
    """The result of one text under some rules."""
    return results([Document(path, text)], ruleset(*definitions))[path]


def found(file: FileResult) -> list[tuple[str, int]]:
    """Rule and line of each match."""
    return [(match.rule_id, match.span.start.line) for match in file.matches]


FAULTY = """
import json, os, signal, subprocess, sys, time
arguments = sys.argv[2:]
targets = json.load(open(arguments[arguments.index("-targets") + 1]))[1]
rules = json.load(open(arguments[arguments.index("-rules") + 1]))["rules"]
texts = {target["path"]["fpath"]: open(target["path"]["fpath"]).read() for _, target in targets}
with open(sys.argv[1], "a") as log:
    log.write(json.dumps([sorted(texts.values()), sorted(rule["id"] for rule in rules)]) + "\\n")
for text in texts.values():
    for line in text.splitlines():
        _, mark, order = line.partition("#! ")
        fault, _, only = order.partition(" ")
        if not mark or (only and only not in {rule["id"] for rule in rules}):
            continue
        if fault == "die":
            os.kill(os.getpid(), signal.SIGKILL) if os.name == "posix" else os._exit(9)
        if fault == "exit":
            print("fatal: it is broken", file=sys.stderr)
            sys.exit(2)
        if fault == "hang":
            time.sleep(60)
        if fault == "garbage":
            print('{"version": "1.182.0", "results": [{}]}')
            sys.exit(0)
        if fault == "cut":
            print('{"version": "1.182.0", "resul', end="")
            sys.exit(0)
        if fault == "grow":
            held = [bytearray(b"x") * (1 << 20) for _ in range(400)]
            time.sleep(60)
        if fault == "once" and not os.path.exists(sys.argv[1] + ".done"):
            open(sys.argv[1] + ".done", "w").close()
            os._exit(9)
sys.exit(subprocess.run([CORE, *arguments]).returncode)
"""


class FaultyCore:
    """semgrep-core, except that it fails on a text with a line ``#! FAULT`` or ``#! FAULT rule-id``.

    Faults: ``die``, ``exit``, ``hang``, ``garbage``, ``cut`` (its output), ``grow``, ``once``
    (dies the first time).
    """

    def __init__(self, folder: Path) -> None:
        script = folder / "faulty_core.py"
        script.write_text(FAULTY.replace("CORE", repr(str(core_binary()))))
        self._log = folder / "runs.jsonl"
        self.core = Core([sys.executable, str(script), str(self._log)])

    def runner(self, jobs: int = 1, **limits: float) -> SemgrepRunner:
        """A runner of it."""
        return SemgrepRunner(jobs, Limits(**limits), core=self.core)  # type: ignore[arg-type]

    @property
    def runs(self) -> list[tuple[Sequence[str], Sequence[str]]]:
        """The texts and the rules of each process so far."""
        return [tuple(json.loads(line)) for line in self._log.read_text().splitlines()]
