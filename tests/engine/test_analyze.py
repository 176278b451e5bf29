"""``analyze`` is a function of documents and rules; the cache only saves time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from engine_samples import rule

from secloop.engine import analyze as module
from secloop.engine.analyze import Cancel, Cancelled, analyze, needed
from secloop.engine.result import (
    NOTHING,
    EngineResult,
    Failure,
    Found,
    InvalidResult,
    attach,
    decode,
    encode,
    merged,
    placed,
)
from secloop.engine.task import Task
from secloop.model import ProblemKind, RuleSet
from secloop.syntax.document import Document


class Memory:
    """A cache in memory."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def get_many(self, namespace: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        return {key: self.values[key] for key in keys if key in self.values}

    def put_many(self, namespace: str, values: Mapping[str, bytes]) -> None:
        self.values.update(values)


class FindsWord:
    """An engine whose rules find the word that they are named after; ``fails`` names rules that fail."""

    version = "1"

    def __init__(self, fails: str = "") -> None:
        self.fails = fails
        self.ran: list[tuple[str, tuple[str, ...]]] = []

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        for index, task in reversed(list(enumerate(tasks))):
            cancel.check()
            self.ran.append((task.document.path, tuple(rule.id for rule in task.rules)))
            yield index, merged([self._run(task, rule.id) for rule in task.rules])

    def _run(self, task: Task, word: str) -> EngineResult:
        if word == self.fails:
            return EngineResult(failures=(Failure(word, "timeout", "too slow"),))
        at = task.document.normalized.data.find(word.encode())
        return EngineResult((Found(at, at + len(word), word, f"found {word}"),)) if at >= 0 else NOTHING


def words(*names: str, **options: object) -> RuleSet:
    rules = tuple(rule({"id": name, "pattern": name, **options}) for name in sorted(names))
    return RuleSet(rules, (), "d", {name: ["Pred", ["Idents", [name]]] for name in names})


def test_only_rules_that_can_match_run() -> None:
    engine = FindsWord()
    (file,) = analyze([Document("a.py", "uses alpha")], words("alpha", "beta"), engine)
    assert engine.ran == [("a.py", ("alpha",))]
    assert [match.message for match in file.matches] == ["found alpha"]


def test_nothing_runs_when_no_rule_can_match() -> None:
    engine = FindsWord()
    (file,) = analyze([Document("a.py", "nothing")], words("alpha"), engine)
    assert (file.matches, engine.ran) == ((), [])


def test_needed_goes_by_language_path_and_text() -> None:
    rules = RuleSet(
        tuple(
            rule(definition)
            for definition in (
                {"id": "any", "languages": ["regex"], "pattern-regex": "."},
                {"id": "js", "languages": ["js"], "pattern": "alpha"},
                {"id": "py", "pattern": "alpha"},
                {"id": "src", "pattern": "alpha", "paths": {"include": ["src/"]}},
                {"id": "text", "pattern": "beta"},
            )
        ),
        (),
        "d",
        {"text": ["Pred", ["Idents", ["beta"]]]},
    )
    assert [r.id for r in needed(Document("a.py", "alpha"), rules)] == ["any", "py"]
    assert [r.id for r in needed(Document("src/a.py", "beta"), rules)] == ["any", "py", "src", "text"]
    assert [r.id for r in needed(Document("run", "#!/usr/bin/env node\nbeta"), rules)] == ["any", "js"]
    assert [r.id for r in needed(Document("notes.txt", "alpha"), rules)] == ["any"]


def test_a_second_run_asks_the_cache() -> None:
    cache, rules = Memory(), words("alpha")
    documents = [Document("a.py", "alpha"), Document("b.py", "nothing")]
    first = sorted(analyze(documents, rules, FindsWord(), cache=cache), key=lambda file: file.path)
    engine = FindsWord()
    again = list(analyze(documents, rules, engine, cache=cache))
    assert sorted(again, key=lambda file: file.path) == first
    assert engine.ran == []


def test_a_stored_result_is_independent_of_path_and_line_ends() -> None:
    cache, rules = Memory(), words("alpha")
    list(analyze([Document("a.py", "# é\n\nalpha\n")], rules, FindsWord(), cache=cache))
    engine = FindsWord()
    (file,) = analyze([Document("z.py", "# é\r\n\r\nalpha\r\n")], rules, engine, cache=cache)
    assert engine.ran == []
    (match,) = file.matches
    assert (file.path, match.span.start.offset, match.span.start.line) == ("z.py", 8, 3)


@pytest.mark.parametrize(
    ("document", "rules"),
    [
        (Document("a.py", "alpha!"), words("alpha")),
        (Document("a.js", "alpha"), words("alpha", languages=["python", "js"])),
        (Document("a.py", "alpha"), words("alpha", message="other")),
        (Document("a.py", "alpha"), words("alpha", "beta")),
        (Document("a.pyi", "alpha"), words("alpha")),
    ],
)
def test_anything_that_could_change_a_result_misses_the_cache(document: Document, rules: RuleSet) -> None:
    cache = Memory()
    list(analyze([Document("a.py", "alpha")], words("alpha"), FindsWord(), cache=cache))
    engine = FindsWord()
    list(analyze([document], rules, engine, cache=cache))
    assert engine.ran


