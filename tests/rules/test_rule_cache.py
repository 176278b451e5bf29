"""What the store remembers of rules changes time and never an answer."""

from __future__ import annotations

import sys

import orjson
import pytest
from msgspec.structs import replace
from rule_samples import GOOD, CountingCompiler, MemoryStore, bundled, loaded, repo, rule, told

from secloop.model import RuleSet
from secloop.rules import build
from secloop.rules.pack import bundled_rules


def contents(ruleset: RuleSet) -> tuple[object, ...]:
    return (
        [(each.id, each.definition, each.source, each.digest, each.languages) for each in ruleset.rules],
        [
            (each.severity, each.confidence, each.message, each.include, each.exclude)
            for each in ruleset.rules
        ],
        ruleset.problems,
        ruleset.digest,
        ruleset.prefilters,
    )


def test_a_warm_load_parses_and_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    store, compiler = MemoryStore(), CountingCompiler()
    files = [replace(file, origin="pack") for file in bundled_rules()]
    cold = loaded(*files, compiler=compiler, store=store)
    assert sorted(compiler.compiled) == sorted(each.id for each in cold.rules)
    compiler.compiled.clear()
    monkeypatch.setattr(build, "build_ruleset", None)
    warm = loaded(*reversed(files), compiler=compiler, store=store)
    assert contents(warm) == contents(cold)
    assert compiler.compiled == []


def test_the_bundled_pack_is_compiled_before_it_ships() -> None:
    compiler = CountingCompiler()
    loaded(*bundled_rules(), compiler=compiler)
    assert compiler.compiled == []


def test_only_a_changed_rule_is_compiled_again() -> None:
    store, compiler = MemoryStore(), CountingCompiler()
    loaded(repo(GOOD), repo(rule("pattern: x"), "b"), compiler=compiler, store=store)
    compiler.compiled.clear()
    loaded(repo(GOOD), repo(rule("pattern: y"), "b"), compiler=compiler, store=store)
    assert compiler.compiled == ["r"]


def test_what_reads_the_files_is_part_of_the_key() -> None:
    store, compiler = MemoryStore(), CountingCompiler()
    loaded(repo(GOOD), compiler=compiler, store=store)

    class Newer(CountingCompiler):
        version = "99.0.0"

    newer = Newer()
    loaded(repo(GOOD), compiler=newer, store=store)
    assert newer.compiled == ["good"]
    assert told(loaded(bundled(GOOD), compiler=compiler, store=store)) == []
    (path,) = {each.source.path for each in loaded(repo(GOOD, "moved"), compiler=compiler, store=store).rules}
    assert path == "moved"


def test_what_the_engine_refused_is_asked_again_and_what_is_broken_is_remembered() -> None:
    store, compiler = MemoryStore(), CountingCompiler()
    bad_pattern, bad_schema = repo(rule("pattern: f($X")), repo(rule("patern: x", "s"), "s")
    for _ in range(2):
        assert len(told(loaded(bad_pattern, bad_schema, compiler=compiler, store=store))) == 2
    assert compiler.compiled == ["r", "r"]
    remembered = MemoryStore()
    for _ in range(2):
        (problem,) = told(loaded(bad_schema, store=remembered))
        assert problem.startswith("s:2: [s] ")


DAMAGED = [
    b"",
    b"\xff",
    b"null",
    b"[]",
    b"{}",
    orjson.dumps({"rules": 3, "problems": [], "digest": "", "prefilters": {}}),
    orjson.dumps({"rules": [[1, 2]], "problems": [], "digest": "", "prefilters": {}}),
    orjson.dumps({"rules": [], "problems": [["rule", 1, "p", 1, ""]], "digest": "", "prefilters": {}}),
    orjson.dumps({"rules": [], "problems": [], "digest": 4, "prefilters": {}}),
]


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_entry_is_a_miss(damage: bytes) -> None:
    store = MemoryStore()
    whole = loaded(repo(GOOD), store=store)
    for key in store.values:
        store.values[key] = damage
    assert contents(loaded(repo(GOOD), store=store)) == contents(whole)


def test_loading_warm_imports_no_parser() -> None:
    """In a process of its own, since this one has imported everything."""
    import subprocess

    code = (
        "import sys; import secloop.rules.load, secloop.rules.pack, secloop.rules.paths;"
        "print(sorted({'yaml', 'jsonschema_rs', 're2', 'rich', 'rfc8785'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
