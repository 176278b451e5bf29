"""The bundled pack is whole: every rule documented, tested, loadable and cheap to rule out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from secloop.engine.prefilter import ALWAYS, compile_formula
from secloop.engine.semgrep import SemgrepCompiler
from secloop.fixes.codemods import CODEMODS
from secloop.model import RuleSet, Severity
from secloop.rules.cached import rule_value
from secloop.rules.load import load_rules
from secloop.rules.pack import bundled_rules, is_rule_file
from secloop.rules.shipped import PATH as SHIPPED
from secloop.rules.shipped import shipped_prefilters, shipped_rules, shipped_text

PACK = Path(__file__).parents[2] / "rules"
RULE_FILES = sorted(path for path in PACK.rglob("*.yaml") if is_rule_file(path.name))
ANNOTATION = re.compile(r"(?:#|//|/\*)\s*(ruleid|ok):\s*([\w-]+)")
OWASP = re.compile(r"A(0[1-9]|10):(2021|2025) - [A-Z]")


def read(path: Path) -> Sequence[Mapping[str, Any]]:
    rules: Sequence[Mapping[str, Any]] = yaml.safe_load(path.read_bytes())["rules"]
    return rules


def annotated(rule_file: Path) -> Counter[tuple[str, str]]:
    stem = rule_file.stem
    tests = [
        path
        for path in rule_file.parent.glob(f"{stem}.*")
        if path != rule_file and ".fixed." not in path.name
    ]
    return Counter(
        (kind, rule_id)
        for path in tests
        for kind, rule_id in ANNOTATION.findall(path.read_text(encoding="utf-8"))
    )


every_rule_file = pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def pack() -> RuleSet:
    # As if they came from somebody else: a bundled rule is not checked again where it is used.
    return load_rules((replace(file, origin="pack") for file in bundled_rules()), SemgrepCompiler())


def test_the_rules_that_ship_are_those_that_are_read_and_compiled(pack: RuleSet) -> None:
    expected = shipped_text(bundled_rules(), pack, SemgrepCompiler().version)
    assert SHIPPED.read_text(encoding="utf-8") == expected, "run `make pack`"


def test_a_bundled_file_is_read_anew_once_it_or_the_engine_is_another() -> None:
    file, version = bundled_rules()[0], SemgrepCompiler().version
    assert shipped_rules(file, version) is not None
    assert shipped_rules(replace(file, data=file.data + b"\n"), version) is None
    assert shipped_rules(replace(file, path="rules/other.yaml"), version) is None
    assert shipped_rules(replace(file, origin="repo"), version) is None
    assert shipped_rules(file, "1.0.0") is None


def test_what_ships_and_what_is_read_anew_are_the_same_rule_set(pack: RuleSet) -> None:
    """A comment more is another file with the same rules."""
    ready = load_rules(bundled_rules(), SemgrepCompiler())
    read = load_rules(
        (replace(file, data=file.data + b"# changed\n") for file in bundled_rules()), SemgrepCompiler()
    )
    assert list(map(rule_value, ready.rules)) == list(map(rule_value, read.rules))
    assert (
        (ready.digest, ready.prefilters) == (read.digest, read.prefilters) == (pack.digest, pack.prefilters)
    )
    assert ready.problems == read.problems == ()


def test_a_bundled_rule_is_compiled_anew_once_it_or_the_engine_is_another(pack: RuleSet) -> None:
    bundled = load_rules(bundled_rules(), SemgrepCompiler()).rules
    version = SemgrepCompiler().version
    assert shipped_prefilters(bundled, version) == pack.prefilters
    assert shipped_prefilters(bundled, "1.0.0") == {}
    changed = [replace(bundled[0], digest="0" * 64), *bundled[1:]]
    assert set(shipped_prefilters(changed, version)) == {rule.id for rule in bundled[1:]}
    assert shipped_prefilters(pack.rules, version) == {}


def test_semgreps_schema_and_compiler_accept_the_whole_pack(pack: RuleSet) -> None:
    assert pack.problems == ()
    assert [rule.id for rule in pack.rules] == sorted(path.stem for path in RULE_FILES)


def test_the_pack_covers_every_topic_it_promises(pack: RuleSet) -> None:
    topics = Counter(str(path.relative_to(PACK).parent.as_posix()) for path in RULE_FILES)
    languages = Counter(topic.split("/")[0] for topic in topics.elements())
    assert len(pack.rules) >= 310
    assert languages["python"] >= 140
    assert languages["javascript"] >= 70
    assert languages["dockerfile"] >= 14
    assert languages["github-actions"] >= 13
    assert languages["secrets"] >= 8
    assert languages["kubernetes"] + languages["terraform"] >= 54
    for topic in ("injection", "deserialization", "crypto", "tls", "files", "xml", "web", "secrets"):
        assert topics[f"python/{topic}"] >= 2


def test_no_rule_has_to_run_on_every_file_of_its_language(pack: RuleSet) -> None:
    formulas = {rule.id: compile_formula(pack.prefilters[rule.id]) for rule in pack.rules}
    assert [rule_id for rule_id, formula in formulas.items() if formula == ALWAYS] == []


@every_rule_file
def test_a_file_holds_the_one_rule_it_is_named_after(path: Path) -> None:
    (rule,) = read(path)
    assert rule["id"] == path.stem
    assert rule["id"].startswith(f"{path.relative_to(PACK).parts[0]}-")


@every_rule_file
def test_a_rule_says_what_it_is_about(path: Path) -> None:
    (rule,) = read(path)
    metadata = rule["metadata"]
    assert rule["severity"] in {severity.name for severity in Severity} - {"INFO"}
    assert metadata["category"] == "security"
    assert all(re.match(r"CWE-\d+: [A-Z]", entry) for entry in metadata["cwe"])
    assert {year for _, year in OWASP.findall("\n".join(metadata["owasp"]))} == {"2021", "2025"}
    assert {metadata[key] for key in ("confidence", "likelihood", "impact")} <= {"LOW", "MEDIUM", "HIGH"}
    assert metadata["technology"]
    assert metadata["references"]
    assert all(link.startswith("https://") for link in metadata["references"])
    assert metadata["secloop"]["good"].strip()
    assert metadata["secloop"]["bad"].strip()
    assert set(metadata["secloop"]) <= {"good", "bad", "codemod"}
    assert all(re.fullmatch(r"B\d{3}", check) for check in metadata.get("bandit", ()))


@every_rule_file
def test_a_message_says_what_can_happen_and_what_to_do(path: Path) -> None:
    (rule,) = read(path)
    message = rule["message"]
    assert 2 <= len(re.findall(r"[.!](?=\s|$)", message)) <= 4
    assert 80 <= len(message) <= 420
    # A metavariable of a capture group would be filled in by accident.
    assert not re.search(r"\$\d", message)


@every_rule_file
def test_a_rule_is_tested_on_what_it_finds_and_on_what_it_must_leave(path: Path) -> None:
    found = annotated(path)
    assert found["ruleid", path.stem] >= 3
    assert found["ok", path.stem] >= 4
    assert {rule_id for _, rule_id in found} == {path.stem}


@every_rule_file
def test_a_fix_is_known_and_shown(path: Path) -> None:
    (rule,) = read(path)
    codemod = rule["metadata"]["secloop"].get("codemod")
    assert codemod is None or codemod in CODEMODS
    has_fix = codemod is not None or "fix" in rule or "fix-regex" in rule
    assert has_fix == bool(list(path.parent.glob(f"{path.stem}.fixed.*")))