def test_a_rule_that_does_not_apply_to_the_path_is_not_part_of_the_key() -> None:
    cache = Memory()
    list(analyze([Document("a.py", "alpha")], words("alpha"), FindsWord(), cache=cache))
    limited = rule({"id": "limited", "pattern": "alpha", "paths": {"include": ["src/"]}})
    more = RuleSet((*words("alpha").rules, limited), (), "other")
    for path, ran in (("b.py", False), ("src/b.py", True)):
        engine = FindsWord()
        list(analyze([Document(path, "alpha")], more, engine, cache=cache))
        assert bool(engine.ran) is ran


def test_an_engines_new_version_misses_the_cache() -> None:
    cache, rules = Memory(), words("alpha")
    list(analyze([Document("a.py", "alpha")], rules, FindsWord(), cache=cache))
    newer = FindsWord()
    newer.version = "2"
    list(analyze([Document("a.py", "alpha")], rules, newer, cache=cache))
    assert newer.ran


def test_a_result_with_problems_is_never_stored() -> None:
    cache, rules = Memory(), words("alpha", "beta")
    (file,) = analyze([Document("a.py", "alpha beta")], rules, FindsWord(fails="beta"), cache=cache)
    (problem,) = file.problems
    assert (problem.kind, problem.path, problem.rule_id) == (ProblemKind.TIMEOUT, "a.py", "beta")
    assert [match.rule_id for match in file.matches] == ["alpha"]
    assert cache.values == {}
    with pytest.raises(ValueError, match="failures"):
        encode(EngineResult(failures=(Failure("r", "timeout", "slow"),)))


@pytest.mark.parametrize(
    "garbage",
    [b"", b"null", b"[]", b"[[], [[0, 999]]]", b"[[[0, 1]], []]", b'[[[0, 1, 2, "m", [], []]], []]', b"\xff"],
)
def test_garbage_in_the_cache_is_a_miss_and_replaced(garbage: bytes) -> None:
    cache, rules = Memory(), words("alpha")
    expected = list(analyze([Document("a.py", "alpha")], rules, FindsWord(), cache=cache))
    good = dict(cache.values)
    cache.values = dict.fromkeys(cache.values, garbage)
    assert list(analyze([Document("a.py", "alpha")], rules, FindsWord(), cache=cache)) == expected
    assert cache.values == good
    with pytest.raises(InvalidResult):
        decode(garbage, 5)


def test_what_was_finished_before_a_stop_is_stored() -> None:
    cache, cancel = Memory(), Cancel()
    documents = [Document(f"{i}.py", f"alpha {i}") for i in range(5)]
    running = analyze(documents, words("alpha"), FindsWord(), cache=cache, cancel=cancel)
    next(running)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(running)
    assert len(cache.values) == 1


def test_progress_counts_documents() -> None:
    counts: list[int] = []
    documents = [Document("a.py", "alpha"), Document("b.py", ""), Document("c.py", "alpha beta")]
    list(analyze(documents, words("alpha"), FindsWord(), done=counts.append))
    assert counts == [1, 2, 3]


def test_results_survive_storing() -> None:
    document = Document("a.py", "é\nalpha\n")
    full = EngineResult(
        (Found(3, 8, "r", "m", (("$X", "al", 3, 5), ("$Y", "elsewhere", -1, -1)), (("source", 3, 4, "a"),)),),
        (),
        ((0, 2),),
    )
    full = placed(document, full)
    stored = decode(encode(full), len(document.data))
    assert stored == full
    assert stored.found[0].place == ("", "alpha")
    file = attach(document, stored)
    assert [(m.name, m.span is None) for m in file.matches[0].metavariables] == [("$X", False), ("$Y", True)]
    assert file.partial[0].end.column == 2


def test_merging_does_not_depend_on_order() -> None:
    one = EngineResult((Found(0, 1, "r", "m", (("$X", "b", 0, 1),)),), (), ((0, 3),))
    other = EngineResult((Found(0, 1, "r", "m", (("$X", "a", 0, 1),)),), (), ((2, 5), (7, 8)))
    assert merged([one, other]) == merged([other, one])
    assert merged([one, other]).partial == ((0, 5), (7, 8))
    assert len(merged([one, other]).found) == 1


def test_chunks_are_stored_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PUT_AT_ONCE", 2)
    cache = Memory()
    documents = [Document(f"{i}.py", f"alpha {i}") for i in range(5)]
    list(analyze(documents, words("alpha"), FindsWord(), cache=cache))
    assert len(cache.values) == 5


def test_a_token_is_cancelled_once_and_for_all() -> None:
    calls: list[str] = []
    token = Cancel()
    with token.watching(lambda: calls.append("early")):
        token.cancel()
        token.cancel()
    with token.watching(lambda: calls.append("late")):
        assert token.cancelled
    with pytest.raises(Cancelled):
        token.check()
    assert calls == ["early", "late"]
    with pytest.raises(RuntimeError):
        module.NEVER.cancel()
