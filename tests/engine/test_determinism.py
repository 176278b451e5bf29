"""A document's result does not depend on what it is analysed with, in which order, or by how many jobs."""

from __future__ import annotations

import random

import pytest
from engine_samples import EVAL, SHELL, TAINT, results, ruleset
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secloop.engine import batches
from secloop.engine.semgrep import SemgrepRunner
from secloop.model import FileResult
from secloop.syntax.document import Document

RULES = ruleset(
    EVAL,
    SHELL,
    TAINT,
    {**EVAL, "id": "in-src", "paths": {"include": ["src/"]}},
    {"id": "same", "languages": ["python", "js"], "pattern": "$X == $X", "message": "$X is itself"},
    {"id": "key", "languages": ["regex"], "pattern-regex": "AKIA[A-Z0-9]{4}", "paths": {"exclude": ["*.md"]}},
    {"id": "html", "languages": ["js", "ts"], "pattern": "$E.innerHTML = $V"},
    {"id": "from", "languages": ["dockerfile"], "pattern": "FROM $I:latest"},
)
TEXTS = {
    "src/a.py": "x = input()\neval(x)\nif x == x: pass\n",
    "b.py": "x = input()\neval(x)\ny = 'AKIA1234'\n",
    "src/broken.py": "eval('é')\nz = (\n",
    "other/broken.py": "eval('é')\nz = (\n",
    "shell.py": "import subprocess\r\nsubprocess.run('é', shell=True)\r\n",
    "page.js": "a.innerHTML = b; if (a == a) {}\n",
    "page.ts": "const q: string = c; a.innerHTML = b;\n",
    "Dockerfile": "FROM python:latest\n",
    "README.md": "AKIA1234\n",
    "empty.py": "",
}
DOCUMENTS = [Document(path, text) for path, text in TEXTS.items()]


@pytest.fixture(scope="module")
def alone() -> dict[str, FileResult]:
    runner = SemgrepRunner(1)
    return {document.path: results([document], RULES, runner)[document.path] for document in DOCUMENTS}


def test_the_sample_has_findings_of_every_rule(alone: dict[str, FileResult]) -> None:
    assert {match.rule_id for file in alone.values() for match in file.matches} == {r.id for r in RULES.rules}
    assert any(file.partial for file in alone.values())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), jobs=st.integers(1, 4), files=st.integers(1, 10))
def test_results_are_the_same_in_every_company(
    alone: dict[str, FileResult], seed: int, jobs: int, files: int
) -> None:
    chance = random.Random(seed)
    chosen = chance.sample(DOCUMENTS, chance.randint(2, len(DOCUMENTS)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "_MOST_FILES", files)
        patch.setattr(batches, "document_languages", lambda document: ())  # any may meet any other
        together = results(chosen, RULES, SemgrepRunner(jobs))
    assert together == {document.path: alone[document.path] for document in chosen}


def test_results_are_sorted(alone: dict[str, FileResult]) -> None:
    for file in alone.values():
        assert list(file.matches) == sorted(file.matches, key=lambda m: (m.span, m.rule_id, m.message))
        assert list(file.partial) == sorted(file.partial)


def test_batches_hold_every_task_once() -> None:
    from secloop.engine.task import Task

    tasks = [Task(Document(f"{i}.py", "x" * (i * 997 % 5_000)), RULES.rules[:1]) for i in range(300)]
    for jobs in (1, 2, 16):
        made = batches.balanced(tasks, jobs)
        assert sorted(index for batch in made for index in batch) == list(range(300))
        assert len(made) >= min(jobs, 4)
