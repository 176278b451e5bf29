"""The ruleset digest is of what the rules say and of nothing else."""

from __future__ import annotations

import hashlib
import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from rule_samples import loaded, repo, rule

from secloop.rules.load import RuleFile

TEXT = st.text(max_size=8).filter(lambda text: (text.isprintable() and text.isascii()) or text.isalnum())
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
METADATA = st.dictionaries(TEXT, VALUES, max_size=3).filter(lambda metadata: "secloop" not in metadata)


def definitions(metadata: list[dict[str, object]]) -> list[dict[str, object]]:
    return [
        {
            "id": f"rule-{number}",
            "languages": ["python"],
            "severity": "ERROR",
            "message": "m",
            "pattern": f"f{number}()",
            "metadata": each,
        }
        for number, each in enumerate(metadata)
    ]


def shuffled(value: object, seed: random.Random) -> object:
    if isinstance(value, dict):
        keys = list(value)
        seed.shuffle(keys)
        return {key: shuffled(value[key], seed) for key in keys}
    return [shuffled(each, seed) for each in value] if isinstance(value, list) else value


def written(value: object, seed: random.Random, depth: int = 0) -> str:
    """One of the many ways to write a value, to stand after a key or a dash."""
    margin = "\n" + "  " * (depth + 1)
    if not isinstance(value, (dict, list)) or not value or seed.random() < 0.3:
        quoted = json.dumps(value, ensure_ascii=False)
        return f" {quoted}{seed.choice(['', '  # a comment'])}"
    if isinstance(value, list):
        return "".join(f"{margin}-{written(each, seed, depth + 1)}" for each in value)
    return "".join(
        f"{margin}{json.dumps(key, ensure_ascii=False)}:{written(each, seed, depth + 1)}"
        for key, each in value.items()
    )


def dumped(rules: list[object], seed: random.Random) -> bytes:
    if seed.random() < 0.2:
        return json.dumps({"rules": rules}, ensure_ascii=False, indent=seed.choice([None, 2])).encode()
    return f"# a comment\nrules:{written(rules, seed)}\n".encode()


@settings(max_examples=100, deadline=None)
@given(st.lists(METADATA, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_digest_is_independent_of_how_rules_are_written(
    metadata: list[dict[str, object]], seed: random.Random
) -> None:
    rules = definitions(metadata)
    plain = loaded(RuleFile("a.yaml", dumped(rules, random.Random(0)), "repo"))
    assert not plain.problems
    order = list(rules)
    seed.shuffle(order)
    files = [
        RuleFile(f"{seed.random()}.yaml", dumped([shuffled(each, seed)], seed), "repo") for each in order
    ]
    seed.shuffle(files)
    apart = loaded(*files)
    assert not apart.problems
    assert apart.digest == plain.digest
    assert [each.digest for each in apart.rules] == [each.digest for each in plain.rules]


def digest(body: str, path: str = "a.yaml") -> str:
    ruleset = loaded(repo(rule(body), path))
    assert not ruleset.problems
    return ruleset.digest


def test_the_digest_sees_every_value() -> None:
    bodies = [
        "pattern: x",
        "pattern: y",
        "pattern: 'x '",
        "pattern: x\nfix: y",
        "pattern: x\nmetadata: {a: 1}",
        "pattern: x\nmetadata: {a: '1'}",
        "pattern: x\nmetadata: {a: 1.5}",
        "pattern: x\nmetadata: {a: true}",
        "pattern: x\nmetadata: {a: [1, 2]}",
        "pattern: x\nmetadata: {a: [2, 1]}",
        "pattern: x\nmetadata: {é: 1}",
        "pattern: x\nmetadata: {e\u0301: 1}",
    ]
    assert len({digest(body) for body in bodies}) == len(bodies)


def test_equal_numbers_anchors_and_places_are_one() -> None:
    assert digest("pattern: x\nmetadata: {a: 1.0, b: -0.0, c: 1e2}") == digest(
        "pattern: x\nmetadata: {c: 100, b: 0, a: 0x1}", "deep/other.yml"
    )
    assert digest("pattern: x\nmetadata: {a: &a [1], b: *a}") == digest(
        "pattern: x\nmetadata:\n  b: [1]\n  a:\n    - 1"
    )
    assert digest("pattern: |-\n  f(\n    1)") == digest(r'pattern: "f(\n  1)"')


def test_the_digest_is_of_canonical_json() -> None:
    """RFC 8785 by hand: a change of this is a change of every verdict's digest (SPEC 4)."""
    canonical = (
        '{"id":"r","languages":["python"],"message":"m","metadata":{"a":1.5,"\u00e9":[true,1e+21]},'
        '"pattern":"x","severity":"ERROR"}'
    )
    of_rule = hashlib.sha256(canonical.encode()).hexdigest()
    of_set = hashlib.sha256(f'["{of_rule}"]'.encode()).hexdigest()
    assert digest("pattern: x\nmetadata: {\u00e9: [true, 1e21], a: 1.50}") == of_set
